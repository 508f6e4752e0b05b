"""Sentences with exact offsets: abbreviations, initials, decimals, quotations that run on, closing quotes."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen lt col maj capt sgt adm gov sen rep st vs etc inc ltd co corp jr sr no vol fig approx est e.g i.e cf al
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun u.s u.k u.n u.a.e a.m p.m ph.d d.c u.s.a n s
    mio mrd tsd bzw usw тыс млн млрд долл руб тис грн
    bros dept div min max llc pte pty ave""".split()
)
LONGEST = 1200
_END = re.compile(r"""[.!?…]+["')\]]*(?=\s|\Z)""")
_GERMAN_MONTH = re.compile(
    r"\s(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
_BEFORE = re.compile(r"[\w.&]+\Z")
_OPENS = re.compile(r"""\s*["'(\[]*(?P<first>\S)""")


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]` (plain text, one paragraph), without the spaces around them."""
    spans, begin = [], start
    for m in _END.finditer(text, start, end):
        if m.end() < end and not _ends(text, m, begin, end):
            continue
        spans.append((begin, m.end()))
        begin = m.end()
    if begin < end:
        spans.append((begin, end))
    whole = (piece for a, b in spans for piece in _pieces(text, a, b))
    return [s for s in (_trim(text, a, b) for a, b in whole) if s[0] < s[1]]


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run without any full stop (a list, a table, junk) in pieces: no rule looks further than that anyway."""
    out = []
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        out.append((start, cut))
        start = cut
    return [*out, (start, end)]


def _ends(text: str, m: re.Match[str], begin: int, end: int) -> bool:
    word = _BEFORE.search(text, max(begin, m.start() - 24), m.start())
    last = word.group().lower().rstrip(".") if word else ""
    following = _OPENS.match(text, m.end(), end)
    first = following.group("first") if following else ""
    if first and (first.islower() or first in ",;:"):
        return False
    if m.group()[0] != ".":
        return True
    if last.isdigit() and len(last) <= 2 and _GERMAN_MONTH.match(text, m.end(), end):
        return False  # "am 3. Mai 2024"
    if last in _ABBREVIATIONS and not m.group().endswith(('"', "'")):
        # "U.S." and "p.m." may close a sentence; a title or a month with a dot hardly does
        nxt = _OPENS.match(text, m.end(), end)
        tail = text[nxt.start("first") : nxt.start("first") + 12] if nxt else ""
        return last in {"u.s", "u.k", "u.n", "p.m", "a.m", "etc", "inc", "ltd", "co", "corp", "llc"} and bool(
            re.match(r"(?:The|A|An|In|On|It|But|He|She|They|This|That|Its)\b", tail)
        )
    return not (len(last) == 1 and last.isalpha() and word is not None and text[word.start()].isupper())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
