"""What the fit weighs for pairs whose words answer each other in a known way: `features`, for thousands of pairs as arrays.

Each is a sum, a maximum or a count over the words of a pair, made in the same order of adding as `features` has, so that they are equal to
the last bit: a tree that splits at a value sees no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enduse.parties.features import FEATURES, STRONG, numbers_clash, other_form
from enduse.parties.lexicon import lexicon
from enduse.parties.model import many_log_odds
from enduse.parties.name import Name
from enduse.parties.score import AGAINST, COMMON, LITTLE, SLOPE
from enduse.parties.words import PATRONYMIC

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

MARGIN = 1e-6
TELLS = 0.3  # information of a word left over that is compared by its letters


@dataclass(frozen=True, slots=True)
class Words:
    """Names laid out flat: word by word, and name by name where its words start and how many they are."""

    names: Sequence[Name]
    word: NDArray[np.int32]  # number of the distinct word
    weight: Floats
    known: Flags
    start: Ints
    count: NDArray[np.int32]
    text: list[str]  # of the distinct words


class Side(NamedTuple):
    """The words of one side of all pairs, pair by pair."""

    pair: Ints
    at: Ints  # place in `Words`
    offset: Ints  # of each pair: where its words begin here
    many: Ints  # and how many they are
    taken: Flags  # the word has its answer


class Alike(NamedTuple):
    """What `align` and `features` make of two words that are alike and not equal."""

    similarity: float
    weak: bool
    spelled: bool
    edit: float
    size: float
    first: float
    last: float


class Aligned(NamedTuple):
    """Pairs with their words, and which answer which: pair, place in `ours`, place in `theirs`; equal words first, in the order of the left
    name, then at most one pair of words of each that are `alike`.
    """

    ours: Side
    theirs: Side
    matched: tuple[Ints, Ints, Ints]
    alike: list[Alike]


class PlainFeatures:
    """Made of pairs of positions among `words.names`."""

    def __init__(self, words: Words) -> None:
        self._words = words
        names = words.names
        self._patronymic = np.asarray([PATRONYMIC.search(w) is not None for w in words.text], np.bool_)
        places = lexicon().places
        self._place = np.asarray([w in places for w in words.text], np.bool_)
        self._digits = np.asarray([w.isdigit() for w in words.text], np.bool_)
        self._short = np.asarray([len(w) <= 2 for w in words.text], np.bool_)
        self._told = np.asarray([max(sum(n.weights), 1e-6) for n in names])
        self._keys = [n.key.replace(" ", "") for n in names]
        self._squash = np.asarray([len(n.squash) for n in names], np.int64)
        self._texts = np.asarray([len(n.text) for n in names], np.int64)
        forms: dict[frozenset[str], int] = {}
        self._form = np.asarray([forms.setdefault(n.forms, len(forms)) for n in names], np.int64)
        self._numbered = np.asarray([bool(n.numbers) for n in names], np.bool_)
        heads = [_head(n) for n in names]
        self._head = np.asarray([head for head, _ in heads], np.int64)
        self.odd = np.asarray(
            [odd for _, odd in heads], np.bool_
        )  # names whose matched words cannot be told by number alone

    def low(self, a: Ints, b: Ints, asked: Flags, highest: Floats, aligned: Aligned) -> Flags:
        """Whether the log-odds of each pair that is asked are certainly below `highest`."""
        ours, theirs, matched, fuzzy = aligned
        w, size = self._words, len(a)
        pair, x, y = matched
        weight = np.maximum(w.weight[ours.at[x]], w.weight[theirs.at[y]])
        exact = len(pair) - len(fuzzy)
        similar = np.concatenate([np.ones(exact), [f.similarity for f in fuzzy]])
        value = similar * weight
        got, total = summed(pair, value, size), summed(pair, weight, size)
        words = w.word[ours.at[x]], w.word[theirs.at[y]]
        short = (self._short[words[0]] | self._short[words[1]]) & ~self._digits[words[0]]
        shared = summed(pair, value * np.where(short, 0.5, 1.0), size)
        left, right = self._rest(ours, size), self._rest(theirs, size)
        both = (left.words > 0) & (right.words > 0)
        ceiling = np.where(shared < 1.0, LITTLE + SLOPE * shared + np.where(both, AGAINST, 0.0), np.inf)
        out: Flags = asked & (ceiling < highest)
        # A common word more or less is worth a look, whatever the fit says.
        more = np.maximum(left.total, right.total)
        alone = (left.strange + right.strange == 0) & (total >= 1.0 - MARGIN) & (more <= COMMON + MARGIN)
        some = np.flatnonzero(asked & ~out & ~(~both & alone))
        if not len(some):
            return out
        column = dict.fromkeys(FEATURES, np.zeros(size))
        column |= self._sums(a, b, got, total, left, right)
        column |= self._tops(pair, value, size)
        column |= self._order(ours, theirs, matched, size)
        column |= self._slips(pair, weight, exact, fuzzy, size)
        column["exact"] = np.minimum(np.bincount(pair[:exact], minlength=size), 6.0)
        column["head"] = (self._headed(a, ours) & self._headed(b, theirs)).astype(np.float64)
        rows = np.stack([column[f][some] for f in FEATURES], axis=1)
        for label, values in self._whole(a[some], b[some]).items():
            rows[:, FEATURES.index(label)] = values
        conflict = np.minimum(left.total, right.total)
        rows[:, FEATURES.index("near_conflict")] = self._near(ours, theirs, conflict > TELLS)[some]
        out[some] = many_log_odds(rows, "organization") < highest[some]
        return out

    def _rest(self, side: Side, size: int) -> _Rest:
        w = self._words
        open_ = ~side.taken
        pair, at = side.pair[open_], side.at[open_]
        fathers = summed(pair, self._patronymic[w.word[at]], size)
        words = np.bincount(pair, minlength=size)
        strange = summed(pair, ~w.known[at], size)
        some = w.weight[at] > 0.0
        pair, at = pair[some], at[some]
        weight, known = w.weight[at], w.known[at]
        worst = np.zeros(size)
        np.maximum.at(worst, pair, weight)
        return _Rest(
            words,
            strange,
            fathers,
            summed(pair, weight, size),
            worst,
            np.bincount(pair, minlength=size),
            summed(pair[known], weight[known], size),
            summed(pair, np.where(known & self._place[w.word[at]], weight, 0.0), size),
            pair[~known],
            weight[~known],
        )

    def _sums(self, a: Ints, b: Ints, got: Floats, total: Floats, left: _Rest, right: _Rest) -> dict[str, Floats]:
        ia, ib = self._told[a], self._told[b]
        count = self._words.count[a], self._words.count[b]
        unknown = summed(
            np.concatenate([left.unknown, right.unknown]),
            np.concatenate([left.unknown_weight, right.unknown_weight]),
            len(a),
        )
        return {
            "matched": np.minimum(total, 4.0),
            "covered": got / np.maximum(np.maximum(np.minimum(ia, ib), got * 0.999), 1e-6),
            "share": got / np.maximum(np.maximum(ia, ib), got),
            "conflict": np.minimum(np.minimum(left.total, right.total), 2.5),
            "worst": np.minimum(left.worst, right.worst),
            "rest_most": np.minimum(np.maximum(left.total, right.total), 4.0),
            "rest_top": np.maximum(left.worst, right.worst),
            "extra": np.minimum(np.abs(left.total - right.total), 3.0) / np.maximum(1.0, total),
            "rich": np.minimum(got, 4.0),
            "known_conflict": np.minimum(np.minimum(left.known, right.known), 1.5),
            "unknown_rest": np.minimum(unknown, 4.0),
            "words_least": np.minimum(np.minimum(*count), 8).astype(np.float64),
            "words_most": np.minimum(np.maximum(*count), 12).astype(np.float64),
            "rest_left": np.minimum(np.minimum(left.count, right.count), 5).astype(np.float64),
            "rest_right": np.minimum(np.maximum(left.count, right.count), 8).astype(np.float64),
            "patronymic": np.minimum(left.fathers + right.fathers, 2.0),
            "place_rest": np.minimum(np.maximum(left.place, right.place), 1.5),
            "place_conflict": np.minimum(np.minimum(left.place, right.place), 1.0),
        }

    def _tops(self, pair: Ints, value: Floats, size: int) -> dict[str, Floats]:
        """The two highest values of each pair."""
        order = np.lexsort((-value, pair))
        ranked, values = pair[order], value[order]
        first = np.ones(len(order), np.bool_)
        first[1:] = ranked[1:] != ranked[:-1]
        second = np.zeros(len(order), np.bool_)
        second[1:] = first[:-1] & ~first[1:]
        top, next_ = np.zeros(size), np.zeros(size)
        top[ranked[first]] = values[first]
        next_[ranked[second]] = values[second]
        return {"top": top, "second": next_}

    def _order(self, ours: Side, theirs: Side, matched: tuple[Ints, Ints, Ints], size: int) -> dict[str, Floats]:
        """Whether matched words stand in one order, and what share of the shorter name begins the other word for word."""
        pair, x, y = matched
        order = np.lexsort((x, pair))
        ranked, other = pair[order], y[order]
        turned = np.flatnonzero((ranked[1:] == ranked[:-1]) & (other[1:] < other[:-1]))
        straight = np.ones(size)
        straight[ranked[1:][turned]] = 0.0
        w = self._words
        place = x - ours.offset[pair], y - theirs.offset[pair]
        level = (place[0] == place[1]) & (w.word[ours.at[x]] == w.word[theirs.at[y]])
        lead = np.zeros(size, np.int64)
        order = np.lexsort((place[0][level], pair[level]))
        ranked, at = pair[level][order], place[0][level][order]
        first = np.searchsorted(ranked, ranked)
        np.add.at(lead, ranked[at == np.arange(len(ranked)) - first], 1)
        least = np.minimum(np.bincount(ours.pair, minlength=size), np.bincount(theirs.pair, minlength=size))
        return {"order": straight, "lead": lead / np.maximum(1, least)}

    def _slips(self, pair: Ints, weight: Floats, exact: int, fuzzy: list[Alike], size: int) -> dict[str, Floats]:
        """What the one pair of words that are alike adds."""
        out = {f: np.zeros(size) for f in ("fuzz", "fuzz_worst", "weak", "edit_size")}
        out |= {f: np.ones(size) for f in ("edit_least", "edit_first", "edit_last", "bones")}
        for p, x, f in zip(pair[exact:].tolist(), weight[exact:].tolist(), fuzzy, strict=True):
            out["fuzz"][p] = min(x - f.similarity * x, 1.5)
            if x > 0.5 and f.similarity > 0.56:
                out["fuzz_worst"][p] = 1.0 - f.similarity
            if f.weak:
                out["weak"][p] = min(x, 2.0)
            if f.spelled and x > TELLS and f.edit < 1.0:
                out["edit_least"][p], out["edit_size"][p] = f.edit, min(f.size, 8.0)
                out["edit_first"][p], out["edit_last"][p] = f.first, f.last
                out["bones"][p] = float(f.similarity >= 0.9)
        return out

    def _headed(self, names: Ints, side: Side) -> Flags:
        """Whether the first word that says much has its answer."""
        head = self._head[names]
        return (head < 0) | side.taken[np.minimum(side.offset + np.maximum(head, 0), len(side.taken) - 1)]

    def _whole(self, a: Ints, b: Ints) -> dict[str, Floats]:
        """What the texts as a whole show."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cpdist

        names = self._words.names
        left, right = [names[i] for i in a.tolist()], [names[i] for i in b.tolist()]
        edits = cpdist([n.squash for n in left], [n.squash for n in right], scorer=OSA.distance, dtype=np.int32)
        squashed = 1.0 - edits / np.maximum(np.maximum(self._squash[a], self._squash[b]), 1)
        keys = [self._keys[i] for i in a.tolist()], [self._keys[i] for i in b.tolist()]
        sorted_ = cpdist(*keys, scorer=OSA.normalized_similarity, dtype=np.float64)
        several = (self._words.count[a] > 1) | (self._words.count[b] > 1)
        clash, uneven = np.zeros(len(a)), np.zeros(len(a))
        for n in np.flatnonzero(self._numbered[a] | self._numbered[b]).tolist():
            clash[n] = numbers_clash(left[n], right[n])
            uneven[n] = left[n].numbers != right[n].numbers and not clash[n]
        code, first, back = np.unique(self._form[a] << 32 | self._form[b], return_index=True, return_inverse=True)
        other = np.asarray([other_form(left[n], right[n]) for n in first.tolist()], np.float64)
        equal = np.asarray([bool(left[n].forms & right[n].forms) for n in first.tolist()], np.float64)
        inside = [
            min(len(x.squash), len(y.squash)) > 4 and (x.squash in y.squash or y.squash in x.squash)
            for x, y in zip(left, right, strict=True)
        ]
        return {
            "edits": np.minimum(edits, 12.0),
            "squashed": squashed,
            "whole": np.where(several, np.maximum(squashed, sorted_), squashed),
            "literal": cpdist([n.text for n in left], [n.text for n in right], scorer=OSA.normalized_similarity, dtype=np.float64),
            "number_conflict": clash,
            "number_one_sided": uneven,
            "form_conflict": other[back] if len(code) else np.zeros(0),
            "form_same": equal[back] if len(code) else np.zeros(0),
            "inside": np.asarray(inside, np.float64),
        }  # fmt: skip

    def _near(self, ours: Side, theirs: Side, asked: Flags) -> Floats:
        """Likeness of the most alike words left over that tell something."""
        from rapidfuzz.distance import JaroWinkler
        from rapidfuzz.process import cpdist

        w = self._words
        pair, x, y = crossed(ours, theirs)
        keep = asked[pair] & ~(ours.taken[x] | theirs.taken[y])
        pair, i, j = pair[keep], ours.at[x[keep]], theirs.at[y[keep]]
        keep = (w.weight[i] > TELLS) & (w.weight[j] > TELLS) & ~(self._digits[w.word[i]] | self._digits[w.word[j]])
        pair, i, j = pair[keep], i[keep], j[keep]
        code, back = np.unique(w.word[i].astype(np.int64) << 32 | w.word[j], return_inverse=True)
        texts = [w.text[n] for n in (code >> 32).tolist()], [w.text[n] for n in (code & 0xFFFFFFFF).tolist()]
        near = np.zeros(len(asked))
        if len(code):
            np.maximum.at(near, pair, cpdist(*texts, scorer=JaroWinkler.similarity, dtype=np.float64)[back])
        return near


@dataclass(frozen=True, slots=True)
class _Rest:
    """Of each pair the words of one side without an answer: how many; how many are in no list; patronymics; then of those that
    weigh something: their weight, the heaviest, how many, the weight of the known ones and of the places; and the unknown ones by pair.
    """

    words: Ints
    strange: Floats
    fathers: Floats
    total: Floats
    worst: Floats
    count: Ints
    known: Floats
    place: Floats
    unknown: Ints
    unknown_weight: Floats


def _head(name: Name) -> tuple[int, bool]:
    """The place of the first word that says much (-1: none does), and whether it stands inside another word of the name too."""
    for n, (word, weight) in enumerate(zip(name.words, name.weights, strict=True)):
        if weight >= STRONG:
            return n, any(word in other for m, other in enumerate(name.words) if m != n)
    return -1, False


def crossed(ours: Side, theirs: Side) -> tuple[Ints, Ints, Ints]:
    """(pair, place in `ours`, place in `theirs`), every word with every word, in order of the left name's."""
    many = theirs.many[ours.pair]
    x = np.repeat(np.arange(len(ours.pair)), many)
    nth = np.arange(len(x)) - np.repeat(np.cumsum(many) - many, many)
    pair = ours.pair[x]
    return pair, x, theirs.offset[pair] + nth


def summed(pair: Ints, weight: NDArray[np.float64] | Flags, size: int) -> Floats:
    """Sum of the weights of each pair, added one by one in the order given, as a loop adds them."""
    return np.bincount(pair, weight, size).astype(np.float64, copy=False)
