"""What each view of the application asks: plain dicts, ready to be sent."""
