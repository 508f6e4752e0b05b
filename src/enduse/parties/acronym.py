"""Acronyms: whether the letters of one word are the initials of some words of another name, in English or in Russian."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_SAME = str.maketrans({"c": "k", "q": "k", "z": "s", "y": "i", "j": "i", "w": "v", "g": "g", "h": "g", "x": "k"})
LEAST, MOST = 2, 9  # letters of an acronym
SKIP = 2  # words that an acronym may leave out


@dataclass(frozen=True, slots=True)
class Shortened:
    """Letters that stand for words: the words answered (positions), and how many words between them were left out."""

    words: tuple[int, ...]
    skipped: int


@lru_cache(maxsize=50_000)
def letter_classes(word: str) -> str:
    """Letters as comparable between romanisations: c and k, s and z, i and y are one."""
    return word.translate(_SAME)


def shortened(acronym: str, initials: list[str], spare: list[bool]) -> Shortened | None:
    """The words that `acronym` shortens, or None.

    `initials` holds for each word of the long name the letters it may stand with (its own, its English and its Russian word),
    `spare` whether the word may be left out at no cost (of, and, for). The letters follow the order of the words; up to two other
    words are left out. A compound may stand with two letters: the second one is then in capitals in its initials.
    """
    letters = letter_classes(acronym)
    best: Shortened | None = None
    # Few words and few letters: a plain search, first letter at every word in turn.
    for start in range(len(initials)):
        found = _walk(letters, 0, start, initials, spare, 0)
        if found is not None and (
            best is None or (found.skipped, -len(found.words)) < (best.skipped, -len(best.words))
        ):
            best = found
            if best.skipped == 0:
                break
    return best


def _walk(letters: str, at: int, word: int, initials: list[str], spare: list[bool], skipped: int) -> Shortened | None:
    if at == len(letters):
        return Shortened((), skipped)
    if word >= len(initials) or skipped > SKIP:
        return None
    options = initials[word]
    best: Shortened | None = None
    if letters[at] in options:
        rest = _walk(letters, at + 1, word + 1, initials, spare, skipped)
        if rest is not None:
            best = Shortened((word, *rest.words), rest.skipped)
        if at + 1 < len(letters) and letters[at + 1].upper() in options:
            rest = _walk(letters, at + 2, word + 1, initials, spare, skipped)
            if rest is not None and (best is None or rest.skipped < best.skipped):
                best = Shortened((word, *rest.words), rest.skipped)
    if at > 0 and (best is None or best.skipped > skipped):
        rest = _walk(letters, at, word + 1, initials, spare, skipped + (0 if spare[word] else 1))
        if rest is not None and (best is None or rest.skipped < best.skipped):
            best = rest
    return best


def any_order(acronym: str, initials: list[str]) -> Shortened | None:
    """The words that `acronym` shortens in whatever order, as many as it has letters; None unless every letter finds its word.

    A translation turns words round: `Minsk Wheel Tractor Plant` is МЗКТ after its Russian name.
    """
    letters = letter_classes(acronym)
    if len(letters) != len(initials):
        return None
    left = list(range(len(initials)))
    for letter in sorted(letters, key=lambda x: sum(x in options for options in initials)):
        hit = min((n for n in left if letter in initials[n]), key=lambda n: len(initials[n]), default=None)
        if hit is None:
            return None
        left.remove(hit)
    return Shortened(tuple(range(len(initials))), 1)
