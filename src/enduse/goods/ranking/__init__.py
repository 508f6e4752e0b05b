"""Triage from past inspections: a ranking learned from the user's own labelled declarations."""

from __future__ import annotations

from .rank import Ranked, rank

__all__ = ["Ranked", "rank"]
