"""What the whole stock of names says about a pair: whether a telling word is one firm's only, and whether two spellings are both at home.

A name alone cannot say if `Kedrovik LLC` is `Kedrovik Optics LLC`. The corpus can: where no other firm goes by that word, it very likely
is; where `Kedrovik Motors` is there as well, it may be either. And a slip is rare: two spellings that each stand in several
different names are two words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from enduse.parties.groups import Group
from enduse.parties.name import Name

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Probability at least, where no other firm goes by a word: in general; with an equal country on both sides and no other legal form;
# with equal words and country but another legal form.
ONLY, ONLY_HERE, FORM = 0.85, 0.945, 0.93
# Log-odds:
SEVERAL = -0.8  # several firms go by that word
HOME, SURELY = -1.2, -2.6  # both spellings stand in two names, in three and more
LONE = 0.5  # a spelling seen once beside one seen often
TELLS = 0.6  # information from which a word can be a brand
SHORT = 4  # letters of a brand that can say something
COMMON = 6  # different telling words beside a word that make it a common one
SLIP = 2  # edits up to which two words may be spellings of one


class Told(NamedTuple):
    """`odds` to add to the log-odds of a pair, and the probability it has `at_least`, with the reason for either."""

    odds: float = 0.0
    at_least: float = 0.0
    reason: str = ""


NOTHING = Told()


class Profile(NamedTuple):
    """A name's telling words, and the words it shares with other firms."""

    brand: tuple[str, ...]
    rest: frozenset[str]


def telling(name: Name) -> set[str]:
    """Words that no word list knows and that are not common among firms."""
    triples = zip(name.words, name.weights, name.known, strict=True)
    return {w for w, x, known in triples if not known and x >= TELLS and len(w) > 1 and not w.isdigit()}


class Corpus:
    """All groups of a resolution, asked about pairs of positions."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        first = [telling(g.name) for g in groups]
        common = _common(first)
        self._profiles = [_profile(g.name, words - common) for g, words in zip(groups, first, strict=True)]
        self._rests: dict[tuple[str, ...], dict[str, set[frozenset[str]]]] = defaultdict(lambda: defaultdict(set))
        texts: dict[str, set[str]] = defaultdict(set)
        for group, own in zip(groups, self._profiles, strict=True):
            self._rests[own.brand][group.name.script].add(own.rest)
            for word in own.brand:
                texts[word].update(" ".join(m.name.casefold().split()) for m in group.mentions)
        self._texts = {word: len(names) for word, names in texts.items()}
        self._one = {brand: _one_firm(scripts) for brand, scripts in self._rests.items()}

    def one_brand(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether two groups go by the same telling words: only then `told` may lift a pair that its names leave low."""
        number: dict[tuple[str, ...], int] = {}
        brand = np.asarray([number.setdefault(p.brand, len(number)) for p in self._profiles], np.int64)
        same: NDArray[np.bool_] = brand[left] == brand[right]
        return same

    def told(self, i: int, j: int) -> Told:
        """What the corpus says on a pair; NOTHING where it has nothing to say."""
        a, b = self._profiles[i], self._profiles[j]
        if a.brand == b.brand:
            return self._same_brand(i, j, a, b)
        return self._spelling(a, b) if self._groups[i].name.script == self._groups[j].name.script else NOTHING

    def _same_brand(self, i: int, j: int, a: Profile, b: Profile) -> Told:
        x, y = self._groups[i], self._groups[j]
        if sum(map(len, a.brand)) < SHORT or x.kind != y.kind or x.name.numbers != y.name.numbers:
            return NOTHING
        there, here = x.name.country, y.name.country
        if there and here and there != here:
            return NOTHING
        forms = x.name.forms, y.name.forms
        near = not forms[0] or not forms[1] or bool(forms[0] & forms[1])
        if a.rest == b.rest and (near or not self._one[a.brand] or not (there and here)):
            return NOTHING
        word = " ".join(a.brand)
        if not self._one[a.brand]:
            return Told(odds=SEVERAL, reason=f"against: several firms go by {word}")
        least = FORM if a.rest == b.rest else ONLY_HERE if near and there and here else ONLY
        return Told(at_least=least, reason=f"for: no other firm in the records goes by {word}")

    def _spelling(self, a: Profile, b: Profile) -> Told:
        ours, theirs = sorted(set(a.brand) - set(b.brand)), sorted(set(b.brand) - set(a.brand))
        if len(ours) != 1 or len(theirs) != 1 or OSA.distance(ours[0], theirs[0], score_cutoff=SLIP) > SLIP:
            return NOTHING
        few, many = sorted((self._texts[ours[0]], self._texts[theirs[0]]))
        what = f"{ours[0]} and {theirs[0]}"
        if few >= 3:
            return Told(odds=SURELY, reason=f"against: {what} are both written in several names")
        if few == 2:
            return Told(odds=HOME, reason=f"against: {what} are both written in two names")
        return Told(odds=LONE, reason=f"for: one of {what} stands in one name only") if many >= 2 else NOTHING


def _profile(name: Name, brand: set[str]) -> Profile:
    """Without a telling word all words are the brand."""
    words = frozenset(name.words)
    return Profile(tuple(sorted(brand or words)), words - brand if brand else frozenset())


def _common(telling_words: Sequence[set[str]]) -> set[str]:
    """Words that stand beside many different telling words: words of trade that no word list knows."""
    beside: dict[str, set[str]] = defaultdict(set)
    for words in telling_words:
        for word in words:
            beside[word] |= words - {word}
    least = max(COMMON, len(telling_words) // 1000)
    return {word for word, others in beside.items() if len(others) >= least}


def _one_firm(scripts: dict[str, set[frozenset[str]]]) -> bool:
    """Whether in every script the common words beside a brand are nested: what is longer only adds to what is shorter."""
    for rests in scripts.values():
        ordered = sorted(rests, key=lambda r: (len(r), sorted(r)))
        if any(not short <= longer for short, longer in pairwise(ordered)):
            return False
    return True
