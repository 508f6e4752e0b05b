"""Every contract table as CSV or Parquet, sorted by its contract, with table schemas and the press documents beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.contracts import TABLES, Column, Table
from enduse.engine.duckdb import DuckDBEngine
from enduse.exports import guard, ordered
from enduse.exports.folder import absolute, whole_folder

if TYPE_CHECKING:
    from enduse.case import Case
    from enduse.engine.base import Engine

EXPORTED: tuple[Table, ...] = tuple(t for t in TABLES.values() if t.exported)


def amount_text(amount: str) -> str:
    """A decimal expression as text, without zeros behind the point."""
    return f"rtrim(rtrim(CAST({amount} AS VARCHAR), '0'), '.')"


def _text(column: Column) -> str:
    """A column as CSV text: decimals without trailing zeros, everything else as it stands."""
    if column.type in ("amount", "total"):
        quoted = f'"{column.name}"'
        return f"{amount_text(quoted)} AS {quoted}"
    return f'"{column.name}"'


def _sorted(table: Table, text: Callable[[Column], str]) -> str:
    # The keys are carried along under names of their own: a column as text does not sort like the column.
    inner = ", ".join(f't."{k}" AS sort_{i}' for i, k in enumerate(table.sort))
    columns = ", ".join(text(c) for c in table.columns)
    order = ", ".join(f"sort_{i}" for i in range(len(table.sort)))
    return f"SELECT {columns} FROM (SELECT t.*, {inner} FROM {table.name} AS t) AS listed ORDER BY {order}"


def _csv(engine: Engine, table: Table, path: Path, text: Callable[[Column], str]) -> None:
    # Exports are always read with DuckDB, whichever engine made the tables: it writes CSV at disk speed.
    if not isinstance(engine, DuckDBEngine):
        raise TypeError(f"CSV is written by DuckDB, not by {engine.name}")
    if table.name == "shipment":
        keys = path.with_name(".parties.parquet")
        try:
            listed = ordered.shipments(engine, keys)
            if listed is not None:
                columns = ", ".join(text(c) for c in table.columns)
                engine.copy_csv(f"SELECT {columns} FROM ({listed}) AS listed", path)
                return
        finally:
            ordered.forget(engine, keys)
    engine.copy_csv(_sorted(table, text), path)


def _parquet(engine: Engine, table: Table, path: Path) -> None:
    places = [table.names.index(k) for k in table.sort]
    engine.write(f"SELECT {table.select} FROM {table.name} ORDER BY {', '.join(str(i + 1) for i in places)}", path)


def write_tables(engine: Engine, folder: Path, suffix: str) -> list[Path]:
    """Every exported contract table as `<table>.<suffix>` in `folder`; the suffix is csv or parquet."""
    made = []
    for table in EXPORTED:
        path = folder / f"{table.name}.{suffix}"
        if suffix == "csv":
            _csv(engine, table, path, _text)
        else:
            _parquet(engine, table, path)
        made.append(path)
    return made


def _folder(case: Case, out: Path, suffix: str, write: Callable[[Engine, Path], list[Path]]) -> list[Path]:
    from enduse.exports.bib import write_bib
    from enduse.exports.package import write_package

    with whole_folder(out) as partial:
        with case.open() as engine:
            made = write(engine, partial)
            made.append(write_bib(case.file, engine, partial))
        made.append(write_package(case.file, case.run_info(), partial, suffix))
    return [absolute(out) / p.relative_to(partial) for p in made]


def csv(case: Case, out: Path) -> list[Path]:
    """Exact for machines: cells as they stand in the tables, null as an empty cell, nothing guarded."""
    return _folder(case, out, "csv", lambda engine, folder: write_tables(engine, folder, "csv"))


def parquet(case: Case, out: Path) -> list[Path]:
    """The tables with the types of their contract."""
    return _folder(case, out, "parquet", lambda engine, folder: write_tables(engine, folder, "parquet"))


def spreadsheet_csv(case: Case, out: Path) -> list[Path]:
    """For spreadsheet programs: a byte order mark so that they read UTF-8, and no cell they would take for a formula."""

    def write(engine: Engine, folder: Path) -> list[Path]:
        made = []
        for table in EXPORTED:
            path = folder / f"{table.name}.csv"
            _csv(engine, table, path, lambda c, t=table: guard.cell(c, _text(c), first=c is t.columns[0]))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            made.append(path)
        return made

    with whole_folder(out) as partial:
        with case.open() as engine:
            made = write(engine, partial)
        note = partial / "README.txt"
        note.write_text(guard.NOTE, encoding="utf-8", newline="")
    return [absolute(out) / p.name for p in [*made, note]]
