"""The study of one date that the case does not name, over statistics that are already read; nothing is stored."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from enduse.contracts.case_file import Event
from enduse.engine.step import Context
from enduse.reference.route_tables import rules

from .stage import STEPS, cells

if TYPE_CHECKING:
    import pyarrow as pa

RESULTS = ("route_break", "substitution", "lost_in_transit", "route_test")
NEEDED = ("series_heads", "series_code", "lost_group")


def event_of(day: dt.date) -> Event:
    """The dated rule that comes with enduse, where one has this date; else a bare date that may touch any lane."""
    for rule in rules():
        if rule.date == day and rule.kind == "control":
            return Event(
                name=rule.name,
                date=day,
                announced=rule.announced,
                exporter=rule.exporter,
                importer=rule.importer,
                goods=rule.goods,
                source=rule.source,
            )
    return Event(name=day.isoformat(), date=day)


def study(context: Context, day: dt.date) -> dict[str, pa.Table]:
    """The result tables around `day`. The engine must have `statistic` and `mirror_gap`."""
    case = context.case.model_copy(update={"event": (event_of(day),)})
    context = Context(context.engine, case, context.folder, context.scratch, context.progress)
    cells(context)
    for step in STEPS:
        if step.name in NEEDED and step.sql is not None:
            context.engine.make(step.outputs[0], step.sql)
    made: dict[str, pa.Table] = {}
    for step in STEPS:
        if step.name in ("series", "moves") and step.run is not None:
            made |= {k: v for k, v in step.run(context).items() if k in RESULTS and not hasattr(v, "exists")}
    return made
