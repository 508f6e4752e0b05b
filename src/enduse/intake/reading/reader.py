"""The public functions: read a file, peek into one, name its sheets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .files import Form, form_of
from .peeked import Located, Peek

if TYPE_CHECKING:
    from enduse.contracts import case_file
    from enduse.intake.raw import Raw

    from .encoding import Transcoder
    from .survey import Layout


def read(path: Path, *, alias: str, scratch: Path, settings: case_file.Intake, sheet: str | None = None) -> Raw:
    """All records of a file (of one sheet of a workbook) as Parquet under `scratch`; raises `SourceRefused`."""
    form = form_of(path)
    name = _slug(alias, sheet)
    if form == "workbook":
        from . import workbook

        return workbook.read(path, alias=alias, scratch=scratch, name=name, settings=settings, sheet=sheet)
    return _read_text(path, form, alias, scratch, name, settings)


def _read_text(path: Path, form: Form, alias: str, scratch: Path, name: str, settings: case_file.Intake) -> Raw:
    from enduse.intake.raw import Raw

    from .delimited import parts
    from .encoding import Transcoder
    from .files import open_bytes
    from .store import Store
    from .survey import survey

    layout = survey(path, form, limit=settings.max_unpacked_bytes)
    code = Transcoder(layout.encoding, path.name)
    store = Store(scratch, alias, name, layout.shape.columns)
    records = replaced = 0
    try:
        with open_bytes(path, form, settings.max_unpacked_bytes) as stream:
            for part, count in parts(stream, layout, settings.max_cell_bytes, code):
                store.add(part.table, part.refused)
                records += count
                replaced += part.replaced
        rejected = store.close()
    except BaseException:
        store.abandon()
        raise
    replaced += code.replaced
    notes = list(layout.notes)
    if replaced:
        notes.append(f"{replaced} byte sequences that are not {code}; each replaced by U+FFFD")
    return Raw(
        alias, layout.header.columns, store.path, rejected, records, store.sample(), _format(layout, code), tuple(notes)
    )


def _format(layout: Layout, code: Transcoder) -> str:
    packed = {"gzip": "gzip, ", "zip": "zip, "}.get(layout.form, "")
    head = {-1: ", no header", 0: ""}.get(layout.header.row, f", header in row {layout.header.row + 1}")
    return f"csv, {packed}{code}, {layout.dialect}{head}"


def peek(path: Path, *, rows: int = 2000, sheet: str | None = None, max_unpacked_bytes: int = 4_000_000_000) -> Peek:
    """The head of a file, whatever its size; a file of a header only is fine."""
    form = form_of(path)
    if form == "workbook":
        from . import workbook

        return workbook.peek(path, rows=rows, sheet=sheet, max_unpacked_bytes=max_unpacked_bytes)
    from .encoding import Transcoder
    from .survey import survey

    layout = survey(path, form, limit=max_unpacked_bytes, rows=rows)
    return Peek(layout.header.columns, layout.rows, _format(layout, Transcoder(layout.encoding)))


def sheets(path: Path) -> list[str]:
    """Names of the sheets of a workbook that hold a cell; none for a text file."""
    if form_of(path) != "workbook":
        return []
    from . import workbook

    return workbook.sheets(path)


def locate(
    path: Path, rows: Sequence[int], *, sheet: str | None = None, settings: case_file.Intake | None = None
) -> dict[int, Located]:
    """Back from record numbers to the bytes of the source (of the unpacked text, for a compressed file), or to sheet rows.

    Numbers that the file does not have are missing in the answer.
    """
    from enduse.contracts.case_file import Intake

    form = form_of(path)
    limits = settings or Intake()
    if form == "workbook":
        from . import workbook

        return workbook.locate(path, rows, sheet=sheet, limit=limits.max_unpacked_bytes)
    from . import locating

    return locating.locate(path, form, rows, limits)


def _slug(alias: str, sheet: str | None) -> str:
    """A file name that differs wherever alias or sheet differ."""
    full = alias if sheet is None else f"{alias}\0{sheet}"
    return re.sub(r"[^A-Za-z0-9]+", "-", alias).strip("-")[:40] + "-" + hashlib.sha256(full.encode()).hexdigest()[:8]
