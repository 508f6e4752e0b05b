"""Numbers: never finer than their range, one scale, a word for what is missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.dossier import numbers

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=4, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "full"),
    [
        ("12143882.11", "9801000", "14600000", "USD", "12.1 m USD (9.8–14.6)"),
        ("2000000", "1600000", "2300000", "USD", "2.0 m USD (1.6–2.3)"),
        ("380000", "300000", "410000", "USD", "380 k USD (300–410)"),
        ("12143882", "12080000", "12190000", "USD", "12.14 m USD (12.08–12.19)"),
        ("12143882", "12143880", "12143884", "USD", "12,143,882 USD (12,143,880–12,143,884)"),
        ("12143882", "12143882", "12143882", "USD", "12.14 m USD"),
        ("4812", "4812", "4812", "records", "4,812 records"),
        ("68", "61", "74", "firms", "68 firms (61–74)"),
        ("45150", "40000", "46000", "pieces", "45,200 pieces (40,000–46,000)"),
        ("412345.5", "400000", "500000", "kg", "412 t (400–500)"),
        ("950", "0", "2000", "EUR", "950 EUR (0–2,000)"),
        ("0", "0", "0", "USD", "0 USD"),
    ],
)
def test_a_figure_is_never_finer_than_its_range(value, low, high, unit, full):
    made = numbers.written(Decimal(value), unit, Decimal(low), Decimal(high), Decimal(low), Decimal(high))
    assert made.full.replace(numbers.NBSP, " ") == full


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_value_and_ends_share_scale_and_decimals(a, b, c):
    low, value, high = sorted((a, b, c))
    made = numbers.written(value, "USD", low, high)
    texts = [made.low, made.number, made.high]
    assert len({len(t.partition(".")[2]) for t in texts}) == 1
    read = [Decimal(t.replace(",", "").replace("−", "-")) for t in texts]
    assert read == sorted(read)


@given(AMOUNTS)
def test_what_is_printed_is_near_what_is_meant(value):
    made = numbers.written(value, "USD")
    scale = {"USD": 1, "k USD": 10**3, "m USD": 10**6, "bn USD": 10**9}[made.unit.replace(numbers.NBSP, " ")]
    read = Decimal(made.number.replace(",", "")) * scale
    assert abs(read - value) <= max(value / 180, Decimal("0.5"))


def test_counts_stay_exact():
    assert numbers.count(4812) == "4,812"
    assert numbers.written(1234567, "records", 1234567, 2000000).number == "1,234,567"


def test_missing_numbers_say_why():
    assert numbers.written(None, "USD").full == "n/s"
    assert numbers.plain(None) == "n/s"
    assert numbers.plain(Decimal("0.0000")) == "0"
    assert numbers.share(1, 0) == "–"


@pytest.mark.parametrize(
    ("value", "text"), [(0.81, ".81"), (0.999, ".99"), (1, "1"), (0, "0"), (0.001, ".01"), (None, "–"), (0.5, ".50")]
)
def test_scores_have_no_leading_zero_and_are_never_rounded_to_certainty(value, text):
    assert numbers.score(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (18, 100, "18 %"),
        (1, 250, "0.4 %"),
        (1, 5000, "under 0.1 %"),
        (0, 9, "0 %"),
        (9, 9, "100 %"),
        (9999, 10000, "over 99.9 %"),
    ],
)
def test_shares_are_neither_nothing_nor_all_unless_they_are(part, whole, text):
    assert numbers.share(part, whole).replace(numbers.NBSP, " ") == text


def test_dates_and_spans():
    nb = numbers.NBSP
    assert numbers.day(dt.date(2022, 11, 14)).replace(nb, " ") == "14 Nov 2022"
    assert numbers.days(dt.date(2023, 2, 17), dt.date(2023, 2, 24)).replace(nb, " ") == "17–24 Feb 2023"
    assert numbers.days(dt.date(2022, 12, 3), dt.date(2023, 2, 24)).replace(nb, " ") == "3 Dec 2022–24 Feb 2023"
    assert numbers.days(dt.date(2023, 2, 17), dt.date(2023, 2, 17)) == ""
    assert numbers.month("2022-11").replace(nb, " ") == "Nov 2022"
    assert numbers.month("undated") == "undated"


@given(st.decimals(min_value="0.0001", max_value=10**12, allow_nan=False))
def test_an_axis_ends_at_or_after_its_largest_value(value):
    end = numbers.round_end(value)
    assert value <= end <= value * Decimal("2.0001")


def test_a_minus_is_a_minus():
    assert numbers.grouped(Decimal("-1234.5"), 1) == "−1,234.5"
    assert numbers.grouped(Decimal("-0.001"), 1) == "0.0"
