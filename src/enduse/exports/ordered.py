"""Shipments in their order without sorting them: forty columns of ten million rows are dear to move.

Intake writes the records of each file in their order, so only the order of the files and the join with the firms are left
to do. The firms (three narrow columns) are sorted once; then stretches of records are laid beside stretches of firms, row
by row (DuckDB's positional join), and the stretches are strung together in order. Where the stored order is another one
(tables written by Spark), the export sorts as it does every other table.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enduse.engine.base import Engine

STRETCH = 500_000  # records laid side by side at a time; several stretches run on several cores
SMALL = 200_000  # fewer records than this sort in no time


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _in_order(engine: Engine, source: str, first: str) -> bool:
    """The stored records of a file stand in ascending order, each number once. Reads the one column."""
    found = engine.fetch(
        f"SELECT count(*) AS n FROM (SELECT row, lag(row) OVER () AS before FROM shipment_row WHERE {first} = {_quoted(source)}) AS r "
        "WHERE before >= row"
    )
    return bool(found["n"][0].as_py() == 0)


def shipments(engine: Engine, keys: Path) -> str | None:
    """SQL that reads `shipment` by source and row, in order without an ORDER BY; None where sorting is right or cheap.

    `keys` is a file to keep the sorted firms in (Parquet); `forget` takes it away again.
    """
    files = engine.fetch(
        'SELECT "source", min("row") AS low, max("row") AS high, count(*) AS n FROM shipment_row GROUP BY "source" ORDER BY "source"'
    ).to_pylist()
    if sum(f["n"] for f in files) < SMALL:
        return None
    if not all(_in_order(engine, f["source"], '"source"') for f in files):
        return None
    engine.write(
        'SELECT s."source", s."row", p.exporter_party, p.importer_party FROM shipment_row AS s '
        'LEFT JOIN shipment_party AS p ON p.shipment_id = s.shipment_id ORDER BY s."source", s."row"',
        keys,
    )
    engine.attach("firm_of", keys)
    parts = []
    for file in files:
        count = max(1, round(file["n"] / STRETCH))
        step = (file["high"] - file["low"]) // count + 1
        for low in range(file["low"], file["high"] + 1, step):
            where = f'"source" = {_quoted(file["source"])} AND "row" BETWEEN {low} AND {low + step - 1}'
            parts.append(
                f"SELECT * FROM (SELECT * FROM shipment_row WHERE {where}) AS s "
                f"POSITIONAL JOIN (SELECT exporter_party, importer_party FROM firm_of WHERE {where}) AS p"
            )
    return " UNION ALL ".join(parts)


def forget(engine: Engine, keys: Path) -> None:
    """Let go of what `shipments` made."""
    engine.drop("firm_of")
    keys.unlink(missing_ok=True)
