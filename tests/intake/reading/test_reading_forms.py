"""Parquet, JSON, XML, archives and headers of two rows: the same numbered text that a delimited file becomes."""

from __future__ import annotations

import datetime as dt
import decimal
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.contracts.case_file import Intake
from enduse.errors import SourceRefused
from enduse.intake import detect, reading
from enduse.intake.raw import Raw
from enduse.intake.reading import keyed
from enduse.intake.reading.header import find_header

PLAIN = "id,name\n1,x\n2,y\n"


def read(path: Path, content: str | bytes | None = None, sheet: str | None = None) -> Raw:
    """Read a file, and check that a look at it and the way back to its records say the same."""
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    raw = reading.read(path, alias=path.name, scratch=path.parent / "scratch", settings=Intake(), sheet=sheet)
    peek = reading.peek(path, sheet=sheet)
    assert (peek.columns, peek.sample[:500]) == (raw.columns, raw.sample[:500])
    numbers = pq.read_table(raw.path)["row"].to_pylist()
    if numbers:
        assert reading.locate(path, numbers[-1:], sheet=sheet)[numbers[-1]].cells == raw.sample[-1]
    refused = pq.read_table(raw.rejected).num_rows if raw.rejected else 0
    assert len(numbers) + refused == raw.records
    return raw


def test_parquet(tmp_path: Path) -> None:
    frame = pa.table(
        {
            "Date": [dt.date(2022, 1, 5), None],
            "when": [dt.datetime(2022, 1, 5), dt.datetime(2022, 1, 6)],  # noqa: DTZ001 - such files know no zones
            "rate": [1.5, 100000.0], "whole": [100.0, 2e6], "sum": [decimal.Decimal("1.20"), None], "name": ["  a ", ""],
            "tags": [["x", "y"], []], "ok": [True, None], "bytes": [b"\xd0\xb0", None], "code": pa.array(["a", "a"]).dictionary_encode(),
        }
    )  # fmt: skip
    pq.write_table(frame, tmp_path / "a.parquet")
    raw = read(tmp_path / "a.parquet")
    assert raw.columns == tuple(frame.column_names)
    assert raw.sample == (
        ("2022-01-05", "2022-01-05", "1.5", "100", "1.20", "a", "x; y", "TRUE", "а", "a"),
        (None, "2022-01-06", "100000", "2000000", None, None, None, None, None, "a"),
    )
    packed = tmp_path / "b.parquet.gz"
    assert read(packed, gzip.compress((tmp_path / "a.parquet").read_bytes())).format == "gzip, parquet"


def test_json_lines_with_a_broken_one(tmp_path: Path) -> None:
    lines = '{"id":1,"exporter":{"name":"A","country":"CN"},"kg":1.50}\n{"id":2,"exporter":{"name":"B"},"x":[1,2]}\nbroken\n[1]\n{"id":3,"s":"\\ud800"}\n'
    raw = read(tmp_path / "a.jsonl", lines)
    assert raw.columns == ("id", "exporter name", "exporter country", "kg", "x", "s")
    assert raw.sample == (
        ("1", "A", "CN", "1.50", None, None),
        ("2", "B", None, None, "1; 2", None),
        ("3", None, None, None, None, "?"),
    )
    assert raw.rejected is not None
    refused = pq.read_table(raw.rejected).to_pylist()
    assert [(r["row"], r["reason"], r["excerpt"]) for r in refused] == [
        (3, "not_an_object", "broken"),
        (4, "not_an_object", "[1]"),
    ]


def test_lines_of_goods_are_the_records(tmp_path: Path) -> None:
    papers = [
        {
            "declaration": "D1",
            "date": "2022-01-05",
            "goods": [{"hs": "8806", "kg": 1, "description": "a"}, {"hs": "8807", "kg": 2}],
        },
        {"declaration": "D2", "date": "2022-01-06", "goods": []},
    ]
    raw = read(tmp_path / "b.json", json.dumps(papers).encode("utf-16"))
    assert raw.columns == ("declaration", "date", "hs", "kg", "description")
    assert [r[:3] for r in raw.sample] == [
        ("D1", "2022-01-05", "8806"),
        ("D1", "2022-01-05", "8807"),
        ("D2", "2022-01-06", None),
    ]


def test_one_document_and_an_array_that_is_cut_off(tmp_path: Path) -> None:
    raw = read(
        tmp_path / "c.json",
        json.dumps({"meta": {"total": 2}, "results": [{"a": 1}, {"a": 2, "places": [{"x": 1}]}]}, indent=1),
    )
    assert raw.sample == (("2", "1", None), ("2", "2", '[{"x": "1"}]'))
    raw = read(tmp_path / "cut.json", json.dumps([{"a": i, "b": "x"} for i in range(5)])[:-10])
    assert (raw.records, len(raw.sample)) == (5, 4)
    assert raw.rejected is not None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.text("abcdef", min_size=1), st.one_of(st.integers(), st.text(), st.none()), min_size=1),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 40),
)
def test_an_array_is_read_alike_in_pieces_of_any_size(rows: list[dict[str, Any]], size: int) -> None:
    class Slow(io.StringIO):
        def read(self, _: int | None = -1, /) -> str:
            return super().read(size)

    found = list(keyed.members(Slow(json.dumps(rows))))
    assert [{k: (str(v) if isinstance(v, int) else keyed.whole(v)) for k, v in r.items()} for r in rows] == found


def test_declarations_in_xml(tmp_path: Path) -> None:
    declarations = "".join(
        f'<Decl num="{i}"><Date>2022-01-0{i}</Date><Consignee><Name>F{i}</Name></Consignee>'
        + "".join(f'<Goods><HSCode>88062{j}</HSCode><NetWeight unit="kg">{j}.5</NetWeight></Goods>' for j in range(i))
        + "</Decl>"
        for i in range(1, 4)
    )
    raw = read(tmp_path / "x.xml", f'<?xml version="1.0"?><r xmlns="urn:x"><Header><n>1</n></Header>{declarations}</r>')
    assert raw.columns == ("num", "Date", "Consignee Name", "HSCode", "NetWeight unit", "NetWeight")
    assert raw.records == 6
    assert raw.sample[-1] == ("3", "2022-01-03", "F3", "880622", "kg", "2.5")
    assert raw.format == "xml, records at Goods"


def test_files_of_an_archive(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title in ("one", "two"):
        page = book.create_sheet(title)
        page.append(["Exporter", "HS Code", "Value"])
        page.append([f"Alpha {title}", "880620", 1])
    del book["Sheet"]
    book.save(tmp_path / "book.xlsx")
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/a.csv", "Exporter,HS Code,Value\nAlpha,880620,1\n")
        archive.write(tmp_path / "book.xlsx", "book.xlsx")
        archive.writestr("../../evil.csv", "Exporter,HS Code,Value\nBeta,880620,1\n")
        archive.writestr("__MACOSX/in/._a.csv", "x")
        archive.writestr("list.csv", "name,aliases,program\nZarya,ZP,TEST\n")
        archive.writestr("picture.png", b"\x89PNG\r\n")
    found = detect(path)
    assert [(p.sheet, p.kind) for p in found.parts] == [
        ("in/a.csv", "customs"), ("book.xlsx#one", "customs"), ("book.xlsx#two", "customs"), ("../../evil.csv", "customs"), ("list.csv", "watchlist"),
    ]  # fmt: skip
    assert "picture.png" in found.reason
    assert read(path, sheet="book.xlsx#two").sample == (("Alpha two", "880620", "1"),)
    assert read(path, sheet="../../evil.csv").sample == (("Beta", "880620", "1"),)
    assert not (tmp_path.parent.parent / "evil.csv").exists()
    with pytest.raises(SourceRefused, match="no file 'nothing'"):
        reading.peek(path, sheet="nothing")
    with pytest.raises(SourceRefused, match="none was named"):
        reading.peek(path)


def test_a_workbook_in_a_zip_of_its_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(["id", "name"])
    book["Sheet"].append([1, "x"])
    book.save(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.write(tmp_path / "book.xlsx", "book.xlsx")
    assert reading.sheets(tmp_path / "one.zip") == ["Sheet"]
    assert read(tmp_path / "one.zip").format == "zip, xlsx, sheet Sheet, header in row 1"


BODY = [["2022-01-01", "A", "CN", "B", "RU", "5"]] * 5 + [["2022-01-02", "C", "CN", "D", "RU", "6"]]


@pytest.mark.parametrize(
    ("rows", "merged", "columns", "at"),
    [
        ([["Report"], ["Date", "Exporter", "", "Importer", "", "Weight"], ["", "Name", "Country", "Name", "Country", "kg"], *BODY], (),
         ("Date", "Exporter Name", "Exporter Country", "Importer Name", "Importer Country", "Weight kg"), 2),
        ([["Date", "Name", "Weight", "Value"], ["", "", "kg", "USD"], *[["2022-01-01", "A", "5", "6"]] * 5], (), ("Date", "Name", "Weight kg", "Value USD"), 1),
        ([["", "Seller", "", "Goods", "", ""], ["Date", "Name", "Country", "Text", "HS", "kg"], *BODY], ((0, 1, 2), (0, 3, 5)),
         ("Date", "Seller Name", "Seller Country", "Goods Text", "Goods HS", "Goods kg"), 1),
        # No second header: a title, a plain header, and a first record with words where others have numbers.
        ([["Report for", "2023"], ["Date", "Name", "a", "b", "c", "d"], *BODY], (), ("Date", "Name", "a", "b", "c", "d"), 1),
        ([["Date", "Name", "Kg", "Value"], ["2022-01-01", "A", "n/a", "unknown"], *[["2022-01-01", "A", "5", "6"]] * 5], (), ("Date", "Name", "Kg", "Value"), 0),
        ([["name", "country"], ["Alpha", "CN"], ["Beta", "RU"], ["Gamma", "KZ"]], (), ("name", "country"), 0),
    ],
)  # fmt: skip
def test_headers_of_two_rows(
    rows: list[list[str]], merged: tuple[tuple[int, int, int], ...], columns: tuple[str, ...], at: int
) -> None:
    found = find_header(rows, merged)
    assert found is not None
    assert (found.columns, found.row) == (columns, at)


def test_merged_groups_in_a_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book["Sheet"]
    page.append(["Imports of 2023"])
    page.append(["Date", "Exporter", None, "Importer", None])
    page.append([None, "Name", "Country", "Name", "Country"])
    for i in range(1, 6):
        page.append([dt.date(2023, 1, i), f"A{i}", "CN", f"B{i}", "RU"])
    for area in ("A1:E1", "B2:C2", "D2:E2", "A2:A3"):
        page.merge_cells(area)
    book.save(tmp_path / "m.xlsx")
    raw = read(tmp_path / "m.xlsx")
    assert raw.columns == ("Date", "Exporter Name", "Exporter Country", "Importer Name", "Importer Country")
    assert raw.records == 5
    assert raw.notes == ("1 row above the header read as title: Imports of 2023", "2 rows joined into one header")


def test_an_open_document_sheet(tmp_path: Path) -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    rows = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in (["id", "name"], ["1", "x"], ["2", "y"])
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}"><office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    assert read(tmp_path / "a.ods").sample == (("1", "x"), ("2", "y"))
