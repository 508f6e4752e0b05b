"""The public functions: read a file, peek into one, name its sheets, find a record again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.errors import SourceRefused
from enduse.intake import child

from .files import Form, files_in, form_of
from .peeked import Located, Peek
from .unpacking import Opened, opened

if TYPE_CHECKING:
    from enduse.contracts import case_file
    from enduse.intake.raw import Raw

    from .encoding import Transcoder
    from .survey import Layout

INSIDE = "enduse.intake.reading.inside:"
TABLES = ("workbook", "parquet", "json", "xml")  # forms that are read in a child process
LIMIT = 4_000_000_000


def read(path: Path, *, alias: str, scratch: Path, settings: case_file.Intake, sheet: str | None = None) -> Raw:
    """All records of a file (of a sheet of a workbook, of a file of an archive) as Parquet under `scratch`.

    Raises `SourceRefused` with the reason where it is no table.
    """
    from enduse.intake.raw import Raw

    slug = _slug(alias, sheet)
    with opened(path, sheet, limit=settings.max_unpacked_bytes, scratch=scratch) as file:
        if file.form not in TABLES:
            return _read_text(file, _text_form(file, path), alias, scratch, slug, settings)
        limits = {"max_cell_bytes": settings.max_cell_bytes, "max_unpacked_bytes": settings.max_unpacked_bytes}
        scratch.mkdir(parents=True, exist_ok=True)
        found = child.run(
            INSIDE + "read", str(file.path), file.form, path.name, alias, str(scratch), slug, limits, file.sheet,
            where=path.name,
        )  # fmt: skip
    rejected = Path(found["rejected"]) if found["rejected"] else None
    sample = tuple(tuple(r) for r in found["sample"])
    return Raw(
        alias, tuple(found["columns"]), Path(found["path"]), rejected, found["records"], sample,
        file.packed + found["format"], tuple(found["notes"]),
    )  # fmt: skip


def _text_form(file: Opened, path: Path) -> Form:
    if file.form in ("pdf", "docx"):
        what = {"pdf": "a PDF document", "docx": "a Word document"}[file.form]
        raise SourceRefused(
            f"this is {what}, not a table", where=path.name, fix="Export the table as CSV or xlsx and add that file"
        )
    return file.form


def _read_text(file: Opened, form: Form, alias: str, scratch: Path, slug: str, settings: case_file.Intake) -> Raw:
    from enduse.intake.raw import Raw

    from .delimited import parts
    from .encoding import SHOWN, Transcoder
    from .files import open_bytes
    from .store import Store
    from .survey import survey

    path = file.path
    layout = survey(path, form, limit=settings.max_unpacked_bytes)
    code = Transcoder(layout.encoding, path.name)
    store = Store(scratch, alias, slug, layout.shape.columns)
    records = replaced = 0
    other: Counter[str] = Counter()
    try:
        with open_bytes(path, form, settings.max_unpacked_bytes) as stream:
            for part, count in parts(stream, layout, settings.max_cell_bytes, code):
                store.add(part.table, part.refused)
                records += count
                replaced += part.replaced
                other.update(part.other)
        rejected = store.close()
    except BaseException:
        store.abandon()
        raise
    replaced += code.replaced
    notes = list(layout.notes)
    for codec, lines in sorted(other.items()):
        said = "1 line is not {0}; it was" if lines == 1 else f"{lines:,} lines are not {{0}}; they were"
        notes.append(f"{said.format(code)} read as {SHOWN.get(codec, codec)}")
    if replaced:
        said = "1 byte sequence that is" if replaced == 1 else f"{replaced:,} byte sequences that are"
        notes.append(f"{said} not {code}; each replaced by U+FFFD")
    return Raw(
        alias, layout.header.columns, store.path, rejected, records, store.sample(),
        file.packed + _format(layout, code), tuple(notes),
    )  # fmt: skip


def _format(layout: Layout, code: Transcoder) -> str:
    packed = {"gzip": "gzip, ", "zip": "zip, "}.get(layout.form, "")
    head = {-1: ", no header", 0: ""}.get(layout.header.row, f", header in row {layout.header.row + 1}")
    return f"csv, {packed}{code}, {layout.dialect}{head}"


def peek(path: Path, *, rows: int = 2000, sheet: str | None = None, max_unpacked_bytes: int = LIMIT) -> Peek:
    """The head of a file, whatever its size; a file of a header only is fine."""
    with opened(path, sheet, limit=max_unpacked_bytes) as file:
        if file.form in TABLES:
            found = child.run(
                INSIDE + "peek",
                str(file.path),
                file.form,
                path.name,
                rows,
                file.sheet,
                max_unpacked_bytes,
                where=path.name,
            )
            sample = tuple(tuple(r) for r in found["sample"])
            return Peek(tuple(found["columns"]), sample, file.packed + found["format"])
        from .encoding import Transcoder
        from .survey import survey

        layout = survey(file.path, _text_form(file, path), limit=max_unpacked_bytes, rows=rows)
        return Peek(layout.header.columns, layout.rows, file.packed + _format(layout, Transcoder(layout.encoding)))


def sheets(path: Path, *, max_unpacked_bytes: int = LIMIT) -> list[str]:
    """Names of the sheets of a workbook that hold a cell, or of the files of an archive; none for other files.

    A workbook of several sheets inside an archive gives `file#sheet` for each.
    """
    form = form_of(path)
    if form == "archive":
        return files_in(path)
    if form not in ("workbook", "packed"):
        return []
    with opened(path, None, limit=max_unpacked_bytes) as file:
        if file.form != "workbook":
            return []
        found: list[str] = child.run(INSIDE + "sheets", str(file.path), path.name, max_unpacked_bytes, where=path.name)
        return found


def locate(
    path: Path, rows: Sequence[int], *, sheet: str | None = None, settings: case_file.Intake | None = None
) -> dict[int, Located]:
    """Back from record numbers to the bytes of the source (of the unpacked text, for a compressed file), or to sheet rows.

    Numbers that the file does not have are missing in the answer.
    """
    from enduse.contracts.case_file import Intake

    limits = settings or Intake()
    with opened(path, sheet, limit=limits.max_unpacked_bytes) as file:
        if file.form in TABLES:
            found = child.run(
                INSIDE + "locate", str(file.path), file.form, path.name, list(rows), file.sheet, limits.max_unpacked_bytes,
                where=path.name,
            )  # fmt: skip
            return {r["row"]: _located(r) for r in found}
        from . import locating

        return locating.locate(file.path, file.form, rows, limits)


def _located(found: dict[str, Any]) -> Located:
    cells = tuple(found["cells"])
    return Located(found["row"], None, None, "\t".join(c or "" for c in cells), cells, found["sheet_row"])


def _slug(alias: str, sheet: str | None) -> str:
    """A file name that differs wherever alias or sheet differ."""
    full = alias if sheet is None else f"{alias}\0{sheet}"
    return re.sub(r"[^A-Za-z0-9]+", "-", alias).strip("-")[:40] + "-" + hashlib.sha256(full.encode()).hexdigest()[:8]
