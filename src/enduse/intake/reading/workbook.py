"""Workbooks (xlsx, xlsb, xls, ods): the sheet as calamine reads it, every value as exact text. Runs in a child process."""

from __future__ import annotations

import datetime as dt
import itertools
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine as calamine

from enduse.errors import SourceRefused

from .cells import MAX_COLUMNS, Row, too_many_columns
from .convert import WHITE
from .files import OLE, WORKBOOKS, too_large, unpacked_size
from .header import Header, find_header

HEAD = 3000


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


def _open(path: Path, name: str, limit: int) -> calamine.CalamineWorkbook:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        _refuse_bomb(path, name, limit)
    elif head == OLE and _encrypted(path):
        raise SourceRefused(
            "the workbook is protected by a password",
            where=name,
            fix="Save it without a password and add that file",
        )
    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise SourceRefused(
            "the workbook is protected by a password",
            where=name,
            fix="Save it without a password and add that file",
        ) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise SourceRefused(
            f"the workbook cannot be read ({error})",
            where=name,
            fix="Open it in a spreadsheet program and save it again as xlsx",
        ) from error


def _encrypted(path: Path) -> bool:
    """An OLE container with an encrypted package inside is an xlsx with a password."""
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20) + file.read()[-(1 << 20) :]


def _refuse_bomb(path: Path, name: str, limit: int) -> None:
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
            raise SourceRefused("the workbook is damaged", where=name, fix="Get the file again") from error
    if told > limit:
        raise too_large(name, limit)


def _sheet(book: calamine.CalamineWorkbook, where: str, sheet: str | None) -> tuple[str, Any]:
    """The sheet asked for, or the first that holds a cell."""
    tables = [m.name for m in book.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet]
    if sheet is not None and sheet not in tables:
        raise SourceRefused(
            f"the workbook has no sheet {sheet!r}; it has {', '.join(tables[:20])}", where=where, fix="Name one of them"
        )
    for name in tables if sheet is None else (sheet,):
        page = _load(book, name)
        if page is not None and page.height:
            return name, page
    if sheet is not None:
        raise SourceRefused(
            f"the sheet {sheet!r} is empty", where=where, fix=f"Name one of: {', '.join(_filled(book))}"
        )
    raise SourceRefused("no sheet of the workbook holds a cell", where=where, fix="Check that it is the right file")


def _load(book: calamine.CalamineWorkbook, name: str) -> Any:
    try:
        return book.get_sheet_by_name(name)
    except calamine.CalamineError:
        return None


def _filled(book: calamine.CalamineWorkbook) -> list[str]:
    """Sheets that hold a cell; charts have none."""
    out = []
    for meta in book.sheets_metadata:
        page = _load(book, meta.name) if meta.typ == calamine.SheetTypeEnum.WorkSheet else None
        if page is not None and page.height:
            out.append(meta.name)
    return out


def sheets(path: Path, name: str, limit: int) -> list[str]:
    """Names of the sheets that hold a cell, in their order."""
    return _filled(_open(path, name, limit))


def rows_of(sheet: Any) -> Iterator[tuple[int, Row]]:
    """Sheet row number (from 1) and cells of every row that holds a cell."""
    for number, row in enumerate(sheet.iter_rows(), 1):  # calamine gives the empty rows at the top too
        if any(v not in (None, "") for v in row):
            yield number, tuple(text_of(v) for v in row)


def _head(sheet: Any, where: str) -> tuple[Header, int, tuple[str, ...]]:
    """Header, the sheet row it stands in (0 where there is none), and notes."""
    head = list(itertools.islice(rows_of(sheet), HEAD))
    place = {number - 1: i for i, (number, _) in enumerate(head)}
    merged = [
        (place[first[0]], first[1], last[1])
        for first, last in (sheet.merged_cell_ranges or ())
        if first[0] == last[0] and first[0] in place
    ]
    header = find_header([_cut(r) for _, r in head], merged)
    if header is None:
        raise SourceRefused("the sheet holds no text", where=where, fix="Check that it is the right sheet")
    if len(header.columns) > MAX_COLUMNS:
        raise too_many_columns(len(header.columns), where)
    notes = []
    titles = head[: header.row + 1 - header.joined] if header.row >= 0 else []
    if titles:
        above = " / ".join(" ".join(c for c in r if c) for _, r in titles)
        notes.append(
            f"{len(titles)} {'row' if len(titles) == 1 else 'rows'} above the header read as title: {above[:200]}"
        )
    if header.row < 0:
        notes.append("no header: columns are numbered, the first row is data")
    elif header.joined > 1:
        notes.append(f"{header.joined} rows joined into one header")
    return header, head[header.row][0] if header.row >= 0 else 0, tuple(notes)


def _cut(row: Sequence[str | None]) -> list[str | None]:
    """A row without its empty end."""
    out = list(row)
    while out and not out[-1]:
        out.pop()
    return out


def records_of(sheet: Any, header_row: int) -> Iterator[tuple[int, int, Row]]:
    """Record number, sheet row number and cells of the rows below the header."""
    below = (item for item in rows_of(sheet) if item[0] > header_row)
    for number, (row, cells) in enumerate(below, 1):
        yield number, row, cells


def table(
    path: Path, name: str, sheet: str | None, limit: int
) -> tuple[tuple[str, ...], Iterator[tuple[int, Row | str]], str, tuple[str, ...]]:
    """Columns, numbered records, format and notes of a sheet; of the first filled sheet where none is named."""
    book = _open(path, name, limit)
    title, page = _sheet(book, name, sheet)
    header, header_row, notes = _head(page, name)
    kind = Path(name).suffix.lower().lstrip(".")
    kind = kind if kind in WORKBOOKS else path.suffix.lower().lstrip(".") or "workbook"
    how = f"{kind}, sheet {title}, " + (f"header in row {header_row}" if header_row else "no header")
    return header.columns, ((number, cells) for number, _, cells in records_of(page, header_row)), how, notes


def locate(path: Path, name: str, wanted: set[int], sheet: str | None, limit: int) -> list[dict[str, Any]]:
    """The sheet rows of records."""
    _, page = _sheet(_open(path, name, limit), name, sheet)
    header, header_row, _ = _head(page, name)
    width, out = len(header.columns), []
    for number, row, cells in records_of(page, header_row):
        if number in wanted:
            out.append({"row": number, "cells": (cells + (None,) * width)[:width], "sheet_row": row})
            if len(out) == len(wanted):
                break
    return out
