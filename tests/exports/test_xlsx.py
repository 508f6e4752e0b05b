"""The workbook, read back by openpyxl."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from xlsxwriter import Workbook

from enduse.contracts import TABLES
from enduse.exports import xlsx, xlsx_sheet
from enduse.exports.xlsx_sheet import Changed, Col, Sheet, Styles, fitting


@pytest.fixture(scope="module")
def path(exported_case, tmp_path_factory):
    made = tmp_path_factory.mktemp("xlsx") / "case.xlsx"
    assert xlsx.write(exported_case, made) == [made]
    return made


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def rows(sheet):
    head = [c.value for c in sheet[xlsx_sheet.HEAD + 1]]
    return [dict(zip(head, r, strict=True)) for r in sheet.iter_rows(min_row=xlsx_sheet.HEAD + 2, values_only=True)]


def test_every_figure_with_its_readings_and_lever(exported_case, book):
    got = {r["figure_id"]: r for r in rows(book["Figures"])}
    want = exported_case.figures()
    assert sorted(got) == [f["figure_id"] for f in want]
    for figure in want:
        row = got[figure["figure_id"]]
        for name in ("value", "low", "high", "strict", "broad"):
            value, stated = row[name], xlsx.value(figure[name])
            if isinstance(stated, dt.date):
                assert value.date() == stated
            else:
                assert value == (float(stated) if isinstance(stated, Decimal) else stated)
        assert row["lever: the choice that moves it most"] == (figure["lever"] or None)


def test_evidence_has_every_row_of_every_figure_and_adds_up(exported_case, book):
    got = rows(book["EVIDENCE"])
    digests = {r["source"]: r["sha256"] for r in exported_case.table("source").to_pylist()}
    want = {(r["figure_id"], r["shipment_id"]) for r in exported_case.table("figure_row").to_pylist()}
    assert {(r["figure_id"], r["shipment_id"]) for r in got} == want
    assert len(got) == len(want)
    assert all(r["sha256 of source"] == digests[r["source"]] and r["shipment_id"].endswith(f"-{r['row']}") for r in got)
    for figure in exported_case.figures():
        mine = [r for r in got if r["figure_id"] == figure["figure_id"]]
        if figure["rule"] == "sum":
            assert sum(Decimal(str(r["adds"])) for r in mine if r["adds"] is not None) == Decimal(figure["value"])


def test_a_figure_leads_to_its_evidence_and_back(book):
    figures, evidence = book["Figures"], book["EVIDENCE"]
    seen = 0
    for cell in figures["A"][xlsx_sheet.HEAD + 1 :]:
        if cell.hyperlink is None:
            continue
        seen += 1
        sheet, _, place = cell.hyperlink.location.partition("!")
        assert sheet == "'EVIDENCE'"
        assert evidence[place].value == cell.value
        assert evidence.cell(evidence[place].row - 1, 1).value != cell.value  # the first of its rows
        assert figures[evidence[place].hyperlink.location.partition("!")[2]].value == cell.value
    assert seen > 5


def test_nothing_is_a_formula_and_codes_stay_text(exported_case, book):
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(c.data_type != "f" for c in row), sheet.title
    # A workbook spells control marks `_x000D_`, so the same letters in a record are spelt out; Excel reads them back.
    texts = {unescape(r["description"]) for r in rows(book["EVIDENCE"])}
    assert "@SUM(A1) drone" in texts
    assert "_x000D_ drone" in texts
    assert any(t.startswith("=HYPERLINK") for t in texts)
    assert "drone \ufffd bell \ufffd" in texts  # marks that XML forbids
    links = [c.hyperlink for s in book for r in s.iter_rows() for c in r if c.hyperlink]
    assert all(link.target is None for link in links)  # none leads out of the book
    assert all(isinstance(r["hs_code"], str) for r in rows(book["EVIDENCE"]))
    readme = " ".join(str(v) for r in book["README"].iter_rows(values_only=True) for v in r if v)
    assert "marks that a workbook cannot hold" in readme
    assert exported_case.file.question in readme


def test_the_first_sheet_names_every_other_and_their_rows(exported_case, book):
    listed = {r[0]: r[2] for r in book["README"].iter_rows(values_only=True) if r[0] in book.sheetnames}
    assert set(listed) == set(book.sheetnames) - {"README"}
    assert listed["Claims"] == exported_case.table("claim").num_rows
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B3"
        assert sheet.max_row - xlsx_sheet.HEAD - 1 == listed[sheet.title], sheet.title


def test_equal_cases_give_equal_books_without_a_path(exported_case, path, tmp_path):
    import zipfile

    xlsx.write(exported_case, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode()
            assert "secret-imports" not in text
            assert str(exported_case.folder.parent) not in text
    assert not list(path.parent.glob(".enduse*"))


def test_evidence_that_would_be_too_much_is_shared_out_and_said(exported_case, tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_EVIDENCE", 60)
    xlsx.write(exported_case, tmp_path / "few.xlsx")
    book = openpyxl.load_workbook(tmp_path / "few.xlsx")
    got, figures = rows(book["EVIDENCE"]), rows(book["Figures"])
    assert 0 < len(got) <= 60
    assert sum(f["rows in EVIDENCE"] for f in figures) == len(got)
    note = next(r[3] for r in book["README"].iter_rows(values_only=True) if r[0] == "EVIDENCE")
    assert "figure_row.csv" in note
    for figure in figures:
        kept = [r["adds"] for r in got if r["figure_id"] == figure["figure_id"] and r["adds"] is not None]
        assert kept == sorted(kept, reverse=True)


@given(st.lists(st.integers(1, 500), max_size=20), st.integers(20, 3000))
def test_shares_fit_and_waste_nothing(counts, most):
    share = xlsx.share_out(counts, most)
    assert sum(min(c, share) for c in counts) <= most
    assert all(c <= share for c in counts) or sum(min(c, share + 1) for c in counts) > most


def written(tmp_path, values, **more):
    book = Workbook(str(tmp_path / "x.xlsx"), {"constant_memory": True})
    changed = Changed()
    sheet = Sheet(
        book,
        Styles.of(book),
        changed,
        "T",
        "told",
        [Col("a"), Col("b", shape="amount")],
        simulated=True,
        where="goods",
        **more,
    )
    for value in values:
        sheet.row([value, None])
    sheet.done()
    book.close()
    return openpyxl.load_workbook(tmp_path / "x.xlsx"), changed


def test_rows_beyond_a_sheet_go_to_the_next(tmp_path):
    book, _ = written(tmp_path, [f"r{i}" for i in range(25)], limit=12)
    assert book.sheetnames == ["T", "T 2", "T 3"]
    assert [r["a"] for s in book for r in rows(s)] == [f"r{i}" for i in range(25)]
    assert all(s["A1"].value.startswith("SIMULATED CASE. told") for s in book)


def test_odd_values_stay_what_they_are(tmp_path):
    values = [
        Decimal("12345678901234567.8901"),
        Decimal("0.1000"),
        dt.date(1899, 12, 31),
        dt.date(2024, 2, 29),
        float("nan"),
        7,
        "0012",
    ]
    book, _ = written(tmp_path, values)
    got = [r["a"] for r in rows(book["T"])]
    assert got == ["12345678901234567.8901", 0.1, "1899-12-31", dt.datetime(2024, 2, 29), "nan", 7, "0012"]  # noqa: DTZ001 - a workbook knows no time zones


def test_a_cell_longer_than_excel_holds_is_cut_and_says_so(tmp_path):
    long = "дрон🛩" * 8000
    book, changed = written(tmp_path, [long, "short"])
    got = rows(book["T"])[0]["a"]
    assert changed.cut == 1
    assert len(got.encode("utf-16-le")) // 2 <= xlsx_sheet.CELL
    assert "cut: 40000 characters in all; the whole cell stands in goods.csv" in got
    assert long.startswith(got.split(" […cut")[0])


@given(st.text(max_size=50))
def test_fitting_text_is_allowed_in_xml(text):
    from xml.etree import ElementTree as ET
    from xml.sax.saxutils import escape

    made = fitting(text, Changed(), "t")
    assert len(made) == len(text)
    assert ET.fromstring(f"<t>{escape(made)}</t>") is not None  # noqa: S314 - our own text


def test_every_sheet_reads_columns_there_are():
    assert {c.table for c in xlsx.AFTER_FIGURES} <= set(TABLES)
    names = [c.name for c in xlsx.AFTER_FIGURES]
    assert len(names) == len(set(names))
    assert all(len(n) <= 28 for n in names)  # room for a number behind it: Excel's limit is 31
