"""Claims in Russian, Ukrainian, German and Italian: fewer rules than for English, and each claim says so in its cues.

A clause with a word of supply is read by prepositions and order: who stands before the verb gives (or gets, for words of
buying), `to`, `from` and `through` words say the rest, an adjective of a state before goods says where they come from.
Goods and states are named in English, so that claims in several languages can meet in one cluster.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import actors, goods
from .articles import Article, Sentence
from .figures import Figure
from .foreign_figures import figures, times
from .foreign_sources import DESIGNATION, Party, named_parties, sources
from .intervals import Interval
from .languages import NAMES, Word, before, find
from .memory import Claim, Memory
from .speakers import Source
from .text import tokens

_CLAUSE = re.compile(
    r";|,\s(?:а|но|однако|тогда как|але|проте|тоді як|während|aber|doch|mentre|ma)\s|\s(?:während|mentre|тогда как|тоді як)\s",
    re.IGNORECASE,
)


_KIND = {
    "give": "supply",
    "get": "supply",
    "order": "order",
    "produce": "production",
    "use": "use",
    "restrict": "restriction",
}


_REACH = 3


Make = Callable[..., Claim]


def article(name: str, text: str, shadow: str, part: Article, state: Memory, language: str, make: Make) -> list[Claim]:
    """Claims of one article in `language`, made by `make` (the record builder of the English reading)."""
    out: list[Claim] = []
    order = sorted(range(len(part.sentences)), key=lambda i: (part.sentences[i].section != "body", i))
    for s in part.sentences:
        actors.learn(shadow, s.start, s.end, state.firms, tokens(shadow, s.start, s.end))
    for i in order:
        s = part.sentences[i]
        if not s.subhead:
            out += _sentence(name, text, shadow, s, i, state, language, make)
    return sorted(out, key=lambda c: (c["char_start"], c["_at"]))


def _sentence(
    name: str, text: str, shadow: str, s: Sentence, index: int, state: Memory, language: str, make: Make
) -> list[Claim]:
    links, masks = sources(shadow, s, language)
    chain = _chain(shadow, s, index, state, language, links)
    if links:
        state.spoken.append((index, chain[1:]))
    when = times(language, shadow, s.start, s.end, state.ref)
    models = [
        *goods.designations(shadow, s.start, s.end),
        *(m.span() for m in DESIGNATION.finditer(shadow, s.start, s.end)),
    ]
    months = {w.start for w in find(language, "month", shadow, s.start, s.end)}
    models = [m for m in models if m[0] not in months and not any(o.at < m[1] and m[0] < o.to for o in when)]
    measured = figures(language, shadow, s.start, s.end, [*models, *((o.at, o.to) for o in when)])
    cuts = [s.start, *(m.end() for m in _CLAUSE.finditer(shadow, s.start, s.end)), s.end]
    out: list[Claim] = []
    for a, b in itertools.pairwise(cuts):
        c = _clause(
            name, text, shadow, s, (a, b), index, state, language, make, chain, masks, when, models, measured, out
        )
        if c is not None:
            out.append(c)
            if s.section != "related_link":
                state.claims.append((index, c))
    return out


def _chain(
    shadow: str, s: Sentence, index: int, state: Memory, language: str, links: list[Source]
) -> tuple[Source, ...]:
    own = Source(state.own, "outlet", None)
    links = [x for x in links if x.name != state.own]
    if links:
        return (own, *links)
    again = find(language, "again", shadow, s.start, min(s.end, s.start + 40))
    same = (
        index
        and state.article.sentences[index - 1].paragraph == s.paragraph
        and re.search(r"\d", shadow[s.start : s.end])
    )
    if s.section == "body" and ((again and again[0].start - s.start <= 1) or same):
        back = next((c for i, c in reversed(state.spoken) if 0 < index - i <= (4 if again else 1)), ())
        if back and (again or back[-1].type in ("outlet", "agency", "data", "document")):
            return (own, *(replace(x, explicit=False) for x in back))
    return (own,)


def _clause(
    name: str, text: str, shadow: str, s: Sentence, clause: tuple[int, int], index: int, state: Memory, language: str, make: Make,
    chain: tuple[Source, ...], masks: list[tuple[int, int]], when: list[Interval], models: list[tuple[int, int]], measured: list[Figure], here: list[Claim],
) -> Claim | None:  # fmt: skip
    a, b = clause
    deny = [
        w
        for w in find(language, "deny", shadow, a, b)
        if language != "de"
        or not re.match(r"(?i)wei?s", shadow[w.start : w.end])
        or re.search(r"zurück\b", shadow[w.end : b])
    ]
    hits = sorted(
        (w.start, role, w)
        for role in _KIND
        for w in find(language, role, shadow, a, b)
        if not any(x <= w.start < y for x, y in masks)
    )
    if not hits and not deny:
        return None
    role, hit = (hits[0][1], hits[0][2]) if hits else ("give", deny[0])
    parties = named_parties(shadow, a, b, masks, state, language)
    supplier, recipient, via = _roles(parties, role, hit)
    things = find(language, "goods", shadow, a, b)
    thing = min(things, key=lambda t: abs(t.start - hit.start), default=None)
    negated = bool(before(language, "not", shadow, a, hit.start))
    denied = bool(deny) or (negated and role in ("give", "get", "order"))
    mine = [f for f in measured if a <= f.bare_start < b]
    if not (thing or any(f.money for f in mine) or any(a <= m[0] < b for m in models) or denied):
        return None
    carried = None
    if supplier is None or recipient is None:
        carried = next(
            (
                c
                for i, c in reversed([*state.claims, *((index, c) for c in here)])
                if 0 <= index - i <= _REACH
                and c["kind"] != "restriction"
                and (supplier is None or supplier in (c["supplier"], c["recipient"]))
                and (recipient is None or recipient == c["recipient"])
            ),
            None,
        )
        if carried and (denied or role in ("give", "get", "order")):
            if denied and supplier and not recipient and supplier == carried["recipient"]:
                supplier = None
            supplier = supplier or (carried["supplier"] if carried["supplier"] != recipient else None)
            recipient = recipient or (carried["recipient"] if carried["recipient"] != supplier else None)
    if (supplier is None and recipient is None) or supplier == recipient:
        return None
    if (
        denied
        and len(chain) == 1
        and (
            who := next(
                (
                    p
                    for p in parties
                    if p.link is None and not p.origin and p.end <= (deny[0].start if deny else hit.start)
                ),
                None,
            )
        )
    ):
        firm = who.name in state.firms.order
        chain = (
            *chain,
            Source(
                who.name,
                "company" if firm else "government",
                shadow[deny[0].start : deny[0].end] if deny else None,
                country=None if firm else who.name,
                firm=who.name if firm else None,
            ),
        )
    quantity, value, counts = _slots(shadow, mine, things, models)
    stage, cue = _stage(shadow, a, b, language, role)
    hedge = next((shadow[w.start : w.end] for w in find(language, "hedge", shadow, a, b)), None) if not denied else None
    open_ = (
        [o for o in when if a <= o.at < b]
        or ([o for o in when if o.basis == "event"])
        or (when if len(when) == 1 else [])
    )
    near = min(open_, key=lambda o: abs(o.at - hit.start), default=None)
    model = next((shadow[x:y] for x, y in models if a <= x < b), None)
    claim = make(
        name, text, s, state, kind="denial" if denied else _KIND[role], supplier=supplier, recipient=recipient,
        via=[v for v in via if v not in (supplier, recipient)], goods_=thing.label if thing else (carried or {}).get("goods"), model=model,
        quantity=quantity, value=value, counts=counts,
        time=_time(near), stage="n/a" if denied or role == "restrict" else stage,
        cues=[cue or shadow[hit.start : hit.end], f"{NAMES[language]}: read by fewer rules, lower confidence"],
        chain=chain, passive=None, denied=denied, hedge=hedge, at=hit.start,
    )  # fmt: skip
    known = next((g.group for g in _groups() if thing and g.name == thing.label), None)
    claim["_group"] = known or (carried or {}).get("_group")
    return claim


def _groups() -> Any:
    from enduse.reference import press_tables

    return press_tables.goods()


def _roles(parties: list[Party], role: str, hit: Word) -> tuple[str | None, str | None, list[str]]:
    """Supplier, recipient and middle places from prepositions first, then from the order of words."""
    to = next((p.name for p in parties if p.link == "to" and not p.origin), None)
    frm = next((p.name for p in parties if p.link == "from"), None)
    via = [p.name for p in parties if p.link == "via"]
    origin = next((p.name for p in parties if p.origin), None)
    bare = [p for p in parties if p.link is None and not p.origin]
    first = next((p for p in bare if p.start < hit.start), None)
    later = next((p for p in bare if p.start >= hit.end), None)
    if role in ("get", "order", "use"):
        recipient = first.name if first else to or (later.name if later else None)
        supplier = frm or origin or (later.name if later and later.name != recipient else None)
        return (supplier if supplier != recipient else None), recipient, via
    if role in ("produce", "restrict"):
        supplier = first.name if first else frm or origin or (later.name if later else None)
        return supplier, to if to != supplier else None, via
    supplier = first.name if first else frm or origin
    recipient = to or (later.name if later and later.name != supplier else None)
    if supplier is None and later is not None and to is not None:
        supplier = later.name
    return supplier, recipient if recipient != supplier else None, via


def _slots(
    shadow: str, found: list[Figure], things: list[Word], models: list[tuple[int, int]]
) -> tuple[dict[str, Any] | None, dict[str, Any] | None, list[dict[str, Any]]]:
    quantity: dict[str, Any] | None = None
    value: dict[str, Any] | None = None
    counts: list[dict[str, Any]] = []
    for f in found:
        raw = shadow[f.start : f.noun_end or f.end]
        spot = next(
            (t for t in things if 0 <= t.start - f.end <= 28 and not re.search(r"[,;:]", shadow[f.end : t.start])), None
        )
        named = any(0 <= m[0] - f.end <= 20 for m in models)
        if f.money and value is None:
            value = {
                "raw": f.raw,
                "amount": f.value if f.value is not None else f.high,
                "currency": f.currency,
                "modifier": f.modifier,
            }
            value |= {"min": f.low, "max": f.high} if f.low is not None else {}
        elif not f.money and quantity is None and (spot or named):
            raw = shadow[f.start : spot.end] if spot else raw
            quantity = {
                "raw": raw,
                "value": f.value,
                "min": f.low,
                "max": f.high,
                "unit": shadow[spot.start : spot.end] if spot else f.noun,
                "modifier": f.modifier,
                "per": f.per,
            }
        elif f.noun and not f.money:
            counts.append(
                {
                    "raw": raw,
                    "value": f.value if f.value is not None else f.high,
                    "noun": f.noun,
                    "modifier": f.modifier,
                }
            )
    return quantity, value, counts


def _stage(shadow: str, a: int, b: int, language: str, role: str) -> tuple[str, str | None]:
    found = {w.label: shadow[w.start : w.end] for w in find(language, "stage", shadow, a, b)}
    for label in ("ceased", "in_talks", "agreed", "requested", "planned"):
        if label in found and role not in ("restrict", "use"):
            return label, found[label]
    return {"give": "delivered", "get": "purchased", "order": "ordered", "produce": "unspecified", "use": "used"}.get(
        role, "n/a"
    ), None


def _time(near: Interval | None) -> dict[str, Any] | None:
    if near is None:
        return None
    return {
        "raw": near.raw,
        "start": near.start.isoformat() if near.start else None,
        "end": near.end.isoformat() if near.end else None,
        "granularity": near.granularity,
        "basis": near.basis,
    }


__all__ = ["article"]
