"""What is worked out on arrays a page at a time is what the SQL of the same name says, whatever the size of a page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.engine.duckdb import DuckDBEngine
from enduse.routes.chains import pages
from enduse.routes.chains.allocate import queue
from enduse.routes.chains.candidates import parts, write
from enduse.routes.chains.features import features_sql, told_sql
from enduse.routes.chains.links import CHANNELS, KINDS
from enduse.routes.chains.mirrors import best
from enduse.routes.chains.neighbours import AFTER, STEPS_TABLE, neighbours, steps_sql

LONGEST = 60


def _lot(draw, number, *, bought):
    day = dt.date(2023, 1, 1) + dt.timedelta(draw(st.integers(0, 80)))

    def pick(*values):
        return draw(st.sampled_from(values))

    kg = pick(None, "1", "100", "100.4", "101", "50", "10", "1000")
    lot = {
        "id": number, "firm": draw(st.integers(1, 3)), "date": day, "sure": pick(0, 1), "hs6": pick(None, "841370", "880622"), "model": pick(None, "PX1", "PX2"),
        "mark": pick(None, None, "670701"), "container": pick(None, None, "MSKU1"), "maker": pick(None, "ACME", "OTHER"), "unit": pick(None, "C62", "PR"),
        "quantity": pick(None, "100", "101", "103", "117", "10", "3", "250"), "kg": kg, "value_usd": pick(None, "100", "102", "120", "900"), "origin": pick(None, "CN", "DE"),
        "country": pick(None, "KZ", "TR"), "grams": int(Decimal(kg or 0) * 1000), "lots": 1,
    }  # fmt: skip
    lot["kind"] = lot["model"] or pick(None, "PX1")
    return lot | ({"ready": day - dt.timedelta(10)} if bought else {})


@st.composite
def trades(draw):
    counts = draw(st.integers(0, 12)), draw(st.integers(0, 12))
    return [[_lot(draw, 100 * s + k, bought=not s) for k in range(n)] for s, n in enumerate(counts)]


def _table(rows, *, bought):
    words = ("hs6", "model", "kind", "mark", "container", "maker", "unit", "origin", "country")
    kinds = {"id": pa.int64(), "firm": pa.int64(), "date": pa.date32(), "sure": pa.int32()} | dict.fromkeys(
        words, pa.string()
    )
    kinds |= dict.fromkeys(("quantity", "kg", "value_usd"), pa.decimal128(18, 4)) | {
        "grams": pa.int64(),
        "lots": pa.int64(),
    }
    kinds |= {"ready": pa.date32()} if bought else {}
    made = {
        n: pa.array([None if r[n] is None else Decimal(r[n]) if pa.types.is_decimal(t) else r[n] for r in rows], t)
        for n, t in kinds.items()
    }
    return pa.table(made)


def _by_sql(engine, kind):
    engine.make(STEPS_TABLE, steps_sql())
    engine.make("near", neighbours(kind.ins, kind.outs, CHANNELS, kind.side, kind.when))
    back = int(kind.side == AFTER)
    engine.make("by_code", queue(kind.ins, kind.outs, ("firm", "hs6"), back, kind.when))
    engine.make("by_kind", queue(kind.ins, kind.outs, ("firm", "kind"), back, kind.when))
    engine.make("a", told_sql(kind.ins, 0, "by_code", "by_kind"))
    engine.make("b", told_sql(kind.outs, 1, "by_code", "by_kind"))
    found = engine.fetch(features_sql("near", "a", "b", 1 if back else 0), {"longest": LONGEST}).to_pylist()
    return sorted((r["inb"], r["outb"], r["firm"], r["code"]) for r in found)


@settings(max_examples=25, deadline=None)
@given(rows=trades(), page=st.sampled_from([1, 5, 500_000]))
def test_pairs_and_levels_are_those_of_the_sql(rows, page, tmp_path_factory):
    scratch = tmp_path_factory.mktemp("pairs")
    engine = DuckDBEngine(memory="200MB", threads=1)
    before, pages.PAGE = pages.PAGE, page
    try:
        for s, name in enumerate(("bought", "sold")):
            engine.put(name, _table(rows[s], bought=not s))
        for kind in KINDS[:2]:
            write(engine, scratch, kind, CHANNELS, LONGEST)
            got = list(parts(scratch, kind.name, kind.sign))
            found = [tuple(r) for p in got for r in np.stack([p.inb, p.outb, p.firm, p.code], axis=1).tolist()]
            assert sorted(found) == _by_sql(engine, kind)
            assert len(found) == len(set(found))
            firms = [set(p.firm.tolist()) for p in got]
            assert not any(a & b for n, a in enumerate(firms) for b in firms[:n]), "a firm stands on one page"
    finally:
        pages.PAGE = before
        engine.close()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 3)), unique_by=lambda r: r[:2], max_size=14)
)
def test_mutually_best_pairs_are_those_taken_one_by_one(rows):
    inb, outb, rank = (np.array([r[k] for r in rows], dtype=np.int64) for k in range(3))
    left, want = list(range(len(rows))), []
    for _ in range(3):
        first = {
            (s, rows[k][s]): min((rows[j][2], rows[j][1 - s], j) for j in left if rows[j][s] == rows[k][s])[2]
            for k in left
            for s in (0, 1)
        }
        mine = [k for k in left if first[0, rows[k][0]] == k == first[1, rows[k][1]]]
        want += mine
        left = [k for k in left if not any(rows[k][s] == rows[j][s] for j in mine for s in (0, 1))]
    assert best(inb, outb, rank).tolist() == want


def test_pages_are_worked_on_in_order_and_a_failure_is_told():
    assert list(pages.each(lambda k: k * k, range(7))) == [k * k for k in range(7)]
    with pytest.raises(ZeroDivisionError):
        list(pages.each(lambda k: 1 // (3 - k), range(7)))


def test_words_are_numbers_that_agree_between_tables():
    left, right = pa.table({"w": ["a", None, "b"]}), pa.table({"w": pa.chunked_array([["b"], ["c", "a"]])})
    one, two = pages.coded([left, right], "w")
    assert (one[1], one[2] == two[0], one[0] == two[2], len({*one.tolist(), *two.tolist()})) == (-1, True, True, 4)


@pytest.mark.parametrize("page", [40, 500_000])
def test_tables_do_not_depend_on_the_size_of_a_page(duck, tmp_path, monkeypatch, page):
    from .trade_world import relays, trace

    rows, _ = relays(60)
    monkeypatch.setattr(pages, "PAGE", 500_000)
    whole, _ = trace(duck, rows, tmp_path / "a")
    monkeypatch.setattr(pages, "PAGE", page)
    again, _ = trace(duck, rows, tmp_path / "b")
    assert all(whole[n].equals(again[n]) for n in whole)
