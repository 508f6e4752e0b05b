"""The order of the table: better before worse, each set of middlemen once before it comes again."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enduse.routes.chains.order import LIFT, middlemen, ranked

chains = st.lists(
    st.tuples(
        st.floats(0.0, 1.0).map(lambda x: round(x, 3)),
        st.floats(0.0, 1.0).map(lambda x: round(x, 3)),
        st.integers(0, 4),
    ),
    max_size=40,
)


def order_of(rows, alert=None):
    continuity, lift, group = (np.array([r[k] for r in rows]) for k in range(3))
    names = np.array([f"H-{n:02}" for n in range(len(rows))])
    alert = np.zeros(len(rows), dtype=bool) if alert is None else np.array(alert, dtype=bool)
    return ranked(continuity, lift, names, group.astype(np.int64), alert).tolist()


@given(chains)
def test_every_chain_once_and_better_ones_of_the_same_middlemen_first(rows):
    order = order_of(rows)
    assert sorted(order) == list(range(len(rows)))
    for group in {r[2] for r in rows}:
        scores = [rows[i][0] * (LIFT + rows[i][1]) for i in order if rows[i][2] == group]
        assert all(a >= b - 1e-8 for a, b in itertools.pairwise(scores))


@given(chains)
def test_equal_chains_come_one_of_each_set_of_middlemen_in_turn(rows):
    order = order_of([(0.9, 0.5, group) for _, _, group in rows])
    groups = [rows[i][2] for i in order]
    counts = [groups[:n].count(groups[n]) for n in range(len(groups))]
    assert counts == sorted(counts)


@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=6), min_size=1, max_size=20))
def test_middlemen_are_the_sellers_of_all_hops_but_the_first(sellers):
    chain = np.repeat(np.arange(len(sellers)), [len(s) for s in sellers])
    position = np.concatenate([np.arange(1, len(s) + 1) for s in sellers])
    group = middlemen(chain, position, np.concatenate([np.array(s) for s in sellers]), len(sellers))
    for a, left in zip(group.tolist(), sellers, strict=True):
        for b, right in zip(group.tolist(), sellers, strict=True):
            assert (a == b) == (left[1:] == right[1:])


def test_an_alert_keeps_its_place_behind_better_chains_of_the_same_middlemen():
    rows = [(0.9, 0.5, 0), (0.8, 0.5, 0), (0.7, 0.5, 0), (0.6, 0.5, 1)]
    assert order_of(rows) == [0, 3, 1, 2]
    assert order_of(rows, [True, True, True, False]) == [0, 1, 2, 3]


def test_no_chain_is_no_order():
    none = np.empty(0, dtype=np.int64)
    assert middlemen(none, none, none, 0).tolist() == []
    assert order_of([]) == []
