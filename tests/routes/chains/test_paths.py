"""Chains where consignments are linked both ways: none stands twice in one chain."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.routes.chains.paths import disjoint, graph

from .trade_world import row, trace

links = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[0] != e[1]), st.floats(0.05, 0.99), min_size=1, max_size=60
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(links, st.integers(1, 11))
def test_no_consignment_stands_twice_whatever_the_cycles(found, most):
    start, end = (np.array([e[side] for e in found]) for side in (0, 1))
    g = graph(start, end, np.array(list(found.values())))
    seen: set[int] = set()
    for path in disjoint(g, 0.3, most).lists():
        ids = [int(g.nodes[n]) for n in path]
        assert 2 <= len(ids) <= most + 1
        assert len(set(ids)) == len(ids)
        assert all(found[edge] >= 0.3 for edge in pairwise(ids))
        assert not seen & set(ids)
        seen |= set(ids)


def test_of_two_links_both_ways_the_more_probable_is_taken():
    g = graph(np.array([1, 2]), np.array([2, 1]), np.array([0.5, 0.8]))
    assert [[int(g.nodes[n]) for n in p] for p in disjoint(g, 0.3, 11).lists()] == [[2, 1]]


def test_firms_that_send_each_other_the_same_within_days(duck, tmp_path):
    rows = []
    for k in range(120):
        a, b, pieces = f"Left {k % 5}", f"Right {k % 5}", 101 + 2 * k
        rows.append(row(len(rows) + 1, a, b, 6 * k, quantity=pieces))
        rows.append(row(len(rows) + 1, b, a, 6 * k + (k % 7) - 3, quantity=pieces))
    found, _ = trace(duck, rows, tmp_path)
    both = {(x["inbound"], x["outbound"]) for x in found["link"].to_pylist()}
    assert any((b, a) in both for a, b in both), "the case is not made"
    steps: dict[str, list[str]] = {}
    for hop in found["hop"].to_pylist():
        steps.setdefault(hop["chain_id"], []).append(hop["shipment_id"])
    assert steps
    assert all(len(set(ids)) == len(ids) for ids in steps.values())
