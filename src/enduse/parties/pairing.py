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
CHUNK, LARGEST = (
    20_000,
    60_000,
)  # pairs a process scores at a time: with more pairs more, for each chunk brings its names along
LEAST = 0.3  # probabilities below are upper bounds


class Edge(NamedTuple):
    """Two groups by position (left < right) and the probability that they are one."""

    left: int
    right: int
    probability: float


class Pairs:
    """Scores of pairs of names by position, each computed once. A pair is kept as one number, `left * size + right`."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self._seen: dict[int, float] = {}
        self._why: dict[int, str] = {}

    def fill(self, left: NDArray[np.int64], right: NDArray[np.int64], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Score many pairs (left < right) at once: their probabilities, NaN where a glance shows that it is below LEAST and it is not `wanted`."""
        out = np.full(len(left), np.nan)
        person = np.asarray([n.kind == "person" for n in self._names], np.bool_)
        both = person[left] & person[right]
        kinds: tuple[tuple[Kind, NDArray[np.intp]], ...] = (
            ("organization", np.flatnonzero(~both)),
            ("person", np.flatnonzero(both)),
        )
        for kind, some in kinds:
            many = cores() if len(some) >= MANY else 1
            size = min(LARGEST, max(CHUNK, len(some) // (8 * many)))
            chunks = [some[at : at + size] for at in range(0, len(some), size)]
            scored = spread(
                _begin, kind, _score, [(*self._packed(kind, left[c], right[c]), wanted[c]) for c in chunks], many
            )
            for chunk, (values, told) in zip(chunks, scored, strict=True):
                out[chunk] = values
                code = (left[chunk] * len(self._names) + right[chunk]).tolist()
                self._seen.update((c, p) for c, p in zip(code, values.tolist(), strict=True) if p >= 0.0)
                self._why.update((code[n], why) for n, why in told.items())
        return out

    def _packed(
        self, kind: Kind, left: NDArray[np.int64], right: NDArray[np.int64]
    ) -> tuple[list[Packed], NDArray[np.int64], NDArray[np.int64]]:
        """The names of some pairs, each once, and the pairs as places among them: what a helper process needs."""
        used, place = np.unique(np.concatenate([left, right]), return_inverse=True)
        return pack(self._as(kind, i) for i in used.tolist()), place[: len(left)], place[len(left) :]

    def probability(self, i: int, j: int) -> float:
        i, j = (i, j) if i < j else (j, i)
        code = i * len(self._names) + j
        got = self._seen.get(code)
        if got is None:
            kind = self._kind(i, j)
            got = self._seen[code] = score(self._as(kind, i), self._as(kind, j), kind, least=LEAST).probability
        return got

    def reasons(self, i: int, j: int) -> str:
        """What speaks for and against, from the alignment of the two names alone: no probability is computed for it."""
        known = self._why.get(i * len(self._names) + j) if i < j else None
        if known is None:
            kind = self._kind(i, j)
            known = _why(kind, self._as(kind, i), self._as(kind, j))
        return known

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


def _score(
    kind: Kind, packed: tuple[list[Packed], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]
) -> tuple[NDArray[np.float64], dict[int, str]]:
    """Probabilities of pairs, NaN where a glance shows that it is below LEAST and it is not wanted; and the reasons of those that reach it."""
    texts, left, right, wanted = packed
    names = unpack(texts)
    good = wanted | ~Glance(names).hopeless(left, right, LEAST)
    pairs = [(names[i], names[j]) for i, j in zip(left[good].tolist(), right[good].tolist(), strict=True)]
    values = probabilities([a for a, _ in pairs], [b for _, b in pairs], kind, least=LEAST)
    out = np.full(len(left), np.nan)
    out[good] = values
    high = (pair for pair, p in zip(pairs, values, strict=True) if p >= LEAST)
    return out, {n: _why(kind, *pair) for n, pair in zip(np.flatnonzero(out >= LEAST).tolist(), high, strict=True)}


def _why(kind: Kind, a: Name, b: Name) -> str:
    if a.script != b.script and (a.reading is not None or b.reading is not None):
        return score(a, b, kind).reasons
    return ";".join(reasons(a, b, align(a, b)))


def edges(groups: Sequence[Group], traits: Traits, pairs: Pairs, corpus: Corpus) -> list[Edge]:
    """Every pair that may be one party, by its names or by what the corpus says, with its probability by its names (below LEAST
    an upper bound), in order of position.
    """
    code = np.unique(np.concatenate([_equal(groups), _near(groups, traits)]))
    left, right = code // max(1, len(groups)), code % max(1, len(groups))
    one = corpus.one_brand(left, right)
    found = pairs.fill(left, right, one)
    kept = np.flatnonzero(one | (found >= LEAST))
    rows = zip(left[kept].tolist(), right[kept].tolist(), found[kept].tolist(), strict=True)
    return [Edge(i, j, p if p >= LEAST else pairs.probability(i, j)) for i, j, p in rows]


def _equal(groups: Sequence[Group]) -> NDArray[np.int64]:
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
    return np.asarray([i * len(groups) + j for i, j in found], np.int64)


def _near(groups: Sequence[Group], traits: Traits) -> NDArray[np.int64]:
    """Pairs of names that show alike: one group stands for all of its key, the one with most rows."""
    stands: dict[str, int] = {}
    for i, group in enumerate(groups):
        other = stands.get(group.name.key)
        if other is None or group.rows > groups[other].rows:
            stands[group.name.key] = i
    places = sorted(stands.values())
    names = [groups[i].name for i in places]
    index = Index(names, take(traits, [groups[i].row for i in places]), threads=cores())
    near = index.around(best=NEAR, floor=LIKE_ACROSS, budget=BUDGET, threads=cores())
    script = np.unique([n.script for n in names], return_inverse=True)[1]
    good = (near.similarity >= LIKE) | (script[near.query] != script[near.position])
    place = np.asarray(places, np.int64)
    a, b = place[near.query[good]], place[near.position[good]]
    code: NDArray[np.int64] = np.minimum(a, b) * len(groups) + np.maximum(a, b)
    return code
