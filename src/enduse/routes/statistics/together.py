"""Two legs that rose at dates nobody gave: imports of a hub, then its exports, of the same goods, each a move of its own.

Used where an event cannot be: goods whose code is younger than the event, lanes without a year before it. Both moves were
claimed at their rate of false ones; the pair is called two legs only when the second came not before the first.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from .lanes import Panel

WITHIN = 12  # months the second leg may follow
BEFORE = 2  # months by which its set of dates may begin earlier
SMALL = 0.05  # of the largest pair of a hub and goods, below which a pair is left unsaid
LISTED = 500


def pairs(panel: Panel, found: list[dict[str, Any]], known: set[tuple[str, str, str, str]]) -> list[dict[str, Any]]:
    """Rows of SUBSTITUTION from the moves `found` at unknown dates; `known` are (origin, hub, destination, goods) claimed at an event."""
    rises = [b for b in found if not b["nomenclature_change"] and b["event"] == "" and b["level_ratio"] > 1]
    place = {(x.exporter, x.importer, x.reporter, x.flow, x.goods): n for n, x in enumerate(panel.lanes)}
    at = {p.isoformat()[:7]: n for n, p in enumerate(panel.periods)}
    inward: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for b in rises:
        inward.setdefault((b["importer"], b["goods"]), []).append(b)
    out: list[dict[str, Any]] = []
    for second in rises:
        for first in inward.get((second["exporter"], second["goods"]), ()):
            origin, hub, destination, goods = first["exporter"], second["exporter"], second["importer"], second["goods"]
            if origin == destination or len(hub) != 2 or (origin, hub, destination, goods) in known:
                continue
            lag = at[second["date"]] - at[first["date"]]
            if lag > WITHIN or at[second["date_high"]] < at[first["date_low"]] or lag < -BEFORE:
                continue
            rows = tuple(
                place[x["exporter"], x["importer"], x["reporter"], x["flow"], x["goods"]] for x in (first, second)
            )
            gains = [_gain(panel, row, at[x["date"]]) for row, x in zip(rows, (first, second), strict=True)]
            if min(g[0] for g in gains) <= 0:
                continue
            out.append(
                {"origin": origin, "hub": hub, "destination": destination, "goods": goods, "event_date": f"{first['date']}-01", "lost": None,
                 "gained": min(g[0] for g in gains), "lag_months": max(0, lag), "q_value": max(first["q_value"], second["q_value"]), "verdict": "two_legs",
                 "measure": "USD",
                 "reason": f"{origin} to {hub} rose {first['level_ratio']:.1f} times from {first['date']} ({first['date_low']} to {first['date_high']}), {hub} to "
                 f"{destination} {second['level_ratio']:.1f} times from {second['date']} ({second['date_low']} to {second['date_high']}); no event was given or it "
                 "leaves no year before; would change with the hub's own demand, use or stock, which statistics do not show",
                 "evidence": json.dumps({"first_leg": _side(first, gains[0]), "second_leg": _side(second, gains[1])}, sort_keys=True)}
            )  # fmt: skip
    largest: dict[tuple[str, str], float] = {}
    for row in out:
        key = (row["hub"], row["goods"])
        largest[key] = max(largest.get(key, 0.0), row["gained"])
    out = [r for r in out if r["gained"] >= SMALL * largest[r["hub"], r["goods"]]]
    out.sort(key=lambda r: (-r["gained"], r["goods"], r["origin"], r["hub"], r["destination"]))
    return out[:LISTED]


def _gain(panel: Panel, row: int, at: int) -> tuple[float, float, float]:
    """Dollars a period after a date less before it, and both levels."""
    series = panel.usd[row]
    before, after = series[:at], series[at : at + 12]
    levels = [float(x[~np.isnan(x)].mean()) if (~np.isnan(x)).any() else 0.0 for x in (before, after)]
    return levels[1] - levels[0], levels[0], levels[1]


def _side(move: dict[str, Any], gain: tuple[float, float, float]) -> dict[str, Any]:
    return {
        "reporter": move["reporter"],
        "flow": move["flow"],
        "before": round(gain[1], 2),
        "after": round(gain[2], 2),
        "from": move["date"],
        "p": move["p_placebo"],
    }
