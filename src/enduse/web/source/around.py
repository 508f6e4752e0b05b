"""A record in its source with the records before and behind it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from enduse.contracts.case_file import Intake, Source
from enduse.errors import SourceRefused, UsageError
from enduse.intake.reading import locate
from enduse.intake.reading.peeked import Located
from enduse.intake.reading.reader import TABLES
from enduse.intake.reading.unpacking import opened
from enduse.intake.sealing import check
from enduse.seen import marks as seen
from enduse.seen import sha256
from enduse.web.source.marks import Found, Marks

MOST = 50  # records shown on each side
_held: dict[Path, Marks] = {}
_lock = Lock()


@dataclass(frozen=True)
class Around:
    """Records in their order; `packed` where bytes count in the unpacked file, `lines` where lines are known."""

    records: tuple[Found, ...]
    packed: bool


def unchanged(folder: Path, source: Source) -> None:
    """Raise SourceRefused where the file is another one than was added; read whole only where its size or time moved."""
    path = folder / source.path
    held, stat = seen(folder).get(source.path), path.stat()
    if held is None or held[:2] != [stat.st_size, stat.st_mtime_ns]:
        check(folder, source, sha256(path))


def find(folder: Path, source: Source, rows: list[int], settings: Intake, kept: Path | None) -> Around:
    """Records of a source by number; `kept` is a folder where marks of large files are kept for the next look."""
    unchanged(folder, source)
    path = folder / source.path
    with opened(path, source.sheet, limit=settings.max_unpacked_bytes) as file:
        if file.form in TABLES:  # read in a process of its own, with the row of the sheet in place of a line
            found = locate(path, rows, sheet=source.sheet, settings=settings)
            return Around(tuple(Found(found[r], 0) for r in sorted(found)), packed=False)
        inside = file.path != path  # unpacked for this look alone: marks would not find it again
        marks = Marks(None) if inside or kept is None else _marks(kept / f"marks-{_name(source)}.npy")
        records = marks.find(file.path, file.form, rows, settings)
        return Around(tuple(records[r] for r in sorted(records)), packed=inside or file.form != "text")


def _name(source: Source) -> str:
    return hashlib.sha256(f"{source.sha256} {source.sheet or ''}".encode()).hexdigest()[:16]


def _marks(kept: Path) -> Marks:
    with _lock:
        return _held.setdefault(kept, Marks(kept))


def around(
    folder: Path, source: Source, row: int, settings: Intake, kept: Path | None, *, before: int = 4, after: int = 6
) -> Around:
    """A record with those around it. Raises SourceRefused for a sealed source, and where there is no such record."""
    if not 0 <= before <= MOST or not 0 <= after <= MOST:
        raise UsageError(f"at most {MOST} records are shown on each side", fix="Ask for fewer")
    if source.sealed:
        raise SourceRefused(
            f"source {source.alias} is sealed: its file is not opened",
            where=source.alias,
            fix="The record itself stands in the drawer; `enduse prove` writes a proof of it for who must check it",
        )
    found = find(folder, source, list(range(max(row - before, 1), row + after + 1)), settings, kept)
    if not any(f.located.row == row for f in found.records):
        raise SourceRefused(f"the source no longer has a record {row:,}", where=source.alias, fix="Run the case again")
    return found


def place_of(found: Found, *, packed: bool) -> str:
    """Where a record stands, in words: its line and bytes, or the row of its sheet."""
    located: Located = found.located
    if located.sheet_row is not None:
        return f"row {located.sheet_row:,} of the sheet"
    said = [f"line {found.line:,}"] if found.line else []
    if located.byte_start is not None:
        said.append(f"bytes {located.byte_start:,}–{located.byte_end:,} of the {'unpacked ' if packed else ''}file")
    return ", ".join(said) or f"record {located.row:,}"
