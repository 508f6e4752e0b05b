"""What kind of source a file is whose form tells more than its columns: JSON, XML, archives."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enduse.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from enduse.intake.kinds import Detected, Kind

SHEETS = 100  # sheets looked at one by one
SURE = 0.5
LINES = "names, one a line"
_ORDER = frozenset(
    "order order_id order_no order_number orderid purchase_order po_number buyer consignee end_user enduser ship_to".split()
)


@dataclass(frozen=True)
class Part:
    """One file of an archive (or one sheet of a workbook in it), as `sheet` names it, and what it is."""

    sheet: str
    kind: Kind
    reason: str


def first_objects(text: str, most: int = 200) -> list[dict[str, Any]]:
    """The whole objects that the beginning of a JSON file holds: its lines, or the members of its array."""
    decoder = json.JSONDecoder()
    found: list[dict[str, Any]] = []
    place = len(text) - len(text.lstrip("\ufeff \t\r\n["))
    while place < len(text) and len(found) < most:
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        if isinstance(value, dict):
            found.append(value)
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1
    return found


def of_json(text: str) -> tuple[Kind, str] | None:
    """The kind of a JSON file by its first objects; None where only its columns can tell."""
    from enduse.intake import ownership

    objects = first_objects(text)
    if not objects:
        return None
    known = ownership.layout(objects[0])
    if known == ownership.bods.LAYOUT:
        return "ownership", known
    if known == ownership.ftm.LAYOUT:
        schemas = Counter(str(o.get("schema")) for o in objects)
        links = [s for s in ("Ownership", "Directorship") if schemas[s]]
        listed = any(
            o.get("properties", {}).get(k)
            for o in objects
            for k in ("topics", "program", "programId")
            if isinstance(o.get("properties"), dict)
        )
        if links and not listed:
            return "ownership", f"FollowTheMoney entities with {' and '.join(links)}"
        return "watchlist", "FollowTheMoney entities"
    first = {str(k).casefold() for k in objects[0]}
    if len(objects) == 1 and first & _ORDER and first & {"items", "lines", "goods", "products", "positions"}:
        return "order", f"a JSON object with {', '.join(sorted(first & _ORDER))} and its lines"
    return None


def archive(path: Path, kind: Kind | None, detect: Callable[..., Detected], limit: int) -> Detected:
    """Every file of an archive by itself. The archive is refused only where none of them is a source."""
    from enduse.intake.kinds import Detected
    from enduse.intake.reading.files import files_in
    from enduse.intake.reading.unpacking import opened

    parts: list[Part] = []
    left: list[str] = []
    for member in files_in(path):
        try:
            with opened(path, member, limit=limit) as file:
                found = detect(file.path, kind, max_unpacked_bytes=limit)
        except SourceRefused as error:
            left.append(f"{member}: {error.what}")
            continue
        sheets = found.parts or [Part(s, found.kind, found.reason) for s in found.sheets if len(found.sheets) > 1]
        parts += [Part(f"{member}#{p.sheet}", p.kind, p.reason) for p in sheets] or [
            Part(member, found.kind, found.reason)
        ]
    if not parts:
        raise SourceRefused(
            f"none of the files in the archive is a source ({'; '.join(left[:3])})",
            where=path.name,
            fix="Unpack it and add the files one by one",
        )
    main = Counter(p.kind for p in parts).most_common(1)[0][0]
    reason = f"an archive of {len(parts)} tables or texts" + (f"; left out: {'; '.join(left)}" if left else "")
    return Detected(main, reason, tuple(p.sheet for p in parts if p.kind == main), tuple(parts))


def workbook(path: Path, limit: int, table: Callable[..., Detected]) -> Detected:
    """Every sheet of a workbook by itself; a sheet of remarks is left out and named. Refused where no sheet is a source."""
    from enduse.intake import reading
    from enduse.intake.kinds import Detected

    sheets = reading.sheets(path, max_unpacked_bytes=limit)
    if len(sheets) < 2:
        return table(path, tuple(sheets), limit)
    parts: list[Part] = []
    left: list[str] = []
    first: SourceRefused | None = None
    for sheet in sheets[:SHEETS]:
        try:
            found = table(path, (), limit, sheet)
        except SourceRefused as error:
            first = first or error
            left.append(sheet)
        else:
            parts.append(Part(sheet, found.kind, found.reason))
    left += sheets[SHEETS:]
    if any(p.reason != LINES for p in parts):  # beside tables, a sheet of single lines is of remarks
        left += [p.sheet for p in parts if p.reason == LINES]
        parts = [p for p in parts if p.reason != LINES]
    if not parts:
        raise first or SourceRefused("no sheet is a source", where=path.name, fix="Check that it is the right file")
    main = Counter(p.kind for p in parts).most_common(1)[0][0]
    reason = next(p.reason for p in parts if p.kind == main)
    if left:
        reason += f"; sheets left out, as they are no tables of a known kind: {', '.join(left)}"
    return Detected(main, reason, tuple(p.sheet for p in parts if p.kind == main), tuple(parts))


def tables(path: Path, sheets: list[str], limit: int) -> Iterator[str]:
    """The sheets in which some column has a role of trade."""
    from enduse.intake import mapping, reading

    for sheet in sheets:
        try:
            peek = reading.peek(path, sheet=sheet, max_unpacked_bytes=limit)
        except SourceRefused:
            continue
        if any(
            r.role != "ignore" and r.confidence >= SURE
            for r in mapping.propose(peek.columns, peek.sample, name=path.name)
        ):
            yield sheet
