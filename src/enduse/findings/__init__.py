"""Figures: numbers with definition, range, waterfall, coverage and the rows behind them."""

from .recompute import recompute
from .stage import STAGE

__all__ = ["STAGE", "recompute"]
