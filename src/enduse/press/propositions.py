"""Supply propositions in one sentence: a trigger (verb or noun) with who gives, who gets, what, by which way.

Roles follow the trigger: the subject of "sell" gives, the subject of "buy" gets; prepositions (to, from, by, through) and
the origin of the goods ("Iran's Shahed 136") fill the rest. No parser: nearest actor outside a prepositional phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from enduse.reference import press_tables as tables

from . import gates, stages
from .drafting import draft_of
from .enough import is_enough
from .text import Token, tokens
from .triggers import wrong_class
from .view import Draft, View

_ACTIVE_ROLES = (
    "order",
    "request",
    "origin",
    "include",
    "give",
    "get",
    "use",
    "produce",
    "stock",
    "capability",
    "restrict",
    "route",
    "move",
)


# words that open a proposition only where the parse bears it out, and the role they then have
_PARSED = {
    "parsed_give": "give",
    "parsed_get": "get",
    "parsed_order": "order",
    "parsed_move": "move",
    "parsed_noun_give": "noun_give",
    "parsed_noun_get": "noun_get",
    "parsed_noun_order": "noun_order",
    "parsed_supplier": "noun_give",
    "parsed_buyer": "noun_get",
}


_NOUN_ROLES = ("noun_order", "noun_give", "noun_get", "noun_produce")


@cache
def _openers() -> frozenset[str]:
    """First words of all that opens a proposition."""
    roles = (*_ACTIVE_ROLES, *_NOUN_ROLES, *_PARSED)
    return frozenset(tokens(word)[0].low for role in roles for word in tables.cues()[role] if tokens(word))


def may_open(words: Sequence[Token]) -> bool:
    """True for a sentence that holds a word which may open a proposition."""
    return any(w.low in _openers() for w in words)


def drafts(view: View) -> list[Draft]:
    """The propositions of a sentence in order of their triggers, each with roles, goods and stage."""
    cues = stages.find("stage", view.text, view.words)
    found: list[Draft] = []
    taken: list[tuple[int, int]] = []
    for role in (*_ACTIVE_ROLES, *_NOUN_ROLES):
        for h in stages.find(role, view.text, view.words):
            if view.masked(h.start, h.end) or any(a < h.end and h.start < b for a, b in taken):
                continue
            noun = role.startswith("noun_")
            if wrong_class(view, h, role, noun=noun):
                continue
            draft = draft_of(view, h, role, cues, noun=noun)
            if draft is not None:
                found.append(draft)
                taken.append((h.start, h.end))
    for name, role in _PARSED.items() if view.parse else ():
        for h in stages.find(name, view.text, view.words):
            if view.masked(h.start, h.end) or any(a < h.end and h.start < b for a, b in taken):
                continue
            draft = draft_of(view, h, role, cues, noun=role.startswith("noun_"), parsed=True)
            if draft is not None and draft.args is not None:
                found.append(draft)
                taken.append((h.start, h.end))
    found.sort(key=lambda d: d.at)
    return [x for d in _pruned(view, found) for x in (d, *_gapped(view, d))]


_GAP_FIGURE = r"\s(?:about |around |some |nearly |almost |more than |over |at least |up to |roughly |another |a further )?(?:(?:[$€£¥₽]\s?)?\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)\b(?=[,.;]|\s(?:and|more)\b|\Z))"


def _gapped(view: View, d: Draft) -> list[Draft]:
    """Further givers with a figure each: "Russia supplied $406 million of the total, China $267 million and India 51"."""
    if (
        d.role not in ("give", "get")
        or d.noun
        or d.passive
        or not re.search(
            r"(?i)\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)\b",
            view.text[d.to : d.end],
        )
    ):
        return []
    out: list[Draft] = []
    for a in view.actors:
        if a.start < d.to or a.kind == "adjective" or a.owner or view.masked(a.start, a.end):
            continue
        before = view.text[max(d.to, a.start - 12) : a.start]
        if not re.search(r"(?:,|\band|\bwhile|,\sand|;)\s(?:the\s)?\Z", before) or not re.match(
            _GAP_FIGURE, view.text[a.end : a.end + 24]
        ):
            continue
        stop = re.compile(r",\s(?!\d)|;|\sand\s|\swhile\s|[.]\s|\Z").search(view.text, a.end, view.end)
        end = stop.start() if stop else view.end
        clone = replace(
            d, at=a.start, to=a.end, lead=a.start, end=end, gapped=True, via=[], more_suppliers=[], more_recipients=[]
        )
        if d.role == "give":
            clone.supplier = a
        else:
            clone.recipient = a
        out.append(clone)
    if out:
        d.end = min(d.end, out[0].at)
        d.more_suppliers = []
    return out


def _pruned(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Drop what is no proposition of its own: verbs without goods, nouns that a verb of the same clause covers."""
    out: list[Draft] = []
    for d in found:
        if not (not d.only_parsed and is_enough(view, d)) and not gates.enough(view, d, told=view.told or bool(out)):
            continue
        if gates.vetoed(view, d):
            continue
        clash = next((o for o in out if _same(view, o, d)), None)
        if clash is None:
            out.append(d)
        elif _weight(d) > _weight(clash):
            out[out.index(clash)] = _filled(d, clash)
        else:
            _filled(clash, d)
    return gates.with_those(view, gates.without_modifiers(view, out))


def _filled(d: Draft, other: Draft) -> Draft:
    """`d` with what only `other` knows, and the nearer stage of the two when one merely talks about the other."""
    d.supplier = d.supplier or other.supplier
    d.recipient = d.recipient or other.recipient
    d.thing = d.thing or other.thing
    d.via = d.via or other.via
    d.negated = d.negated or other.negated
    if d.supplier and d.recipient and d.supplier.name == d.recipient.name and not d.helped:
        d.recipient = None
    if other.role == "route" and re.search(r"route|intermediar", other.verb) and d.role in ("give", "get", "noun_give"):
        d.kind = "route"
        d.stage, d.cues = (
            (other.stage, other.cues)
            if other.stage == "in_progress"
            else (
                ("unspecified", d.cues)
                if "intermediar" in other.verb and (d.noun or other.verb.endswith("ies"))
                else (d.stage, d.cues)
            )
        )
    return d


def _weight(d: Draft) -> int:
    return (
        4 * (not d.noun)
        + (d.supplier is not None)
        + (d.recipient is not None)
        + (d.thing is not None)
        + (d.role != "route")
        + 2 * (d.role != "origin")
    )


def _same(view: View, a: Draft, b: Draft) -> bool:
    """Two triggers of one proposition: a noun beside a verb in one clause, or verbs joined ("test and send")."""
    if a.lead != b.lead and not (a.noun or b.noun):
        return False
    gap = view.text[min(a.to, b.to) : max(a.at, b.at)]
    parties = (a.supplier and a.supplier.name, a.recipient and a.recipient.name) == (
        b.supplier and b.supplier.name,
        b.recipient and b.recipient.name,
    )
    if a.noun or b.noun:
        if a.lead == b.lead:
            return a.kind != "restriction" or b.kind != "production"
        return parties
    if {a.role, b.role} == {"give", "get"} and not (a.noun or b.noun) and re.search(r"\band\b", gap):
        return False
    if {a.role, b.role} & {"produce", "capability", "origin", "restrict"} and a.role != b.role:
        return (
            {a.role, b.role} == {"origin", "produce"}
            or ("restrict" in (a.role, b.role) and not re.search(r"\band\b|,", gap))
            or ("origin" in (a.role, b.role) and len(gap) < 50)
        )
    if {a.role, b.role} & {"use", "stock"} and a.role != b.role:
        return parties and len(gap) < 30
    if a.role == "request" and b.role == "request" and re.search(r"\band\b", gap):
        return False
    if "request" in (a.role, b.role) and a.role != b.role:
        return not re.search(r"\band\b.*\b(?:now|then|is|was)\b", gap)
    return len(gap) < 60 or parties
