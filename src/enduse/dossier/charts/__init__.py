"""Charts as inline SVG, computed here and drawn without a script. Each has a table beside it in the page."""
