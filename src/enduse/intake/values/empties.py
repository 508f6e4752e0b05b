"""Words that stand for an empty cell."""

from __future__ import annotations

_WORDS = ("null", "none", "n/a", "#n/a", "nan", "nil", "not available", "-", "--", "---", "(null)", "<null>", "\\n")
# `NA` is Namibia in a column of countries and empty everywhere else.
_NOT_A_COUNTRY = ("na",)


def _written(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for w in words for form in (w, w.upper(), w.capitalize(), w.title())))


EMPTY: frozenset[str] = frozenset({"", *_WORDS, *_NOT_A_COUNTRY})
# Without backslashes: these go into portable SQL.
WRITTEN: tuple[str, ...] = tuple(w for w in _written((*_WORDS, *_NOT_A_COUNTRY)) if "\\" not in w)
WRITTEN_COUNTRY: tuple[str, ...] = tuple(w for w in _written(_WORDS) if "\\" not in w)


def empty(cell: str | None, *, country: bool = False) -> bool:
    """Whether a cell says nothing."""
    if cell is None:
        return True
    plain = cell.strip().casefold()
    return plain in EMPTY and not (country and plain in _NOT_A_COUNTRY)
