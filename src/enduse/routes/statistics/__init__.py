"""Lanes read from published statistics: mirror gaps, moves at dates, what replaced a lane, goods that did not arrive."""

from .stage import STEPS

__all__ = ["STEPS"]
