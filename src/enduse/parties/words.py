"""Similarity of two canonical words, and by which law they are alike. Remembered: the same few words meet again and again."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from enduse.parties.acronym import letter_classes
from enduse.parties.pinyin import syllables
from enduse.parties.sound import classes, derived, kin
from enduse.parties.text import fold, romanise, skeleton
from enduse.reference import party_tables

PATRONYMIC = re.compile(r"(?:ovic|evic|ovna|evna|ivna|icna|oglu|ogli|kizi)$")  # of a folded word
FUZZY = 0.68  # below this two words are different words
KNOWN = 0.86  # below this a known word is no misspelling of an unknown one
INITIAL = 0.55
NONE, PINYIN, ABJAD, PERSON = 0, 1, 2, 4  # how words are compared; ABJAD and PERSON may be added
_KEEP = 200_000  # answers remembered for each way of comparing
_Answer = tuple[float, str]
_NOTHING: _Answer = (0.0, "")
_seen: dict[int, dict[tuple[str, str], _Answer]] = {}


@cache
def _given() -> dict[str, int]:
    """Folded given name -> number of its group of variants."""
    return {
        fold(romanise(name)): n
        for n, names in reversed(list(enumerate(party_tables.given_variants())))
        for name in names
    }


@cache
def _learned() -> dict[tuple[str, str], float]:
    return {pair: s for a, b, s in party_tables.learned() for pair in ((a, b), (b, a))}


@lru_cache(maxsize=100_000)
def letter_set(word: str) -> int:
    """The letters of a word as bits; all bits for a word that some list translates, so that nothing is missed at a glance."""
    if word in _translated():
        return -1
    bits = 0
    for c in word:
        bits |= 1 << (ord(c) & 63)
    return bits


@cache
def _translated() -> frozenset[str]:
    return frozenset(word for pair in _learned() for word in pair)


def related(a: str, b: str) -> bool:
    """Whether two known words are translations of each other in some names, or one the adjective of the other."""
    return (a, b) in _learned() or derived(a, b)


def similarity(a: str, b: str, mode: int) -> _Answer:
    """(similarity 0 to 1, law). Short words and numbers must be equal; vowels weigh less than consonants.

    With PINYIN, words of Chinese syllables are told apart by a syllable: `Qiongjun` is not `Qiongzheng`, one slip aside.
    """
    memory = _seen.setdefault(mode, {})
    key = (a, b) if a <= b else (b, a)
    hit = memory.get(key)
    if hit is None:
        if len(memory) > _KEEP:
            memory.clear()
        hit = memory[key] = _similarity(*key, mode)
    return hit


def _similarity(a: str, b: str, mode: int) -> _Answer:
    if a == b:
        return 1.0, "equal"
    la, lb = len(a), len(b)
    if la <= 1 or lb <= 1:
        if mode & PERSON and a[:1] == b[:1] and not a.isdigit() and not b.isdigit():
            return INITIAL, "initial"
        return _NOTHING
    learned = _learned().get((a, b))
    if learned is not None:
        return learned, "learned"
    if not (a.isalpha() and b.isalpha()):
        return _NOTHING
    if mode & PERSON:
        if (PATRONYMIC.search(a) is None) != (PATRONYMIC.search(b) is None) and (a.startswith(b) or b.startswith(a)):
            return _NOTHING  # Oleksandr is not the son of Oleksandr
        groups = _given()
        group = groups.get(a)
        if group is not None and group == groups.get(b):
            return 0.93, "kin"
    shorter, longer = (la, lb) if la < lb else (lb, la)
    starts = shorter >= 5 and (a.startswith(b) or b.startswith(a))
    if not mode & ABJAD and longer > 2 * shorter:
        return (0.78, "spelled") if starts else _NOTHING
    if (
        not mode & (ABJAD | PERSON)
        and shorter > 4
        and a[:3] != b[:3]
        and OSA.normalized_similarity(a, b, score_cutoff=0.6) == 0.0
    ):
        # The usual pair: two other words. Only equal consonants of long words would still count.
        return (0.9, "spelled") if shorter >= 7 and skeleton(a) == skeleton(b) else _NOTHING
    best = _by_letters(a, b, mode, shorter, longer, starts=starts)
    if mode & PERSON and best[0] > 0.0 and shorter <= 5 and a[0] != b[0] and other_sound(a[0], b[0]):
        best = (max(0.0, best[0] - 0.15), best[1])  # Song is not Kyong
    if best[0] < 0.9 and shorter >= 4:
        if not mode & PERSON:
            if derived(a, b):
                return 0.9, "derived"
        else:
            related = 0.9 * kin(a, b)
            if related > max(best[0], 0.72):
                return related, "kin"
    return best


def other_sound(a: str, b: str) -> bool:
    """Whether two letters are consonants of different classes."""
    x, y = classes(a), classes(b)
    return bool(x) and bool(y) and x != y


def _with_v(word: str) -> str:
    return word.replace("au", "av").replace("eu", "ev")


def _by_letters(a: str, b: str, mode: int, shorter: int, longer: int, *, starts: bool) -> _Answer:
    sa, sb = skeleton(a), skeleton(b)
    if mode & ABJAD and len(sa) > 1 and len(sb) > 1:
        best = OSA.normalized_similarity(sa, sb)
        if a[0] != b[0] and a[0] in "aeiouh":
            best = max(best, OSA.normalized_similarity(sa[1:], sb) - 0.05)
        if b[0] != a[0] and b[0] in "aeiouh":
            best = max(best, OSA.normalized_similarity(sa, sb[1:]) - 0.05)
        if best >= 0.75:
            return 0.95 * best, "spelled"
    if longer <= 4 and not mode & PERSON and letter_classes(a) == letter_classes(b):
        return 0.9, "spelled"  # acronyms romanised in two ways: MAC and MAK
    if shorter <= 3:
        if shorter == 3 and longer <= 4 and sa == sb and len(sa) > 1:
            return 0.8, "spelled"
        near = shorter == 3 < longer and a[0] == b[0] and OSA.distance(a, b, score_cutoff=1) <= 1
        return (0.72, "spelled") if near else _NOTHING
    # Aurora is Avrora in Russian, Europe Evropa.
    if ("u" in a or "u" in b) and _with_v(a) == _with_v(b):
        return 0.95, "spelled"
    edit = OSA.normalized_similarity(a, b)
    if mode & PINYIN and edit < 1.0 - 1.5 / longer and syllables(a) and syllables(b):
        return _NOTHING
    if sa == sb and len(sa) > 2 and (edit >= 0.6 or shorter >= 7):
        return max(0.9, edit), "spelled"
    value = (edit + JaroWinkler.similarity(a, b)) / 2 if edit > 0.6 else edit
    return max(value, 0.78 if starts else 0.0), "spelled"
