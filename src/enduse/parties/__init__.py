"""Who the firms are: names in every script resolved into parties, and parties screened against lists, with reasons."""

from __future__ import annotations

from typing import Any

__all__ = ["STAGE", "compare", "screen"]


def __getattr__(name: str) -> Any:
    """The room's public names, imported on first use: their tables take time to load."""
    if name == "STAGE":
        from enduse.parties.stage import STAGE

        return STAGE
    if name == "compare":
        from enduse.parties.pairs import compare

        return compare
    if name == "screen":
        from enduse.parties.answers import screen

        return screen
    raise AttributeError(name)
