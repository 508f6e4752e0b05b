"""The supply ledger: what the press says was ordered, delivered, can be made, is in stock or was lost, with checkable arithmetic."""

from __future__ import annotations

import json
from typing import Any

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made
from enduse.reference import press_tables

from .claimed import Interval, interval

# How far a deal is decides whether its figure is an order or a delivery.
_DELIVERED = frozenset({"delivered", "in_progress", "ceased"})
_ORDERED = frozenset({"under_consideration", "requested", "in_talks", "agreed", "ordered", "purchased", "planned"})
_KINDS = {"production": "capacity", "capability": "capacity", "stock": "stock", "use": "loss", "order": "order"}
_COUNTED = frozenset({"supply", "order", "request", "production", "capability", "stock", "use"})
_MONTHS = {"day": 1 / 30.4375, "week": 7 / 30.4375, "month": 1.0, "quarter": 3.0, "year": 12.0}


def nested(claim: dict[str, Any], name: str) -> Any:
    """A field that stands as JSON text in the table."""
    text = claim.get(name)
    return json.loads(text) if text else None


def kind_of(claim: dict[str, Any]) -> str | None:
    """order, delivery, capacity, stock or loss; None where a claim counts no goods."""
    kind, stage = claim["kind"], claim["stage"]
    if kind not in _COUNTED:
        return None
    if kind in ("supply", "request"):
        if stage in _DELIVERED:
            return "delivery"
        return "order" if stage in _ORDERED or kind == "request" else "delivery"
    return _KINDS[kind]


def group(goods: str | None) -> str:
    """The class of the goods words (drone, munition ...), by the table of goods nouns; of two named together the first; the words themselves where unknown."""
    words = (goods or "").casefold().split(" and ")[0].strip()
    for entry in press_tables.goods():
        if any(w.casefold() == words or words.endswith(" " + w.casefold()) for w in entry.words):
            return entry.group
    return words


def _certainty(claim: dict[str, Any], roots: int) -> str:
    stage = "" if claim["stage"] in (None, "n/a", "unspecified") else f", {claim['stage'].replace('_', ' ')}"
    return f"{claim['polarity']}{stage}; {roots} root{'s' if roots != 1 else ''}"


def _line(claim: dict[str, Any], kind: str, roots: int) -> dict[str, Any]:
    quantity = nested(claim, "quantity") or {}
    stated = interval(quantity, rounded=False)
    time = nested(claim, "time") or {}
    value = nested(claim, "value")
    notes = []
    if stated and stated.assumed:
        notes.append(stated.assumed)
    if value:
        notes.append(f"value stated: {value['raw']}")
    if kind == "loss":
        notes.append("used or lost")
    if claim["kind"] == "request":
        notes.append("asked for, not agreed")
    if quantity and not stated:
        notes.append(f"no number in {quantity.get('raw')!r}")
    unit = quantity.get("unit")
    goods = claim["model"] or claim["goods"]
    if stated and unit and group(unit) != group(claim["goods"]) and unit not in (goods or ""):
        notes.append(f"counted in {unit}")
    return {
        "supplier": claim["supplier"],
        "recipient": claim["recipient"],
        "goods": goods,
        "kind": kind,
        "quantity_low": stated.low if stated else None,
        "quantity_high": stated.high if stated else None,
        "per": quantity.get("per"),
        "start": time.get("start"),
        "end": time.get("end"),
        "certainty": _certainty(claim, roots),
        "claim_id": claim["id"],
        "root": claim["independent_root_key"],
        "note": notes,
    }


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:,.1f}"


def _span(low: float, high: float | None) -> str:
    if high is None:
        return f"at least {_number(low)}"
    return _number(low) if _number(low) == _number(high) else f"{_number(low)} to {_number(high)}"


def _same_deal(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """One supplier named by both, or one recipient and no supplier that differs; goods of one class."""
    for side, other in (("supplier", "recipient"), ("recipient", "supplier")):
        if a[side] and a[side] == b[side] and (not a[other] or not b[other] or a[other] == b[other]):
            return group(a["goods_words"]) == group(b["goods_words"])
    return False


def _how_long(total: dict[str, Any], rate: dict[str, Any]) -> str | None:
    """A total against a rate of the same supplier, with the ends of both: 15,000 at 100 a month is 150 months."""
    months = _MONTHS.get(rate["per"] or "")
    if months is None or not rate["quantity_low"] or total["per"] or not total["quantity_low"]:
        return None
    middle = [(r["quantity_low"] + (r["quantity_high"] or r["quantity_low"])) / 2 for r in (total, rate)]
    low = total["quantity_low"] / (rate["quantity_high"] or rate["quantity_low"]) * months
    high = None if total["quantity_high"] is None else total["quantity_high"] / rate["quantity_low"] * months
    return (
        f"{_number(middle[0])} at {_number(middle[1])} a {rate['per']} ({rate['claim_id']}) is "
        f"{_number(middle[0] / middle[1] * months)} months ({_span(low, high)}); assumes that the rate holds and goes to this deal alone"
    )


def _outstanding(order: dict[str, Any], delivery: dict[str, Any]) -> str | None:
    if order["per"] or delivery["per"] or not order["quantity_low"] or not delivery["quantity_low"]:
        return None
    if delivery["quantity_low"] >= order["quantity_low"]:
        return None
    rest = Interval(
        max(0.0, order["quantity_low"] - (delivery["quantity_high"] or order["quantity_low"])),
        None if order["quantity_high"] is None else order["quantity_high"] - delivery["quantity_low"],
    )
    return f"less deliveries of {delivery['claim_id']}: {_span(rest.low, rest.high)} outstanding; assumes that both speak of one deal"


def lines(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `ledger` from rows of `claim`; related links are another article's teaser and stay out."""
    roots: dict[str, set[str]] = {}
    for c in claims:
        roots.setdefault(c["cluster"], set()).add(c["independent_root_key"])
    out = []
    for c in claims:
        kind = kind_of(c)
        if kind is None or c["section"] == "related_link" or not (c["supplier"] or c["recipient"]):
            continue
        out.append(_line(c, kind, len(roots[c["cluster"]])) | {"goods_words": c["goods"] or c["model"]})
    for line in out:
        if line["kind"] == "order":
            for other in out:
                if other["kind"] == "capacity" and _same_deal(line, other):
                    line["note"].append(_how_long(line, other))
                if other["kind"] == "delivery" and _same_deal(line, other):
                    line["note"].append(_outstanding(line, other))
    return [
        {k: v for k, v in line.items() if k != "goods_words"}
        | {"note": "; ".join(dict.fromkeys(n for n in line["note"] if n)) or None}
        for line in out
    ]


def ledger(context: Context) -> Made:
    """Step: `ledger` from `claim`."""
    claims = context.engine.fetch("SELECT * FROM claim ORDER BY doc, char_start, id").to_pylist()
    return {"ledger": TABLES["ledger"].arrow(lines(claims))}
