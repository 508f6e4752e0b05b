"""Turn customs records, watchlists and press reports into findings you can defend."""

__version__ = "0.1.0"
