"""Press files that are more than text: web pages, PDF, Word and mail, into the text an article has. All in a child process."""

from __future__ import annotations

from .article import Article, compose

__all__ = ["Article", "compose"]
