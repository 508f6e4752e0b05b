"""A small invented world as contract tables, enough to count by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.base import Engine
from enduse.engine.step import Context
from enduse.pipeline import run_step, stage

DAY = dt.date(2023, 3, 1)


class Silent:
    def step(self, stage: str, name: str, number: int, of: int) -> None: ...

    def say(self, line: str) -> None: ...


def shipment(number: int, **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "shipment_id": f"aaaaaaaaaaaa-{number}", "source": "a.csv", "row": number, "date": DAY, "date_precision": "day", "direction": "import",
        "exporter_name": "North Aero", "importer_name": "South Trade", "exporter_party": "P-1", "importer_party": "P-2", "description": "drone",
        "hs_code": "880622", "quantity": Decimal(2), "unit": "C62", "net_kg": Decimal("1.5"), "value": Decimal(100), "currency": "USD",
        "value_usd": Decimal(100), "origin_country": "CN", "departure_country": "CN", "destination_country": "RU",
    }  # fmt: skip
    return plain | more


def goods(row: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "shipment_id": row["shipment_id"],
        "family": "drone",
        "brand": "DJI",
        "model": "Mavic 3",
        "vague": 0,
        "confidence": 0.97,
        "basis": "code+text",
    }
    return plain | more


def fill(
    engine: Engine,
    shipments: list[dict[str, Any]],
    judged: list[dict[str, Any]],
    *,
    rejected: int = 0,
    twins: tuple[tuple[str, str], ...] = (),
    claims: list[dict[str, Any]] | None = None,
    covered: list[dict[str, Any]] | None = None,
) -> None:
    """Put the tables that the findings stage reads."""
    by_id = {s["shipment_id"]: s for s in shipments}
    n = len(shipments) + rejected
    tables: dict[str, list[dict[str, Any]]] = {
        "shipment": shipments,
        "shipment_row": [{k: v for k, v in s.items() if not k.endswith("_party")} for s in shipments],
        "goods": judged,
        "source": [
            {
                "source": "a.csv",
                "sha256": "a" * 64,
                "kind": "customs",
                "records_read": n,
                "loaded": n - rejected - len(twins),
                "rejected": rejected,
                "duplicates": len(twins),
            }
        ],
        "rejection": [{"source": "a.csv", "row": 1000 + i, "reason": "blank"} for i in range(rejected)],
        "duplicate": [
            {"shipment_id": a, "source": "a.csv", "row": by_id[a]["row"], "of_shipment_id": b, "reason": "exact"}
            for a, b in twins
        ],
        "party": [
            {"party_id": p, "name": name, "kind": "organization", "broad_party": p}
            for p, name in (("P-1", "North Aero"), ("P-2", "South Trade"))
        ],
        "party_name": [
            {
                "party_id": p,
                "name": n,
                "country": "",
                "identifier": "",
                "method": "exact_key",
                "score": score,
                "rows": 1,
                "strict_party": p if score >= 0.95 else f"{p}-apart",
            }
            for p, n, score in (("P-1", "North Aero", 1.0), ("P-2", "South Trade", 1.0), ("P-1", "NORTH AEROW", 0.94))
        ],
        "screening": [],
        "claim": claims or [],
        "route_coverage": covered or [],
        **{name: [] for name in ("goods_indicator", "price_check", "wording_change", "listed_link")},
    }
    for name, rows in tables.items():
        engine.put(name, TABLES[name].arrow(rows))


def find(engine: Engine, case: CaseFile, folder: Path) -> dict[str, pa.Table]:
    """Run the findings stage over the tables in `engine`; its contract tables, sorted by key."""
    scratch = folder / f"scratch-{engine.name}"
    scratch.mkdir(parents=True)
    out = folder / f"out-{engine.name}"
    out.mkdir()
    context = Context(engine, case, folder, scratch, Silent())
    for step in stage("findings").steps:
        run_step(context, step, out)
    made = [n for n in stage("findings").outputs if n in TABLES]
    return {n: engine.fetch(f"SELECT * FROM {n} ORDER BY {', '.join(TABLES[n].sort)}") for n in made}
