"""The routes room: goods traced through firms, and lanes read from published statistics."""

from .stage import STAGE

__all__ = ["STAGE"]
