"""Rows of `shipment_row` made by hand, and what the steps on repeats find among them (in this folder because it is on the path)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from enduse.contracts import TABLES
from enduse.engine import Engine
from enduse.intake import account

SQL = Path(account.__file__).parent / "sql"
STEPS = (
    "duplicate_key", "duplicate_candidate", "duplicate_group", "duplicate_same", "duplicate_paper", "duplicate_version",
    "duplicate_other", "duplicate_house", "duplicate",
)  # fmt: skip
ROW = TABLES["shipment_row"]

LINE: dict[str, Any] = {
    "declaration_id": "D-1", "date": dt.date(2023, 3, 14), "date_precision": "day", "exporter_name": "Alpha Co", "importer_name": "ООО Бета", "description": "tiles", "hs_code": "690721",
    "quantity": Decimal("12.5000"), "unit": "MTK", "value": Decimal("100.2500"), "currency": "USD", "origin_country": "CN",
}  # fmt: skip


def rows(*lines: tuple[str, dict[str, Any]]) -> pa.Table:
    """Rows of shipment_row: (source, changes to LINE); records are numbered inside each source."""
    numbers: dict[str, int] = {}
    made = []
    for source, changes in lines:
        numbers[source] = numbers.get(source, 0) + 1
        made.append(
            {**LINE, **changes, "shipment_id": f"{source}-{numbers[source]}", "source": source, "row": numbers[source]}
        )
    return ROW.arrow(made)


def repeats(
    engine: Engine,
    data: pa.Table,
    order: tuple[str, ...] = ("a", "b"),
    *,
    layouts: tuple[str, ...] = ("x", "x", "x"),
    rest: dict[str, str] | None = None,
    result: str = "duplicate",
) -> dict[str, tuple[str, str]]:
    """duplicate as {shipment_id: (of_shipment_id, reason)}; `rest` is what the columns without a role hold, by shipment_id."""
    engine.put("shipment_row", data)
    position = pa.array(range(1, len(order) + 1), pa.int64())
    engine.put(
        "intake_file",
        pa.table(
            {"source": pa.array(order, pa.string()), "position": position, "layout": pa.array(layouts[: len(order)])}
        ),
    )
    lines = [(i.split("-")[0], int(i.split("-")[1]), text) for i, text in (rest or {}).items()]
    engine.put(
        "duplicate_rest",
        pa.table(
            {
                "source": pa.array([x[0] for x in lines], pa.string()),
                "row": pa.array([x[1] for x in lines], pa.int64()),
                "rest": pa.array([x[2] for x in lines], pa.string()),
            }
        ),
    )
    for step in STEPS[: STEPS.index(result) + 1]:
        engine.make("duplicate_row" if step == "duplicate" else step, (SQL / f"{step}.sql").read_text(encoding="utf-8"))
    name = "duplicate_row" if result == "duplicate" else result
    made = engine.fetch(f"SELECT * FROM {name} ORDER BY shipment_id")
    assert made.schema == TABLES["duplicate_row"].schema
    return {r["shipment_id"]: (r["of_shipment_id"], r["reason"]) for r in made.to_pylist()}
