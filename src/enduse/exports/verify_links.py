"""Every id leads somewhere: rows to sources, figures to rows, firms to parties, indicators to their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enduse.contracts import TABLES

from .package import POINTERS
from .verify_report import Check

if TYPE_CHECKING:
    from enduse.engine.base import Engine

AGAIN = "Get the crate again from where it came"
# Columns that hold several ids separated by `;`, and the table they lead to.
LISTS: tuple[tuple[str, str, str, str], ...] = (("indicator", "evidence", "shipment", "shipment_id"),)


def pointers(engine: Engine, check: Check) -> None:
    """Each column that names a row of another table names one that is there."""
    followed = 0
    for name, targets in POINTERS.items():
        table = TABLES.get(name)
        if table is None or not table.exported:
            continue
        for column, other, key in targets:
            if other not in TABLES or not TABLES[other].exported or column not in table.names:
                continue
            followed += 1
            got = engine.fetch(
                f'SELECT count(*) AS n, min(CAST(a."{column}" AS VARCHAR)) AS one FROM {name} AS a LEFT JOIN {other} AS b ON b."{key}" = a."{column}" '
                f"""WHERE b."{key}" IS NULL AND a."{column}" IS NOT NULL AND CAST(a."{column}" AS VARCHAR) <> ''"""
            ).to_pylist()[0]
            if got["n"]:
                check.fault(
                    f"{name}.{column}",
                    f"leads to no row of {other}, such as {got['one']}",
                    0,
                    f"{got['n']:,} rows",
                    AGAIN,
                )
    for name, column, other, key in LISTS:
        followed += 1
        got = engine.fetch(
            f"SELECT count(*) AS n, min(id) AS one FROM (SELECT unnest(string_split({column}, ';')) AS id FROM {name} WHERE {column} IS NOT NULL) AS ids "
            f"LEFT JOIN {other} AS b ON b.{key} = ids.id WHERE b.{key} IS NULL AND ids.id <> ''"
        ).to_pylist()[0]
        if got["n"]:
            check.fault(
                f"{name}.{column}", f"leads to no row of {other}, such as {got['one']}", 0, f"{got['n']:,} ids", AGAIN
            )
    check.looked = f"{followed} columns of ids followed"


def row_ids(engine: Engine, check: Check) -> None:
    """A shipment's id is the beginning of its source's digest and its record number, one beginning for each source."""
    got = engine.fetch(
        "SELECT s.source, count(*) AS n, min(s.shipment_id) AS one, count(DISTINCT substr(s.shipment_id, 1, 12)) AS begins, "
        "count(CASE WHEN substr(s.shipment_id, 13) <> concat('-', CAST(s.row AS VARCHAR)) THEN 1 END) AS wrong, min(substr(s.shipment_id, 1, 12)) AS head, "
        "min(a.sha256) AS sha256 FROM shipment AS s JOIN source AS a ON a.source = s.source GROUP BY s.source ORDER BY s.source"
    ).to_pylist()
    shared = {
        r["sha256"] for r in engine.fetch("SELECT sha256 FROM source GROUP BY sha256 HAVING count(*) > 1").to_pylist()
    }
    for line in got:
        if line["wrong"] or line["begins"] != 1:
            check.fault(
                f"shipment of {line['source']}", "ids that do not say source and record", 0, line["wrong"], AGAIN
            )
        # Further sheets of one workbook have beginnings of their own, made from digest and sheet.
        if line["head"] != line["sha256"][:12] and line["sha256"] not in shared:
            check.fault(f"shipment of {line['source']}", "ids begin with another digest than the source's", line["sha256"][:12], line["head"], AGAIN)  # fmt: skip
