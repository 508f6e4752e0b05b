"""Fits of the press room: scripts for maintainers that read annotated articles and write tables of figures."""
