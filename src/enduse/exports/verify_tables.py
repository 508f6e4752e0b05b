"""The tables of a crate or a case held to their contracts, and the CSV form held to the exact one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from enduse.contracts import TABLES, Column, Table
from enduse.errors import QueryError

from .verify_report import Check

if TYPE_CHECKING:
    from enduse.engine.base import Engine

EXPORTED: tuple[Table, ...] = tuple(t for t in TABLES.values() if t.exported)
LONGEST = 1_000_000  # rows: longer tables need no CSV form
TEXTS = frozenset({"text", "list", "json", "country"})
AGAIN = "Get the crate again, or verify it with the version that made it"
_PLAIN = {pa.large_string(): pa.string(), pa.string_view(): pa.string()}


def schema_faults(table: Table, schema: pa.Schema) -> list[str]:
    """What of a stored table's columns is not as the contract has it, in words."""
    found = {f.name: _PLAIN.get(f.type, f.type) for f in schema}
    out = [f"column {n} is missing" for n in table.names if n not in found]
    out += [f"column {n} is not in the contract" for n in found if n not in table.names]
    out += [
        f"column {c.name} is {found[c.name]}, not {c.arrow.type}"
        for c in table.columns
        if c.name in found and found[c.name] != c.arrow.type
    ]
    return out


def attach(engine: Engine, folder: Path, check: Check) -> dict[str, int]:
    """Make the Parquet tables of a crate readable, an empty one where a table is missing or broken. Gives the rows of the whole ones."""
    whole: dict[str, int] = {}
    for table in EXPORTED:
        path = folder / f"{table.name}.parquet"
        wrong, rows = "", 0
        if path.is_symlink() or not path.is_file():
            wrong = "is missing"
        else:
            try:
                rows = pq.read_metadata(path).num_rows
                faults = schema_faults(table, pq.read_schema(path))
                wrong = f"breaks its contract: {'; '.join(faults)}" if faults else ""
            except (pa.ArrowException, OSError, ValueError) as error:
                wrong = f"cannot be read ({str(error).splitlines()[0][:150]})"
        if wrong:
            check.fault(f"data/{table.name}.parquet", wrong, fix=AGAIN)
            engine.put(table.name, table.empty())
        else:
            engine.attach(table.name, path)
            whole[table.name] = rows
    return whole


def _conditions(column: Column) -> list[tuple[str, str]]:
    """(SQL that counts rows breaking the contract of a column, what is wrong with them)."""
    name = f'"{column.name}"'
    out = []
    if column.required:
        out.append((f"count(CASE WHEN {name} IS NULL THEN 1 END)", f"rows without {column.name}"))
    if column.values and column.type == "text":
        words = ", ".join("'" + v.replace("'", "''") + "'" for v in column.values)
        out.append(
            (
                f"count(CASE WHEN {name} NOT IN ({words}) THEN 1 END)",
                f"rows whose {column.name} is no word of the contract",
            )
        )
    if column.type == "flag":
        out.append(
            (f"count(CASE WHEN {name} NOT IN (0, 1) THEN 1 END)", f"rows whose {column.name} is neither 0 nor 1")
        )
    return out


def contracts(engine: Engine, whole: dict[str, int], check: Check, place: Callable[[Table], str]) -> None:
    """Each table: keys without twins, nothing empty that must be filled, only words of the contract.

    `whole` gives the tables to look at with their rows; one that cannot be read is taken out of it.
    """
    rows = 0
    for table in EXPORTED:
        if not whole.get(table.name):
            continue
        wanted = [c for column in table.columns for c in _conditions(column)]
        counts = ", ".join(f"{sql} AS f{i}" for i, (sql, _) in enumerate(wanted))
        try:
            got = engine.fetch(f"SELECT count(*) AS n{', ' if counts else ''}{counts} FROM {table.name}").to_pylist()[0]
            rows += got["n"]
            for i, (_, words) in enumerate(wanted):
                if got[f"f{i}"]:
                    check.fault(place(table), f"breaks its contract: {words}", 0, f"{got[f'f{i}']:,}", AGAIN)
            _keys(engine, table, check, place(table))
        except QueryError as error:
            check.fault(place(table), f"cannot be read ({error.what[:150]})", fix=AGAIN)
            engine.put(table.name, table.empty())
            whole.pop(table.name)
    check.looked = f"{len(whole)} tables, {rows:,} rows"


def _keys(engine: Engine, table: Table, check: Check, place: str) -> None:
    if not table.key:
        return
    keys = ", ".join(f'"{k}"' for k in table.key)
    twins = engine.fetch(
        f"SELECT {keys}, count(*) AS n FROM {table.name} GROUP BY {keys} HAVING count(*) > 1 ORDER BY {keys} LIMIT 3"
    ).to_pylist()
    for twin in twins:
        words = ", ".join(str(twin[k]) for k in table.key)
        check.fault(place, f"holds the row {words} {twin['n']} times", 1, twin["n"], AGAIN)


def _as_text(column: Column, name: str) -> str:
    """A column of either form as one text: null and empty text are one in CSV."""
    kind = {
        "amount": "DECIMAL(18, 4)",
        "total": "DECIMAL(28, 4)",
        "score": "DOUBLE",
        "int": "BIGINT",
        "flag": "INTEGER",
        "date": "DATE",
    }
    to = kind.get(column.type)
    return f"coalesce(CAST(CAST({name} AS {to}) AS VARCHAR), '')" if to else f"coalesce({name}, '')"


def _row_digest(cells: Iterable[str]) -> str:
    """SQL that turns a row into one digest: millions of wide rows are compared in little memory."""
    parts = ", ".join(f"CAST(length({cell}) AS VARCHAR), ':', {cell}" for cell in cells)
    return f"sha256(concat({parts}))"


def _csv(path: Path, names: list[str]) -> str:
    """SQL that reads a CSV table, all of it as text. Nothing is guessed: the columns are those of its first line."""
    where = str(path).replace("'", "''")
    columns = ", ".join("'" + n.replace("'", "''") + "': 'VARCHAR'" for n in names)
    return (
        f"SELECT * FROM read_csv('{where}', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', "
        f"auto_detect = false, strict_mode = true, max_line_size = 100000000, encoding = 'utf-8', columns = {{{columns}}})"
    )


def _header(path: Path) -> tuple[list[str], bool]:
    """The columns a CSV table names, and whether it holds more than them."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        first = file.readline(100_000)
        return next(csv.reader([first.rstrip("\r\n")]), []), bool(file.read(1))


def twins(engine: Engine, folder: Path, whole: dict[str, int], check: Check) -> None:
    """Each `tables/*.csv` has exactly the rows of `data/*.parquet`."""
    compared = 0
    for table in EXPORTED:
        path = folder / f"{table.name}.csv"
        where = f"tables/{table.name}.csv"
        if table.name not in whole or path.is_symlink():
            continue  # a fault already
        if not path.is_file():
            if whole[table.name] <= LONGEST:
                check.fault(where, "is missing: a table of this length has a CSV form", fix=AGAIN)
            continue
        names = [f'"{c.name}"' for c in table.columns]
        exact = _row_digest(_as_text(c, n) for c, n in zip(table.columns, names, strict=True))
        listed = _row_digest(
            _as_text(c, n if c.type in TEXTS else f"nullif({n}, '')") for c, n in zip(table.columns, names, strict=True)
        )
        named, filled = _header(path)
        if named != list(table.names):
            check.fault(where, "has other columns than its table", ", ".join(table.names), ", ".join(named), AGAIN)
            continue
        if not filled and not whole[table.name]:
            compared += 1
            continue
        try:
            got = engine.fetch(
                f"WITH csv_twin AS ({_csv(path, named)}), kept AS (SELECT {exact} AS h FROM {table.name}), listed AS (SELECT {listed} AS h FROM csv_twin), "
                "counts AS (SELECT h, sum(n) AS n FROM (SELECT h, 1 AS n FROM kept UNION ALL SELECT h, -1 AS n FROM listed) AS both_forms GROUP BY h) "
                "SELECT CAST(coalesce(sum(CASE WHEN n > 0 THEN n END), 0) AS BIGINT) AS lost, CAST(coalesce(-sum(CASE WHEN n < 0 THEN n END), 0) AS BIGINT) AS other FROM counts"
            ).to_pylist()[0]
        except QueryError as error:
            check.fault(where, f"is no CSV form of its table ({error.what[:150]})", fix=AGAIN)
            continue
        compared += 1
        if got["lost"] or got["other"]:
            check.fault(where, f"is not the table data/{table.name}.parquet", "the same rows", f"{got['lost']:,} rows are missing, {got['other']:,} are other ones", AGAIN)  # fmt: skip
    check.looked = f"{compared} tables compared row by row"
