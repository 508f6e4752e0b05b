"""Folding: one spelling for matching, with every place of it traceable to the text as declared.

NFKD, case folding, accents and format characters away, hyphens to spaces, per character; then letters that only look
Latin or Cyrillic are put right inside a word (UTS 39 confusables, the part that occurs in trade text).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SEPARATOR = "\x1e"  # stands between texts that are folded in one go
_SPECIAL = {"ı": "i", "đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "ʻ": "'", "，": ",", "、": ",", "；": ";", "：": ":"}  # fmt: skip
_SPACE = frozenset("-_‐‑‒–—―−~™®©℠·•")
_TO_LATIN = {ord(theirs): ours for theirs, ours in zip("аевкмнорстухіјѕԛԝ", "aebkmhopctyxijsqw", strict=True)}
_TO_CYRILLIC = {ord(ours): theirs for theirs, ours in zip("аекорстухі", "aekopctyxi", strict=True)}
_WORD = re.compile(r"[a-z0-9Ѐ-ԯ]+")
_HAS_MIXED = re.compile(r"[a-z0-9][ ]?[авекмнорстухіјѕ]|[авекмнорстухіјѕ][a-z0-9]")


# Letters for which folding is lower case and a few replacements: most Russian and Chinese text, folded at C speed.
_SIMPLE = re.compile(r"[ -~А-Яа-яЁё一-鿿«»]*")
_SIMPLE_CHANGES = (("й", "и"), ("ё", "е"), ("-", " "), ("_", " "), ("~", " "), ("`", "'"))


class _Folder(dict[int, str]):
    """Filled as characters turn up, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = out = _character(chr(code))
        return out


def _character(char: str) -> str:
    if char == SEPARATOR:
        return char
    if char in _SPACE:
        return " "
    if "가" <= char <= "힣":
        return char
    if (special := _SPECIAL.get(char)) is not None:
        return special
    kind = unicodedata.category(char)
    if kind in ("Cf", "Cs", "Co", "Cn"):
        return ""
    if kind == "Cc" or kind.startswith("Z"):
        return " "
    base = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    out = "".join(_SPECIAL.get(c, c) for c in base if unicodedata.category(c) != "Mn")
    return out if not out.isspace() else " "


_FOLDER = _Folder()


def _straighten(token: re.Match[str]) -> str:
    """A word of two scripts in one script: Cyrillic where it holds a letter only Cyrillic has, else Latin."""
    word = token.group()
    letters = [c for c in word if "Ѐ" <= c <= "ԯ"]
    if not letters or len(letters) == len(word):
        return word
    if all(ord(c) in _TO_LATIN for c in letters):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC)


def _tidy(text: str) -> str:
    if not text.isascii() and _HAS_MIXED.search(text):
        text = _WORD.sub(_straighten, text)
    if "  " in text:
        text = re.sub(" {2,}", " ", text)
    return text


def fold(text: str) -> str:
    """The spelling patterns are matched in."""
    return _tidy(text.replace(SEPARATOR, " ").translate(_FOLDER))


def fold_all(texts: list[str]) -> list[str]:
    """`fold` over many texts: ASCII and other texts each in one pass, so that plain text costs next to nothing."""
    out: list[str] = [""] * len(texts)
    simple = _SIMPLE.fullmatch
    plain = [i for i, t in enumerate(texts) if t.isascii()]
    common = [i for i, t in enumerate(texts) if not t.isascii() and simple(t)]
    other = [i for i, t in enumerate(texts) if not t.isascii() and not simple(t)]
    joined = SEPARATOR.join([texts[i] for i in common]).lower()
    for char, by in _SIMPLE_CHANGES:
        joined = joined.replace(char, by)
    for i, folded in zip(common, joined.split(SEPARATOR), strict=False):
        out[i] = _tidy(folded)
    for group in (plain, other):
        joined = SEPARATOR.join([texts[i] for i in group])
        if joined.count(SEPARATOR) != max(len(group) - 1, 0):
            joined = SEPARATOR.join([texts[i].replace(SEPARATOR, " ") for i in group])
        for i, folded in zip(group, joined.translate(_FOLDER).split(SEPARATOR), strict=False):
            out[i] = _tidy(folded) if "  " in folded or not folded.isascii() else folded
    return out


@lru_cache(maxsize=4096)
def _places(text: str) -> tuple[int, ...]:
    """For each character of `fold(text)` the place of the character of `text` it comes from, and the end."""
    out: list[int] = []
    last = ""
    for place, char in enumerate(text.replace(SEPARATOR, " ")):
        for piece in _FOLDER[ord(char)]:
            if piece == " " and last == " ":
                continue
            out.append(place)
            last = piece
    out.append(len(text))
    return tuple(out)


def locate(text: str, folded: str, start: int, end: int) -> tuple[int, int]:
    """The span of `text` (as declared) behind `folded[start:end]`."""
    if len(text) == len(folded) and text[start:end].translate(_FOLDER) == folded[start:end]:
        return start, end
    places = _places(text)
    stop = places[end - 1] + 1 if end > start else places[start]
    return places[start], stop
