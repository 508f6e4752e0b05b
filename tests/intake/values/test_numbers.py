"""Numbers in every convention come back as they went in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.intake.values import numbers

AMOUNTS = st.decimals(-(10**9), 10**9, places=2)
THOUSANDS = {".": [",", " ", "\u00a0", "'", "’", "\u202f", ""], ",": [".", " ", "\u00a0", "'", ""]}


def write(number, decimal, thousands):
    text = f"{number:,.2f}"
    return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)


@given(AMOUNTS)
def test_round_trip_in_every_convention(number):
    for decimal, groups in THOUSANDS.items():
        for thousands in groups:
            assert numbers.parse(write(number, decimal, thousands), decimal) == number


@given(
    AMOUNTS.filter(lambda n: n > 1), st.sampled_from(["$ {}", "US$ {}", "{} €", "USD {}", "{} руб.", "{} kg", "₽{}"])
)
def test_signs_at_the_edges_are_dropped(number, frame):
    assert numbers.parse(frame.format(write(number, ".", ",")), ".") == number


@given(st.lists(AMOUNTS.filter(lambda n: n % 1), min_size=3, max_size=20), st.sampled_from([".", ","]))
def test_the_sign_is_decided_from_the_column(column, decimal):
    thousands = "," if decimal == "." else "."
    assert numbers.convention_of([write(n, decimal, thousands) for n in column]).decimal == decimal


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("1.234", ",", "1234"),
        ("12.5", ",", "12.5"),
        ("12,34,567.89", ".", "1234567.89"),
        ("(5.00)", ".", "-5"),
        ("5-", ".", "-5"),
        ("0.007", ",", "0.007"),
        ("1.5E3", ".", "1500"),
        (".5", ".", "0.5"),
    ],
)
def test_single_cells(text, decimal, number):
    assert numbers.parse(text, decimal) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1.2.3",
        "12/5",
        "8806.22.00",
        "2023-01-02",
        "NaN",
        "Infinity",
        "1e99",
        "MAVIC 3",
        "10x20",
        "999999999999999",
    ],
)
def test_what_is_no_number_is_none(text):
    assert numbers.parse(text, ".") is None
