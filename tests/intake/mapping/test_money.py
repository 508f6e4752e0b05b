"""Whose money a total is stated in: its own header, the file's country, or the column of currencies."""

from __future__ import annotations

import pytest

from enduse.intake import mapping
from enduse.intake.mapping.readers import read

PAKISTAN = ["GD NO", "IMPORTER NAME", "HS CODE", "ASSD QTY", "ASSD UNIT PRICE", "ASSD CURR", "ASSESSED IMPORT VALUE RS"]


def readers(columns, rows=()):
    return {r.role: read(r.reader) for r in mapping.propose(columns, rows) if r.role != "ignore"}


@pytest.mark.parametrize(
    ("header", "currency", "home"),
    [
        ("ASSESSED IMPORT VALUE RS", "", "rupees"),
        ("Invoice Value (Rs.)", "", "rupees"),
        ("VALUE IN RUPEES", "", "rupees"),
        ("TOTAL VALUE PKR", "PKR", ""),
        ("TOTAL VALUE INR", "INR", ""),
        ("CUSTOMS VALUE TL", "TRY", ""),
        ("Стоимость, руб.", "RUB", ""),
        ("VALUE KZT", "KZT", ""),
        ("VALUE MANAT", "AZN", ""),
        ("VALUE IN LOCAL CURRENCY", "", "local currency"),
        ("TOTAL VALUE", "", ""),
    ],
)
def test_the_header_of_a_value_says_its_currency(header, currency, home):
    value = readers(["DECLARATION NO", "HS CODE", header])["value"]
    assert (value.currency, value.home) == (currency, home)


@pytest.mark.parametrize(
    ("name", "country"),
    [("pk_goods_declarations.csv", "PK"), ("IN-records.csv", "IN"), ("ru_goods.csv", None), ("goods.csv", None)],
)
def test_rupees_confirm_a_country_that_the_name_only_hints_at(name, country):
    assert mapping.side(name, PAKISTAN, [], mapping.propose(PAKISTAN, [], name=name)).country == country


def _rows(rate):
    return [
        [str(n), "FIRM LTD", "851310", str(n + 1), "2.5", "USD", str(round((n + 1) * 2.5 * rate, 2))] for n in range(12)
    ]


@pytest.mark.parametrize(
    ("columns", "rate", "of_price"),
    [
        (["ID", "IMPORTER", "HS CODE", "QTY", "UNIT PRICE", "UNIT PRICE CURRENCY", "TOTAL VALUE"], 280, True),
        (["ID", "IMPORTER", "HS CODE", "QTY", "UNIT PRICE", "UNIT PRICE CURRENCY", "TOTAL VALUE"], 1, False),
        (["ID", "IMPORTER", "HS CODE", "QTY", "UNIT PRICE", "INVOICE CURRENCY", "INVOICE VALUE"], 280, False),
    ],
)
def test_a_currency_named_like_the_unit_price_is_not_the_totals_unless_the_sums_agree(columns, rate, of_price):
    assert readers(columns, _rows(rate))["currency"].of_price is of_price


def test_a_currency_beside_the_price_and_away_from_the_total_needs_sums_that_disagree():
    columns = ["ID", "IMPORTER", "HS CODE", "QTY", "CURRENCY", "UNIT PRICE", "TOTAL VALUE"]

    def shuffled(rate):
        return [[*r[:4], r[5], r[4], r[6]] for r in _rows(rate)]

    assert readers(columns, shuffled(280))["currency"].of_price
    assert not readers(columns, shuffled(1))["currency"].of_price
    assert not readers(columns, shuffled(1.3))["currency"].of_price
