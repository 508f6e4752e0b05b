"""Rates the user supplies, values made of quantity and price, weights of quantities: each said for what it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from enduse.contracts.case_file import CaseFile
from enduse.errors import CaseError
from enduse.intake import typing_rates

COLUMNS = ["Date", "Importer", "HS Code", "Value", "Currency"]
ROWS = [
    ["2023-04-05", "Alpha LLC", "880622", "1000", "KZT"],
    ["2023-04-06", "Beta LLC", "880622", "500", "USD"],
    ["2023-09-30", "Gamma LLC", "880622", "700", "KZT"],
]
TABLE = "date,currency,usd\n2023-04-01,KZT,0.0022\n2023-04-06,KZT,0.0023\n"


def case(**rates):
    return CaseFile.model_validate({"settings": {"rates": {"name": "Test Bank", "file": "rates.csv", **rates}}})


def test_a_value_is_converted_with_the_last_rate_before_its_day_and_says_so(typing):
    (typing.folder / "rates.csv").write_text(TABLE, encoding="utf-8")
    rows = typing(COLUMNS, ROWS, case=case())
    assert [(r["value_usd"], r["usd_basis"]) for r in rows] == [
        (Decimal("2.2000"), "Test Bank 2023-04-01"),
        (Decimal("500.0000"), "declared"),
        (None, None),  # the last rate is five months old
    ]
    assert [r["value"] for r in rows] == [Decimal(1000), Decimal(500), Decimal(700)]


def test_without_a_table_nothing_is_converted(typing):
    assert [r["value_usd"] for r in typing(COLUMNS, ROWS)] == [None, Decimal(500), None]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("day,currency,usd\n", "no column 'date'"),
        ("date,currency,usd\n2023-13-01,KZT,1\n", "is no rate"),
        ("date,currency,usd\n2023-01-01,TENGE,1\n", "is no rate"),
        ("date,currency,usd\n2023-01-01,KZT,0\n", "is no rate"),
        ("date,currency,usd\n2023-01-01,KZT,1\n2023-01-01,KZT,2\n", "a second rate"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(tmp_path, text, what):
    (tmp_path / "rates.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=what):
        typing_rates.load(tmp_path, case().settings.rates)


def test_a_table_that_changed_is_refused(tmp_path):
    (tmp_path / "rates.csv").write_text(TABLE, encoding="utf-8")
    with pytest.raises(CaseError, match="not the one"):
        typing_rates.load(tmp_path, case(sha256="0" * 64).settings.rates)


PRICED = ["Date", "Importer", "HS Code", "Quantity", "Unit", "Unit Price USD", "Incoterms"]


def test_a_missing_value_is_quantity_times_unit_price_and_bears_that_name(typing):
    rows = typing(PRICED, [["2023-04-05", "Alpha LLC", "880622", "4", "pcs", "12.50", "EXW"], ["2023-04-05", "Beta LLC", "880622", "", "pcs", "3", "EXW"]])  # fmt: skip
    assert (rows[0]["value"], rows[0]["currency"], rows[0]["value_usd"]) == (Decimal(50), "USD", Decimal(50))
    assert rows[0]["usd_basis"] == "quantity x unit price"
    assert rows[0]["value_basis"] == "EXW; quantity x unit price"
    assert rows[0]["value_text"] is None
    assert rows[1]["value"] is None
    assert rows[1]["usd_basis"] is None


def test_a_price_of_another_sum_never_fills_a_value(typing):
    columns = ["Date", "Importer", "HS Code", "Quantity", "Unit Price", "Value"]
    full = [["2023-04-05", "Alpha LLC", "880622", str(n), "2", str(n * 700)] for n in range(1, 9)]
    rows = typing(columns, [*full, ["2023-04-05", "Beta LLC", "880622", "5", "2", ""]])
    assert rows[-1]["value"] is None


def test_a_quantity_in_tonnes_is_a_net_weight_where_none_is_stated(typing):
    columns = ["Date", "Importer", "HS Code", "Quantity", "Unit", "Net weight kg"]
    rows = typing(columns, [["2023-04-05", "A LLC", "880622", "1.5", "tonne", ""], ["2023-04-05", "B LLC", "880622", "1.5", "tonne", "7"], ["2023-04-05", "C LLC", "880622", "3", "pcs", ""]])  # fmt: skip
    assert [r["net_kg"] for r in rows] == [Decimal(1500), Decimal(7), None]


def test_large_amounts_are_multiplied_without_overflow(typing):
    columns = ["Date", "Importer", "HS Code", "Quantity", "Unit", "Net weight kg", "Unit Price USD"]
    rows = typing(columns, [["2023-04-05", "A LLC", "880622", "141193", "kg", "141193", "99999.5"], ["2023-04-05", "B LLC", "880622", "141193", "tonne", "", "1"]])  # fmt: skip
    assert rows[0]["value"] == Decimal(141193) * Decimal("99999.5")
    assert [r["net_kg"] for r in rows] == [Decimal(141193), Decimal(141193000)]


@pytest.mark.parametrize(
    ("column", "cells", "unit"),
    [("Quantity", ["15 шт", "3 шт"], "C62"), ("Количество, шт", ["15", "3"], "C62"), ("Qty (kg)", ["15", "3"], "KGM")],
)
def test_a_unit_stands_beside_the_number_or_in_the_header(typing, column, cells, unit):
    rows = typing(["Date", "Importer", "HS Code", column], [["2023-04-05", "A LLC", "880622", c] for c in cells])
    assert {r["unit"] for r in rows} == {unit}
    assert [r["quantity"] for r in rows] == [Decimal(15), Decimal(3)]


@pytest.mark.parametrize(
    ("number", "day", "precision"),
    [
        ("10012020/310325/5016594", dt.date(2025, 3, 31), "day"),
        ("50417/300923/0013512", dt.date(2023, 9, 30), "day"),
        ("KAPE-HC-1234-05-07-2021", dt.date(2021, 7, 5), "day"),
        ("UA100020/2021/123456", dt.date(2021, 1, 1), "year"),
    ],
)
def test_the_date_inside_a_number_is_used_where_no_column_has_one(typing, number, day, precision):
    rows = typing(["Declaration number", "Importer", "HS Code"], [[number, "Alpha LLC", "880622"]] * 3)
    assert {(r["date"], r["date_precision"]) for r in rows} == {(day, precision)}
    assert {r["declaration_id"] for r in rows} == {number}
    dated = typing(["Declaration number", "Date", "Importer"], [[number, "2020-01-02", "Alpha LLC"]] * 3)
    assert {r["date"] for r in dated} == {dt.date(2020, 1, 2)}


def test_other_columns_decide_between_day_and_month(typing):
    columns = ["Declaration date", "Importer", "HS Code", "Payment date"]
    rows = typing(columns, [["03/04/2023", "A LLC", "880622", "12/25/2022"], ["05/06/2023", "B LLC", "880622", "11/30/2022"], ["05/07/2023", "B LLC", "880622", "11/28/2022"]])  # fmt: skip
    assert [r["date"] for r in rows] == [dt.date(2023, 3, 4), dt.date(2023, 5, 6), dt.date(2023, 5, 7)]


def test_a_name_is_the_country_it_is_in_the_language_of_its_column(typing):
    columns = ["Ngày đăng ký", "Người nhập khẩu", "Mã HS", "Nước xuất xứ"]
    names = ["Nga", "Trung Quốc", "Nhật Bản", "Hàn Quốc", "Đức", "Mỹ"]
    rows = typing(columns, [["05/04/2023", "Cty A", "880622", n] for n in names])
    assert [r["origin_country"] for r in rows] == ["RU", "CN", "JP", "KR", "DE", "US"]


def test_the_revision_follows_the_country_of_the_file(typing):
    columns = ["Declaration date", "Importer", "HS Code"]
    rows = typing(columns, [["2022-06-01", "A LLC", "880211"]] * 3, name="ukraine_import.csv")
    assert {r["hs_revision"] for r in rows} == {"H5"}
    assert {r["hs_revision"] for r in typing(columns, [["2022-06-01", "A LLC", "880622"]] * 3, name="russia_import.csv")} == {"H6"}  # fmt: skip
