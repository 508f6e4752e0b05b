"""The words of column headers in 12 languages and the concepts they stand for.

Table `header_words.csv` (concept, language, terms): terms are separated by `|`, may be phrases, and end in `*` where any
ending fits. Collected by hand from public record layouts and the wording of declaration forms; it holds words, never
whole layouts. Concept `-` is a word that says nothing.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from .countries import fold

_SPLIT = re.compile(r"[\W_]+", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])")
_DIGITS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def words(header: str, *, camel: bool = True) -> list[str]:
    """The words of a header: split at punctuation, camel case and between letters and digits; signs № # % $ are words."""
    text = (
        header.replace("№", " номер ")
        .replace("#", " number ")
        .replace("%", " percent ")
        .replace("US$", " usd ")
        .replace("$", " usd ")
    )
    text = re.sub(r"\bUS\.\.?|\bU\.S\.\$?", " usd ", text)
    if camel and not text.isupper():
        # UoM and MoT are words, importerName is two
        text = " ".join(w if fold(w) in single() else _CAMEL.sub(" ", w) for w in _SPLIT.split(text))
    return [w for w in _SPLIT.split(_DIGITS.sub(" ", fold(text))) if w]


Phrase = tuple[tuple[str, ...], tuple[str, ...]]  # its words (each may end in *), the concepts


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Phrases by the first two letters of their first word, longest first."""
    text = files(__package__).joinpath("header_words.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for row in csv.DictReader(text.splitlines()):
        for term in row["terms"].split("|"):
            marked = [w + ("*" if star else "") for part in term.split() for w, star in _term_words(part)]
            if marked:
                found.setdefault(tuple(marked), {}).update(dict.fromkeys(row["concept"].split()))
    index: dict[str, list[Phrase]] = {}
    for term_words, concepts in found.items():
        index.setdefault(term_words[0].rstrip("*")[:2], []).append((term_words, tuple(concepts)))
    return {k: tuple(sorted(v, key=lambda p: (-len(p[0]), -len("".join(p[0])), p))) for k, v in index.items()}


def _term_words(part: str) -> list[tuple[str, bool]]:
    star = part.endswith("*")
    pieces = words(part.rstrip("*"), camel=False)
    return [(w, star and i == len(pieces) - 1) for i, w in enumerate(pieces)]


@cache
def single() -> dict[str, tuple[str, ...]]:
    """One-word terms (stems without their star) and their concepts, for words written together."""
    return {t[0].rstrip("*"): c for group in phrases().values() for t, c in group if len(t) == 1}
