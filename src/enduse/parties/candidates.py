"""Candidates for a name: an inverted index over words, their consonants, beginnings, endings, joined words and initials.

Pure Python on distinct names. A search reads the rarest keys first and stops where the keys not yet read could not lift a
new name over the floor; names already found are then weighed by their own keys. So most searches touch a few dozen postings,
and the answer is the same as if all had been read. Only the best few go to the scorer.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from enduse.parties.name import Name
from enduse.parties.text import skeleton

CAP = 250  # postings of a key that a search always reads in full; of longer ones it reads at most the shortest
BEST = 10  # candidates handed to the scorer
FLOOR = 0.16  # share of the name's own keys a candidate must answer


def keys(name: Name) -> Iterator[tuple[str, float]]:
    """(key, weight) of a name; the weight says how much the word behind the key tells."""
    yield from _keys(name)
    if name.reading is not None:
        yield from _keys(name.reading)


def _keys(name: Name) -> Iterator[tuple[str, float]]:
    words, weights = name.words, name.weights
    for word, weight in zip(words, weights, strict=True):
        if weight <= 0.0:
            continue
        yield "w:" + word, max(weight, 0.1)
        if weight > 0.3 and len(word) > 3 and not word.isdigit():
            bones = skeleton(word)
            if len(bones) > 2:
                yield "c:" + bones, 0.6 * weight
            if len(word) > 5:
                yield "p:" + word[:5], 0.35 * weight
                yield "e:" + word[-5:], 0.35 * weight
    for i in range(len(words) - 1):
        if (weights[i] > 0.3 or weights[i + 1] > 0.3) and len(words[i]) + len(words[i + 1]) > 4:
            yield "w:" + words[i] + words[i + 1], 0.5
        if not words[i].isdigit():
            yield (
                "b:" + min(words[i], words[i + 1]) + " " + max(words[i], words[i + 1]),
                0.3 * (weights[i] + weights[i + 1]),
            )
    if len(words) > 1 and not all(name.known):
        yield "w:" + name.squash, 0.6
    if 3 <= len(name.initials) <= 8:
        yield "w:" + name.initials, 0.5
    for acronym in name.acronyms:
        if len(acronym) > 3:
            yield "w:" + acronym, 0.4


@contextmanager
def steady_memory() -> Iterator[None]:
    """Without the cycle collector while hundreds of thousands of small objects are made that all stay: a third faster."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Index:
    """Names by key. Answers are positions of the best candidates, best first, ties by position."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names
        self._ids: dict[str, int] = {}
        self._postings: list[list[int]] = []
        self._own: list[dict[int, float]] = []
        for i, name in enumerate(names):
            own = self._weighted(name)
            self._own.append(own)
            for key in own:
                self._postings[key].append(i)
        scale = math.log(len(names) + 2.0)
        self._rarity = [1.0 - math.log(len(rows) + 1.0) / scale for rows in self._postings]

    def _weighted(self, name: Name) -> dict[int, float]:
        """Key -> its largest weight; a key not seen before gets a number."""
        out: dict[int, float] = {}
        ids, postings = self._ids, self._postings
        for text, weight in keys(name):
            key = ids.get(text)
            if key is None:
                key = ids[text] = len(ids)
                postings.append([])
            if weight > out.get(key, 0.0):
                out[key] = weight
        return out

    def around(self, position: int, *, best: int = BEST, floor: float = FLOOR) -> list[int]:
        """Candidates for the name at `position` of this index, itself left out."""
        own = self._own[position]
        rarity = self._rarity
        values = {key: weight * rarity[key] for key, weight in own.items()}
        return self._best(values, sum(values.values()), best, floor, position)

    def search(self, name: Name, *, best: int = BEST, floor: float = FLOOR) -> list[int]:
        """Positions of up to `best` candidates for `name` that answer at least the share `floor` of its keys."""
        weights: dict[str, float] = {}
        for text, weight in keys(name):
            if weight > weights.get(text, 0.0):
                weights[text] = weight
        values: dict[int, float] = {}
        total = 0.0
        for text, weight in weights.items():
            key = self._ids.get(text)
            if key is None:
                total += weight
            else:
                values[key] = value = weight * self._rarity[key]
                total += value
        return self._best(values, total, best, floor, -1)

    def _best(self, values: dict[int, float], total: float, best: int, floor: float, without: int) -> list[int]:
        postings = self._postings
        least = floor * total
        left = sum(values.values())
        found: dict[int, float] = {}
        read = 0
        order = sorted(values, key=lambda key: (len(postings[key]), key))
        for key in order:
            rows = postings[key]
            if left < least or (len(rows) > CAP and (len(found) > best or len(rows) > 20 * CAP)):
                break  # no name that shares only the keys from here on could reach the floor, or too many share them
            value = values[key]
            left -= value
            read += 1
            for i in rows:
                found[i] = found.get(i, 0.0) + value
            if len(rows) > CAP:
                break
        found.pop(without, None)
        rest = {key: values[key] for key in order[read:]}
        ranked: list[tuple[float, int]] = []
        for i, value in found.items():
            if value + left < least:
                continue
            own = self._own[i]
            whole = value
            for key, more in rest.items():
                if key in own:
                    whole += more
            if whole >= least:
                ranked.append((-round(whole, 9), i))
        ranked.sort()
        return [i for _, i in ranked[:best]]
