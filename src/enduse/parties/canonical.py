"""From the words of a name to canonical tokens: English concepts, numbers, or the folded word itself."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from enduse.parties.acronym import letter_classes
from enduse.parties.lexicon import folded, lexicon
from enduse.parties.text import HAN, fold, romanise

Kind = Literal["organization", "person", "vessel"]

_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12", "xiii": "13", "xiv": "14",
    "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18", "xix": "19", "xx": "20",
}  # fmt: skip
_NUMBER_WORDS = {
    "first": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_HAN_DIGITS = {c: str(i) for i, c in enumerate("一二三四五六七八九十", 1)}
_HAN_NUMBER = re.compile(r"第([一二三四五六七八九十]{1,3}|[0-9]+)")
_RUSSIAN_ORDINALS = ("перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят")
_ORDINAL_ENDINGS = ("ый", "ой", "ий", "ая", "ое", "ье", "ья", "ого", "его", "ом", "ем", "ым")
_ORDINAL = re.compile(r"^([0-9]+)(?:st|nd|rd|th|й|ый|ой|го|я|ая|ое|е|y|yi|iy|oy|ya)$")
_TS = {"ц": "tks", "ч": "k", "щ": "s", "ж": "s", "х": "g", "ю": "ui", "я": "ia", "э": "e"}


class Token(NamedTuple):
    """A canonical word, whether it is a known concept, the word as written, and the letters it may stand with in an acronym."""

    word: str
    known: bool
    shown: str
    initials: str


def number(word: str) -> str | None:
    """The number a word stands for, or None."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    if word.startswith(_RUSSIAN_ORDINALS):
        for i, stem in enumerate(_RUSSIAN_ORDINALS, 1):
            if word.startswith(stem) and word[len(stem) :] in _ORDINAL_ENDINGS:
                return str(i)
    hit = _ORDINAL.match(word) if word[:1].isdigit() else None
    return (hit.group(1).lstrip("0") or "0") if hit else None


def _own_initials(word: str) -> str:
    """The letters an unlisted word may stand with in an acronym, as `letter_classes` writes them."""
    latin = romanise(word)
    second = "" if latin[:1] == "j" else fold(latin)[:1]  # folding takes the J off Joachim
    return letter_classes(_TS.get(word[0], "") + latin[:1] + second)


def _concepts(words: tuple[str, ...], shown: str) -> list[Token]:
    known = lexicon().initials
    first = letter_classes(romanise(shown)[:1])
    return [
        Token(w, True, shown, known.get(w, letter_classes(w[:1])) + (first if len(words) == 1 else "")) for w in words
    ]


def canonical(words: list[str], kind: Kind) -> tuple[list[Token], list[str]]:
    """(tokens in the order of the name, classes of the legal forms found inside Han text)."""
    lex = lexicon()
    out: list[Token] = []
    forms: list[str] = []
    keys = [folded(w) for w in words]
    organization = kind == "organization"
    i = 0
    while i < len(words):
        word = words[i]
        if organization:
            phrase = lex.phrase(keys, i)
            if phrase is not None:
                out += _concepts(phrase[1], " ".join(words[i : i + phrase[0]]))
                i += phrase[0]
                continue
        i += 1
        if word in ("y", "e") and 1 < i < len(words) and len(words[i - 2]) > 1 and len(words[i]) > 1:
            continue  # Spanish and Portuguese "and" between words; beside a single letter it is an initial
        if not word.isascii() and HAN.search(word):
            if kind == "person":
                out.append(Token(keys[i - 1], False, word, letter_classes(keys[i - 1][:1])))
            else:
                forms += _han(word, out)
            continue
        if word in _TENS and kind != "person":  # Forty Four, forty-4
            unit = (number(words[i]) or _NUMBER_WORDS.get(words[i], "")) if i < len(words) else ""
            small = len(unit) == 1
            out.append(Token(str(_TENS[word] + (int(unit) if small else 0)), False, word, word[:1]))
            i += small
            continue
        value = _value(word, kind, first=i == 1)
        if value is not None:
            out.append(Token(value, False, word, value[:1]))
            continue
        if organization:
            concepts = lex.concepts(word)
            if concepts is not None:
                out += _concepts(concepts, word)
                continue
        out.append(Token(keys[i - 1], False, word, _own_initials(word)))
    return out, forms


def _value(word: str, kind: Kind, *, first: bool) -> str | None:
    """The number a word of this kind of name stands for: digits, ordinals, Roman figures (not as first word), number words."""
    if kind == "person":
        return number(word) if word[0].isdigit() else None
    value = number(word)
    if value is None and not first:
        value = _ROMAN.get(word)
    return value if value is not None else _NUMBER_WORDS.get(word)


def _han(word: str, out: list[Token]) -> list[str]:
    """Appends the tokens of Han text and returns the classes of legal forms in it; `第五` is the number 5."""
    lex = lexicon()
    hit = _HAN_NUMBER.search(word)
    if hit:
        before = _han(word[: hit.start()], out) if hit.start() else []
        digits = hit.group(1)
        out.append(Token(digits if digits.isdigit() else _HAN_DIGITS.get(digits, digits), False, hit.group(), "5"))
        return before + (_han(word[hit.end() :], out) if hit.end() < len(word) else [])
    tokens, forms = lex.cut_han(word)
    for text, known, shown in tokens:
        out.append(_concepts((text,), shown)[0] if known else Token(text, False, shown, letter_classes(text[:1])))
    return forms
