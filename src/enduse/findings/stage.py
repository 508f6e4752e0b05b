"""The findings room in order: which rows count, what they add up to, what was left out, what the files cover."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from enduse.contracts.case_file import CaseFile
from enduse.engine.step import Context, Made, Stage, Step, sql_step

from .coverage import coverage
from .figures import figures
from .ledger import ledger
from .waterfall import waterfall

HERE = Path(__file__).parent


def _params(case: CaseFile) -> dict[str, object]:
    """The scope and thresholds as parameters of the SQL steps."""
    scope, goods = case.scope, case.settings.goods
    return {
        "strict": goods.strict,
        "central": goods.central,
        "broad": goods.broad,
        "parts": int(scope.parts),
        "any_direction": int(scope.direction == "any"),
        "direction": scope.direction,
        "any_destination": int(not scope.destination),
        "destination": list(scope.destination),
        "any_origin": int(not scope.origin),
        "origin": list(scope.origin),
        "any_departure": int(not scope.departure),
        "departure": list(scope.departure),
        "any_time": int(scope.since is None and scope.until is None),
        "since": scope.since or dt.date(1, 1, 1),
        "until_excluded": (scope.until + dt.timedelta(days=1)) if scope.until else dt.date(9999, 12, 31),
    }


def _only_parts(context: Context) -> bool:
    """Does the profile watch parts and nothing else? Then strict must not leave all of them out."""
    found = context.engine.fetch("SELECT count(*) AS n FROM stepped WHERE step = 'kept' AND part = 0")["n"][0].as_py()
    return not found


def _stepped(context: Context) -> Made:
    context.engine.make("stepped", (HERE / "sql" / "stepped.sql").read_text(encoding="utf-8"), _params(context.case))
    return {}


def _reading(context: Context) -> Made:
    target = context.scratch / "reading.parquet"
    sql = (HERE / "sql" / "reading.sql").read_text(encoding="utf-8")
    context.engine.write(sql, target, {"only_parts": int(_only_parts(context))})
    return {"reading": target}


def _drop(context: Context) -> Made:
    context.engine.drop("stepped")
    return {}


STAGE = Stage(
    name="findings",
    steps=(
        Step("stepped", ("shipment_row", "duplicate", "goods"), (), run=_stepped),
        Step("reading", ("stepped",), ("reading",), run=_reading),
        sql_step(HERE, "counted", ("reading", "shipment", "goods", "party", "party_name")),
        Step("coverage", ("source", "shipment_row"), ("coverage",), run=coverage),
        Step(
            "figures",
            ("counted", "stepped", "coverage", "party", "party_name", "claim", "shipment", "route_coverage"),
            ("figure", "figure_choice", "figure_row", "verdict"),
            run=figures,
        ),
        Step("ledger", ("claim",), ("ledger",), run=ledger),
        Step("waterfall", ("stepped", "source", "rejection"), ("waterfall",), run=waterfall),
        sql_step(
            HERE,
            "indicator",
            (
                "counted",
                "goods",
                "goods_indicator",
                "price_check",
                "wording_change",
                "screening",
                "listed_link",
                "shipment",
            ),
        ),
        Step("tidy", ("stepped",), (), run=_drop),
    ),
    settings=lambda case: [case.watch, case.scope, case.settings.goods],
)
