"""A commitment to each record of a sealed source, and one digest over all of them, so that single records can be proved later.

    cells       "-;" for an empty one, else <characters> ":" <text> ";"
    record      row ";" SHA-256(names of the columns, as cells) ";" cells
    salt        SHA-256(row key ":" row), as 64 hex digits; the row key never leaves the case
    commitment  SHA-256(salt record)
    tree        leaf SHA-256("leaf:" commitment), node SHA-256("node:" left right), a node without a neighbour goes up as
                it is: the shape of RFC 6962, section 2.1

All digests are lower-case hex text, all text is UTF-8. Records of customs files are their cells as read, in the order of
the file; of a press text its lines; of lists, ownership and statistics the rows of the contract table they became.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enduse.contracts import TABLES
from enduse.errors import CaseError

from . import sealing

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.contracts.case_file import Source
    from enduse.engine.base import Engine
    from enduse.engine.step import Context, Made

METHOD = "enduse-seal/1"
# Tables whose rows stand for the records of a kind, where the file itself is no plain table.
ROWS_OF: dict[str, str] = {"watchlist": "list_entry", "ownership": "ownership", "statistics": "statistic"}


@dataclass(frozen=True)
class Records:
    """The records of one source as a table of the engine with `row` (int) and the text columns `cells`."""

    table: str
    row: str
    cells: tuple[str, ...]
    names: tuple[str, ...]  # what the cells are called


def heading(names: Sequence[str]) -> str:
    """What binds the cells of a record to the names of their columns."""
    return hashlib.sha256("".join(f"{len(n)}:{n};" for n in names).encode()).hexdigest()


def record_sql(records: Records) -> str:
    """The canonical text of each record, as canonical SQL over `records.table`."""
    cells = "".join(
        f", CASE WHEN {c} IS NULL THEN '-' ELSE concat(CAST(length({c}) AS VARCHAR), ':', {c}) END, ';'"
        for c in records.cells
    )
    return f"concat(CAST({records.row} AS VARCHAR), ';{heading(records.names)};'{cells})"


def salt(row_key: str, row: int) -> str:
    """The salt of one record, as the engine makes it for all of them."""
    return hashlib.sha256(f"{row_key}:{row}".encode("ascii")).hexdigest()


def leaves(engine: Engine, records: Records, row_key: str, into: str) -> int:
    """Make `into` (p from 0, row, h): the leaves of the tree. Returns how many. The key goes in as a table: no statement shows it."""
    import pyarrow as pa

    engine.put("seal_key", pa.table({"k": pa.array([row_key], pa.string())}))
    # Numbered in a second step: the window then moves two narrow columns, not forty wide ones.
    engine.make(
        f"{into}_unnumbered",
        f"SELECT {records.row} AS row, sha256(concat('leaf:', sha256(concat(sha256(concat(k.k, ':', CAST({records.row} AS VARCHAR))), "
        f"{record_sql(records)})))) AS h FROM {records.table} CROSS JOIN seal_key AS k",
    )
    engine.make(into, f"SELECT row_number() OVER (ORDER BY row) - 1 AS p, row, h FROM {into}_unnumbered")
    engine.drop(f"{into}_unnumbered")
    engine.drop("seal_key")
    return int(engine.fetch(f"SELECT count(*) AS n FROM {into}")["n"][0].as_py())


def levels(engine: Engine, first: str, count: int) -> list[tuple[str, int]]:
    """Make the levels of the tree above the leaves: (table with p and h, how many nodes), from the leaves to the root."""
    out = [(first, count)]
    while count > 1:
        name = f"{first}_{len(out)}"
        pair = "CAST(floor(p / 2) AS BIGINT)"
        left, right = ("min(CASE WHEN p % 2 = 0 THEN h END)", "min(CASE WHEN p % 2 = 1 THEN h END)")
        engine.make(
            name,
            f"SELECT p, CASE WHEN b IS NULL THEN a ELSE sha256(concat('node:', a, b)) END AS h FROM "
            f"(SELECT {pair} AS p, {left} AS a, {right} AS b FROM {out[-1][0]} GROUP BY {pair}) AS pairs",
        )
        count = (count + 1) // 2
        out.append((name, count))
    return out


def root(engine: Engine, made: Sequence[tuple[str, int]]) -> str:
    """The digest over all records; of a source without records that of no text."""
    if not made[-1][1]:
        return hashlib.sha256(b"").hexdigest()
    return str(engine.fetch(f"SELECT h FROM {made[-1][0]}")["h"][0].as_py())


def table_rows(engine: Engine, source: Source, into: str) -> Records:
    """The records of a list, ownership or statistics source: the rows of its contract table, numbered in the table's order."""
    table = TABLES[ROWS_OF[source.kind]]
    cells = tuple(c for c in table.names if c != "source")
    texts = ", ".join(f'CAST("{c}" AS VARCHAR) AS "{c}"' for c in cells)
    order = ", ".join(f'"{c}"' for c in (*table.sort, *table.names))
    engine.make(
        into,
        f"SELECT row_number() OVER (ORDER BY {order}) AS place, {texts} FROM {table.name} WHERE source = $source",
        {"source": source.alias},
    )
    return Records(into, "place", tuple(f'"{c}"' for c in cells), cells)


def text_lines(engine: Engine, content: str, into: str) -> Records:
    """The records of a press text: its lines, with their ends."""
    import pyarrow as pa

    found = content.splitlines(keepends=True)
    engine.put(
        into, pa.table({"row": pa.array(range(1, len(found) + 1), pa.int64()), "line": pa.array(found, pa.string())})
    )
    return Records(into, "row", ("line",), ("line",))


def raw_cells(columns: Sequence[str], into: str) -> Records:
    """The records of a file read as a table, attached as `into`."""
    return Records(into, "row", tuple(f"c{i}" for i in range(1, len(columns) + 1)), tuple(columns))


def _records(context: Context, source: Source, raw: str | None) -> Records:
    engine = context.engine
    if source.kind == "press":
        found = engine.fetch("SELECT content FROM document WHERE source = $source", {"source": source.alias})
        return text_lines(engine, found["content"][0].as_py() if found.num_rows else "", "seal_record")
    if source.kind in ROWS_OF:
        return table_rows(engine, source, "seal_record")
    engine.attach("seal_record", context.scratch / str(raw))
    names = engine.fetch(
        'SELECT "column" FROM mapping WHERE source = $source ORDER BY position', {"source": source.alias}
    )
    return raw_cells(names["column"].to_pylist(), "seal_record")


def make(context: Context) -> Made:
    """The step: reads intake_file and the tables of the records, makes `seal`: one line for each sealed source."""
    engine = context.engine
    sealed = [s for s in context.case.source if s.sealed]
    rows: list[dict[str, object]] = []
    if sealed:
        secret = sealing.key(context.folder)
        if secret is None:
            raise CaseError("the case has sealed sources and no key", where=str(sealing.place(context.folder)))
        raws = {r["source"]: r["raw"] for r in engine.fetch("SELECT source, raw FROM intake_file").to_pylist()}
        for source in sealed:
            records = _records(context, source, raws.get(source.alias))
            count = leaves(engine, records, sealing.row_key(secret, source), "seal_leaf")
            made = levels(engine, "seal_leaf", count)
            rows.append({"source": source.alias, "records": count, "root": root(engine, made), "method": METHOD})
            for name, _ in made:
                engine.drop(name)
            engine.drop("seal_record")
    made_table: pa.Table = TABLES["seal"].arrow(rows)
    return {"seal": made_table}
