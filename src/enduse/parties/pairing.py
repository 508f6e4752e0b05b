"""Which groups may be one party, and how probable that is by their names, countries and numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enduse.parties.align import align
from enduse.parties.batch import probabilities
from enduse.parties.candidates import Index
from enduse.parties.corpus import Corpus
from enduse.parties.groups import Group
from enduse.parties.name import Kind, Name, parse
from enduse.parties.packing import Packed, pack, unpack
from enduse.parties.quick import Glance
from enduse.parties.reasons import reasons
from enduse.parties.score import score
from enduse.parties.traits import Traits, take
from enduse.parties.workers import cores, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIKE, LIKE_ACROSS = 0.28, 0.05  # similarity below which two names are not compared: in one script, across scripts
NEAR = 8  # nearest names of each that are compared
BUDGET = 6_000
MANY = 40_000  # pairs from which a second process pays
CHUNK = 20_000
LEAST = 0.3  # probabilities below are upper bounds


class Edge(NamedTuple):
    """Two groups by position (left < right) and the probability that they are one."""

    left: int
    right: int
    probability: float


class Pairs:
    """Scores of pairs of names by position, each computed once."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self._seen: dict[tuple[int, int], float] = {}

    def fill(self, wanted: Sequence[tuple[int, int]]) -> None:
        """Score many pairs (left < right) at once; those that are certainly below LEAST are left out."""
        kinds: dict[Kind, list[tuple[int, int]]] = {"organization": [], "person": []}
        for pair in wanted:
            kinds[self._kind(*pair)].append(pair)
        for kind, some in kinds.items():
            chunks = [some[at : at + CHUNK] for at in range(0, len(some), CHUNK)]
            many = cores() if len(some) >= MANY else 1
            scored = spread(_begin, kind, _score, [self._packed(kind, c) for c in chunks], many)
            for pairs, values in zip(chunks, scored, strict=True):
                self._seen.update((pair, p) for pair, p in zip(pairs, values.tolist(), strict=True) if p == p)  # noqa: PLR0124 - not NaN

    def _packed(self, kind: Kind, some: Sequence[tuple[int, int]]) -> tuple[list[Packed], list[int], list[int]]:
        """The names of some pairs, each once, and the pairs as places among them: what a helper process needs."""
        place: dict[int, int] = {}
        left = [place.setdefault(i, len(place)) for pair in some for i in pair]
        return pack(self._as(kind, i) for i in place), left[::2], left[1::2]

    def seen(self, i: int, j: int) -> float | None:
        """The probability of a pair (i < j) if it was computed."""
        return self._seen.get((i, j))

    def probability(self, i: int, j: int) -> float:
        pair = (i, j) if i < j else (j, i)
        got = self._seen.get(pair)
        if got is None:
            kind = self._kind(i, j)
            got = self._seen[pair] = score(
                self._as(kind, pair[0]), self._as(kind, pair[1]), kind, least=LEAST
            ).probability
        return got

    def reasons(self, i: int, j: int) -> str:
        """What speaks for and against, from the alignment of the two names alone: no probability is computed for it."""
        kind = self._kind(i, j)
        a, b = self._as(kind, i), self._as(kind, j)
        if a.script != b.script and (a.reading is not None or b.reading is not None):
            return score(a, b, kind).reasons
        return ";".join(reasons(a, b, align(a, b)))

    def across(self, i: int, j: int) -> bool:
        """Whether the two are written in different scripts: there a low score says little."""
        return self._names[i].script != self._names[j].script

    def _kind(self, i: int, j: int) -> Kind:
        return "person" if self._names[i].kind == self._names[j].kind == "person" else "organization"

    def _as(self, kind: Kind, i: int) -> Name:
        name = self._names[i]
        if name.kind == kind:
            return name
        return replace(parse(name.raw, kind), country=name.country, identifiers=name.identifiers)


def _begin(kind: Kind) -> Kind:
    return kind


def _score(kind: Kind, packed: tuple[list[Packed], list[int], list[int]]) -> NDArray[np.float64]:
    """Probabilities of pairs; NaN where a glance shows that it is below LEAST."""
    texts, left, right = packed
    names = unpack(texts)
    out = np.full(len(left), np.nan)
    good = ~Glance(names).hopeless(np.asarray(left, np.int64), np.asarray(right, np.int64), LEAST)
    some = np.flatnonzero(good).tolist()
    out[good] = probabilities([names[left[n]] for n in some], [names[right[n]] for n in some], kind, least=LEAST)
    return out


def edges(groups: Sequence[Group], traits: Traits, pairs: Pairs, corpus: Corpus) -> list[Edge]:
    """Every pair that may be one party, by its names or by what the corpus says, with its probability by its names (below LEAST
    an upper bound), in order of position.
    """
    wanted = sorted(_equal(groups) | _near(groups, traits))
    pairs.fill(wanted)
    out = []
    for i, j in wanted:
        p = pairs.seen(i, j)
        if corpus.one_brand(i, j):
            p = pairs.probability(i, j)
        elif p is None or p < LEAST:
            continue
        out.append(Edge(i, j, p))
    return out


def _equal(groups: Sequence[Group]) -> set[tuple[int, int]]:
    """Pairs with an equal number or an equal key."""
    found: set[tuple[int, int]] = set()
    for label in ("identifier", "key"):
        same: dict[str, list[int]] = defaultdict(list)
        for i, group in enumerate(groups):
            value = group.identifier if label == "identifier" else group.name.key
            if value:
                same[value].append(i)
        for rows in same.values():
            # All pairs of a few; of many, each with the first and with its neighbour.
            if len(rows) <= 12:
                found.update((i, j) for n, i in enumerate(rows) for j in rows[n + 1 :])
            else:
                found.update((rows[0], j) for j in rows[1:])
                found.update(pairwise(rows))
    return found


def _near(groups: Sequence[Group], traits: Traits) -> set[tuple[int, int]]:
    """Pairs of names that show alike: one group stands for all of its key, the one with most rows."""
    stands: dict[str, int] = {}
    for i, group in enumerate(groups):
        other = stands.get(group.name.key)
        if other is None or group.rows > groups[other].rows:
            stands[group.name.key] = i
    places = sorted(stands.values())
    names = [groups[i].name for i in places]
    index = Index(names, take(traits, [groups[i].row for i in places]))
    near = index.around(best=NEAR, floor=LIKE_ACROSS, budget=BUDGET, threads=cores())
    found: set[tuple[int, int]] = set()
    for a, b, like in zip(*(column.tolist() for column in near), strict=True):
        if like >= LIKE or names[a].script != names[b].script:
            i, j = places[a], places[b]
            found.add((i, j) if i < j else (j, i))
    return found
