"""Claims in Russian, Ukrainian, German and Italian: fewer rules than for English, and each claim says so in its cues.

A clause with a word of supply is read by prepositions and order: who stands before the verb gives (or gets, for words of
buying), `to`, `from` and `through` words say the rest, an adjective of a state before goods says where they come from.
Goods and states are named in English, so that claims in several languages can meet in one cluster.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from . import actors, goods
from .articles import Article, Sentence
from .attribution import Source
from .figures import Figure
from .foreign_figures import figures, stated_date, times
from .languages import NAMES, Word, before, find
from .memory import Claim, Memory
from .text import tokens
from .times import Interval

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
_DESIGNATION = re.compile(r"(?<!\w)[А-ЯЁІЇЄҐ][а-яёіїєґ]+[-–]\d{1,3}(?!\d|\s?(?:млн|тыс|тис|году|року|рок))")
_SPEAKERS = ("data", "document", "anonymous", "official", "government")
_RANK = {"outlet": 0, "agency": 1, "document": 3, "government": 4, "official": 4, "anonymous": 5, "data": 6}
_REACH = 3
Make = Callable[..., Claim]


@dataclass(frozen=True, slots=True)
class Party:
    """A state or firm at [start, end) and the preposition before it: to, from, via or none."""

    start: int
    end: int
    name: str
    link: str | None
    origin: bool = False


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


def outlet_of(part: Article, shadow: str, language: str) -> str | None:
    """The outlet that a short line at the head of the article names."""
    for line in shadow[part.start : part.start + 1500].splitlines()[:8]:
        found = find(language, "outlet", line, 0, len(line))
        if (
            len(line.strip()) <= 48
            and len(found) == 1
            and (found[0].end - found[0].start) * 2 >= len(re.split(r",|\d", line)[0].strip())
        ):
            return found[0].label
    return None


def date_of(part: Article, shadow: str, language: str) -> Any:
    """The publication date that a line at the head of the article states."""
    lines = shadow[part.start : part.start + 1500].splitlines()[:8]
    return next((d for line in lines if 6 <= len(line.strip()) <= 48 and (d := stated_date(language, line))), None)


def _sources(shadow: str, s: Sentence, language: str) -> tuple[list[Source], list[tuple[int, int]]]:
    """Links named in the sentence next to words of saying, outermost first, and the spans that hold them."""
    cues = [*find(language, "according", shadow, s.start, s.end), *find(language, "deny", shadow, s.start, s.end)]
    states = [*find(language, "country", shadow, s.start, s.end), *find(language, "adjective", shadow, s.start, s.end)]
    links: list[tuple[int, Source]] = []
    masks: list[tuple[int, int]] = []

    def near(at: int, to: int) -> Word | None:
        return next((c for c in cues if 0 <= at - c.end <= 45 or 0 <= c.start - to <= 40), None)

    papers = find(language, "outlet", shadow, s.start, s.end)
    papers += [
        Word(h.start, h.end, str(getattr(h.value, "name", "")))
        for h in actors.outlets(shadow, tokens(shadow, s.start, s.end))
        if not any(p.start < h.end and h.start < p.end for p in papers)
    ]
    agencies = {
        "Reuters",
        "TASS",
        "RIA Novosti",
        "Interfax",
        "Interfax-Ukraine",
        "Bloomberg",
        "DPA",
        "ANSA",
        "Ukrinform",
    }
    for p in papers:
        if cue := near(p.start, p.end):
            kind = "agency" if p.label in agencies else "outlet"
            links.append((_RANK[kind], Source(p.label, kind, shadow[cue.start : cue.end])))
            masks.append((min(p.start, cue.start) if p.start - cue.end < 45 else p.start, max(p.end, cue.end)))
    for role in _SPEAKERS:
        for w in find(language, role, shadow, s.start, s.end):
            cue = near(w.start, w.end)
            if role == "government" and any(
                0 <= w.start - x.end <= 30 for x in find(language, "official", shadow, s.start, s.end)
            ):
                continue  # "a spokesman of the ministry" is one source
            if cue is None or any(a <= w.start < b for a, b in masks if role == "official"):
                continue
            a, b = min(w.start, cue.start), max(w.end, cue.end)
            home = next(
                (
                    x
                    for x in sorted(states, key=lambda x: x.start)
                    if a <= x.start < b
                    or (0 <= x.start - w.end <= 8 and "," not in shadow[w.end : x.start])
                    or (0 <= w.start - x.end <= 3 and "," not in shadow[x.end : w.start])
                ),
                None,
            )
            if home:
                a, b = min(a, home.start), max(b, home.end)
            masks.append((a, b))
            found = shadow[min(w.start, home.start) if home else w.start : max(w.end, home.end) if home else w.end]
            links.append(
                (
                    _RANK[role],
                    Source(
                        " ".join(found.split()),
                        role,
                        shadow[cue.start : cue.end],
                        country=home.label if home else None,
                        unnamed=role == "anonymous",
                    ),
                )
            )
    links.sort(key=lambda x: x[0])
    unique: dict[str, Source] = {}
    for _, link in links:
        unique.setdefault(link.name if link.type in ("outlet", "agency") else link.type, link)
    return list(unique.values()), masks


def _parties(shadow: str, a: int, b: int, masks: list[tuple[int, int]], state: Memory, language: str) -> list[Party]:
    out: list[Party] = []
    things = find(language, "goods", shadow, a, b)
    firms = find(language, "company", shadow, a, b)

    def link(at: int) -> str | None:
        lead = shadow[max(a, at - 24) : at]
        at_ = at - (
            len(lead) - len(re.sub(r"(?i)\b(?:соседн\w+|der|die|das|den|dem|il|la|lo|i|le|gli|l')\s*\Z", "", lead))
        )
        for role in ("via", "to", "from"):
            if before(language, role, shadow, a, at) or before(language, role, shadow, a, at_):
                return role
        return None

    for w in find(language, "adjective", shadow, a, b):
        if any(x <= w.start < y for x, y in masks):
            continue
        # in Italian the adjective follows its noun
        firm = next(
            (f for f in firms if 0 <= f.start - w.end <= 26 or (language == "it" and 0 <= w.start - f.end <= 12)), None
        )
        thing = next(
            (t for t in things if 0 <= t.start - w.end <= 32 or (language == "it" and 0 <= w.start - t.end <= 14)), None
        )
        if firm and not (thing and abs(thing.start - w.end) < abs(firm.start - w.end)):
            at, to = min(w.start, firm.start), max(w.end, firm.end)
            out.append(Party(at, to, w.label, link(at)))
        elif thing:
            out.append(Party(w.start, w.end, w.label, None, origin=True))
    for w in find(language, "country", shadow, a, b):
        inside = any(x <= w.start < y for x, y in masks) or any(p.start < w.end and w.start < p.end for p in out)
        if not inside:
            out.append(Party(w.start, w.end, w.label, link(w.start)))
    for x in actors.find(shadow, tokens(shadow, a, b), state.firms):
        if (
            x.kind in ("company", "country")
            and not any(m <= x.start < n for m, n in masks)
            and not any(p.start < x.end and x.start < p.end for p in out)
        ):
            out.append(Party(x.start, x.end, x.name, link(x.start)))
    return sorted(out, key=lambda p: p.start)


def _sentence(
    name: str, text: str, shadow: str, s: Sentence, index: int, state: Memory, language: str, make: Make
) -> list[Claim]:
    links, masks = _sources(shadow, s, language)
    chain = _chain(shadow, s, index, state, language, links)
    if links:
        state.spoken.append((index, chain[1:]))
    when = times(language, shadow, s.start, s.end, state.ref)
    models = [
        *goods.designations(shadow, s.start, s.end),
        *(m.span() for m in _DESIGNATION.finditer(shadow, s.start, s.end)),
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
    parties = _parties(shadow, a, b, masks, state, language)
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


__all__ = ["article", "date_of", "outlet_of"]
