"""Which word of one name answers which word of the other, and what stays unanswered: the evidence behind a score."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA, JaroWinkler

from enduse.parties.name import Name
from enduse.parties.pinyin import syllables
from enduse.parties.text import skeleton

_DOUBLE = re.compile(r"(.)\1+")
FUZZY = 0.68  # below this two words are different words
INITIAL = 0.55


@dataclass(slots=True)
class Alignment:
    """Matched words with similarity and weight; left-over words of either side."""

    pairs: list[tuple[str, str, float, float]] = field(default_factory=list)  # left, right, similarity, weight
    left: list[tuple[str, float]] = field(default_factory=list)
    right: list[tuple[str, float]] = field(default_factory=list)
    acronym: bool = False


def similarity(a: str, b: str, *, abjad: bool = False, initials: bool = True, pinyin: bool = False) -> float:
    """Similarity of two canonical words, 0 to 1. Short words and numbers must be equal; vowels weigh less than consonants.

    With `pinyin`, words of Chinese syllables are told apart by a syllable: `Qiongjun` is not `Qiongzheng`, one slip aside.
    """
    if a == b:
        return 1.0
    la, lb = len(a), len(b)
    if la <= 1 or lb <= 1:
        return INITIAL if initials and a[:1] == b[:1] and not a.isdigit() and not b.isdigit() else 0.0
    if not (a.isalpha() and b.isalpha()):
        return 0.0
    shorter = min(la, lb)
    if not abjad and max(la, lb) > 2 * shorter:
        return 0.78 if shorter >= 5 and (a.startswith(b) or b.startswith(a)) else 0.0
    sa, sb = skeleton(a), skeleton(b)
    if abjad and len(sa) > 1 and len(sb) > 1:
        best = OSA.normalized_similarity(sa, sb)
        if a[0] != b[0] and a[0] in "aeiouh":
            best = max(best, OSA.normalized_similarity(sa[1:], sb) - 0.05)
        if best >= 0.75:
            return 0.95 * best
    if shorter <= 3:
        if shorter == 3 and abs(la - lb) <= 1 and sa == sb and len(sa) > 1:
            return 0.8
        return (
            0.72
            if shorter == 3 and OSA.distance(a, b, score_cutoff=1) <= 1 and a[0] == b[0] and max(la, lb) > 3
            else 0.0
        )
    edit = OSA.normalized_similarity(a, b)
    if pinyin and edit < 1.0 - 1.5 / max(la, lb) and syllables(a) and syllables(b):
        return 0.0
    if sa == sb and len(sa) > 2 and (edit >= 0.6 or shorter >= 7):
        return max(0.9, edit)
    value = edit
    if edit > 0.6:
        value = (edit + JaroWinkler.similarity(a, b)) / 2
    if shorter >= 5 and (a.startswith(b) or b.startswith(a)):
        value = max(value, 0.78)
    return value


def _joined(left: list[int], right: list[int], a: Name, b: Name, out: Alignment) -> None:
    """Words written together on one side and apart on the other: `Good Will` and `Goodwill`, `Bai Lian Sheng` and `Bailiansheng`."""
    for mine, theirs, x, y, swapped in ((left, right, a, b, False), (right, left, b, a, True)):
        i = 0
        while i < len(mine) - 1:
            hit = False
            for k in (4, 3, 2):
                group = mine[i : i + k]
                if len(group) < k or group[-1] - group[0] != k - 1:
                    continue
                joined = "".join(x.words[g] for g in group)
                if len(joined) < 4:
                    continue
                for t in theirs:
                    word = y.words[t]
                    if abs(len(word) - len(joined)) <= 2 and (word == joined or similarity(word, joined) >= 0.88):
                        s = 1.0 if word == joined else 0.92
                        w = max(y.weights[t], min(1.0, sum(x.weights[g] for g in group)))
                        both = ("".join(x.words[g] for g in group), word)
                        out.pairs.append((*(both if not swapped else both[::-1]), s, w))
                        theirs.remove(t)
                        del mine[i : i + k]
                        hit = True
                        break
                if hit:
                    break
            if not hit:
                i += 1


def _acronym(rest: list[int], short: Name, long: Name, other: list[int], out: Alignment, *, swapped: bool) -> None:
    for i in rest:
        word = short.words[i]
        if not 3 <= len(word) <= 8 or short.known[i]:
            continue
        if len(other) >= 2 and (
            _shortens(word, long.initials) or (len(word) > 3 and any(_shortens(word, x) for x in long.acronyms))
        ):
            weight = min(1.2, sum(long.weights[j] for j in other))
            pair = (word, " ".join(long.words[j] for j in other))
            out.pairs.append((*(pair if not swapped else pair[::-1]), 0.75 if len(word) > 3 else 0.6, weight))
            out.acronym = True
            rest.remove(i)
            other.clear()
            return


def _shortens(word: str, initials: str) -> bool:
    """Whether `word` is made of `initials`, or of all but one or two at either end."""
    initials = _DOUBLE.sub(r"\1", initials)  # canonical words carry no doubled letters either
    if word == initials:
        return True
    return (
        len(word) >= 4 and 0 < len(initials) - len(word) <= 2 and (initials.startswith(word) or initials.endswith(word))
    )


def align(a: Name, b: Name) -> Alignment:
    """Greedy one-to-one alignment: equal words, words joined or split, similar words, acronyms. Symmetric up to the order of sides."""
    out = Alignment()
    where: dict[str, list[int]] = {}
    for j, word in enumerate(b.words):
        where.setdefault(word, []).append(j)
    left: list[int] = []
    taken: set[int] = set()
    for i, word in enumerate(a.words):
        spots = where.get(word)
        if spots:
            j = spots.pop(0)
            taken.add(j)
            out.pairs.append((word, word, 1.0, max(a.weights[i], b.weights[j])))
        else:
            left.append(i)
    right = [j for j in range(len(b.words)) if j not in taken]
    if left and right:
        _joined(left, right, a, b, out)
    if left and right:
        abjad = (a.script == "abjad") != (b.script == "abjad")
        pinyin = a.script == b.script and a.kind == b.kind == "organization"
        found: list[tuple[float, str, str, int, int]] = []
        for i in left:
            for j in right:
                s = similarity(a.words[i], b.words[j], abjad=abjad, initials=a.kind == "person", pinyin=pinyin)
                if s >= FUZZY or s == INITIAL:
                    first, second = sorted((a.words[i], b.words[j]))
                    found.append((-s, first, second, i, j))
        found.sort()
        used_left: set[int] = set()
        used_right: set[int] = set()
        for minus, _, _, i, j in found:
            if i not in used_left and j not in used_right:
                used_left.add(i)
                used_right.add(j)
                out.pairs.append((a.words[i], b.words[j], -minus, max(a.weights[i], b.weights[j])))
        left = [i for i in left if i not in used_left]
        right = [j for j in right if j not in used_right]
    if left and right:
        _acronym(left, a, b, right, out, swapped=False)
        _acronym(right, b, a, left, out, swapped=True)
    # A word said twice (`Duong Duong`) or already answered says nothing against.
    said = {p[0] for p in out.pairs} | {p[1] for p in out.pairs}
    out.left = [(a.words[i], a.weights[i] if a.words[i] not in said else 0.0) for i in left]
    out.right = [(b.words[j], b.weights[j] if b.words[j] not in said else 0.0) for j in right]
    return out
