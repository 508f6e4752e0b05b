"""Small invented statistics as rows of the contract, and a run of the steps over them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.step import Context
from enduse.pipeline import run_step
from enduse.routes.statistics import STEPS


class Quiet:
    def step(self, *_):
        return

    def say(self, _):
        return


def month(n: int, first: int = 2018) -> dt.date:
    return dt.date(first + n // 12, n % 12 + 1, 1)


def row(
    reporter: str, partner: str, flow: str, period: dt.date, value: float, code: str = "841370", **more
) -> dict[str, object]:
    plain = {
        "source": "a.csv", "row": 1, "reporter": reporter, "partner": partner, "flow": flow, "hs_code": code, "hs_revision": "H5", "period": period, "freq": "month",
        "value": Decimal(f"{value:.2f}"), "currency": "USD", "value_usd": Decimal(f"{value:.2f}"), "usd_basis": "declared", "value_basis": "FOB" if flow == "export" else "CIF",
        "net_kg": None, "partner_rule": "destination" if flow == "export" else "origin", "estimated": 0, "reconciled": 0, "parts": 1,
    }  # fmt: skip
    return plain | more


def run(
    engine, tmp_path, rows, case: CaseFile | None = None, declared: dict[str, list] | None = None
) -> dict[str, pa.Table]:
    """Every result table of the statistics half; `declared` holds rows of customs tables by name."""
    engine.put("statistic", TABLES["statistic"].arrow(rows))
    for name in ("shipment", "duplicate_row", "mirror_duplicate"):
        engine.put(name, TABLES[name].arrow((declared or {}).get(name, [])))
    for name in ("scratch", "out"):
        (tmp_path / name).mkdir(exist_ok=True)
    context = Context(engine, case or CaseFile(), tmp_path, tmp_path / "scratch", Quiet())
    for step in STEPS:
        run_step(context, step, tmp_path / "out")
    names = (
        "mirror_gap",
        "reporter_reliability",
        "route_break",
        "substitution",
        "lost_in_transit",
        "route_test",
        "route_coverage",
    )
    return {n: engine.fetch(f"SELECT {TABLES[n].select} FROM {n}") for n in names}
