"""Lost in transit: what a country says it sent and the other does not say it got, before and after a date, against other lanes.

Share missing = 1 - imports (FOB) / exports over all months of a window, not below 0: adding months up first takes shipping
time out. The change is set against lanes of the same exporter or importer that the rule does not name; p is the share of
these that moved up as much. What this cannot show: where the goods went, and whether the importer counts them elsewhere
(free zones, transit, military goods, another origin).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from enduse.contracts.case_file import CaseFile
from enduse.engine.base import Engine

from . import events
from .breaks import Tested
from .lanes import LATE

LEAST_USD = 10_000.0  # exports in each window below which a share means nothing
LISTED = 5000


def _window(period: str, event: events.Happening, before: int, after: int) -> str | None:
    """before, after or None, for a period YYYY or YYYY-MM."""
    day = event.date
    if len(period) == 4:
        start = day.year + (0 if day.month <= LATE else 1)
        year = int(period)
        return "before" if start - 3 <= year < start else "after" if start <= year < start + 2 else None
    start = day.year * 12 + day.month - 1 + (0 if day.day <= 5 else 1)
    month = int(period[:4]) * 12 + int(period[5:7]) - 1
    return "before" if start - before <= month < start else "after" if start <= month < start + after else None


def study(engine: Engine, case: CaseFile) -> tuple[list[dict[str, Any]], list[Tested]]:
    """Rows of LOST_IN_TRANSIT for every lane an event names, and what was looked at."""
    rows = engine.fetch(
        "SELECT exporter, importer, goods, period, CAST(x AS DOUBLE) AS x, CAST(m AS DOUBLE) AS m FROM lost_group ORDER BY exporter, importer, goods, period"
    ).to_pylist()
    settings = case.settings.routes
    out: list[dict[str, Any]] = []
    tests: list[Tested] = []
    for event in events.events(case) if rows else ():
        tested = Tested(event.name, event.date.isoformat(), "lost_in_transit", source=event.source)
        sums: dict[tuple[str, str, str], dict[str, np.ndarray]] = {}
        for row in rows:
            side = _window(row["period"], event, settings.months_before, settings.months_after)
            if side is not None and event.covers_goods(row["goods"]):
                kept = sums.setdefault(
                    (row["exporter"], row["importer"], row["goods"]), {"before": np.zeros(2), "after": np.zeros(2)}
                )
                kept[side] += (row["x"], row["m"])
        shares = {
            key: tuple(max(0.0, 1 - s[side][1] / s[side][0]) for side in ("before", "after"))
            for key, s in sums.items()
            if s["before"][0] >= LEAST_USD and s["after"][0] >= LEAST_USD
        }
        tested.lanes, tested.tested, tested.short = len(sums), len(shares), len(sums) - len(shares)
        touched = [k for k in shares if event.covers(k[0], k[1], k[2])]
        others = [k for k in shares if not event.covers(k[0], k[1], k[2])]
        for exporter, importer, goods in touched:
            before, after = shares[exporter, importer, goods]
            mates = np.array(
                [
                    shares[k][1] - shares[k][0]
                    for k in others
                    if k[2] == goods and (k[0] == exporter or k[1] == importer)
                ]
            )
            change = after - before
            x, m = sums[exporter, importer, goods]["after"]
            p = float((1 + (mates >= change).sum()) / (1 + len(mates))) if len(mates) >= 3 else None
            tested.claimed += p is not None and p <= 0.05 and change > 0
            out.append(
                {"exporter": exporter, "importer": importer, "goods": goods, "event_date": event.date.isoformat(), "missing_before": round(before, 6),
                 "missing_after": round(after, 6), "change": round(change, 6), "change_comparison": round(float(np.median(mates)), 6) if len(mates) else None,
                 "p_placebo": p, "missing_usd": max(0.0, float(x - m)),
                 "rule": f"{len(mates)} lanes of the same exporter or importer that the rule does not name" if len(mates) >= 3 else
                 "fewer than three lanes to compare with: the change stands alone"}
            )  # fmt: skip
        tests.append(tested)
    out.sort(key=lambda r: (-r["missing_usd"], r["exporter"], r["importer"], r["goods"], r["event_date"]))
    return out[:LISTED], tests
