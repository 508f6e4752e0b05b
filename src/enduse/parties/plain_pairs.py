"""Pairs of firms whose words answer each other without a search: what the fit says of them, for many at once.

Where each word of one name is equal to a word of the other, or cannot be alike to any, and at most one pair of words is left to compare,
`align` has no choice. Then the features of the pair (`features`) are sums over its words, and are made here for thousands of pairs as
arrays, in the same order of adding, to the last bit. Nine of ten such pairs turn out to be two firms; they need no alignment of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enduse.parties.align import FUZZY, INITIAL
from enduse.parties.features import WEAK
from enduse.parties.plain_features import Aligned, Alike, PlainFeatures, Side, Words, crossed
from enduse.parties.words import KNOWN, PINYIN, letter_set, related, similarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

OURS = 0.45  # share of other letters from which two long words are two words (see `align`)


class Laws(NamedTuple):
    """Which words (i and j are places of words) may answer each other: as words that are alike, by `similar(i, j)`; written together or
    as an acronym, by `others(pair, i, j, rest)`.
    """

    similar: Callable[[Ints, Ints], Flags]
    others: Callable[[Ints, Ints, Ints, Sequence[Ints]], Flags]


class PlainPairs:
    """Asked about pairs of positions among `words.names`."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._features = PlainFeatures(words)
        names = words.names
        order = sorted(range(len(names)), key=lambda i: (names[i].words, names[i].raw))
        self._rank = np.empty(len(names), np.int64)
        self._rank[order] = np.arange(len(names))
        self._alike: dict[tuple[int, int, bool, bool], Alike | None] = {}

    def hopeless(self, a: Ints, b: Ints, highest: Floats, laws: Laws) -> Flags:
        """Whether the log-odds of each pair are certainly below `highest`.

        The pairs are of firms with different keys in one script, each word once a name; slips of the keyboard are looked at elsewhere.
        """
        swap = self._rank[a] > self._rank[b]  # as `score` has them
        a, b = np.where(swap, b, a), np.where(swap, a, b)
        out = np.zeros(len(a), np.bool_)
        some = np.flatnonzero(~(self._features.odd[a] | self._features.odd[b]))
        out[some] = self._hopeless(a[some], b[some], highest[some], laws)
        return out

    def _hopeless(self, a: Ints, b: Ints, highest: Floats, laws: Laws) -> Flags:
        w = self._words
        ours, theirs = self._side(a), self._side(b)
        pair, x, y = crossed(ours, theirs)
        equal = w.word[ours.at[x]] == w.word[theirs.at[y]]
        ours.taken[x[equal]] = True
        theirs.taken[y[equal]] = True
        matched = pair[equal], x[equal], y[equal]
        same = np.bincount(matched[0], minlength=len(a))
        rest = w.count[a] - same, w.count[b] - same
        free = ~(ours.taken[x] | theirs.taken[y])
        pair, x, y = pair[free], x[free], y[free]
        single = ((rest[0] == 1) & (rest[1] == 1))[pair]
        i, j = ours.at[x], theirs.at[y]
        some = np.flatnonzero(~single)
        good = np.ones(len(a), np.bool_)
        good[pair[some][laws.others(pair[some], i[some], j[some], rest)]] = False
        single[some] = laws.similar(i[some], j[some])
        some = np.flatnonzero(single & good[pair])
        compared = zip(some.tolist(), i[some].tolist(), j[some].tolist(), strict=True)
        alike = [(n, found) for n, one, two in compared if (found := self._compared(one, two)) is not None]
        at = np.asarray([n for n, _ in alike], np.int64)
        # With several words to choose from, and words that count as an initial or as equal, `align` decides.
        good[np.bincount(pair[at], minlength=len(a)) > 1] = False
        good[pair[[n for n, found in alike if found.similarity in (1.0, INITIAL)]]] = False
        kept = good[pair[at]]
        at, fuzzy = at[kept], [found for (_, found), keep in zip(alike, kept.tolist(), strict=True) if keep]
        ours.taken[x[at]] = True
        theirs.taken[y[at]] = True
        one, two, three = matched
        matched = np.concatenate([one, pair[at]]), np.concatenate([two, x[at]]), np.concatenate([three, y[at]])
        return self._features.low(a, b, good, highest, Aligned(ours, theirs, matched, fuzzy))

    def _side(self, names: Ints) -> Side:
        count = self._words.count[names].astype(np.int64)
        offset = np.cumsum(count) - count
        pair = np.repeat(np.arange(len(names)), count)
        at = np.repeat(self._words.start[names] - offset, count) + np.arange(len(pair))
        return Side(pair, at, offset, count, np.zeros(len(pair), np.bool_))

    def _compared(self, i: int, j: int) -> Alike | None:
        """What two words alone on either side are to each other; None where they are two words (see `align._similar`)."""
        w = self._words
        key = int(w.word[i]), int(w.word[j]), bool(w.known[i]), bool(w.known[j])
        if key not in self._alike:
            self._alike[key] = _fuzzy(w.text[key[0]], w.text[key[1]], key[2], key[3])
        return self._alike[key]


def _fuzzy(a: str, b: str, known: bool, other: bool) -> Alike | None:
    from rapidfuzz.distance import OSA

    if len(a) > 4 and len(b) > 4:
        ours, theirs = letter_set(a), letter_set(b)
        if min((ours & ~theirs).bit_count(), (theirs & ~ours).bit_count()) > min(OURS * len(a), OURS * len(b)):
            return None
    if known and other and not related(a, b):
        return None
    s, how = similarity(a, b, PINYIN)
    if not (s >= (KNOWN if (known or other) and how == "spelled" else FUZZY) or s == INITIAL):
        return None
    return Alike(
        s, how in WEAK, how in ("spelled", "kin", "joined"), OSA.normalized_similarity(a, b), float(OSA.distance(a, b)),
        float(a[0] == b[0]), float(a[-2:] == b[-2:]),
    )  # fmt: skip
