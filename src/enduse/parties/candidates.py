"""Candidates for a name: an inverted index over words, their consonants, beginnings, endings, joined words and initials.

Pure Python on distinct names. A key that very many names share is left out, so that a search touches a few hundred
postings; what is found is ranked by the information of the shared keys and only the best few go to the scorer.
"""

from __future__ import annotations

import gc
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from enduse.parties.name import Name
from enduse.parties.text import skeleton

CAP = 250  # postings of a key that a search still reads in full
BEST = 10  # candidates handed to the scorer
FLOOR = 0.16  # share of the name's own keys a candidate must answer


def keys(name: Name) -> Iterator[tuple[str, float]]:
    """(key, weight) of a name; the weight says how much the word behind the key tells."""
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
    """Names by key. `search` gives positions of the best candidates, best first, ties by position."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names
        self._postings: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(names):
            for key in dict.fromkeys(k for k, _ in keys(name)):
                self._postings[key].append(i)
        self._scale = math.log(len(names) + 2.0)

    def search(self, name: Name, *, best: int = BEST, floor: float = FLOOR) -> list[int]:
        """Positions of up to `best` candidates for `name` that answer at least the share `floor` of its keys."""
        hits: dict[int, float] = {}
        total = 0.0
        wide: list[tuple[int, float, str]] = []
        narrow = 0
        seen: dict[str, float] = {}
        for key, weight in keys(name):
            if weight > seen.get(key, 0.0):
                seen[key] = weight
        for key, weight in seen.items():
            rows = self._postings.get(key)
            n = len(rows) if rows else 0
            value = weight * (1.0 - math.log(n + 1.0) / self._scale)
            total += value
            if rows is None:
                continue
            if n > CAP:
                wide.append((n, value, key))
                continue
            narrow += 1
            for i in rows:
                hits[i] = hits.get(i, 0.0) + value
        if wide and len(hits) < best:
            # Nothing rare was shared: read the rarest of the common keys, and let the others only add to what is found.
            wide.sort()
            n, value, key = wide[0]
            if n <= 20 * CAP:
                for i in self._postings[key]:
                    hits[i] = hits.get(i, 0.0) + value
        if not hits:
            return []
        least = floor * total
        ranked = sorted((-v, i) for i, v in hits.items() if v >= least)
        return [i for _, i in ranked[:best]]
