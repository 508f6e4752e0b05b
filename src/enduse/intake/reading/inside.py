"""The child's side of reading: workbooks, Parquet, JSON and XML into the same numbered text that delimited files become.

Everything here takes and gives what JSON can carry; tables are written as files in `scratch`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .cells import Row, gather, refusal
from .store import Store

if TYPE_CHECKING:
    from .keyed import Keyed, Outer

ENDLESS = 1 << 60
LOOK = 50_000  # objects that a look at a file of named values takes its columns from


def read(
    path: str, form: str, name: str, alias: str, scratch: str, slug: str, limits: dict[str, int], sheet: str | None
) -> dict[str, Any]:
    """All records of a table as Parquet under `scratch`; what `Raw` needs to know of it."""
    place, folder, max_cell = Path(path), Path(scratch), limits["max_cell_bytes"]
    rows: Iterator[tuple[int, Row | str]]
    notes: tuple[str, ...] = ()
    if form == "workbook":
        from . import workbook

        columns, rows, how, notes = workbook.table(place, name, sheet, limits["max_unpacked_bytes"])
    elif form == "parquet":
        return _parquet(place, name, alias, folder, slug, max_cell)
    else:
        layout, make, how = _keyed(place, form, name)
        from . import keyed

        columns, rows = layout.columns, keyed.rows(make, layout)
    store = Store(folder, alias, slug, len(columns))
    try:
        records = gather(rows, columns, store, max_cell)
        rejected = store.close()
    except BaseException:
        store.abandon()
        raise
    return _told(columns, store, rejected, records, how, notes)


def _told(
    columns: tuple[str, ...], store: Store, rejected: Path | None, records: int, how: str, notes: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "columns": columns, "path": str(store.path), "rejected": str(rejected) if rejected else None, "records": records,
        "sample": store.sample(), "format": how, "notes": notes,
    }  # fmt: skip


def _parquet(place: Path, name: str, alias: str, folder: Path, slug: str, max_cell: int) -> dict[str, Any]:
    from . import parquet

    columns = parquet.columns_of(place, name)
    store = Store(folder, alias, slug, len(columns))
    records = 0
    try:
        for table, refused, count in parquet.batches(place, name, max_cell):
            store.add(table, refused)
            records += count
        rejected = store.close()
    except BaseException:
        store.abandon()
        raise
    return _told(columns, store, rejected, records, "parquet", ())


def _keyed(
    place: Path, form: str, name: str, most: int | None = None
) -> tuple[Keyed, Callable[[], Iterator[Outer]], str]:
    """Layout of a file of named values (of its first `most` objects), and how to go through its objects again."""
    from . import keyed, xml_records

    def make() -> Iterator[Outer]:
        if form == "xml":
            return xml_records.outers(place)
        return keyed.json_outers(place, _codec(place))

    layout = keyed.lay_out(itertools.islice(make(), most), name)
    return layout, make, f"{form}, records at {'/'.join(layout.items)}" if layout.items else form


def _codec(place: Path) -> str:
    from .encoding import bom_of, find_encoding
    from .files import start_of

    head = start_of(place, 1 << 16)
    marked = bom_of(head)
    found = marked[0] if marked else find_encoding(head)
    return found if found in ("utf-16-le", "utf-16-be", "utf-32-le", "cp1251", "cp1252", "gb18030") else "utf-8"


def peek(path: str, form: str, name: str, rows: int, sheet: str | None, limit: int) -> dict[str, Any]:
    """Columns, the first well-formed records and the format of a table."""
    place = Path(path)
    sample: list[Any] = []
    if form == "parquet":
        from . import parquet

        columns, how = parquet.columns_of(place, name), "parquet"
        for table, _, _ in parquet.batches(place, name, ENDLESS, max(rows, 1)):
            sample = [list(r.values()) for r in table.drop_columns("row").to_pylist()]
            break
    else:
        found: Iterator[tuple[int, Row | str]]
        if form == "workbook":
            from . import workbook

            columns, found, how, _ = workbook.table(place, name, sheet, limit)
        else:
            from . import keyed

            layout, make, how = _keyed(place, form, name, LOOK)
            columns, found = layout.columns, keyed.rows(make, layout)
        for number, cells in found:
            if not isinstance(cells, str) and refusal(number, cells, columns, ENDLESS) is None:
                sample.append((cells + (None,) * len(columns))[: len(columns)])
            if len(sample) >= rows:
                break
    return {"columns": columns, "sample": sample, "format": how}


def locate(path: str, form: str, name: str, rows: list[int], sheet: str | None, limit: int) -> list[dict[str, Any]]:
    """The records asked for, by number, with the row of the sheet where there is one."""
    place, wanted = Path(path), set(rows)
    out: list[dict[str, Any]] = []
    if form == "workbook":
        from . import workbook

        return workbook.locate(place, name, wanted, sheet, limit)
    if form == "parquet":
        from . import parquet

        for table, _, _ in parquet.batches(place, name, ENDLESS):
            numbers = table["row"].to_pylist()
            for at in [i for i, n in enumerate(numbers) if n in wanted]:
                cells = [c[at].as_py() for c in table.columns[1:]]
                out.append({"row": numbers[at], "cells": cells, "sheet_row": None})
        return out
    from . import keyed

    layout, make, _ = _keyed(place, form, name)
    for number, row in keyed.rows(make, layout):
        if number in wanted:
            out.append({"row": number, "cells": [row] if isinstance(row, str) else list(row), "sheet_row": None})
    return out


def sheets(path: str, name: str, limit: int) -> list[str]:
    """Names of the sheets that hold a cell."""
    from . import workbook

    return workbook.sheets(Path(path), name, limit)
