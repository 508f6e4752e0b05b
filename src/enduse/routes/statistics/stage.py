"""The steps over published statistics, in order: mirror, series, moves, what replaced what, goods that did not arrive, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from enduse.contracts import TABLES
from enduse.contracts.core import Table
from enduse.contracts.route import ROUTE_TEST
from enduse.engine.step import Context, Made, Step, sql_step
from enduse.reference.route_tables import EU27

from . import breaks, legs, lost, margins, together
from .breaks import Tested
from .lanes import Panel, load

HERE = Path(__file__).parent
GIVEN = ("exporter", "importer", "goods", "date", "reporter", "flow", "event", "measure")


def _sql(name: str) -> str:
    return (HERE / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _cast(table: Table, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows of a contract; figures as decimals with four places."""
    totals = {c.name for c in table.columns if c.type in ("total", "amount")}
    return table.arrow(
        [{k: (None if v is None else Decimal(f"{v:.4f}")) if k in totals else v for k, v in r.items()} for r in rows]
    )


def cells(context: Context) -> Made:
    """`stat_cell`: one row a report, code and period. Large files of six digits from one source are read where they lie."""
    found = context.engine.fetch(
        "SELECT count(DISTINCT source) AS sources, max(CASE WHEN regexp_matches(hs_code, '^[0-9]{7,}$') THEN 1 ELSE 0 END) AS fine FROM statistic"
    ).to_pylist()[0]
    rolled = _sql("stat_rolled" if found["fine"] else "stat_plain")
    if found["fine"]:
        context.engine.make("stat_rolled", rolled)
    else:
        context.engine.view("stat_rolled", rolled)
    if found["sources"] > 1:
        context.engine.make("stat_cell", _sql("stat_cell"))
    else:
        context.engine.view("stat_cell", "SELECT * FROM stat_rolled")
    return {}


def _mirror(context: Context) -> Made:
    """The gap of every lane. The margins of countries without a place on the map are the assumed ones."""
    usual = margins.Margins(margins.ASSUMED, margins.SPREAD, fitted=False, pairs=0).of("", "")
    params = {
        "margin": Decimal(f"{usual[0]:.6f}"), "margin_low": Decimal(f"{usual[1]:.6f}"), "margin_high": Decimal(f"{usual[2]:.6f}"),
        "lag_share": Decimal(f"{margins.lag_share('', ''):.6f}"), "smallest": Decimal(str(context.case.settings.routes.smallest_usd)),
    }  # fmt: skip
    target = context.scratch / "mirror_gap.parquet"
    context.engine.write(f"SELECT {TABLES['mirror_gap'].cast()} FROM ({_sql('mirror_gap')}) AS made", target, params)
    return {"mirror_gap": target}


def _series(context: Context) -> Made:
    """All series; members of a group add up where the group itself does not report."""
    found = context.engine.fetch("SELECT DISTINCT reporter FROM series_code WHERE flow = 'export' ORDER BY reporter")[
        "reporter"
    ].to_pylist()
    single = [r for r in found if len(r) == 2]
    together = ""
    if len(single) > 1 and "EU27" not in found:
        together = "EU27" if set(single) <= set(EU27) else ""
    context.engine.make("series_all", _sql("series_all"), {"together": together})
    return {}


def _panels(context: Context) -> list[Panel]:
    most = context.case.settings.routes.most_series
    months, years = (load(context.engine, freq, most) for freq in ("month", "year"))
    if months is not None and years is not None:
        years = years.without(months)  # the years of a monthly series say nothing of their own
    panels = [p for p in (months, years) if p is not None]
    for panel in panels:
        if panel.left_out:
            context.progress.say(
                f"{panel.left_out:,} {panel.freq}ly series beyond the {most:,} largest are not looked at for moves (settings.routes.most_series)"
            )
    return panels


def _tests(tests: Sequence[Tested]) -> pa.Table:
    """One row an event and test: the months' and the years' counts added."""
    merged: dict[tuple[str, str | None, str], dict[str, Any]] = {}
    for test in tests:
        row = merged.setdefault(
            (test.event, test.event_date, test.test),
            {"event": test.event, "event_date": test.event_date or "", "test": test.test, "source": test.source, "note": None, "false_share": None}
            | dict.fromkeys(("lanes", "tested", "claimed", "nomenclature", "short", "empty"), 0),
        )  # fmt: skip
        for name in ("lanes", "tested", "claimed", "nomenclature", "short", "empty"):
            row[name] += int(getattr(test, name))
        if test.false_share is not None:
            row["false_share"] = max(row["false_share"] or 0.0, test.false_share)
        if test.note and test.note not in (row["note"] or ""):
            row["note"] = "; ".join(filter(None, (row["note"], test.note)))
    return ROUTE_TEST.arrow(list(merged.values()))


def _moves(context: Context) -> Made:
    """Breaks, substitutes, losses in transit, and what was looked at."""
    case = context.case
    broken: list[dict[str, Any]] = []
    replaced: list[dict[str, Any]] = []
    tests: list[Tested] = []
    for panel in _panels(context):
        dated, undated = breaks.at_events(panel, case), breaks.unknown_dates(panel, case)
        pairs = legs.study(panel, case)
        broken += dated.breaks + undated.breaks
        replaced += pairs.rows
        tests += dated.tests + undated.tests + pairs.tests
        claimed = {(r["origin"], r["hub"], r["destination"], r["goods"]) for r in pairs.rows if r["hub"]}
        replaced += together.pairs(panel, undated.breaks, claimed)
    gone, looked = lost.study(context.engine, case)
    tests += looked
    unique = {tuple(b.get(k) for k in GIVEN): {k: v for k, v in b.items() if not k.startswith("_")} for b in broken}
    lines = sorted(
        unique.values(),
        key=lambda b: (
            b["nomenclature_change"],
            b["event"] == "",
            b["event"],
            b.get("q_value") or 0,
            *(b[k] for k in GIVEN),
        ),
    )
    replaced.sort(key=lambda r: (("substitute", "partial", "two_legs", "final_leg_out_of_view", "no_visible_substitute", "not_enough_data").index(r["verdict"]), -(r["gained"] or 0), -(r["lost"] or 0), r["event_date"], r["goods"], r["origin"], r["hub"], r["destination"], r["measure"]))  # fmt: skip
    return {
        "route_break": _cast(TABLES["route_break"], lines),
        "substitution": _cast(TABLES["substitution"], replaced),
        "lost_in_transit": _cast(TABLES["lost_in_transit"], gone),
        "route_test": _tests(tests),
    }


def _coverage(context: Context) -> Made:
    target = context.scratch / "route_coverage.parquet"
    context.engine.write(
        f"SELECT {TABLES['route_coverage'].cast()} FROM ({_sql('route_coverage')}) AS made ORDER BY exporter, importer, hs6, period, reporter, note",
        target,
    )
    return {"route_coverage": target}


STEPS: tuple[Step, ...] = (
    Step("stat_cell", ("statistic",), (), run=cells),
    sql_step(HERE, "stat_view", ("stat_cell",)),
    sql_step(HERE, "mirror_side", ("stat_cell",)),
    sql_step(HERE, "mirror_both", ("mirror_side",)),
    sql_step(HERE, "mirror_pair", ("mirror_both",)),
    sql_step(HERE, "mirror_nowhere", ("stat_cell",)),
    Step("margins", ("mirror_pair", "mirror_both"), ("mirror_margin", "reporter_reliability"), run=margins.make),
    Step(
        "mirror",
        ("mirror_both", "mirror_margin", "mirror_nowhere", "stat_view", "reporter_reliability"),
        ("mirror_gap",),
        run=_mirror,
    ),
    sql_step(HERE, "lost_group", ("mirror_gap",)),
    sql_step(HERE, "series_heads", ("stat_cell",)),
    sql_step(HERE, "series_code", ("stat_cell",)),
    Step("series", ("series_code", "series_heads"), (), run=_series),
    Step("moves", ("lost_group",), ("route_break", "substitution", "lost_in_transit", "route_test"), run=_moves),
    sql_step(HERE, "declared_lane", ("shipment", "duplicate_row", "mirror_duplicate")),
    Step("coverage", ("declared_lane", "stat_cell", "stat_view"), ("route_coverage",), run=_coverage),
)
