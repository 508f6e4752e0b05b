"""Lots that two files declare under two names of one firm count once; lots of strangers stay two."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.engine.dialect import faults
from enduse.routes.chains.halves import BOND, CHANNELS, FETCH, LEVELS, TAKEN, _one_to_one, _side
from enduse.routes.chains.neighbours import AROUND, neighbours
from enduse.routes.chains.question import chains_where

from .trade_world import relays, row, trace

FIRMS = 5


def _twice(rows, *, lots=10, seed=5):
    """Beside `rows` lots that the buyer's country declares too, under another name of the seller; returns rows and the ids of both records."""
    rng = random.Random(seed)
    rows, pairs = list(rows), []
    for k in range(FIRMS):
        for _ in range(lots):
            at, pieces, buyer = rng.randrange(500), rng.randrange(20, 400), f"Trader {rng.randrange(12)}"
            one = row(len(rows) + 1, f"Huaxin {k}", buyer, at, quantity=pieces)
            two = row(
                len(rows) + 2,
                f"Хуасинь {k}",
                buyer,
                at + rng.randrange(8, 30),
                quantity=pieces,
                source="b.csv",
                direction="import",
            )
            rows += [one, two]
            pairs.append({one["shipment_id"], two["shipment_id"]})
    return rows, pairs


def test_lots_under_two_names_of_the_seller_count_once(duck, tmp_path):
    rows, pairs = _twice(relays()[0])
    found, heard = trace(duck, rows, tmp_path)
    taken = found["mirror_duplicate"].to_pylist()
    met = [{t["shipment_id"], t["of_shipment_id"]} for t in taken]
    assert sum(p in met for p in pairs) >= 0.9 * len(pairs)
    assert all(m in pairs for m in met)
    # The office of the seller's country knows the seller: its record is the one counted.
    assert all(t["of_shipment_id"].startswith("a") for t in taken)
    assert all("name the seller otherwise" in t["reasons"] for t in taken)
    assert any("more under two names of the seller" in line for line in heard.lines)


def test_strangers_that_sell_the_same_are_two_lots(duck, tmp_path):
    """Import files name sellers of their own, with pieces and days drawn alike: nothing repeats, so nothing is one lot."""
    rng = random.Random(2)
    rows = relays()[0]
    for k in range(120):
        side, source = ("export", "a.csv") if k % 2 else ("import", "b.csv")
        rows.append(row(len(rows) + 1, f"{side} maker {rng.randrange(8)}", f"Trader {rng.randrange(12)}", rng.randrange(600), quantity=rng.choice([50, 100, 200]), direction=side, source=source))  # fmt: skip
    found, _ = trace(duck, rows, tmp_path)
    assert found["mirror_duplicate"].num_rows <= 2


def test_goods_bought_under_one_name_and_sold_under_the_other(duck, tmp_path):
    """Both names are one firm by lots declared twice: what one bought the other sells, as an inferred hop that says why."""
    rng = random.Random(7)
    rows = list(relays()[0])
    for k in range(FIRMS):
        for n in range(16):
            at, pieces = rng.randrange(450), rng.randrange(101, 900, 2)
            rows.append(row(len(rows) + 1, f"Maker {rng.randrange(8)}", f"Altyn {k}", at, quantity=pieces))
            if n % 2:  # the buyer's own country declares every other lot too
                rows.append(row(len(rows) + 1, rows[-1]["exporter_name"], f"Алтын {k}", at + rng.randrange(8, 20), quantity=pieces, source="b.csv", direction="import"))  # fmt: skip
            rows.append(row(len(rows) + 1, f"Алтын {k}", f"User {rng.randrange(40)}", at + rng.randrange(21, 35), quantity=pieces))  # fmt: skip
    found, _ = trace(duck, rows, tmp_path)
    inferred = [h for h in found["hop"].to_pylist() if h["basis"] == "inferred"]
    assert len(inferred) >= 0.5 * FIRMS * 8
    steps = [s for c in chains_where(duck) for s in c["steps"] if s["basis"] == "inferred"]
    assert all(s["from_name"].replace("Altyn", "Алтын") == s["to_name"] for s in steps)
    assert all("perhaps one firm" in s["tie"] and "lots declared by two files" in s["evidence"] for s in steps)


pairs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), unique=True, max_size=30)


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_every_record_stands_in_one_pair_at_most(found):
    inb, outb = (np.array([p[side] for p in found], dtype=np.int64) for side in (0, 1))
    taken = _one_to_one(inb, outb, np.arange(len(found)))
    assert len(set(inb[taken])) == len(set(outb[taken])) == len(taken)
    if found:
        assert 0 in taken


@pytest.mark.parametrize(
    "sql",
    [_side("export", "buyer", "seller"), LEVELS, FETCH, BOND, TAKEN, neighbours("half_x", "half_m", CHANNELS, AROUND)],
)
def test_statements_are_portable(sql):
    assert faults(sql) == []
