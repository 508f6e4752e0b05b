"""The goods room."""
