"""A header as a set of concepts: the longest known phrases, words written together taken apart, box numbers of the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from enduse.reference import header_words

_SHORT = frozenset({"of", "in", "no", "id", "hs", "de", "us", "bl"})  # may be part of a word written together
_BOX = re.compile(
    r"^\s*(?:g|г|гр\.?|графа|box|field|feld|casilla|case|campo)?[\s_.]*(\d{1,4})(?:[._\-/ ]?(\d{1,2}))?\s*([a-zа-я]?)(?=$|[\s(:\-.,_])",
    re.IGNORECASE,
)
_BOX_MARKED = re.compile(r"^\s*(?:g|г|гр\.?|графа|box|field|feld|casilla|case|campo)[\s_.]*\d", re.IGNORECASE)

# Boxes of the Single Administrative Document (Commission Regulation (EEC) No 2454/93, annex 37; the EAEU declaration, decision
# 257 of 2010, keeps the numbers) and the sub-fields of the Russian electronic declaration. First number, then sub-field.
BOXES: dict[str, str] = {
    "1.1": "direction", "1": "direction", "2": "exporter_name", "2.1": "exporter_id", "2.2": "exporter_name", "2.3": "exporter_address", "2.31": "exporter_country",
    "8": "importer_name", "8.1": "importer_id", "8.2": "importer_name", "8.3": "importer_address", "8.31": "importer_country",
    "7.1": "customs_office", "7.2": "date", "11": "trading_country",
    "15": "departure_country", "15a": "departure_country", "15.1": "departure_country", "16": "origin_country",
    "17": "destination_country", "17a": "destination_country", "17b": "destination_country", "20": "value_basis", "20.2": "value_basis", "20.1": "value_basis",
    "22": "currency", "22.1": "currency", "25": "transport_mode", "31": "description", "31.1": "description",
    "31.11": "manufacturer", "31.12": "brand", "31.7": "quantity", "31.71": "unit", "32": "line_no", "33": "hs_code", "33.1": "hs_code",
    "34": "origin_country", "35": "gross_kg", "38": "net_kg", "41a": "unit", "42": "value", "46": "value_usd",
}  # fmt: skip


@dataclass(frozen=True)
class Header:
    """What a header says: `concepts` it names, `unknown` words, `ordinal` (QUANTITY 2), `box` of the form it belongs to."""

    text: str
    concepts: frozenset[str]
    order: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    ordinal: int = 0
    digits: frozenset[int] = field(default_factory=frozenset)
    box: str = ""


def _dense(word: str) -> bool:
    """Whether a word is of a script that writes without spaces (Chinese, Japanese, Korean)."""
    return any("\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in word)


def _split(word: str) -> list[tuple[str, ...]] | None:
    """Concepts of a word written together (`TOTALVALUE`, `净重千克`), or None if a part of it is unknown."""
    known = header_words.single()
    dense = _dense(word)
    best: list[tuple[int, list[tuple[str, ...]]] | None] = [None] * (len(word) + 1)
    best[0] = (0, [])
    for end in range(1, len(word) + 1):
        for start in range(end):
            so_far, piece = best[start], word[start:end]
            long_enough = len(piece) >= 3 or dense or piece in _SHORT
            if so_far is not None and long_enough and piece in known:
                here = best[end]
                if here is None or so_far[0] + 1 < here[0]:
                    best[end] = (so_far[0] + 1, [*so_far[1], known[piece]])
    done = best[-1]
    return done[1] if done is not None else None


def _matches(pattern: str, word: str) -> bool:
    if not pattern.endswith("*"):
        return word == pattern
    if not word.startswith(pattern[:-1]):
        return False
    rest = word[len(pattern) - 1 :]
    # An ending is short, and `importername` is no ending of `importer*`: it is two words.
    return len(rest) <= (4 if word.isascii() else 7) and not (len(rest) >= 2 and _split(rest) is not None)


@lru_cache(maxsize=16_384)
def read(text: str) -> Header:
    """The concepts of one header, without looking at its neighbours."""
    tokens = header_words.words(text)
    concepts: list[str] = []
    unknown: list[str] = []
    numbers: list[int] = []
    at = 0
    while at < len(tokens):
        word = tokens[at]
        for pattern, found in header_words.phrases().get(word[:2], ()):
            part = tokens[at : at + len(pattern)]
            if len(part) == len(pattern) and all(map(_matches, pattern, part)):
                concepts += found
                at += len(pattern)
                break
        else:
            if word.isdigit():
                numbers.append(int(word[:4]))
            else:
                pieces = _split(word) if len(word) > 3 or _dense(word) else None
                if pieces is None:
                    unknown.append(word)
                else:
                    concepts += [c for piece in pieces for c in piece]
            at += 1
    ordinal = numbers[-1] if numbers and tokens and tokens[-1] == str(numbers[-1]) and numbers[-1] < 10 else 0
    return Header(text, frozenset(concepts) - {"-"}, tuple(concepts), tuple(unknown), ordinal, frozenset(numbers))


def box(text: str) -> str:
    """`G31_1 (...)`, `31.1`, `G022`, `15A` as box and sub-field (`31.1`, `2.2`, `15a`); empty when it is none."""
    hit = _BOX.match(text)
    if hit is None:
        return ""
    number, sub, letter = hit.group(1), hit.group(2) or "", hit.group(3).casefold().replace("а", "a").replace("б", "b")
    if len(number) > 2:  # G022 is box 02, sub-field 2
        number, sub = number[:2], number[2:] + sub
    main = int(number)
    if not 1 <= main <= 54 or (letter and letter not in "abc"):
        return ""
    if not sub:
        return f"{main}{letter}"
    exact = f"{main}.{int(sub)}{letter}"
    # The first sub-field of a box without named sub-fields is the box itself: 35.1, G42_1
    return str(main) if exact not in BOXES and int(sub) == 1 and str(main) in BOXES else exact


def read_all(columns: Sequence[str]) -> list[Header]:
    """Every header; box numbers count only in a file that is numbered throughout (4 columns and a third of them or more)."""
    boxes = [box(c) for c in columns]
    hits = [b for b in boxes if b in BOXES]
    marked = sum(bool(_BOX_MARKED.match(c)) for c in columns)
    numbered = len(set(hits)) >= 4 and (marked >= 4 or 3 * len(hits) >= len(columns))
    out = []
    for column, b in zip(columns, boxes, strict=True):
        header = read(column)
        if numbered and b:
            label = column[_BOX.match(column).end() :] if _BOX.match(column) else ""  # type: ignore[union-attr]
            labelled = read(label) if label.strip(" ()_.:-") else Header(column, frozenset())
            header = Header(column, labelled.concepts, labelled.order, labelled.unknown, 0, frozenset(), b)
        out.append(header)
    return out
