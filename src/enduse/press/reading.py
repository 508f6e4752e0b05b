"""What the rules see in one sentence before they look for propositions: actors, goods, sources, times, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import actors, attribution, figures, goods, offices, stages, times
from .antecedents import resolved
from .articles import Sentence
from .figures import Figure
from .intervals import Interval
from .memory import REACH, Memory
from .propositions import may_open
from .speech import Said
from .text import Token
from .view import View


@dataclass
class Reading:
    """What the rules see in one sentence before they look for propositions."""

    view: View
    chains: list[Said]
    when: list[Interval]
    measured: list[Figure]
    shares: list[Figure]
    denying: list[Any]


def read_sentence(shadow: str, s: Sentence, index: int, words: list[Token], state: Memory) -> Reading:
    tree = None
    if state.parse is not None and s.section != "related_link" and may_open(words):
        tree = state.parse(shadow, s.start, s.end)
    said = attribution.sources(shadow, s.start, s.end, words, s.section, tree)
    masks = [m for x in said for m in x.mask]
    found = actors.find(shadow, words, state.firms)
    models = goods.designations(shadow, s.start, s.end)
    models = [m for m in models if not any(a.kind == "company" and a.start <= m[0] < a.end for a in found)]
    things = [
        t
        for t in goods.things(shadow, words)
        if not any(a.kind == "company" and a.start <= t.start and t.end <= a.end for a in found)
    ]
    free = [a for a in found if not any(x < a.end and a.start < y for x, y in masks)]
    view = View(
        shadow,
        s.start,
        s.end,
        words,
        free,
        things,
        models,
        masks,
        s.section == "headline",
        found,
        state.country is not None,
        state.parse if s.section != "related_link" else None,
        any(0 <= index - at <= REACH for at, _ in state.claims),
    )
    chains = [offices.with_state(resolved(x, index, state), state) for x in said]
    when = times.resolve(shadow, s.start, s.end, state.ref)
    every = [
        f
        for f in figures.parse(shadow, s.start, s.end, [*models, *((w.at, w.to) for w in when)])
        if not f.duration and not view.masked(f.bare_start, f.end)
    ]
    measured, shares = [f for f in every if f.unit != "%"], [f for f in every if f.unit == "%"]
    return Reading(view, chains, when, measured, shares, list(stages.find("deny", shadow, words)))
