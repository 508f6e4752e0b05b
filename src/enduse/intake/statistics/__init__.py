"""Published trade statistics in the forms their publishers hand them out, into the contract `statistic`.

Known forms: UN Comtrade (bulk and API CSV, API JSON, the older CSV), CEPII BACI, Eurostat Comext (bulk CSV, SDMX-CSV,
TSV, Parquet) and tables of national offices, long or wide. The header decides, not the name of the publisher.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .reasons import REASONS

if TYPE_CHECKING:
    from .reader import StatisticsRead, read

__all__ = ["REASONS", "StatisticsRead", "detect_file", "read", "sniff"]


def sniff(columns: Sequence[str], sample: Sequence[Sequence[str | None]], name: str = "") -> str | None:
    """Why a table with this header holds published statistics, in words; None where it does not."""
    from .sniffing import why

    return why(columns, sample, name)


def detect_file(path: Path) -> str | None:
    """The same for files that are no text table: Parquet and JSON. None for every other form, and where it is no statistic."""
    from .opening import peek
    from .sniffing import why

    head = peek(path)
    return None if head is None else why(head[0], head[1], path.name)


def __getattr__(name: str) -> Any:
    """Reading is imported when it is asked for."""
    if name in ("read", "StatisticsRead"):
        from . import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
