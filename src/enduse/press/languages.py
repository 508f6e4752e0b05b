"""Which language a text is in, and words of Russian, Ukrainian, German and Italian found with their endings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from enduse.reference import press_tables as tables

NAMES = {"ru": "Russian", "uk": "Ukrainian", "de": "German", "it": "Italian"}
_COMMON = {
    "en": frozenset("the of and to that said from was for were has with by its have".split()),
    "de": frozenset(
        "der die und das von nach mit ist wurden für den im laut dem ein eine hat nicht aus sich zu".split()
    ),
    "it": frozenset("il di che e la per della sono nel gli dei con una del ha non alla le dal secondo è lo".split()),
}
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a role at [start, end) with what it stands for."""

    start: int
    end: int
    label: str


def detect(text: str) -> str:
    """`ru`, `uk`, `de`, `it`, or `en` for English and whatever else: by letters and by common words."""
    head = text[:_SAMPLE].lower()
    letters = sum(c.isalpha() for c in head)
    cyrillic = sum("а" <= c <= "я" or c in "ёіїєґ" for c in head)
    if letters and cyrillic > letters * 0.5:
        own = sum(c in "іїєґ" for c in head)
        return "uk" if own > sum(c in "ыэъё" for c in head) else "ru"
    words = re.findall(r"[^\W\d_]+", head)
    share = {k: sum(w in v for w in words) / max(1, len(words)) for k, v in _COMMON.items()}
    best = max(share, key=lambda k: (share[k], k == "en"))
    return best if share[best] >= 0.06 and share[best] > 1.5 * share["en"] else "en"


@cache
def _pattern(language: str, role: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    words = sorted(tables.languages()[language].get(role, ()), key=lambda w: (-len(w[0]), w))
    parts = [r"\s+".join(re.escape(p).replace(r"\*", r"\w*") for p in w.split()) for w, _ in words]
    # one group for each label keeps the label of the longest word that matches
    labels = tuple(label for _, label in words)
    body = "|".join(f"({p})" for p in parts) or r"(?!)"
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w])", re.IGNORECASE), labels


def find(language: str, role: str, text: str, start: int, end: int) -> list[Word]:
    """Words of a role in `[start, end)`, left to right, none overlapping."""
    pattern, labels = _pattern(language, role)
    return [Word(m.start(), m.end(), labels[(m.lastindex or 1) - 1]) for m in pattern.finditer(text, start, end)]


def before(language: str, role: str, text: str, start: int, at: int) -> str | None:
    """The label of a word of `role` that ends right before `at` (a space between), else None."""
    return next(
        (
            w.label or role
            for w in reversed(find(language, role, text, start, at))
            if not text[w.end : at].strip(" ('\"")
        ),
        None,
    )
