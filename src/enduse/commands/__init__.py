"""The commands by what they work on. Each parses, calls and prints; `cli.py` gives them their names."""
