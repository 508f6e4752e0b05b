"""Any customs file (or tabular list) as numbered records of text, with nothing lost in silence."""

from __future__ import annotations

from .peeked import Located, Peek
from .reader import locate, peek, read, sheets
from .reasons import REASONS

__all__ = ["REASONS", "Located", "Peek", "locate", "peek", "read", "sheets"]
