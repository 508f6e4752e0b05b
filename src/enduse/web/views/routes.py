"""What published statistics show: gaps, breaks, substitutes, coverage, and the pictures of the dossier."""

from __future__ import annotations

from typing import Any

from enduse.contracts import TABLES
from enduse.web.desk import Opened

MOST = 500
ORDER = {
    "mirror_gap": "abs(gap) DESC NULLS LAST, exporter, importer, hs6, period",
    "route_break": "nomenclature_change, q_value NULLS LAST, p_placebo NULLS LAST, exporter, importer, goods, date",
    "substitution": "CASE WHEN hub = '' THEN 1 ELSE 0 END, gained DESC NULLS LAST, lost DESC NULLS LAST, origin, hub, destination, goods, event_date",
    "lost_in_transit": "change DESC NULLS LAST, exporter, importer, goods, event_date",
    "route_coverage": "declared_usd DESC NULLS LAST, exporter, importer, hs6, period, reporter",
    "route_test": "event, event_date, test",
}


def routes_of(now: Opened) -> dict[str, Any]:
    """The first rows of each table (all of them are in the export), and pictures with their tables."""
    found: dict[str, Any] = now.kept("routes", lambda: _routes(now))
    return found


def _routes(now: Opened) -> dict[str, Any]:
    out: dict[str, Any] = {}
    cut = []
    for name, order in ORDER.items():
        total = now.ask(f"SELECT count(*) AS n FROM {name}")[0]["n"]
        out[name] = now.ask(f"SELECT {TABLES[name].select} FROM {name} ORDER BY {order} LIMIT {MOST}")
        if total > MOST:
            cut.append(f"{name.replace('_', ' ')}: {MOST} of {total:,} rows shown")
    out["moved"] = now.ask("SELECT count(*) AS n FROM route_break WHERE nomenclature_change = 0")[0]["n"]
    out["verdicts"] = {
        r["verdict"]: r["n"]
        for r in now.ask("SELECT verdict, count(*) AS n FROM substitution GROUP BY verdict ORDER BY verdict")
    }
    out["pictures"] = _pictures(now)
    statistics = now.ask("SELECT count(*) AS n FROM statistic")[0]["n"]
    out["note"] = (
        "; ".join(cut)
        if statistics
        else "The case holds no published statistics, so nothing can be said about lanes as a whole."
    )
    return out


def _pictures(now: Opened) -> list[dict[str, Any]]:
    from enduse.dossier.lanes import lanes_of

    if not now.ask("SELECT 1 AS x FROM statistic LIMIT 1"):
        return []
    with now.engine() as engine:
        lanes = lanes_of(engine)
    if lanes is None:
        return []
    return [
        {
            "name": p.name,
            "title": p.title,
            "svg": str(p.svg),
            "note": p.note,
            "table": {"columns": list(p.heads), "rows": [list(r) for r in p.rows]},
        }
        for p in lanes.pictures
    ]
