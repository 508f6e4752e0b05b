"""Records that come as rows of cells, from workbooks and from files of named values: checked, numbered and stored alike."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from enduse.errors import SourceRefused

from .convert import Refused, schema
from .header import counts_columns
from .reasons import EXCERPT
from .store import Store

BATCH = 20_000
# Declarations have up to some hundred columns; a table of more than this is none of trade and costs memory per column.
MAX_COLUMNS = 5_000
Row = tuple[str | None, ...]


def too_many_columns(number: int, name: str) -> SourceRefused:
    """The refusal of a table wider than any of trade."""
    return SourceRefused(
        f"the table has {number:,} columns, more than {MAX_COLUMNS:,}",
        where=name,
        fix="Export the columns that matter and add that file",
    )


def cut_of(value: Any) -> str:
    """A value as the text of a refused record."""
    return value[:4000] if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[:4000]


def refusal(number: int, cells: Row, columns: tuple[str, ...], max_cell: int) -> str | None:
    """Why a record cannot stand in the table, if it cannot."""
    if not any(cells):
        return "blank"
    width = len(columns)
    if any(cells[width:]):
        return "too_many_cells"
    if any(c and len(c) * 4 > max_cell and len(c.encode("utf-8", "replace")) > max_cell for c in cells):
        return "cell_too_long"
    if any("\0" in c for c in cells if c):
        return "nul_bytes"
    names = tuple(None if n == f"column {i + 1}" else n for i, n in enumerate(columns))
    if width > 1 and cells[0] == names[0] and (cells + (None,) * width)[:width] == names:
        return "repeated_header"
    return "repeated_header" if number == 1 and counts_columns(cells, width) else None


def gather(rows: Iterable[tuple[int, Row | str]], columns: tuple[str, ...], store: Store, max_cell: int) -> int:
    """Put the records into the store, the refused with their reasons; a row that is text is no record. Gives their number."""
    width, records = len(columns), 0
    batch: list[tuple[int, Row]] = []
    refused: list[Refused] = []
    for number, cells in rows:
        records = number
        if isinstance(cells, str):
            refused.append((number, "not_an_object", cells[:EXCERPT]))
            continue
        why = refusal(number, cells, columns, max_cell)
        if why:
            refused.append((number, why, ",".join((c or "")[:EXCERPT] for c in cells)[:EXCERPT]))
        else:
            batch.append((number, cells if len(cells) == width else (cells + (None,) * width)[:width]))
        if len(batch) >= BATCH:
            store.add(_table(batch, width), refused)
            batch, refused = [], []
    store.add(_table(batch, width), refused)
    return records


def _table(batch: list[tuple[int, Row]], width: int) -> pa.Table:
    columns = [pa.array([n for n, _ in batch], pa.int64())]
    cells = list(zip(*(c for _, c in batch), strict=True)) if batch else [()] * width
    columns += [pa.array(c, pa.string()) for c in cells]
    return pa.table(columns, schema=schema(width))
