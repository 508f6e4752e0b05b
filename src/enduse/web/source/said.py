"""The lines around a record as the terminal prints them."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from enduse.errors import EnduseError, UsageError

if TYPE_CHECKING:
    from enduse.case import Case

WIDTH = 80
LONGEST = 2_000  # characters of a record that are printed
RECORD = re.compile("[0-9a-f]{12}-[0-9]{1,10}")
# Characters that steer a terminal or the direction of text are printed as codes.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def is_record(text: str) -> bool:
    """Whether it names a record: an id of a shipment, or ALIAS:RECORD."""
    return bool(RECORD.fullmatch(text) or re.fullmatch(r".+:[0-9]{1,10}", text))


def named(case: Case, text: str) -> tuple[str, int]:
    """Source and number of a record. Raises EnduseError where the case has none of that name."""
    aliases = {s.alias: s for s in case.file.source}
    alias, colon, number = text.rpartition(":")
    if colon and alias in aliases and number.isdigit():
        return alias, int(number)
    begins, _, number = text.rpartition("-")
    held = sorted(s.alias for s in case.file.source if s.sha256[:12] == begins)
    if RECORD.fullmatch(text) and len(held) > 1:
        raise UsageError(f"{text} may stand in {' or '.join(held)}", fix=f"Name it: {held[0]}:{number}")
    if not held or not RECORD.fullmatch(text):
        raise EnduseError(
            f"no record {text[:60]!r}",
            where=str(case.folder),
            fix="Give a shipment id, or ALIAS:RECORD such as imports.csv:17",
        )
    return held[0], int(number)


def lines_of(case: Case, text: str, *, width: int = WIDTH) -> str:
    """The record in its file with those around it; the one asked for is marked."""
    from enduse.web.source.around import around, place_of

    alias, row = named(case, text)
    source = next(s for s in case.file.source if s.alias == alias)
    found = around(case.folder, source, row, case.file.settings.intake, None)
    account = next((a for a in case.table("source").to_pylist() if a["source"] == alias), None)
    how = f", {account['format']}" if account and account["format"] else ""
    out = [*textwrap.wrap(f"Record {row:,} of {alias}{how}", width), f"SHA-256 {source.sha256}", ""]
    for one in found.records:
        here = one.located.row == row
        out.append(f"{'>' if here else ' '} {one.located.row:,}  {place_of(one, packed=found.packed)}")
        whole = one.located.text.rstrip("\r\n")
        shown = STEERING.sub(lambda m: f"<U+{ord(m[0]):04X}>", whole[:LONGEST])
        for line in shown.split("\n"):
            out += textwrap.wrap(line, width, initial_indent="    ", subsequent_indent="    ") or [""]
        if len(whole) > LONGEST:
            out.append(f"    ... {LONGEST:,} of {len(whole):,} characters")
    return "\n".join(out)
