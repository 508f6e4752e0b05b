"""The goods of a trigger: named in the table, or known by their place alone."""

from __future__ import annotations

import re

from .goods import Thing
from .view import View


def goods_of(view: View, lead: int, at: int, to: int, end: int, *, left_first: bool) -> Thing | None:
    right = [t for t in view.things if to <= t.start < end and not view.masked(t.start, t.end)]
    left = [t for t in view.things if lead <= t.start and t.end <= at and not view.masked(t.start, t.end)]
    first, second = (left[-1:], right[:1]) if left_first else (right[:1], left[-1:])
    pick = [*first, *second]
    if not pick and left_first:
        pick = [t for t in view.things if t.end <= at and at - t.end < 75 and not view.masked(t.start, t.end)][-1:]
    if not pick:
        return None
    if pick[0].generic and not left_first:
        specific = [t for t in right[:3] if not t.generic and t.start - pick[0].end < 30]
        if specific and pick[0].name != "components":
            return specific[0]
    return pick[0]


_OBJECT = re.compile(
    r"\s(?P<figure>(?:(?:at least|more than|over|about|around|nearly|almost|some|up to|roughly|as many as|well over|another|a further|an additional|fewer than|less than)\s)?"
    r"(?:\d[\d.,]*|a dozen|dozens of|hundreds of|thousands of|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)(?:\s(?:million|thousand|hundred|more))?\s"
    r"(?:(?:metric )?(?:tonnes|tons|kilograms|kilos|litres|liters|pieces|units|sets|barrels|crates|pairs|containers|truckloads|metres|kg)\sof\s)?)?"
    r"(?:(?:the|a|an|its|their|of|new|used|modern|advanced|so-called|military|civilian|industrial|high-quality|surplus|old|second-hand|banned|sanctioned)\s)*"
    r"(?P<np>(?:[a-z][a-z-]+\s){0,2}[a-z][a-z-]{3,})(?=\s(?:to|from|for|worth|in|via|through|by|last|this|since|between|over|during|at|on|and|under|with|per|a|an|every|each)\b|[.,;)]|\Z)"
)


_NO_GOODS = frozenset(
    """people troops soldiers workers experts instructors specialists engineers fighters mercenaries volunteers prisoners children civilians citizens refugees officials officers
    signals signal message messages letter letters support help assistance information evidence data documents proof money cash funds funding loans credit aid training advice
    time attention access permission approval consent right rights rise way ways birth place details reports report statement statements answer answers response reply
    blow boost chance opportunity signs sign idea ideas power control order orders contract contracts deal deals agreement agreements talks visit visits delegation delegations
    million billion percent dollars euros customers buyers clients companies firms countries states exporters importers suppliers markets market business trade stake stakes shares
    sanctions restrictions controls licences licenses permits criticism concern concerns pressure question questions doubt doubts problems trouble warning warnings home abroad
    damage losses casualties attacks attack strikes strike war fire flights flight trips tonnes tons kilograms pieces units sets year month week day year-on-year apiece years months weeks days hours times them these those
    lot part parts share half third quarter most all none more others number amount amounts quantity quantities volume volumes value level levels direct directly illegally openly
    intelligence security services service solutions technologies credibility guarantees guarantee assurances promise promises backing solidarity sympathy humanitarian medical name names""".split()
)


def no_goods() -> frozenset[str]:
    """Nouns that are never goods, however they are supplied."""
    return _NO_GOODS


def open_goods(view: View, at: int, end: int, *, named: bool, told: bool) -> Thing | None:
    """Goods no table knows, by their place: the counted object of a verb of supply, or what follows "exports of"."""
    whom = next((a for a in view.actors if a.start - at == 1), None)
    m = _OBJECT.match(view.text, whom.end if whom else at, end)  # "sold Poland 72 gliders"
    if m is None or not told or not (named or m.group("figure")):
        return None
    head = m.group("np").split()[-1]
    if (
        head in _NO_GOODS
        or head.endswith(("ly", "ing", "ed"))
        or set(m.group("np").split()) & _NO_GOODS & {"people", "troops", "million", "billion"}
    ):
        return None
    if any(a.start < m.end("np") and m.start("np") < a.end for a in view.actors) or view.masked(
        m.start("np"), m.end("np")
    ):
        return None
    first = next((i for i, w in enumerate(view.words) if w.start >= m.start("np")), 0)
    return Thing(m.end("np") - len(head), m.end("np"), first, m.group("np"), head, "other", generic=False)
