"""Which figure belongs to which proposition of a sentence, and which figure is only what another outgrew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from . import gates
from .figures import Figure
from .view import Draft, View

COMPARED = re.compile(
    r"(?i)\b(?:down|up|compared (?:with|to)|rose|risen|rising|fell|fallen|grew|increased|against)\s*(?:from\s*)?\Z|\b(?:rose|risen|fell|fallen|grew|grown|increased|declined|dropped|jumped|climbed|soared|surged|swelled|doubled|tripled|shrank|up|down) from\s*\Z"
)


_FROM = re.compile(
    r"(?i)\b(?:rose|risen|fell|fallen|grew|grown|increased|declined|dropped|jumped|climbed|soared|surged|doubled) from\s*\Z"
)


def counted_at(d: Draft, measured: Sequence[Figure], quantity: dict[str, Any] | None) -> int | None:
    """Where the amount of "imports of X ... reached 3,000 tons" stands: its period is the nearest to it."""
    return next((f.end for f in measured if not f.money), None) if d.noun and quantity else None


_TIMES = re.compile(r"(?i)times|fold|folds")


def _outgrown(view: View, f: Figure, following: Sequence[Figure]) -> bool:
    """True for the older figure of "from 83 million in 2020 to 460 million in 2021"."""
    for g in following:
        between = view.text[f.end : g.bare_start]
        return (
            f.money == g.money
            and bool(re.search(r"(?i)\bfrom\s\Z", view.text[max(view.start, f.start - 6) : f.start]))
            and bool(re.search(r"(?i)\bto\s(?:\w+\s){0,3}\Z", between))
            and len(between) < 60
        )
    return False


def assign(
    view: View, got: Sequence[Draft], measured: Sequence[Figure]
) -> tuple[dict[int, list[Figure]], list[Figure]]:
    """Each figure to the proposition of its clause, of several the nearest, those to the left of it first; and figures outgrown."""
    out: dict[int, list[Figure]] = {}
    old: list[Figure] = []
    for i, f in enumerate(measured):
        if _outgrown(view, f, measured[i + 1 : i + 2]) or _TIMES.fullmatch(f.noun or ""):
            old.append(f)
            continue
        if (COMPARED if f.money else _FROM).search(
            view.text[max(view.start, f.start - 28) : f.bare_start]
        ) and not re.search(r"\b(?:to)\s*\Z", view.text[max(view.start, f.start - 4) : f.start]):
            old.append(f)
            continue
        if (ruling := gates.ruling(view, f, got)) is not None:
            out.setdefault(id(ruling), []).append(f)
            continue
        best, near = None, 10**9
        for d in got:
            inside = d.lead <= f.start and f.end <= d.end
            distance = (f.start - d.to if f.start >= d.to else (d.at - f.end) * 2) + (0 if inside else 150)
            if distance < near:
                best, near = d, distance
        if best is not None and near < 420:
            out.setdefault(id(best), []).append(f)
    return out, old
