"""Pairs of names that cannot reach a probability whatever their alignment says, seen for many pairs at once.

Four of five candidates share a common word or a few letters and no more. `score.ceiling` caps them by what they share, and to know that
this is next to nothing needs no alignment: equal words are counted, and every law by which other words could answer each other
(`align`, `words.similarity`) is ruled out by a condition that is weaker than the law. What is not ruled out is left to the scorer, so
nothing is lost: a pair named here is one whose `score` is below the threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enduse.parties.acronym import LEAST, MOST, letter_classes
from enduse.parties.align import MOST_WORDS
from enduse.parties.declared import COUNTRY
from enduse.parties.features import exchanged, one_letter
from enduse.parties.name import Name
from enduse.parties.plain_features import Words
from enduse.parties.plain_pairs import Laws, PlainPairs
from enduse.parties.score import AGAINST, LITTLE, NUMBERS, SLOPE, probability
from enduse.parties.sound import place
from enduse.parties.text import skeleton
from enduse.parties.words import FUZZY, INITIAL, letter_set

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 100_000  # pairs at a time: bounds memory
MARGIN = 1e-6  # by which a pair must stay below the threshold: sums may be added in another order here
LONG = 4  # letters up to which words have laws of their own
OTHER = 0.6  # similarity in letters up to which the beginnings of two words do not count
MOST_LETTERS = 10_000


class _Words(NamedTuple):
    """What is known of each distinct word, by its number."""

    text: list[str]
    size: NDArray[np.int32]
    letters: NDArray[np.uint64]
    listed: NDArray[np.bool_]  # some list translates it
    place: NDArray[np.bool_]  # it may be the adjective of a place
    alpha: NDArray[np.bool_]
    start: NDArray[np.int32]  # number of its first three letters
    first: NDArray[np.int32]
    bones: NDArray[np.int32]
    classes: NDArray[np.uint64]  # its letters as `acronym.letter_classes` writes them
    vowels: NDArray[np.bool_]  # `au` or `eu`, which may be `av` and `ev`


class Glance:
    """Names of firms laid out as arrays; `hopeless` answers for pairs of positions."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        number: dict[str, int] = {}
        flat = [number.setdefault(w, len(number)) for n in names for w in n.words]
        self._word = np.asarray(flat, np.int32)
        self._weight = np.asarray([x for n in names for x in n.weights], np.float64)
        self._known = np.asarray([k for n in names for k in n.known], np.bool_)
        self._count = np.asarray([len(n.words) for n in names], np.int32)
        self._start = np.concatenate([[0], np.cumsum(self._count)]).astype(np.int64)
        self._words = _described(list(number))
        bits = {x: _bits(x.lower()) for x in {x for n in names for x in n.letters}}
        self._initials = np.asarray([bits[x] for n in names for x in n.letters], np.uint64)
        # Names that go to the scorer: persons, texts without words or with a word said twice, texts that are no names.
        self._plain = np.asarray(
            [
                n.kind == "organization" and 0 < len(n.words) <= MOST_WORDS and len(set(n.words)) == len(n.words)
                for n in names
            ],
            np.bool_,
        )
        self._script = _numbered([n.script for n in names])
        self._key = _numbered([n.key for n in names])
        self._size = np.asarray([len(n.text) for n in names], np.int32)
        self._country = np.asarray([bool(n.country) for n in names], np.bool_)
        self._identified = np.asarray([bool(n.identifiers) for n in names], np.bool_)
        self._numbered = np.asarray([bool(n.numbers) for n in names], np.bool_)
        self._pairs = PlainPairs(
            Words(names, self._word, self._weight, self._known, self._start, self._count, self._words.text)
        )

    def hopeless(self, left: NDArray[np.int64], right: NDArray[np.int64], least: float) -> NDArray[np.bool_]:
        """Whether `score` of each pair is certainly below `least`."""
        blocks = [
            self._block(left[at : at + BLOCK], right[at : at + BLOCK], least) for at in range(0, len(left), BLOCK)
        ]
        return np.concatenate(blocks) if blocks else np.zeros(0, np.bool_)

    def _block(self, a: NDArray[np.int64], b: NDArray[np.int64], least: float) -> NDArray[np.bool_]:
        asked = self._plain[a] & self._plain[b] & (self._script[a] == self._script[b]) & (self._key[a] != self._key[b])
        asked &= ~(self._identified[a] & self._identified[b])
        beside = np.where(self._country[a] & self._country[b], COUNTRY, 0.0)
        out = np.zeros(len(a), np.bool_)
        highest = _highest(least)
        for n in np.flatnonzero(asked & self._numbered[a] & self._numbered[b]).tolist():
            ours, theirs = self._names[a[n]].numbers, self._names[b[n]].numbers
            out[n] = not (ours <= theirs or theirs <= ours) and NUMBERS + beside[n] < highest
        some = np.flatnonzero(asked & ~out)
        out[some] = self._little(a[some], b[some], highest - beside[some])
        some = np.flatnonzero(asked & ~out)
        out[some] = self._pairs.hopeless(a[some], b[some], highest - beside[some], Laws(self._similar, self._others))
        # A slip of the keyboard counts for more than the words: texts that are as good as equal go to the scorer.
        for n in np.flatnonzero(out & (np.abs(self._size[a] - self._size[b]) <= 1)).tolist():
            x, y = self._names[a[n]], self._names[b[n]]
            out[n] = not (exchanged(x.text, y.text) or one_letter(x, y))
        return out

    def _little(self, a: NDArray[np.int64], b: NDArray[np.int64], highest: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether equal words alone stay below `highest` log-odds, and no other words can answer each other."""
        pair, i, j = self._crossed(a, b)
        equal = self._word[i] == self._word[j]
        words = self._words
        short = (words.size[self._word[i]] <= 2) & words.alpha[self._word[i]]
        told = np.where(equal, np.maximum(self._weight[i], self._weight[j]) * np.where(short, 0.5, 1.0), 0.0)
        shared = np.bincount(pair, weights=told, minlength=len(a))
        same = np.bincount(pair, weights=equal, minlength=len(a)).astype(np.int64)
        rest = self._count[a] - same, self._count[b] - same
        both = (rest[0] > 0) & (rest[1] > 0)
        low = (shared < 1.0) & (LITTLE + SLOPE * shared + np.where(both, AGAINST, 0.0) < highest)
        # Word pairs of the low ones, without the words that have their equal.
        keep = (low & both)[pair]
        pair, i, j, equal = pair[keep], i[keep], j[keep], equal[keep]
        done = np.zeros((2, len(pair)), np.bool_)
        for side, at in enumerate((i, j)):
            order = np.lexsort((at, pair))
            first = np.ones(len(order), np.bool_)
            first[1:] = (pair[order][1:] != pair[order][:-1]) | (at[order][1:] != at[order][:-1])
            group = np.cumsum(first) - 1
            done[side][order] = (
                np.bincount(group, weights=equal[order]).astype(np.bool_)[group] if len(order) else False
            )
        free = ~(done[0] | done[1])
        pair, i, j = pair[free], i[free], j[free]
        low[pair[self._similar(i, j) | self._others(pair, i, j, rest)]] = False
        return low

    def _others(
        self, pair: NDArray[np.int64], i: NDArray[np.int64], j: NDArray[np.int64], rest: Sequence[NDArray[np.int64]]
    ) -> NDArray[np.bool_]:
        """Whether words (by place) may answer each other together or as an acronym; `pair` says whose they are, `rest` how many words
        of either side have no equal.
        """
        return self._joined(pair, i, j, rest) | self._shortened(pair, i, j, rest)

    def _crossed(
        self, a: NDArray[np.int64], b: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """(pair, place of a word of `a`, place of a word of `b`), every word with every word."""
        across = self._count[b].astype(np.int64)
        many = self._count[a] * across
        pair = np.repeat(np.arange(len(a)), many)
        nth = np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many)
        return pair, self._start[a][pair] + nth // across[pair], self._start[b][pair] + nth % across[pair]

    def _similar(self, i: NDArray[np.int64], j: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether two words may be alike by letters, by a list, or as a place and its adjective."""
        words = self._words
        x, y = self._word[i], self._word[j]
        small, large = np.minimum(words.size[x], words.size[y]), np.maximum(words.size[x], words.size[y])
        listed, places = words.listed[x] & words.listed[y], words.place[x] | words.place[y]
        odd = np.minimum(
            np.bitwise_count(words.letters[x] & ~words.letters[y]),
            np.bitwise_count(words.letters[y] & ~words.letters[x]),
        )
        glance = (small > LONG) & (odd > 0.45 * small) & ~words.listed[x] & ~words.listed[y]
        known = self._known[i] & self._known[j] & ~places
        starts = (small > LONG) & (words.start[x] == words.start[y])
        may = (small > 1) & words.alpha[x] & words.alpha[y] & ~known & ~glance & ((large <= 2 * small) | starts)
        by_letters = (small >= LONG) & (large > LONG) & (words.bones[x] != words.bones[y])
        by_letters &= ~places & ~words.vowels[x] & ~words.vowels[y]
        asked = np.flatnonzero(may & by_letters)
        may[asked] = self._near(x[asked], y[asked])
        found: NDArray[np.bool_] = may | listed
        return found

    def _near(self, x: NDArray[np.int32], y: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether one of two words begins with the other, or they are alike in letters as `words.similarity` measures it."""
        from rapidfuzz.distance import OSA, JaroWinkler
        from rapidfuzz.process import cpdist

        code, back = np.unique(np.minimum(x, y).astype(np.int64) << 32 | np.maximum(x, y), return_inverse=True)
        text = self._words.text
        left, right = ([text[n] for n in side.tolist()] for side in (code >> 32, code & 0xFFFFFFFF))
        found = np.asarray([a.startswith(b) or b.startswith(a) for a, b in zip(left, right, strict=True)], np.bool_)
        edit = cpdist(left, right, scorer=OSA.normalized_similarity, dtype=np.float64)
        some = np.flatnonzero(edit > OTHER)
        ours, theirs = ([side[n] for n in some.tolist()] for side in (left, right))
        found |= edit == INITIAL  # which `align` takes for an initial
        found[some] |= (
            edit[some] + cpdist(ours, theirs, scorer=JaroWinkler.similarity, dtype=np.float64) >= 2 * FUZZY - MARGIN
        )
        answer: NDArray[np.bool_] = found[back]
        return answer

    def _joined(
        self, pair: NDArray[np.int64], i: NDArray[np.int64], j: NDArray[np.int64], rest: Sequence[NDArray[np.int64]]
    ) -> NDArray[np.bool_]:
        """Whether a word may be written in two on the other side: it begins as the first does and is as long as both."""
        size = self._words.size
        x, y = self._word[i], self._word[j]
        out = np.zeros(len(pair), np.bool_)
        for first, whole, many in ((x, y, rest[0]), (y, x, rest[1])):
            least = np.full(len(many), MOST_LETTERS)
            np.minimum.at(least, pair, size[first])
            longer = (size[whole] > size[first]) & (size[whole] > 2)
            out |= (many[pair] > 1) & longer & (size[whole] > size[first] + least[pair] - 3)
        found: NDArray[np.bool_] = out & (self._words.first[x] == self._words.first[y])
        return found

    def _shortened(
        self, pair: NDArray[np.int64], i: NDArray[np.int64], j: NDArray[np.int64], rest: Sequence[NDArray[np.int64]]
    ) -> NDArray[np.bool_]:
        """Whether the letters of an unknown word may be initials of what is left over on the other side."""
        out = np.zeros(len(pair), np.bool_)
        for at, beyond, other in ((i, j, rest[1]), (j, i, rest[0])):
            word = self._word[at]
            size = self._words.size[word]
            initials = np.full(len(other), _bits("k"), np.uint64)  # and the word company
            np.bitwise_or.at(initials, pair, self._initials[beyond])
            few = (size >= LEAST) & (size <= MOST) & (size <= other[pair] + 2) & (other[pair] >= LEAST)
            few &= (self._words.classes[word] & ~initials[pair]) == 0
            out |= few & ~self._known[at] & self._words.alpha[word]
        return out


def _highest(least: float) -> float:
    """Log-odds below which a probability is certainly below `least`."""
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if probability(middle) < least - MARGIN else (low, middle)
    return low


def _described(text: list[str]) -> _Words:
    bits = [letter_set(w) for w in text]
    return _Words(
        text,
        np.asarray([len(w) for w in text], np.int32),
        np.asarray([max(b, 0) for b in bits], np.uint64),
        np.asarray([b < 0 for b in bits], np.bool_),
        np.asarray([bool(place(w)) for w in text], np.bool_),
        np.asarray([w.isalpha() for w in text], np.bool_),
        _numbered([w[:3] for w in text]),
        _numbered([w[:1] for w in text]),
        _numbered([skeleton(w) for w in text]),
        np.asarray([_bits(letter_classes(w)) for w in text], np.uint64),
        np.asarray(["au" in w or "eu" in w for w in text], np.bool_),
    )


def _bits(text: str) -> int:
    bits = 0
    for c in text:
        bits |= 1 << (ord(c) & 63)
    return bits


def _numbered(values: Sequence[str]) -> NDArray[np.int32]:
    """Equal values have equal numbers."""
    number: dict[str, int] = {}
    return np.asarray([number.setdefault(v, len(number)) for v in values], np.int32)
