"""The parties room."""
