"""Workbooks: text as exact as the sheet holds it, titles above the header, bombs and passwords refused."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from enduse.contracts.case_file import Intake
from enduse.errors import SourceRefused
from enduse.intake import reading


@pytest.fixture
def book(tmp_path: Path) -> Path:
    work = openpyxl.Workbook()
    page = work.active
    assert page is not None
    page.title = "Импорт"
    page["B2"] = "Отчёт за 2023"
    page.merge_cells("B2:E2")
    head = ["Дата", "Код", "Кол-во", "Описание", "Цена"]
    page.append([])
    for row in (
        head,
        [dt.date(2023, 1, 5), 8806220000, 1.5, "аппарат  ", 0.1],
        [],
        [dt.datetime(2023, 1, 5, 10, 3), "0101", 12345.0, "\u00a0", 1e-7],  # noqa: DTZ001 - sheets know no zones
        head,
        [dt.date(2023, 1, 6), "0102", 2, "b", 3, "surplus"],
    ):
        page.append(row)
    work.create_sheet("пусто")
    other = work.create_sheet("second")
    other.append(["a", "b"])
    other.append([1, True])
    path = tmp_path / "book.xlsx"
    work.save(path)
    return path


def test_values_are_exact_text(book: Path, tmp_path: Path):
    raw = reading.read(book, alias="book", scratch=tmp_path / "s", settings=Intake(), sheet="Импорт")
    assert raw.columns == ("Дата", "Код", "Кол-во", "Описание", "Цена")
    assert raw.sample == (
        ("2023-01-05", "8806220000", "1.5", "аппарат", "0.1"),
        ("2023-01-05 10:03:00", "0101", "12345", None, "0.0000001"),
    )
    assert raw.format == "xlsx, sheet Импорт, header in row 4"
    assert raw.rejected is not None
    refused = pq.read_table(raw.rejected)
    assert list(zip(refused["row"].to_pylist(), refused["reason"].to_pylist(), strict=True)) == [
        (3, "repeated_header"), (4, "too_many_cells"),
    ]  # fmt: skip
    assert raw.records == 4
    assert raw.notes == ("1 row above the header read as title: Отчёт за 2023",)


def test_sheets_and_places(book: Path, tmp_path: Path):
    assert reading.sheets(book) == ["Импорт", "second"]
    assert reading.peek(book, sheet="second").sample == (("1", "TRUE"),)
    place = reading.locate(book, [2])[2]
    assert (place.sheet_row, place.byte_start, place.cells[1]) == (7, None, "0101")
    with pytest.raises(SourceRefused, match="no sheet 'third'"):
        reading.read(book, alias="b", scratch=tmp_path, settings=Intake(), sheet="third")


def test_a_bomb_is_refused_before_it_is_opened(book: Path, tmp_path: Path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(
                member.filename, source.read(member) + b" " * (5_000_000 if "sheet1" in member.filename else 0)
            )
    with pytest.raises(SourceRefused, match="unpacks to more than"):
        reading.peek(bomb, max_unpacked_bytes=2_000_000)
    assert reading.peek(bomb).columns[0] == "Дата"


def test_a_password_is_named(tmp_path: Path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    )
    with pytest.raises(SourceRefused, match="password"):
        reading.sheets(path)
