"""Exports of a case: every contract table as CSV or Parquet, and the dossier."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.contracts import TABLES, Column, Table
from enduse.engine.duckdb import DuckDBEngine
from enduse.errors import EnduseError, UsageError
from enduse.whole import write_text

if TYPE_CHECKING:
    from enduse.case import Case
    from enduse.engine.base import Engine

FORMATS: tuple[str, ...] = ("csv", "parquet", "html")
# Formats of the contract that later versions write; asked for, they are a usage error that says so.
PLANNED: tuple[str, ...] = ("xlsx", "pdf", "ftm", "crate", "prov", "graphml")


def _text(column: Column) -> str:
    """A column as CSV text: decimals without trailing zeros, everything else as it stands."""
    if column.type in ("amount", "total"):
        return f"""rtrim(rtrim(CAST("{column.name}" AS VARCHAR), '0'), '.') AS "{column.name}\""""
    return f'"{column.name}"'


def _csv(engine: Engine, table: Table, path: Path) -> None:
    # Exports are always read with DuckDB, whichever engine made the tables: it writes CSV at disk speed.
    if not isinstance(engine, DuckDBEngine):
        raise TypeError(f"CSV is written by DuckDB, not by {engine.name}")
    engine.copy_csv(_sorted(table), path)


def _sorted(table: Table) -> str:
    inner = ", ".join(f't."{k}" AS sort_{i}' for i, k in enumerate(table.sort))
    columns = ", ".join(_text(c) for c in table.columns)
    order = ", ".join(f"sort_{i}" for i in range(len(table.sort)))
    return f"SELECT {columns} FROM (SELECT t.*, {inner} FROM {table.name} AS t) AS sorted ORDER BY {order}"


def _parquet(engine: Engine, table: Table, path: Path) -> None:
    places = [table.names.index(k) for k in table.sort]
    engine.write(f"SELECT {table.select} FROM {table.name} ORDER BY {', '.join(str(i + 1) for i in places)}", path)


def _tables(case: Case, out: Path, suffix: str, write: Callable[[Engine, Table, Path], None]) -> list[Path]:
    if out.exists() and not out.is_dir():
        raise EnduseError("is a file; tables go into a folder", where=str(out), fix="Name a folder after --out")
    partial = out.with_name(f".{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    made: list[Path] = []
    try:
        with case.open() as engine:
            for table in TABLES.values():
                if table.exported:
                    write(engine, table, partial / f"{table.name}.{suffix}")
                    made.append(out / f"{table.name}.{suffix}")
        out.mkdir(parents=True, exist_ok=True)
        for path in partial.iterdir():
            path.replace(out / path.name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return made


def _html(case: Case, out: Path) -> list[Path]:
    path = out / "dossier.html" if out.is_dir() else out
    write_text(path, case.dossier_html())
    return [path]


def export(case: Case, to: str, out: Path) -> list[Path]:
    """Write the case as `to`; returns the files made. Nothing half-written stands at `out` when something fails."""
    if to in PLANNED:
        raise UsageError(f"export to {to!r} is not in this version", fix=f"Formats are {', '.join(FORMATS)}")
    if to not in FORMATS:
        raise UsageError(f"no export format {to!r}", fix=f"Formats are {', '.join(FORMATS)}")
    case.need("intake")
    if to == "html":
        return _html(case, out)
    if to == "csv":
        return _tables(case, out, "csv", _csv)
    return _tables(case, out, "parquet", _parquet)
