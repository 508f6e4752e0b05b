"""What a view shows, as files that other programs read."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from web_case import FORMULA

from enduse.web.views import evidence

VIEWS = (
    "shipments",
    "evidence",
    "parties",
    "chains",
    "claims",
    "figures",
    "routes",
    "network",
    "map",
    "timeline",
    "facets",
)


def _csv(ask, **params):
    answer = ask.http.get("/api/export", params=params)
    assert answer.status_code == 200, answer.text
    return answer, list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_view_goes_out_in_both_forms(ask, view, form):
    answer = ask.http.get("/api/export", params={"view": view, "format": form})
    assert answer.status_code == 200, answer.text
    assert f"SIMULATED-{view}.{form}" in answer.headers["content-disposition"]
    if form == "csv":
        assert list(csv.reader(io.StringIO(answer.text))) or view == "routes"
    else:
        book = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)
        assert book.sheetnames == [view, "about"]
        book.close()


def test_the_exported_rows_are_the_selected_ones_and_add_up(ask):
    for params in ({"goods": "drone"}, {"q": "drone", "since": "2022-06-01"}, {}):
        _, rows = _csv(ask, view="shipments", **params)
        sums = ask.get("selection", params)
        assert len(rows) == sums["rows"]
        value = sum((Decimal(r["value_usd"]) for r in rows if r["value_usd"] and r["duplicate"] == "0"), Decimal(0))
        assert float(value) == pytest.approx(sums["value_usd"]["value"], abs=0.005)
        assert [(r["source"], int(r["row"])) for r in rows] == sorted((r["source"], int(r["row"])) for r in rows)


def test_exact_for_machines_and_safe_for_spreadsheets(ask):
    _, exact = _csv(ask, view="shipments", source="sealed-1")
    assert exact[1]["exporter_name"] == FORMULA
    answer, safe = _csv(ask, view="shipments", source="sealed-1", safe=1)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert safe[1]["exporter_name"] == f"'{FORMULA}"
    for row in safe:
        for cell in (row["exporter_name"], row["importer_name"], row["description"]):
            assert not cell or cell[0] not in "=+-@\t\r"
    _, firms = _csv(ask, view="parties", safe=1)
    assert not any(f["name"][:1] in "=+-@" for f in firms if f["name"])


def test_a_workbook_holds_text_never_formulas(ask):
    answer = ask.http.get("/api/export", params={"view": "shipments", "format": "xlsx", "source": "sealed-1"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [c for row in book["shipments"].iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    assert FORMULA in [c.value for c in cells]
    about = {r[0].value: r[1].value for r in book["about"].iter_rows()}
    assert about["SIMULATED"]
    assert about["selected: source"] == "sealed-1"


def test_an_evidence_sheet_says_where_each_record_stands_and_where_it_counts(ask, case):
    _, rows = _csv(ask, view="evidence", goods="drone")
    digests = {r["source"]: r["sha256"] for r in case.table("source").to_pylist()}
    counted: dict[str, set[str]] = {}
    for line in case.table("figure_row").to_pylist():
        counted.setdefault(line["shipment_id"], set()).add(line["figure_id"])
    assert len(rows) == ask.get("selection", {"goods": "drone"})["rows"] > 0
    assert [r["no"] for r in rows] == [str(n) for n in range(1, len(rows) + 1)]
    for row in rows:
        assert row["sha256_of_source"] == digests[row["source"]]
        assert row["sha256_of_source"] in row["citation"]
        assert set(filter(None, row["counts_in_figures"].split(";"))) == counted.get(row["shipment_id"], set())
    shown = ask.get(f"shipments/{rows[0]['shipment_id']}")
    assert rows[0]["citation"] == shown["citation"]
    _, none = _csv(ask, view="evidence", q="nothinghasthisword")
    assert none == []


def test_an_evidence_sheet_of_too_many_records_is_refused_not_cut(ask, monkeypatch):
    monkeypatch.setattr(evidence, "MOST", 3)
    for form in ("csv", "xlsx"):
        answer = ask.http.get("/api/export", params={"view": "evidence", "format": form})
        assert answer.status_code == 400
        assert "more than an evidence sheet holds (3)" in answer.json()["error"]["what"]


def test_an_empty_selection_exports_a_head(ask):
    answer, rows = _csv(ask, view="shipments", q="nothinghasthisword")
    assert rows == []
    assert answer.text.startswith('"shipment_id"')
