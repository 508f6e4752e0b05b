"""The intake room: any customs file, watchlist or press text into tables, with every record accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enduse.intake.accounts import account_view
    from enduse.intake.kinds import READ_KINDS, Detected, detect
    from enduse.intake.lists import read_list
    from enduse.intake.maps import map_file, peek_columns
    from enduse.intake.reading import locate
    from enduse.intake.stage import STAGE

__all__ = [
    "READ_KINDS",
    "STAGE",
    "Detected",
    "account_view",
    "detect",
    "locate",
    "map_file",
    "peek_columns",
    "read_list",
]

_HOME = {
    "account_view": "accounts", "READ_KINDS": "kinds", "Detected": "kinds", "detect": "kinds", "read_list": "lists", "map_file": "maps", "peek_columns": "maps",
    "locate": "reading", "STAGE": "stage",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first asked for, so that `import enduse.intake` stays quick."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
