"""Filling the slots of a claim: parties over pronouns and neighbours, figures, time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .actors import Actor
from .figures import Figure
from .intervals import Interval
from .memory import REACH, Claim, Memory
from .view import Draft, View

_GOODS_UNITS = frozenset(
    "ton tons tonne tonnes kilogram kilograms kilogrammes litre litres liter liters barrels carat carats ounces piece pieces unit units kg round rounds batch batches shipment shipments crate crates set sets".split()
)


def denial_over(view: View, d: Draft, denying: Sequence[Any]) -> str | None:
    """The word that denies the proposition from before it; "has not ruled out" and "could not rule out" deny nothing."""
    for h in denying:
        if h.end <= d.at and d.at - h.end < 140 and not _NOT.search(view.text[max(view.start, h.start - 24) : h.start]):
            return view.text[h.start : h.end]
    return None


_NOT = re.compile(r"(?i)\b(?:not|never|neither|nor)\s(?:\w+\s)?\Z|n't\s(?:\w+\s)?\Z")


_IF = re.compile(r"(?i)\b(?:if|unless|provided that|in case)\b(?!\s(?:confirmed|any|true|necessary|not|only))")
_INVERTED_IF = re.compile(r"\A[\"']?(?:Should|Were|Had)\s(?:the |these |such |a )?[\w' -]{2,60}?,?\s")


def doubt_over(view: View, d: Draft) -> str | None:
    """The word that makes a proposition a question or a condition: it is asked or supposed, not said."""
    if "?" in view.text[d.to : view.end] and not re.search(r"[.!] ", view.text[d.to : view.text.find("?", d.to)]):
        return "?"
    if re.match(r"(?:Should|Were|Had)\b", view.text[view.start : view.start + 8]) and _INVERTED_IF.match(
        view.text[view.start : d.at]
    ):
        return view.text[view.start : view.start + 8].split()[0]
    if re.search(
        r"(?i)\bif (?:a|the|that|these|this|media)?\s?(?:\w+\s)?(?:reports?|claims?|accounts?|figures|sources)\b",
        view.text[d.to : view.end],
    ):
        return "if"
    m = _IF.search(view.text, view.start, view.end)
    if m and (
        m.start() < d.at
        and (d.lead <= m.start() or re.search(r"\b(?:would|could|might|may|will)\b", view.text[d.lead : d.to]))
    ):
        return m.group()
    if m and m.start() >= d.to and re.search(r"\b(?:would|could|might|may)\b", view.text[d.lead : d.at]):
        return m.group()
    return None


_TELLING = re.compile(
    r"(?i)\b(?:reports?|claims?|allegations?|suggestions?|assertions?|rumou?rs|accusations?|stories|statements?)\s(?:(?:in the (?:press|media)|circulating)\s)?(?:that|of|about|on)\b"
)
_UNTRUE = re.compile(
    r"(?i)\b(?:is|are|was|were)\s(?:\w+\s)?(?:untrue|false|wrong|baseless|groundless|unfounded|fabricated|fake|nonsense|lies|a lie|incorrect|misleading|fictitious|invented|not true|an invention|a fabrication|fiction|disinformation|absurd|a hoax|propaganda|without foundation)\b|\b(?:do|does|did) not (?:correspond to|reflect|match) (?:reality|the (?:facts|truth|reality))|\b(?:has|have) no basis\b|\b(?:contrary|contradicts?) to (?:the )?(?:truth|facts?|reality)|\b(?:has|have) nothing to do with (?:reality|the truth)|\b(?:is|are) not (?:based on fact|supported by)"
)
_PARTY_NOUN = re.compile(
    r"(?i)\bthe (?:\w+ )?(?P<noun>buyer|recipient|customer|importer|consignee|end[- ]user|supplier|seller|exporter|sender|shipper)s? (?:was|were|is|are)\b"
)


_AIRCRAFT = frozenset("aircraft planes craft devices machines apparatus".split())


def same_goods(view: View, d: Draft, state: Memory, index: int) -> Claim | None:
    """The claim whose drones "the aircraft" are: a definite wider word for goods named in the sentences before."""
    t = d.thing
    if t is None or t.noun.lower() not in _AIRCRAFT or t.group == "drone":
        return None
    if not re.search(r"(?i)\b(?:the|these|those|such)\s\Z", view.text[max(view.start, t.start - 8) : t.start]):
        return None
    last = next((c for at, c in reversed(state.claims) if 0 <= index - at <= REACH and c.get("_group")), None)
    return last if last and last["_group"] == "drone" else None


def untrue(view: View, d: Draft) -> str | None:
    """The words that call a report false around it: "Reports that ... are untrue"."""
    told = _TELLING.search(view.text, view.start, d.at)
    false = _UNTRUE.search(view.text, d.to, view.end)
    return false.group() if told and false else None


def named_party(view: View) -> tuple[str, Actor, str] | None:
    """Slot, actor and words of a sentence that names a party to the deal before it: "The buyer was ..."."""
    m = _PARTY_NOUN.search(view.text, view.start, view.end)
    if m is None:
        return None
    who = next((a for a in view.actors if 0 <= a.start - m.end() < 60 and a.kind != "adjective"), None)
    gives = m.group("noun").lower() in ("supplier", "seller", "exporter", "sender", "shipper")
    return ("supplier" if gives else "recipient", who, m.group()) if who else None


_REACHED = re.compile(r"(?i)\b(?:to|reached|reach|hit|totall?ed|stood at|of|at)\s(?:\w+\s)?\Z")
_NUMBER_OF = re.compile(r"(?i)\b(?:number|total|tally|count) of (?:[\w-]+ ){0,2}?(?P<noun>[a-z]{3,}s)\b")
_AGAIN = re.compile(r"(?i)\b(?:further|another|additional|plus)\s\Z")
_SIZES = frozenset(
    "mm cm km/h kw kwh mw mah w ghz mhz hz gb mb tb mph hp bhp metre metres meter meters km kilometres kilometers miles".split()
)


def figures_of(
    view: View, d: Draft, measured: list[Figure]
) -> tuple[dict[str, Any] | None, dict[str, Any] | None, list[dict[str, Any]]]:
    quantity: dict[str, Any] | None = None
    value: dict[str, Any] | None = None
    counts: list[dict[str, Any]] = []
    for f in measured:
        if f.value == 1 and not f.money and not f.unit and f.raw.lower().startswith(("one ", "one")):
            continue  # "one firm": nothing counted
        if f.unit and f.unit.lower() in _SIZES and d.kind != "capability":
            continue  # a calibre or a size counts nothing
        if f.money:
            if value is None and not f.per:
                value = {
                    "raw": f.raw,
                    "amount": f.value if f.value is not None else f.high,
                    "currency": f.currency,
                    "modifier": f.modifier,
                }
                if f.low is not None:
                    value |= {"min": f.low, "max": f.high}
            else:
                counts.append({"raw": f.raw, "value": f.value, "noun": f.currency, "modifier": f.modifier})
            continue
        if quantity is None and ((d.elliptic and not f.noun) or _is_quantity(view, d, f) or _is_patient(d, f)):
            quantity = {
                "raw": view.text[f.start : max(f.end, f.noun_end if f.noun else f.end)],
                "value": f.value,
                "min": f.low,
                "max": f.high,
                "unit": f.unit or f.noun,
                "modifier": f.modifier,
                "per": f.per,
            }
        elif (
            quantity is None
            and not f.noun
            and not f.unit
            and d.noun
            and _REACHED.search(view.text[max(view.start, f.start - 24) : f.start])
        ):
            quantity = {
                "raw": f.raw,
                "value": f.value,
                "min": f.low,
                "max": f.high,
                "unit": d.thing.noun if d.thing else None,
                "modifier": f.modifier,
                "per": f.per,
            }
        elif (
            quantity is None
            and not f.noun
            and not f.unit
            and (m := _NUMBER_OF.search(view.text, view.start, f.start))
            and _REACHED.search(view.text[max(view.start, f.start - 24) : f.start])
        ):
            quantity = {  # "put the number of machines that reached Russia at 58"
                "raw": f.raw, "value": f.value, "min": f.low, "max": f.high, "unit": m.group("noun"), "modifier": f.modifier, "per": f.per,
            }  # fmt: skip
        elif f.noun or f.value is not None:
            again = (
                quantity is not None
                and not f.noun
                and _AGAIN.search(view.text[max(view.start, f.start - 16) : f.start])
            )
            counts.append(
                {
                    "raw": view.text[f.start : max(f.end, f.noun_end if f.noun else f.end)],
                    "value": f.value if f.value is not None else f.high,
                    "noun": f.noun or (quantity["unit"] if quantity and again else None),
                    "modifier": f.modifier,
                }
            )
    return quantity, value, [c for c in counts if c["noun"]]


def shared(f: Figure) -> dict[str, Any]:
    """A share of something as a count of nothing: "17 per cent" is never compared with another share."""
    return {"raw": f.raw, "value": f.value if f.value is not None else f.high, "noun": None, "modifier": f.modifier}


def _is_patient(d: Draft, f: Figure) -> bool:
    """True where the figure itself is what is given: "produce about 1.2 million a year"."""
    return (
        d.args is not None
        and not f.noun
        and not f.unit
        and any(n.tag == "CD" and f.start <= n.start < f.end for n in d.args.patient)
    )


def _is_quantity(view: View, d: Draft, f: Figure) -> bool:
    """True where what is counted are the goods: a goods noun ends the phrase, a designation follows, or a unit of goods."""
    if f.unit and d.kind == "capability":
        return True
    if (f.unit or "").split(" ")[-1] in _GOODS_UNITS or (f.noun and f.noun.lower() in _GOODS_UNITS):
        return True
    if f.noun and d.thing and d.thing.start < f.noun_end <= d.thing.end:
        return True  # goods no table knows
    if f.noun and any(t.end == f.noun_end or (t.start <= f.noun_end - 1 < t.end) for t in view.things):
        return True
    after = view.text[f.end : f.end + 40]
    if any(
        0 <= a - f.end <= 24 and not re.search(r"[,;]|\b(?:and|to|from|types?|kinds?)\b", view.text[f.end : a])
        for a, _ in view.models
    ):
        return True
    if re.match(r"\s+of\s+(?:them|these|those)\b(?!\s\w+s\b)", after):
        return True  # "the first 2,000 of them"
    if re.match(r"\s+of\s+(?:the|its|their|these|those)\b", after):
        return any(0 <= t.start - f.end < 40 for t in view.things)
    return any(
        0 <= t.start - f.end < 40
        and not re.search(
            r"(?i)[,;]|\b(?:types?|kinds?|countries|companies|firms|exporters|suppliers|to|from|by|in|for)\b",
            view.text[f.end : t.start],
        )
        for t in view.things
    )


_FOUNDED = re.compile(
    r"(?i)\b(?:founded|established|registered|incorporated|set up|created|sanctioned|blacklisted|signed into law)\b[^,;.]{0,16}\Z"
)


def time_of(view: View, d: Draft, when: Sequence[Interval], near: int | None = None) -> dict[str, Any] | None:
    usable = [w for w in when if not view.masked(w.at, w.to)]
    usable = [w for w in usable if not _FOUNDED.search(view.text[max(view.start, w.at - 40) : w.at])] or usable[:0]
    inside = [w for w in usable if d.lead <= w.at < d.end]
    pool = (
        inside
        or [w for w in usable if w.at < d.lead <= w.at + 90 or w.basis == "event"]
        or (usable if len(usable) == 1 else [])
    )
    if not pool:
        return None
    pool = [w for w in pool if w.start or w.end] or pool
    best = min(pool, key=lambda w: (abs(w.at - (d.at if near is None else near)), w.at))
    return {
        "raw": best.raw,
        "start": best.start.isoformat() if best.start else None,
        "end": best.end.isoformat() if best.end else None,
        "granularity": best.granularity,
        "basis": best.basis,
    }
