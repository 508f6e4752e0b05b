"""Competition by amount, learning from what it leaves, and the rules that touch a chain."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.routes.chains.compete import shares
from enduse.routes.chains.concern import concern, interest
from enduse.routes.chains.rules import Scope
from enduse.routes.statistics.events import Happening

EVENT = Happening("a rule", dt.date(2023, 9, 1), None, frozenset({"CN"}), frozenset(), ("8806", "drone_part"), "a test")


def _arrays(rows):
    weight, purchase, sale, part = zip(*rows, strict=True)
    return (
        np.array(weight, float),
        np.unique(purchase, return_inverse=True)[1],
        np.unique(sale, return_inverse=True)[1],
        np.array(part, float),
    )


def test_two_halves_of_a_lot_do_not_stand_in_each_others_way():
    halves = shares(*_arrays([(5.0, 0, 0, 0.5), (5.0, 0, 1, 0.5)]), 0.1)
    whole = shares(*_arrays([(5.0, 0, 0, 1.0), (5.0, 0, 1, 1.0)]), 0.1)
    assert halves.min() > 0.97
    assert whole.max() < halves.min()
    assert whole[0] == pytest.approx(whole[1])


def test_a_sale_goes_to_the_purchase_no_other_sale_used():
    """Sale 1 fits purchases 0 and 1 alike; sale 0 can only have come from purchase 0 and takes all of it."""
    found = shares(*_arrays([(9.0, 0, 0, 1.0), (3.0, 0, 1, 1.0), (3.0, 1, 1, 1.0)]), 0.05)
    assert found[2] > 0.6
    assert found[1] < 0.4


pairs = st.lists(
    st.tuples(st.floats(1e-3, 1e3), st.integers(0, 4), st.integers(0, 4), st.floats(0.01, 20)),
    min_size=1,
    max_size=20,
    unique_by=lambda r: (r[1], r[2]),
)


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_the_shares_of_a_sale_never_exceed_one(rows):
    weight, purchase, sale, part = _arrays(rows)
    found = shares(weight, purchase, sale, part, 0.05)
    assert np.all((found >= 0) & (found <= 1))
    assert np.all(np.bincount(sale, found) <= 1 + 1e-9)


@pytest.mark.parametrize(
    ("start", "finish", "hs6", "family", "touched"),
    [
        ("CN", "RU", "880622", "drone", True),
        ("CN", "RU", "850440", "drone_part", True),
        ("CN", "RU", "850440", "", False),
        ("DE", "RU", "880622", "drone", False),
        ("CN", "RU", "", "", False),
    ],
)
def test_a_rule_touches_what_it_names(start, finish, hs6, family, touched):
    assert Scope(EVENT).touches(start, finish, hs6, family) is touched


def test_a_day_without_names_touches_everything():
    assert Scope(Happening("a war", dt.date(2022, 2, 24), None, frozenset(), frozenset(), (), "")).touches(
        "", "", "", ""
    )


def test_longer_chains_come_first_and_are_no_reason_for_an_alert():
    hops = np.array([2] * 90 + [3] * 8 + [5] * 2)
    met = {"long": np.flatnonzero(hops >= 3), "fresh": np.array([0])}
    lift, worry = interest(met, hops), concern(met, len(hops))
    assert lift[99] > lift[95] > lift[1]
    assert lift[0] > lift[1]
    assert worry[99] == worry[95] < 0.5


def test_reasons_of_one_rule_count_once_and_a_part():
    two, one, apart = (
        concern({k: np.array([0]) for k in kinds}, 50, 50)[0]
        for kinds in (("event", "lane"), ("event",), ("event", "price"))
    )
    assert one < two < apart
