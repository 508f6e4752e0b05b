"""Any customs file (or tabular list) as numbered records of text, with nothing lost in silence."""

from __future__ import annotations

from .reader import Peek, peek, read, sheets
from .reasons import REASONS

__all__ = ["REASONS", "Peek", "peek", "read", "sheets"]
