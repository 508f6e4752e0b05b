"""Figures: values, modifiers, ranges, rates; designations, dates and ages are none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.press import figures, goods
from enduse.press.text import plain


def read(text):
    shadow = plain(text)
    return figures.parse(shadow, taken=goods.designations(shadow))


@pytest.mark.parametrize(
    ("text", "value", "modifier", "currency"),
    [
        ("more than $12 million in parts", 12_000_000, ">", "USD"),
        ("nearly 70 exporters", 70, "<~", None),
        ("at least 1.5 million shells", 1_500_000, ">=", None),
        ("some 3,500 quadcopters", 3500, "~", None),
        ("up to a dozen firms", 12, "<=", None),
        ("fewer than 400 engines", 400, "<", None),
        ("worth €2.1bn", 2_100_000_000, "=", "EUR"),
        ("USD 12 million", 12_000_000, "=", "USD"),
        ("about 300 million euros", 300_000_000, "~", "EUR"),
        ("dozens of missiles", 12, "vague", None),
        ("hundreds of drones", 100, "vague", None),
        ("tens of thousands of rounds", 10_000, "vague", None),
        ("two hundred and fifty rockets", 250, "=", None),
        ("1 200 000 roubles", 1_200_000, "=", "RUB"),
    ],
)
def test_value_modifier_and_currency(text, value, modifier, currency):
    (figure,) = read(text)
    assert (figure.value, figure.modifier, figure.currency) == (value, modifier, currency)


def test_range_keeps_both_ends():
    (figure,) = read("a 35-50kg warhead")
    assert (figure.low, figure.high, figure.modifier, figure.unit) == (35, 50, "range", "kg")
    (money,) = read("between $3 and 5 million was paid")
    assert (money.low, money.high) == (3_000_000, 5_000_000)


def test_rate_is_kept_apart_from_the_total():
    (figure,) = read("around 100 drones a month")
    assert (figure.value, figure.per, figure.noun) == (100, "month", "drones")


@pytest.mark.parametrize(
    "text",
    [
        "the ZT-180 drone",
        "a Shahed 136 was found",
        "the Mavic 3 quadcopter",
        "Bayraktar TB2 aircraft",
        "on March 21 they met",
        "in 2023 it fell",
        "at 9:01 p.m. on Sunday",
        "the 22nd amendment",
    ],
)
def test_designations_dates_and_ordinals_are_no_figures(text):
    assert read(text) == []


@given(st.text(max_size=200))
def test_any_text_parses_and_offsets_hold(text):
    shadow = plain(text)
    assert len(shadow) == len(text)
    for figure in figures.parse(shadow):
        assert shadow[figure.start : figure.end] == figure.raw


@given(st.integers(2, 999_999))
def test_a_plain_number_is_read_back(n):
    (figure,) = read(f"they sold {n:,} drones to them")
    assert figure.value == n


@pytest.mark.shared
def test_values_on_the_yardstick(shared):
    """Value F1 on news sentences; quantulum3 0.10 reached .691 on the whole set."""
    rows = json.loads((shared / "data/press/yardstick/newsquant_shared.json").read_text(encoding="utf-8"))
    hits = found = wanted = 0
    for row in rows:
        got = [f.value if f.value is not None else f.high for f in read(row["text"])]
        want = [abs(float(str(q["value"]).rsplit("-", 1)[-1])) for q in row["quantities"]]
        found, wanted = found + len(got), wanted + len(want)
        for value in want:
            close = next((g for g in got if abs(g - value) <= 1e-6 * max(1, value)), None)
            if close is not None:
                got.remove(close)
                hits += 1
    assert 2 * hits / (found + wanted) > 0.84


def test_a_day_before_a_month_is_no_count_of_a_model():
    text = "Drones were shipped between 24 February 2022 and 30 June 2024, and three Ground Master 200 radars."
    assert [text[a:b] for a, b in goods.designations(text)] == ["Ground Master 200"]
