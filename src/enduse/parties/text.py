"""From a name as declared to words: Unicode, lookalike letters, romanisation, and one spelling for many romanisations."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii

from enduse.reference import party_tables

# Vowel signs of Indic scripts, Thai, Lao, Burmese and Khmer are letters of the word, though Unicode calls them marks.
_LETTER = r"(?:[^\W_]|[\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u1000-\u109f\u1780-\u17d3])"
WORD = re.compile(rf"{_LETTER}+(?:['’`ʼ´]{_LETTER}+)*", re.UNICODE)
_TASHKEEL = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")  # Arabic vowel signs and stretching
_DOTTED = re.compile(r"(?<![^\W\d_])((?:[^\W\d_]\.\s?){1,}[^\W\d_])(?:\.|(?![^\W_]))", re.UNICODE)
_QUOTES = str.maketrans(dict.fromkeys("'’`ʼ´ʹʻ‘", ""))
HAN = re.compile(r"[㐀-鿿豈-﫿]")
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
ABJAD = re.compile(r"[֐-ۿݐ-ݿﭐ-﷿ﹰ-﻿]")

# Russian and neighbours to Latin in the BGN/PCGN manner. Other systems (ISO 9, ICAO 9303, colloquial) meet it in `fold`.
_CYRILLIC_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie", "ж": "zh", "з": "z", "и": "i", "і": "i",
    "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "қ": "k", "ғ": "g", "ң": "n", "ү": "u", "ұ": "u", "һ": "h", "ө": "o", "ә": "a", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ј": "j",
    "љ": "l", "њ": "n", "ћ": "c", "ђ": "dj", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz", "ѐ": "e", "ѝ": "i",
}  # fmt: skip
_CARONS = str.maketrans({"č": "ch", "š": "sh", "ž": "zh", "ş": "s", "ș": "s", "ț": "ts", "ŝ": "shch", "ĉ": "ch", "ß": "ss", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "ø": "o", "æ": "e", "œ": "e"})  # fmt: skip

# Spellings that romanisation systems and languages disagree about, made one. Order matters: longer first.
_FOLD: tuple[tuple[str, str], ...] = (
    ("ckh", "kk"), ("shch", "s"), ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("ck", "k"), ("dzh", "j"), ("dj", "j"), ("tz", "c"), ("ts", "c"), ("cz", "c"), ("zh", "z"), ("kh", "h"),
    ("sh", "s"), ("qu", "kv"), ("q", "k"), ("x", "ks"), ("ph", "f"), ("th", "t"), ("gh", "g"), ("dh", "d"), ("bh", "b"), ("w", "v"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?![eiyh])")
_CH = "\x01"
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiou")


@cache
def _lookalike_maps() -> tuple[dict[int, str], dict[int, str]]:
    rows = party_tables.lookalikes()
    to_cyrillic = {ord(latin): cyrillic for latin, cyrillic, _ in rows if cyrillic}
    to_latin = {ord(other): latin for latin, cyrillic, greek in rows for other in (cyrillic, greek) if other}
    return to_cyrillic, to_latin


def repair(word: str) -> str:
    """A word that mixes Latin with Cyrillic or Greek letters, written in one script where every stray letter has a double."""
    if word.isascii():
        return word
    latin, cyrillic = len(LATIN.findall(word)), len(CYRILLIC.findall(word))
    to_cyrillic, to_latin = _lookalike_maps()
    if latin and cyrillic:
        for table, other in (
            ((to_cyrillic, LATIN), (to_latin, CYRILLIC))
            if cyrillic >= latin
            else ((to_latin, CYRILLIC), (to_cyrillic, LATIN))
        ):
            mended = word.translate(table)
            if not other.search(mended):
                return mended
    elif latin and not LATIN.fullmatch(word):
        mended = word.translate(to_latin)
        return mended if mended.isascii() else word
    return word


@lru_cache(maxsize=100_000)
def fold(latin: str) -> str:
    """One spelling for what romanisation systems write in many: `Zhukovskiy`, `Žukovskij`, `Joukovsky` come close or equal.

    `latin` is lower-case ASCII; the result is lower-case ASCII and may be shorter. Digits stay.
    """
    s = latin
    if s.endswith("ts") and len(s) > 4:
        s = s[:-2] + "t-s"  # an English plural, no affricate
    if len(s) <= 3:
        return s.replace("y", "i").replace("j", "i").replace("w", "v")
    for a, b in _FOLD:
        if a in s:
            s = s.replace(a, b if b != "c" else _CH)
    s = s.replace("ch", _CH)
    s = _SOFT_C.sub("k", s).replace(_CH, "c")
    s = s.replace("y", "i").replace("j", "i").replace("-", "")
    for a, b in (("iu", "u"), ("ia", "a"), ("io", "o"), ("ie", "e"), ("ii", "i")):
        s = s.replace(a, b)
    s = _DOUBLE.sub(r"\1", s) if not s.isdigit() else s
    return s or latin


@lru_cache(maxsize=100_000)
def skeleton(folded: str) -> str:
    """First letter and the consonants after it: equal for spellings that differ in vowels only."""
    return (folded[:1] + folded[1:].translate(_VOWELS).replace("h", "")).replace("z", "s")


@lru_cache(maxsize=100_000)
def romanise(word: str) -> str:
    """A lower-case word of any script in ASCII letters; pinyin and kana come joined."""
    if word.isascii():
        return word
    out = "".join(_CYRILLIC_LATIN.get(c, c) for c in word.translate(_CARONS))
    if not out.isascii():
        out = anyascii(out).lower()
        out = "".join(c for c in out if c.isalnum())
    return out or word


def _join_initials(match: re.Match[str]) -> str:
    return match.group(1).replace(".", "").replace(" ", "") + " "


def plain(name: str) -> str:
    """NFKC, case folded, dotted abbreviations joined (`O.O.O.` to `ooo`), quotes inside words dropped, spaces single."""
    s = unicodedata.normalize("NFKC", name)
    if not s.isascii():
        s = s.replace("İ", "i").replace("№", " no ")
    s = s.casefold()
    s = "".join(c for c in unicodedata.normalize("NFKD", s) if c != "̇") if "̇" in s else s
    if not s.isascii():
        s = _TASHKEEL.sub("", s)
    if "." in s:
        s = _DOTTED.sub(_join_initials, s)
    return s.translate(_QUOTES)


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    words = [w if w.isascii() else repair(w) for w in WORD.findall(plain(name))]
    if any(not w.isascii() and CYRILLIC.search(w) for w in words):
        stray = _lookalike_maps()[0]  # a single Latin letter among Russian words (`Общество c ограниченной`)
        words = [w.translate(stray) if len(w) == 1 and w.isascii() else w.replace("ё", "е") for w in words]
    return tuple(words)


def split(name: str) -> list[str]:
    """The words of a name in its own script, lower-case and repaired."""
    return list(_words(name))


def script_of(name: str) -> str:
    """`latin`, `cyrillic`, `han`, `abjad`, `other`, by the first kind found besides Latin."""
    if name.isascii():
        return "latin"
    for script, pattern in (("han", HAN), ("cyrillic", CYRILLIC), ("abjad", ABJAD)):
        if pattern.search(name):
            return script
    return "latin" if LATIN.search(name) else "other"
