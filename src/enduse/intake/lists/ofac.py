"""OFAC's delimited files: SDN.CSV and CONS_PRIM.CSV (primary names), ALT.CSV and CONS_ALT.CSV (aliases). They have no header.

Layout: the Treasury's data specification of the SDN list. `-0-` is an empty cell; a lone 0x1A ends the file. Remarks
hold identifiers, countries and, in quotes, the weak aliases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from enduse.intake.lists import identifiers
from enduse.intake.lists.countries import alpha2
from enduse.intake.lists.model import Entry, EntryKind, Refusal
from enduse.intake.lists.names import Name, collect

PRIMARY, ALIASES, ADDRESSES = (
    "OFAC primary names (SDN.CSV layout)",
    "OFAC aliases (ALT.CSV layout)",
    "OFAC addresses (ADD.CSV layout)",
)
_WIDTH = {12: PRIMARY, 5: ALIASES, 6: ADDRESSES}
_KIND: dict[str, EntryKind] = {
    "": "organization",
    "entity": "organization",
    "individual": "person",
    "vessel": "vessel",
    "aircraft": "other",
}

_AKA = re.compile(r"\b(?:a|f|n)\.k\.a\. '([^']+)'")
_WHERE = re.compile(r"(?:^|; ?)(?:alt\. )?(?:nationality|citizen) ([^;.(]+)", re.IGNORECASE)
_NUMBERS: tuple[tuple[str, str], ...] = (
    ("IMO", r"\bIMO ([0-9]{7})\b"),
    ("MMSI", r"\bMMSI ([0-9]{9})\b"),
    ("SWIFT", r"SWIFT/BIC ([A-Z0-9]{8,11})\b"),
    ("LEI", r"\bLEI (?:Code )?([A-Z0-9]{20})\b"),
    ("USCC", r"(?:Unified|United) Social Credit Code (?:\(USCC\) )?([0-9A-Z]{18})\b"),
    ("OKPO", r"Government Gazette Number ([0-9]{8,10})\b"),
    ("TAX", r"(?:Tax ID No\.|V\.A\.T\. Number|NIT #|RUC #|RTN|C\.U\.I\.T\.|C\.R\. No\.) ([0-9A-Z][0-9A-Z ./-]*)"),
    (
        "REG",
        r"(?:Registration Number|Company Number|Registration ID|Commercial Registry Number|Business Number|Enterprise Number|Legal Entity Number|Identification Number|Economic Register Number) ([0-9A-Z][0-9A-Z ./-]*)",
    ),
    ("PASSPORT", r"Passport ([0-9A-Z][0-9A-Z-]+)"),
    ("ID", r"(?:National ID No\.|Cedula No\.) ([0-9A-Z][0-9A-Z ./-]*)"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _NUMBERS)
_OF_COUNTRY = re.compile(
    r"(?:Tax ID No\.|Registration Number|Registration ID|Company Number|V\.A\.T\. Number) [^;(]+\(([^)]+)\)"
)


def layout(records: Sequence[Sequence[str]]) -> str | None:
    """Which OFAC file these first records are of, if any: equal width, a number in front, `-0-` for empty cells."""
    rows = [r for r in records if any(c.strip(" \x1a") for c in r)]
    if not rows or len({len(r) for r in rows}) != 1 or len(rows[0]) not in _WIDTH:
        return None
    if not all(re.fullmatch(r" *[0-9]+ *", r[0]) for r in rows):
        return None
    found = _WIDTH[len(rows[0])]
    empty = any(c.strip() == "-0-" for r in rows for c in r)
    kinds = {r[2].strip().casefold() for r in rows}
    if found == PRIMARY and kinds <= {"-0-", *_KIND}:
        return found if empty else None
    if found == ALIASES and kinds <= {"aka", "fka", "nka"}:
        return found
    if found == ADDRESSES and empty and all(re.fullmatch(r" *[0-9]+ *", r[1]) for r in rows):
        return found
    return None


def _cell(record: Sequence[str], place: int) -> str:
    text = record[place].strip(" \x1a") if place < len(record) else ""
    return "" if text == "-0-" else text


def _numbers(remarks: str) -> Iterator[str]:
    for kind, pattern in _PATTERNS:
        for number in pattern.findall(remarks):
            yield identifiers.typed(number.strip(" .-"), kind)


def _primary(record: Sequence[str], row: int) -> Entry:
    remarks = _cell(record, 11)
    kind = _KIND.get(_cell(record, 2).casefold(), "other")
    places = [*_WHERE.findall(remarks), *_OF_COUNTRY.findall(remarks), _cell(record, 9)]
    program = ";".join(p.strip(" []") for p in _cell(record, 3).split("]") if p.strip(" []"))
    return Entry(
        entry_id=_cell(record, 0).strip(),
        row=row,
        names=collect([_cell(record, 1)], weak=_AKA.findall(remarks)),
        kind=kind,
        countries=identifiers.unique(code for p in places if (code := alpha2(p))),
        identifiers=identifiers.unique(_numbers(remarks)),
        program=program,
    )


def _alias(record: Sequence[str], row: int) -> Entry:
    names: tuple[Name, ...] = collect((), strong=[_cell(record, 3)])
    return Entry(entry_id=_cell(record, 0).strip(), row=row, names=names)


def entries(records: Iterable[Sequence[str]], found: str) -> Iterator[Entry | Refusal]:
    """One entry a record. An alias file gives alias entries under the number of the entry they belong to."""
    width = next(w for w, name in _WIDTH.items() if name == found)
    row = 0
    for record in records:
        if not record or [c.strip(" \x1a") for c in record] == [""]:
            continue  # an empty line, or the mark that ends the file
        row += 1
        if len(record) != width or not record[0].strip().isdecimal():
            yield Refusal(row, "broken_record", ",".join(record))
            continue
        entry = _primary(record, row) if found == PRIMARY else _alias(record, row)
        yield entry if entry.names else Refusal(row, "no_name", ",".join(record))


def addresses(records: Iterable[Sequence[str]]) -> Iterator[tuple[str, str] | Refusal]:
    """Entry number and country (alpha-2, or empty) of each record of ADD.CSV or CONS_ADD.CSV."""
    row = 0
    for record in records:
        if not record or [c.strip(" \x1a") for c in record] == [""]:
            continue
        row += 1
        if len(record) != 6 or not record[0].strip().isdecimal():
            yield Refusal(row, "broken_record", ",".join(record))
        else:
            yield _cell(record, 0).strip(), alpha2(_cell(record, 4)) or ""
