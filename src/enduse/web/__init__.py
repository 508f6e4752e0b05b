"""The application: an HTTP server on this machine alone, over a read-only index of one case."""
