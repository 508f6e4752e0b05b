"""A header as a set of concepts: the longest known phrases, words written together taken apart, box numbers of the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from enduse.reference import header_words

from .tongue import Tongue, guess, guess_phrase, latin_phrases, sounds, tongue_of

_SHORT = frozenset({"of", "in", "no", "id", "hs", "de", "us", "bl"})  # may be part of a word written together
_HEAD_FIRST = frozenset({"ru", "uk", "es", "pt", "fr", "vi", "id"})
_CODE_LIKE = 4  # letters of a word that may be a mere code
_STRANGE = 5  # what an unknown character costs, where a known piece costs 2
_BOX = re.compile(
    r"^\s*(?:g|г|гр\.?|графа|box|field|feld|casilla|case|campo)?[\s_.]*(\d{1,4})(?:[._\-/ ]?(\d{1,2}))?\s*([a-zа-я]?)(?=$|[\s(:\-.,_])",
    re.IGNORECASE,
)
_BOX_MARKED = re.compile(r"^\s*(?:g|г|гр\.?|графа|box|field|feld|casilla|case|campo)[\s_.]*\d", re.IGNORECASE)
_BOX_NAMED = re.compile(
    r"[\s(,\[](?:box|field|графа|гр\.|casilla|campo|case|feld|ô|kutu|栏)\s*(?:no\.?\s*)?(\d{1,2})\s*([ab])?\s*[)\]]?\s*$",
    re.IGNORECASE,
)

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
    """What a header says: `concepts` it names, `unknown` words, `ordinal` (QUANTITY 2), `box` of the form it belongs to,
    the words whose meaning was `guessed` from a beginning, consonants or a slip, and the number of short words `borrowed`
    from languages the row is not written in.
    """

    text: str
    concepts: frozenset[str]
    order: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    ordinal: int = 0
    digits: frozenset[int] = field(default_factory=frozenset)
    box: str = ""
    guessed: tuple[str, ...] = ()
    borrowed: int = 0


def _dense(word: str) -> bool:
    """Whether a word is of a script that writes without spaces (Chinese, Japanese, Korean)."""
    return any("\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in word)


def _split(word: str, languages: tuple[str, ...] = ()) -> list[tuple[str, ...]] | None:
    """Concepts of a word written together (`TOTALVALUE`, `净重千克`), or None if a part of it is unknown."""
    known = header_words.single()
    dense = _dense(word)
    best: list[tuple[int, list[tuple[str, ...]]] | None] = [None] * (len(word) + 1)
    best[0] = (0, [])
    for end in range(1, len(word) + 1):
        for start in range(end):
            so_far, piece = best[start], word[start:end]
            long_enough = len(piece) >= 3 or dense or piece in _SHORT
            if so_far is None or not long_enough:
                continue
            here = best[end]
            if piece in known and (here is None or so_far[0] + 2 < here[0]):
                best[end] = (so_far[0] + 2, [*so_far[1], header_words.meaning(known[piece], languages)])
            elif dense and end - start == 1 and (here is None or so_far[0] + _STRANGE < here[0]):
                best[end] = (so_far[0] + _STRANGE, so_far[1])  # one unknown character among known ones
    done = best[-1]
    if done is None or not done[1] or done[0] - 2 * len(done[1]) > _STRANGE * max(1, len(word) // 4):
        return None
    return done[1]


def _matches(pattern: str, word: str) -> bool:
    if not pattern.endswith("*"):
        return word == pattern
    if not word.startswith(pattern[:-1]):
        return False
    rest = word[len(pattern) - 1 :]
    # An ending is short, and `importername` is no ending of `importer*`: it is two words.
    return len(rest) <= (4 if word.isascii() else 7) and not (len(rest) >= 2 and _split(rest) is not None)


def _phrase(index: dict[str, tuple[header_words.Phrase, ...]], tokens: Sequence[str]) -> header_words.Phrase | None:
    """The longest phrase that the tokens begin with."""
    for phrase in index.get(tokens[0][:2], ()):
        pattern = phrase[0]
        part = tokens[: len(pattern)]
        if len(part) == len(pattern) and all(map(_matches, pattern, part)):
            return phrase
    return None


def _cut_short(tokens: Sequence[str], at: int, tongue: Tongue) -> tuple[int, tuple[str, ...]] | None:
    """A phrase whose words all stand cut short (`усл пост`, `bur adu`), where at least one of them is no word of its own."""
    for size in (3, 2):
        part = tokens[at : at + size]
        if (
            tongue.languages
            and len(part) == size
            and any(t not in header_words.single() and _phrase(header_words.phrases(), [t]) is None for t in part)
        ):
            meant = guess_phrase(tuple(part), tongue.languages)
            if meant is not None:
                return size, meant
    return None


@lru_cache(maxsize=16_384)
def read(text: str, tongue: Tongue = Tongue()) -> Header:  # noqa: B008 - frozen
    """The concepts of one header, in the languages of its row, without looking at its neighbours."""
    tokens = header_words.words(text)
    heard = [sounds(t) if t.isascii() and not t.isdigit() else t for t in tokens] if tongue.latin else tokens
    concepts: list[str] = []
    unknown: list[str] = []
    guessed: list[str] = []
    borrowed = 0
    numbers: list[int] = []
    at = 0
    while at < len(tokens):
        word = tokens[at]
        hit = _phrase(header_words.phrases(), tokens[at:])
        if tongue.latin:
            other = _phrase(latin_phrases(), heard[at:])
            # The longer phrase, and of equally long ones the Cyrillic: `data` is a date here.
            hit = other if other and (hit is None or len(other[0]) >= len(hit[0])) else hit
        if hit is not None:
            short = _cut_short(tokens, at, tongue) if len(hit[0]) == 1 else None
            if short is not None:
                concepts += short[1]
                guessed.append(" ".join(tokens[at : at + short[0]]))
                at += short[0]
                continue
            concepts += header_words.meaning(hit[1], tongue.languages)
            foreign = tongue.languages and not any(x in tongue.languages for x, _ in hit[1])
            borrowed += bool(
                foreign and len(hit[0]) == 1 and len(word) <= _CODE_LIKE and word.isalpha() and word.isascii()
            )
            at += len(hit[0])
            continue
        short = _cut_short(tokens, at, tongue)
        if short is not None:
            concepts += short[1]
            guessed.append(" ".join(tokens[at : at + short[0]]))
            at += short[0]
            continue
        at += 1
        if word.isdigit():
            numbers.append(int(word[:4]))
            continue
        pieces = _split(word, tongue.languages) if len(word) > 3 or _dense(word) else None
        if pieces is not None:
            concepts += [c for piece in pieces for c in piece]
        elif (meant := guess(word, tongue.languages) if len(tokens) == 1 else None) is not None:
            guessed.append(word)
            concepts += meant
        else:
            unknown.append(word)
    ordinal = numbers[-1] if numbers and tokens and tokens[-1] == str(numbers[-1]) and numbers[-1] < 10 else 0
    return Header(
        text,
        frozenset(concepts) - {"-"},
        tuple(concepts),
        tuple(unknown),
        ordinal,
        frozenset(numbers),
        "",
        tuple(guessed),
        borrowed,
    )


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
    tongue = tongue_of(columns)
    boxes = [_named_box(c) or box(c) for c in columns]
    hits = [b for b in boxes if b in BOXES]
    marked = sum(bool(_BOX_MARKED.match(c) or _BOX_NAMED.search(c)) for c in columns)
    numbered = len(set(hits)) >= 4 and (marked >= 4 or 3 * len(hits) >= len(columns))
    out = []
    for column, b in zip(columns, boxes, strict=True):
        header = head(read(column, tongue), tongue)
        if numbered and b:
            front = _BOX.match(column)
            label = _BOX_NAMED.sub(" ", column) if _named_box(column) else column[front.end() :] if front else ""
            labelled = read(label, tongue) if label.strip(" ()_.:-") else Header(column, frozenset())
            header = Header(
                column,
                labelled.concepts,
                labelled.order,
                labelled.unknown,
                0,
                frozenset(),
                b,
                labelled.guessed,
                labelled.borrowed,
            )
        out.append(header)
    return out


def head(header: Header, tongue: Tongue) -> Header:
    """In languages that put the head of a phrase first, `количество единиц` is a quantity and `unidad de cantidad` a unit."""
    if tongue.languages and tongue.languages[0] in _HEAD_FIRST and header.concepts >= {"QTY", "UNIT"}:
        first = next(c for c in header.order if c in ("QTY", "UNIT"))
        return replace(header, concepts=header.concepts - ({"QTY", "UNIT"} - {first}))
    return header


def _named_box(text: str) -> str:
    """The box a header names after its words: `Net mass (box 38)`, `Вес нетто (графа 38)`."""
    hit = _BOX_NAMED.search(text)
    return box(f"{hit[1]}{hit[2] or ''}") if hit else ""
