"""Loader of the tables that `parties` works with: legal forms, words of trade in several languages, lookalikes, weights, model.

Every table is a text file with its source in the first lines; `#` begins a comment. Nothing here knows how names are compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Word:
    """One concept of the word list: the English words it stands for, its kind, and the surfaces that mean it."""

    concept: str
    kind: str  # industry, institution, function, place or stop
    surfaces: tuple[str, ...]


def lines(name: str) -> Iterator[str]:
    """The lines of a table without comments and blank lines."""
    text = files("enduse.reference").joinpath("parties", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


@cache
def legal_forms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(class, surfaces) per line of the table of legal forms."""
    rows = (line.split("\t") for line in lines("legal_forms.tsv"))
    return tuple((row[0], tuple(row[1].split("|"))) for row in rows)


@cache
def words() -> tuple[Word, ...]:
    """The word list, in the order of its file: of two concepts that claim a surface the first has it."""
    rows = [line.split("\t") for name in ("lexicon.tsv", "lexicon_more.tsv") for line in lines(name)]
    return tuple(Word(row[0], row[1], tuple(row[2].split("|"))) for row in rows)


@cache
def lookalikes() -> tuple[tuple[str, str, str], ...]:
    """(latin, cyrillic, greek) letters that look the same; an empty string where a script has none."""
    return tuple(([*row, "", ""])[0:3] for row in (line.split("\t") for line in lines("lookalikes.tsv")))  # type: ignore[misc]


@cache
def unnamed() -> tuple[str, ...]:
    """Texts that stand where no firm is named."""
    return tuple(lines("unnamed.tsv"))


@cache
def weights() -> dict[str, tuple[float, float]]:
    """Information of a normalised word among organisations and among persons, 0 to 1; a word not listed has 1."""
    rows = (line.split("\t") for line in lines("weights.tsv"))
    return {row[0]: (float(row[1]), float(row[2])) for row in rows}


@cache
def given_names() -> frozenset[str]:
    """Normalised words that stand in names of persons and hardly ever in names of firms."""
    return frozenset(lines("person_words.tsv"))


@cache
def model() -> dict[str, Any]:
    """Coefficients of the scorer with their version; made by `enduse.parties.build.fit`."""
    text = files("enduse.reference").joinpath("parties", "model.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def palladius() -> tuple[tuple[str, str], ...]:
    """(pinyin syllable, its Russian spelling in the Palladius system)."""
    return tuple((row[0], row[1]) for row in (line.split("\t") for line in lines("palladius.tsv")))


@cache
def given_variants() -> tuple[tuple[str, ...], ...]:
    """Groups of given names that are forms of one name in different languages."""
    return tuple(tuple(line.split("|")) for line in lines("given_variants.tsv"))


@cache
def learned() -> tuple[tuple[str, str, float], ...]:
    """(normalised word, normalised word, similarity) of words that translate each other, learned from pairs of listed names."""
    rows = (line.split("\t") for line in lines("learned.tsv"))
    return tuple((row[0], row[1], float(row[2])) for row in rows)
