"""Who gives and who gets, weighed over the whole article.

A sentence often names one party or none ("The contract covers 100 aircraft"), and the rules guess the rest from its neighbours. Here every
pair of parties that the sentence, the claims around it or the headline name is weighed by fitted trees (`reference/press/lanes.json`, made by
`enduse.press.build.lanes`): where the words stand, and which way goods go in the other claims of the article. What the rules say keeps a
head start of `TRUST` for each slot: they are mostly right where a sentence names both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from enduse.reference import press_tables as tables
from enduse.reference.forest import Forest

from . import seats
from .memory import Claim
from .seats import Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TRUST = 2.0  # log-odds for each slot that the rules filled so (decision 0012)
FOUND = 0.5  # the same where no rule read the claim
MOST = 12  # names weighed for a slot
BACK = 3  # claims before that are looked at
WEIGHED = "parties weighed over the article"
_KINDS = "supply order production capability stock use request restriction route component_origin denial".split()
_SLOT = (
    "none", "here", *seats.FEATURES, "gives", "gets", "told_gives", "told_gets", "share_gives", "goods_gives", "goods_gets", "named", "main", "own",
    *(f"{what}_{n}" for n in range(1, BACK + 1) for what in ("gave", "got")), "head_gives", "head_gets", "speaks",
)  # fmt: skip
_PAIR = (
    "lane", "reverse", "told_lane", "told_reverse", "giver_of_getter", "getter_of_giver", "both", "in_order", "as_before", "reverse_before",
)  # fmt: skip
_CLAIM = ("kind", *seats.PROPOSITION, "figure", "actors", "headline")
FEATURES = (*(f"s_{f}" for f in _SLOT), *(f"r_{f}" for f in _SLOT), *_PAIR, *_CLAIM)

Option = tuple[str | None, str | None]


@dataclass
class Around:
    """What the other claims of an article say: counts of givers, getters and lanes; `told` counts those a sentence names whole."""

    gives: Counter[str | None] = field(default_factory=Counter)
    gets: Counter[str | None] = field(default_factory=Counter)
    told_gives: Counter[str | None] = field(default_factory=Counter)
    told_gets: Counter[str | None] = field(default_factory=Counter)
    goods_gives: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    goods_gets: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    lanes: Counter[Option] = field(default_factory=Counter)
    told_lanes: Counter[Option] = field(default_factory=Counter)
    before: list[Option] = field(default_factory=list)
    head: Option = (None, None)
    speakers: frozenset[str] = frozenset()
    named: Counter[str] = field(default_factory=Counter)


@cache
def forest() -> Forest:
    return Forest.of(tables.fitted("lanes"), FEATURES)


def around(claims: Sequence[Claim]) -> list[Around]:
    """What the rest of the article says, for each claim."""
    named: Counter[str] = Counter()
    seen: set[int] = set()
    for c in claims:
        if c.get("_place") is not None and c["char_start"] not in seen:
            seen.add(c["char_start"])
            named.update(s.name for s in c["_place"].seats)
    out = []
    for i, c in enumerate(claims):
        a = Around(named=named)
        for o in claims:
            if o is not c:
                _count(a, o)
        earlier = [o for o in reversed(claims[:i]) if o["section"] == "body" or c["section"] == "headline"]
        a.before = [(o["supplier"], o["recipient"]) for o in earlier[:BACK]]
        head = next((o for o in claims if o["section"] == "headline" and o is not c), None)
        a.head = (head["supplier"], head["recipient"]) if head else (None, None)
        a.speakers = frozenset(n for x in c["_chain"] for n in (x.name, x.firm, x.country) if n)
        out.append(a)
    return out


def _count(a: Around, o: Claim) -> None:
    lane = (o["supplier"], o["recipient"])
    goods = _noun(o["goods"])
    a.gives[lane[0]] += 1
    a.gets[lane[1]] += 1
    a.goods_gives[goods, lane[0]] += 1
    a.goods_gets[goods, lane[1]] += 1
    a.lanes[lane] += 1
    place: Place | None = o.get("_place")
    if place is not None and all(lane) and place.told == lane:
        a.told_lanes[lane] += 1
        a.told_gives[lane[0]] += 1
        a.told_gets[lane[1]] += 1


def _noun(goods: str | None) -> str:
    words = re.findall(r"\w+", (goods or "").lower())
    return words[-1].rstrip("s") if words else ""


def options(c: Claim, a: Around) -> list[Option]:
    """Pairs of parties to weigh: those of the rules, of the sentence, of the claims before and of the article's lanes; one may be nobody."""
    place: Place = c["_place"]
    here = [s.name for s in place.seats]
    lanes = [lane for lane, _ in a.lanes.most_common(6)]
    near = [lane[side] for side in (0, 1) for lane in a.before]
    first = (c["supplier"], place.told[0], None, c["recipient"], place.told[1])
    second = (c["recipient"], place.told[1], None, c["supplier"], place.told[0])
    givers = list(dict.fromkeys([*first, *here, *(x[0] for x in lanes), *near]))[:MOST]
    getters = list(dict.fromkeys([*second, *here, *(x[1] for x in lanes), *near]))[:MOST]
    return [(s, r) for s in givers for r in getters if (s or r) and s != r]


def rows(c: Claim, a: Around, pairs: Sequence[Option]) -> NDArray[np.float64]:
    """FEATURES of each pair of parties for one claim, one row each."""
    import numpy as np

    place: Place = c["_place"]
    noun = _noun(c["goods"])
    slots = {n: _slot(place, a, n, noun) for n in {n for pair in pairs for n in pair}}
    start = {s.name: s.start for s in place.seats}
    whole = (
        float(_KINDS.index(c["kind"])) if c["kind"] in _KINDS else -1.0,
        *place.figures,
        float(bool(c["quantity"] or c["value"] or c["counts"])),
        float(len(place.seats)),
        float(c["section"] == "headline"),
    )
    return np.array([[*slots[s], *slots[r], *_pair(place, a, s, r, start), *whole] for s, r in pairs], np.float64)


def _slot(place: Place, a: Around, n: str | None, noun: str) -> list[float]:
    seat = next((s for s in place.seats if s.name == n), None)
    figures = seat.figures if seat else (0.0,) * len(seats.FEATURES)
    lanes = [*a.before, *([(None, None)] * (BACK - len(a.before)))]
    return [
        float(n is None),
        float(seat is not None),
        *figures,
        float(a.gives[n]),
        float(a.gets[n]),
        float(a.told_gives[n]),
        float(a.told_gets[n]),
        a.gives[n] / (1.0 + a.gives[n] + a.gets[n]),
        float(a.goods_gives[noun, n]),
        float(a.goods_gets[noun, n]),
        a.named[n] / max(1, a.named.total()) if n else 0.0,
        float(n is not None and n == place.main),
        float(n is not None and n == place.own),
        *(float(n is not None and n == lane[side]) for lane in lanes for side in (0, 1)),
        float(n is not None and n == a.head[0]),
        float(n is not None and n == a.head[1]),
        float(n in a.speakers),
    ]


def _pair(place: Place, a: Around, s: str | None, r: str | None, start: dict[str, int]) -> list[float]:
    both = s is not None and r is not None
    in_order = float(start[s] < start[r]) if s in start and r in start else -1.0
    return [
        float(a.lanes[s, r]),
        float(a.lanes[r, s]),
        float(a.told_lanes[s, r]),
        float(a.told_lanes[r, s]),
        float(both and s == _home(r, place)),
        float(both and r == _home(s, place)),
        float(both),
        in_order,
        float(bool(a.before) and a.before[0] == (s, r)),
        float(bool(a.before) and a.before[0] == (r, s)),
    ]


def _home(name: str | None, place: Place) -> str | None:
    return (place.homes.get(name) or tables.makers().get(name, ((), ""))[1] or None) if name else None


def choose(claims: list[Claim]) -> list[Claim]:
    """The claims of one article with the parties that the whole article makes most probable; one that is changed says so in `cues`.

    Claims without `_place` stay as they are. A claim that has
    no party, and none to be had from the article, is left out.
    """
    import numpy as np

    open_: list[tuple[Claim, list[Option]]] = []
    figures: list[NDArray[np.float64]] = []
    lost: list[Claim] = []
    for c, a in zip(claims, around(claims), strict=True):
        if c.get("_place") is None:
            continue
        pairs = options(c, a)
        if pairs:
            open_.append((c, pairs))
            figures.append(rows(c, a, pairs))
        elif not (c["supplier"] or c["recipient"]):
            lost.append(c)
    said = forest().log_odds(np.concatenate(figures)) if figures else np.zeros(0)
    at = 0
    changed: list[tuple[Claim, Option]] = []
    for c, pairs in open_:
        trust = FOUND if c.get("_found") else TRUST
        weight = [
            float(w) + trust * ((s == c["supplier"]) + (r == c["recipient"]))
            for w, (s, r) in zip(said[at : at + len(pairs)], pairs, strict=True)
        ]
        at += len(pairs)
        best = pairs[max(range(len(pairs)), key=weight.__getitem__)]
        if best != (c["supplier"], c["recipient"]):
            changed.append((c, best))
    for c, (supplier, recipient) in changed:
        c["supplier"], c["recipient"] = supplier, recipient
        c["via"] = [v for v in c["via"] or [] if v not in (supplier, recipient)] or None
        c["cues"] = [*(c["cues"] or []), WEIGHED]
    return [c for c in claims if not any(c is x for x in lost)]
