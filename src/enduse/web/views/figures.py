"""Figures with their readings, choices and counter-evidence; what was left out on the way."""

from __future__ import annotations

from typing import Any

from enduse.web.desk import Desk, Opened
from enduse.web.views.words import listed


def shown_value(text: str | None, unit: str | None) -> float | int | str | None:
    """A figure's text as a number; dates stay ISO text."""
    if not text:
        return None
    if unit == "date":
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _effect(choice: dict[str, Any], value: Any, unit: str) -> float | None:
    ends = [shown_value(choice[k], unit) for k in ("low", "high")]
    moves = [abs(e - value) for e in ends if isinstance(e, int | float) and isinstance(value, int | float)]
    return max(moves) if moves else None


def _counter(now: Opened, destinations: tuple[str, ...]) -> dict[str, Any]:
    """The figure the page opens with, and what was said against figures: by the dossier's own rules, so that both show the same."""
    from enduse.dossier.claims import claims_of
    from enduse.dossier.counter import counter_of
    from enduse.dossier.figures import lead_of, read_all

    with now.engine() as engine:
        figures = read_all(engine)
        lead = lead_of(figures)
        found = counter_of(claims_of(engine), lead, figures, destinations)
    beside = {
        figure_id: {
            "said": [
                {
                    "claim_id": s.id,
                    "denial": s.denial,
                    "quote": "".join(span.text for span in s.sentence),
                    "outlet": s.chain[-1].name if s.chain else s.doc,
                    "date": s.ref_date,
                    "reason": next((v.reason for v in s.verdicts if v.word == "contradicted"), None),
                }
                for s in counter.shown
            ],
            "more": counter.more,
        }
        for figure_id, counter in found.items()
    }
    return {"lead": lead.id if lead else None, "beside": beside}


def figures_of(desk: Desk) -> dict[str, Any]:
    """All figures in the order of their ids, the waterfall, and what was refused or repeated."""
    now = desk.now
    choices: dict[str, list[dict[str, Any]]] = {}
    for choice in now.ask("SELECT figure_id, choice, low, high FROM figure_choice ORDER BY figure_id, choice"):
        choices.setdefault(choice["figure_id"], []).append(choice)
    scope = desk.case.file.scope
    counter = now.kept(("counter", scope.destination), lambda: _counter(now, scope.destination))
    out = []
    for f in now.ask("SELECT * FROM figure ORDER BY figure_id"):
        unit = f["unit"] or ""
        value = shown_value(f["value"], unit)
        told = [
            {
                "choice": c["choice"],
                "low": shown_value(c["low"], unit),
                "high": shown_value(c["high"], unit),
                "effect": _effect(c, value, unit),
            }
            for c in choices.get(f["figure_id"], [])
        ]
        told.sort(key=lambda c: (-(c["effect"] or 0), c["choice"]))
        out.append(
            {
                "figure_id": f["figure_id"],
                "label": f["label"],
                "definition": f["definition"],
                "value": value,
                "low": shown_value(f["low"], unit),
                "high": shown_value(f["high"], unit),
                "unit": unit,
                "rows": f["rows"],
                "coverage": f["coverage"],
                "method": f["method"],
                "mark": f["mark"],
                "measure": f["measure"],
                "rule": f["rule"],
                "subject": f["subject"],
                "subject_id": f["subject_id"],
                "rank": f["rank"],
                "lever": f["lever"],
                "readings": {
                    "strict": shown_value(f["strict"], unit),
                    "central": value,
                    "broad": shown_value(f["broad"], unit),
                },
                "choices": told,
                "counter": counter["beside"].get(f["figure_id"], {"said": [], "more": 0}),
                "window": {"since": scope.since, "until": scope.until},
            }
        )
    return {
        "figures": out,
        "lead": counter["lead"],
        "waterfall": now.ask(
            "SELECT position, step, label, kind, rows, value_usd, without_value FROM waterfall ORDER BY position"
        ),
        "left_out": now.kept("left_out", lambda: _left_out(desk)),
    }


def _left_out(desk: Desk) -> list[dict[str, Any]]:
    """Refused and repeated records by source and reason, with a first example."""
    refused = desk.now.ask(
        "SELECT source, 'refused' AS kind, reason, count(*) AS rows, min(row) AS first_row, arg_min(excerpt, row) AS excerpt FROM rejection GROUP BY source, reason"
    )
    repeated = desk.now.ask(
        "SELECT source, 'repeated' AS kind, reason, count(*) AS rows, min(row) AS first_row, NULL AS excerpt FROM duplicate GROUP BY source, reason"
    )
    return sorted([*refused, *repeated], key=lambda r: (r["source"], r["kind"], -r["rows"], r["reason"]))


__all__ = ["figures_of", "listed", "shown_value"]
