"""Filling the slots of a claim: parties over pronouns and neighbours, figures, time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .actors import Actor
from .attribution import Said, Source
from .figures import Figure
from .memory import REACH, Claim, Memory
from .times import Interval
from .view import Draft, View

_GOODS_UNITS = frozenset(
    "ton tons tonne tonnes piece pieces unit units kg round rounds batch batches shipment shipments crate crates set sets".split()
)


_COMPANY_WORDS = re.compile(r"(?i)\b(?:company|firm|manufacturer|maker|exporter|supplier|factory|group|importer)\b")


def joined(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def party_of(a: Actor | None, state: Memory, index: int) -> str | None:
    if a is None:
        return None
    if a.single and a.kind == "group":
        near = [f for f in state.firms.order if state.firms.country.get(f) == a.country]
        if len(near) == 1:
            return near[0]
    del index
    return a.name


def speaker_of(said: Sequence[Said], d: Draft) -> Source | None:
    for x in said:
        if x.chain and x.start <= d.at < x.end:
            return x.chain[-1]
    return None


def who_is(d: Draft, speaker: Source | None, index: int, state: Memory) -> str | None:
    """Who "it", "the company" or "the country" is; also the speaker's own name where the clause names no subject."""
    word = d.subject_pronoun
    receiving = d.role in ("get", "order", "request", "use", "stock")
    if word and _COMPANY_WORDS.search(word):
        own = speaker.firm if speaker and speaker.firm else None
        if own:
            return state.firms.names.get(own, own)
        return next(
            (
                str(c["supplier"])
                for at, c in reversed(state.claims)
                if index - at <= 6 and c["supplier"] in state.firms.order
            ),
            state.firms.order[-1] if state.firms.order else None,
        )
    if word and word.endswith(("ministry", "government", "department")):
        return state.country
    if word and word.endswith("country"):
        return _last(state, index, "recipient") or _last(state, index, "supplier")
    if word in ("it", "they", "its", "he", "she"):
        if speaker and speaker.firm:
            return state.firms.names.get(speaker.firm, speaker.firm)
        if speaker and speaker.country and speaker.type in ("government", "official"):
            return speaker.country
        return _last(state, index, "recipient" if receiving else "supplier")
    if (
        word is None
        and speaker is not None
        and (d.supplier if not receiving else d.recipient) is None
        and not d.passive
        and d.bare
        and d.role in ("give", "get", "order", "noun_give")
    ):
        if speaker.type == "company":
            return state.firms.names.get(speaker.firm or "", speaker.firm)
        return speaker.country if speaker.type in ("government", "official") else None
    return None


def _last(state: Memory, index: int, slot: str) -> str | None:
    return next((c[slot] for at, c in reversed(state.claims) if 0 <= index - at <= REACH and c[slot]), None)


def neighbour(state: Memory, index: int, supplier: str | None, recipient: str | None, d: Draft) -> Claim | None:
    """The claim this one carries on: within reach, sharing the party that is named here."""
    ahead = bool(state.claims) and state.claims[-1][0] > index  # a headline is read after its body
    for at, c in state.claims if ahead else reversed(state.claims):
        if not ahead and index - at > REACH:
            break
        if c["kind"] in ("restriction", "capability", "route", "component_origin"):
            continue
        shared = (
            supplier is None
            or supplier in (c["supplier"], c["recipient"])
            or (d.role in ("noun_give", "give", "route") and c["recipient"] != supplier)
        ) and (recipient is None or recipient == c["recipient"])
        if shared and c["section"] == "body":
            return c
    return None


def denial_over(d: Draft, denying: Sequence[Any], said: Sequence[Said]) -> str | None:
    del said
    for h in denying:
        if h.end <= d.at and d.at - h.end < 140:
            return str(h.value)
    return None


_TELLING = re.compile(
    r"(?i)\b(?:reports?|claims?|allegations?|suggestions?|assertions?|rumou?rs|accusations?|stories|statements?)\s(?:(?:in the (?:press|media)|circulating)\s)?(?:that|of|about|on)\b"
)
_UNTRUE = re.compile(
    r"(?i)\b(?:is|are|was|were)\s(?:\w+\s)?(?:untrue|false|wrong|baseless|groundless|unfounded|fabricated|fake|nonsense|lies|a lie|incorrect|misleading|fictitious|invented|not true)\b"
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


def figures_of(
    view: View, d: Draft, measured: list[Figure]
) -> tuple[dict[str, Any] | None, dict[str, Any] | None, list[dict[str, Any]]]:
    quantity: dict[str, Any] | None = None
    value: dict[str, Any] | None = None
    counts: list[dict[str, Any]] = []
    for f in measured:
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
        if quantity is None and _is_quantity(view, d, f):
            quantity = {
                "raw": view.text[f.start : max(f.end, f.noun_end if f.noun else f.end)],
                "value": f.value,
                "min": f.low,
                "max": f.high,
                "unit": f.unit or f.noun,
                "modifier": f.modifier,
                "per": f.per,
            }
        elif f.noun or f.value is not None:
            counts.append(
                {
                    "raw": view.text[f.start : max(f.end, f.noun_end if f.noun else f.end)],
                    "value": f.value if f.value is not None else f.high,
                    "noun": f.noun,
                    "modifier": f.modifier,
                }
            )
    return quantity, value, [c for c in counts if c["noun"]]


def _is_quantity(view: View, d: Draft, f: Figure) -> bool:
    """True where what is counted are the goods: a goods noun ends the phrase, a designation follows, or a unit of goods."""
    if f.unit and d.kind == "capability":
        return True
    if f.unit in _GOODS_UNITS or (f.noun and f.noun.lower() in _GOODS_UNITS):
        return True
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


def time_of(view: View, d: Draft, when: Sequence[Interval], near: int | None = None) -> dict[str, Any] | None:
    usable = [w for w in when if not view.masked(w.at, w.to)]
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
