"""Chinese syllables in Latin (pinyin) and Russian (Palladius) letters: which words are made of them, and how they read."""

from __future__ import annotations

from functools import cache, lru_cache

from enduse.parties.text import fold
from enduse.reference import party_tables

_LONGEST = 6
_OTHER_LETTERS = str.maketrans({"э": "е", "ё": "е"})  # `шень` for `шэнь`: the letters that Russian habit exchanges


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """(Palladius to pinyin, the same in habitual spelling, all pinyin syllables as `fold` writes them inside a word)."""
    rows = [(pinyin.replace("v", "u"), cyrillic) for pinyin, cyrillic in party_tables.palladius()]
    strict: dict[str, str] = {}
    habit: dict[str, str] = {}
    for pinyin, cyrillic in rows:
        strict.setdefault(cyrillic, pinyin)
    for cyrillic, pinyin in strict.items():
        loose = cyrillic.translate(_OTHER_LETTERS)
        if loose not in strict:
            habit.setdefault(loose, pinyin)
    return strict, strict | habit, frozenset(fold("bab" + p)[3:] for p, _ in rows)


def _cut(word: str, known: frozenset[str] | dict[str, str]) -> tuple[str, ...] | None:
    """The word as the fewest known syllables, the longer first; None if it is not made of them."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before = best[start]
            piece = word[start:end]
            if before is not None and piece in known:
                now = best[end]
                if now is None or len(before) + 1 < len(now):
                    best[end] = (*before, piece)
    return best[-1]


@lru_cache(maxsize=100_000)
def syllables(word: str) -> tuple[str, ...] | None:
    """A canonical (folded) word as two or more pinyin syllables; None where it cannot be read so."""
    cut = _cut(word, _tables()[2]) if word.isascii() else None
    return cut if cut and len(cut) > 1 else None


@lru_cache(maxsize=100_000)
def from_palladius(word: str) -> str | None:
    """A lower-case Cyrillic word of Chinese syllables in joined pinyin; None where it cannot be read so."""
    strict, habit, _ = _tables()
    parts: list[str] = []
    for part in word.split("ъ"):
        cut = _cut(part, strict) or _cut(part, habit)
        if cut is None or not part:
            return None
        parts += [habit[piece] for piece in cut]
    return "".join(parts)
