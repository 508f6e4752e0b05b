"""Workbooks (xlsx, xlsb, xls, ods): the sheet as calamine reads it, every value as exact text."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import python_calamine as calamine

from enduse.contracts import case_file
from enduse.errors import SourceRefused
from enduse.intake.raw import Raw

from .convert import WHITE, Refused, schema
from .files import OLE, unpacked_size
from .header import Header, counts_columns, find_header
from .peeked import Located, Peek
from .reasons import EXCERPT
from .store import Store

BATCH = 20_000
HEAD = 3000
Row = tuple[str | None, ...]


def text_of(value: Any) -> str | None:
    """A cell as text: whole numbers without point, others with their exact digits, dates in ISO form."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value.strip(WHITE) or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e22 else format(Decimal(repr(value)), "f")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _open(path: Path, limit: int) -> calamine.CalamineWorkbook:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        _refuse_bomb(path, limit)
    elif head == OLE and _encrypted(path):
        raise SourceRefused(
            "the workbook is protected by a password",
            where=path.name,
            fix="Save it without a password and add that file",
        )
    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise SourceRefused(
            "the workbook is protected by a password",
            where=path.name,
            fix="Save it without a password and add that file",
        ) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise SourceRefused(
            f"the workbook cannot be read ({error})",
            where=path.name,
            fix="Open it in a spreadsheet program and save it again as xlsx",
        ) from error


def _encrypted(path: Path) -> bool:
    """An OLE container with an encrypted package inside is an xlsx with a password."""
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20) + file.read()[-(1 << 20) :]


def _refuse_bomb(path: Path, limit: int) -> None:
    """Refuse what unpacks to more than `limit`: by the directory first, then, as a directory can lie, by unpacking and counting."""
    told = unpacked_size(path)
    if told <= limit and path.stat().st_size * 1100 <= limit:  # deflate packs at most 1032 to 1
        return
    if told <= limit:
        told = 0
        try:
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist():
                    with archive.open(member) as file:
                        while told <= limit and (part := file.read(1 << 20)):
                            told += len(part)
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise SourceRefused("the workbook is damaged", where=path.name, fix="Get the file again") from error
    if told > limit:
        raise SourceRefused(
            f"the workbook unpacks to more than {limit:,} bytes",
            where=path.name,
            fix="Raise settings.intake.max_unpacked_bytes if the file is to be trusted",
        )


def _sheet(book: calamine.CalamineWorkbook, path: Path, sheet: str | None) -> tuple[str, Any]:
    names = _filled(book)
    if not names:
        raise SourceRefused(
            "no sheet of the workbook holds a cell", where=path.name, fix="Check that it is the right file"
        )
    name = names[0] if sheet is None else sheet
    if name not in book.sheet_names:
        raise SourceRefused(
            f"the workbook has no sheet {name!r}; it has {', '.join(names)}", where=path.name, fix="Name one of them"
        )
    if name not in names:
        raise SourceRefused(f"the sheet {name!r} is empty", where=path.name, fix=f"Name one of: {', '.join(names)}")
    return name, book.get_sheet_by_name(name)


def _filled(book: calamine.CalamineWorkbook) -> list[str]:
    """Sheets that hold a cell; charts have none."""
    out = []
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            if book.get_sheet_by_name(meta.name).height:
                out.append(meta.name)
        except calamine.CalamineError:
            continue
    return out


def sheets(path: Path, limit: int = 4_000_000_000) -> list[str]:
    """Names of the sheets that hold a cell, in their order."""
    return _filled(_open(path, limit))


def rows_of(sheet: Any) -> Iterator[tuple[int, Row]]:
    """Sheet row number (from 1) and cells of every row that holds a cell."""
    for number, row in enumerate(sheet.iter_rows(), 1):  # calamine gives the empty rows at the top too
        if any(v not in (None, "") for v in row):
            yield number, tuple(text_of(v) for v in row)


def _head(sheet: Any, path: Path) -> tuple[Header, int, tuple[str, ...]]:
    """Header, the sheet row it stands in (0 where there is none), and notes."""
    head: list[tuple[int, Row]] = []
    for item in rows_of(sheet):
        head.append(item)
        if len(head) == HEAD:
            break
    header = find_header([_cut(r) for _, r in head])
    if header is None:
        raise SourceRefused("the sheet holds no text", where=path.name, fix="Check that it is the right sheet")
    notes = []
    if header.row > 0:
        above = " / ".join(" ".join(c for c in r if c) for _, r in head[: header.row])
        notes.append(
            f"{header.row} {'row' if header.row == 1 else 'rows'} above the header read as title: {above[:200]}"
        )
    if header.row < 0:
        notes.append("no header: columns are numbered, the first row is data")
    return header, head[header.row][0] if header.row >= 0 else 0, tuple(notes)


def _cut(row: Sequence[str | None]) -> list[str | None]:
    """A row without its empty end."""
    out = list(row)
    while out and not out[-1]:
        out.pop()
    return out


def records_of(sheet: Any, header_row: int) -> Iterator[tuple[int, int, Row]]:
    """Record number, sheet row number and cells of the rows below the header."""
    number = 0
    for row, cells in rows_of(sheet):
        if row > header_row:
            number += 1
            yield number, row, cells


def _refusal(number: int, cells: Row, header: Header, max_cell: int) -> str | None:
    if not any(cells):
        return "blank"
    width = len(header.columns)
    if any(cells[width:]):
        return "too_many_cells"
    if any(c and len(c.encode()) > max_cell for c in cells):
        return "cell_too_long"
    if any("\0" in c for c in cells if c):
        return "nul_bytes"
    names = tuple(None if n == f"column {i + 1}" else n for i, n in enumerate(header.columns))
    if width > 1 and (cells + (None,) * width)[:width] == names:
        return "repeated_header"
    return "repeated_header" if number == 1 and counts_columns(cells, width) else None


def read(path: Path, *, alias: str, scratch: Path, name: str, settings: case_file.Intake, sheet: str | None) -> Raw:
    """All records of a sheet; the first filled sheet where none is named."""
    book = _open(path, settings.max_unpacked_bytes)
    title, page = _sheet(book, path, sheet)
    header, header_row, notes = _head(page, path)
    width = len(header.columns)
    store = Store(scratch, alias, name, width)
    records = 0
    batch: list[tuple[int, Row]] = []
    refused: list[Refused] = []
    try:
        for number, _, cells in records_of(page, header_row):
            records = number
            why = _refusal(number, cells, header, settings.max_cell_bytes)
            if why:
                refused.append((number, why, ",".join(c or "" for c in cells)[:EXCERPT]))
            else:
                batch.append((number, (cells + (None,) * width)[:width]))
            if len(batch) >= BATCH:
                store.add(_table(batch, width), refused)
                batch, refused = [], []
        store.add(_table(batch, width), refused)
        rejected = store.close()
    except BaseException:
        store.abandon()
        raise
    return Raw(
        alias, header.columns, store.path, rejected, records, store.sample(), _format(path, title, header_row), notes
    )


def _table(batch: list[tuple[int, Row]], width: int) -> pa.Table:
    columns = [pa.array([n for n, _ in batch], pa.int64())]
    columns += [pa.array([c[i] for _, c in batch], pa.string()) for i in range(width)]
    return pa.table(columns, schema=schema(width))


def _format(path: Path, title: str, header_row: int) -> str:
    kind = path.suffix.lower().lstrip(".") or "workbook"
    return f"{kind}, sheet {title}, " + (f"header in row {header_row}" if header_row else "no header")


def peek(path: Path, *, rows: int, sheet: str | None, max_unpacked_bytes: int) -> Peek:
    """The head of a sheet."""
    book = _open(path, max_unpacked_bytes)
    title, page = _sheet(book, path, sheet)
    header, header_row, _ = _head(page, path)
    width = len(header.columns)
    sample: list[Row] = []
    for number, _, cells in records_of(page, header_row):
        if _refusal(number, cells, header, 1 << 60) is None:
            sample.append((cells + (None,) * width)[:width])
        if len(sample) >= rows:
            break
    return Peek(header.columns, tuple(sample), _format(path, title, header_row))


def locate(path: Path, rows: Sequence[int], *, sheet: str | None, limit: int) -> dict[int, Located]:
    """The sheet rows of records."""
    book = _open(path, limit)
    _, page = _sheet(book, path, sheet)
    header, header_row, _ = _head(page, path)
    wanted, width = set(rows), len(header.columns)
    out: dict[int, Located] = {}
    for number, row, cells in records_of(page, header_row):
        if number in wanted:
            out[number] = Located(
                number, None, None, "\t".join(c or "" for c in cells), (cells + (None,) * width)[:width], row
            )
            if len(out) == len(wanted):
                break
    return out
