"""Queries of the dossier: `sql/<name>.sql` in the canonical dialect, answered as plain rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enduse.engine.base import Engine

FOLDER = Path(__file__).parent / "sql"
Record = dict[str, Any]


@lru_cache
def sql(name: str) -> str:
    """The text of a query."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def ask(engine: Engine, name: str, params: Mapping[str, object] | None = None) -> list[Record]:
    """The rows of a query as dicts. Only for aggregates and top rows: the whole answer is held in memory."""
    found: list[Record] = engine.fetch(sql(name), params).to_pylist()
    return found


def listed(text: str | None) -> tuple[str, ...]:
    """The items of a `;` list, without empty ones."""
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())
