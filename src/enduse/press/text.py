"""The plain reading of a text: same length as the original, so that every offset holds in both.

Typographic quotes, apostrophes, dashes and spaces become their plain forms, one character for one character. Names are
found by the longest match over word tokens, not by regular expressions with thousands of branches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PLAIN = str.maketrans(
    dict.fromkeys("’‘‛ʼ´`′", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑−", "-")
    | dict.fromkeys("—―‒", "–")
    | dict.fromkeys("\xa0\u202f\u2007\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u2008\u3000\t\ufeff", " ")
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_GAP = re.compile(r"[ \n\-./]{0,2}\Z")
_POSSESSIVE = re.compile(r"'s?\Z")


def plain(text: str) -> str:
    """`text` with plain quotes, dashes and spaces; its length is that of `text`."""
    return text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `text` without a possessive ending, offsets of the whole word; `owner` when it has such an ending."""

    text: str
    start: int
    end: int
    owner: bool
    low: str


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words of `text[start:end]` with offsets in `text`."""
    out = []
    for m in _WORD.finditer(text, start, len(text) if end is None else end):
        word = m.group()
        bare = _POSSESSIVE.sub("", word) if "'" in word else word
        owner = bare != word or text[m.end() : m.end() + 2] in ("' ", "'\n")
        out.append(Token(bare, m.start(), m.end(), owner and bool(bare), bare.lower()))
    return out


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: token positions `first` to `last` (one past), offsets, and what it stands for."""

    first: int
    last: int
    start: int
    end: int
    value: object


class Lexicon:
    """Longest match of many names over tokens. Cased names must agree in case; lower-case lexicons ignore it."""

    def __init__(self, entries: Iterable[tuple[str, object]], *, cased: bool) -> None:
        self._cased = cased
        self._heads: dict[str, list[tuple[tuple[str, ...], object]]] = {}
        for name, value in entries:
            words = tuple(t.text if cased else t.text.lower() for t in tokens(plain(name)))
            if words:
                self._heads.setdefault(words[0], []).append((words, value))
        for found in self._heads.values():
            found.sort(key=lambda e: -len(e[0]))

    def find(self, text: str, words: list[Token]) -> list[Hit]:
        """Hits from left to right, none inside another."""
        heads = self._heads
        keys = [t.text for t in words] if self._cased else [t.low for t in words]
        hits: list[Hit] = []
        free = 0
        for i, key in enumerate(keys):
            if key not in heads or i < free:
                continue
            for name, value in heads[key]:
                last = i + len(name)
                if tuple(keys[i:last]) == name and (len(name) == 1 or _joined(text, words, i, last)):
                    hits.append(Hit(i, last, words[i].start, words[last - 1].end, value))
                    free = last
                    break
        return hits


def _joined(text: str, words: list[Token], first: int, last: int) -> bool:
    return all(_GAP.match(text[words[k].end : words[k + 1].start]) for k in range(first, last - 1))
