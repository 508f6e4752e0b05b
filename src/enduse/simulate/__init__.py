"""Simulated trade with known answers: the demonstration case, and large files for the benchmarks."""

from .bulk import declarations, watchlist
from .demo import Demo, demo
from .demo_score import score

__all__ = ["Demo", "declarations", "demo", "score", "watchlist"]
