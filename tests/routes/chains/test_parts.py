"""The parts: text keys, neighbours, stock lines, weights, isotonic regression, best disjoint paths."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.engine.dialect import faults
from enduse.routes.chains import STEPS
from enduse.routes.chains.allocate import queue
from enduse.routes.chains.candidates import side_sql
from enduse.routes.chains.chains import HOPS, linked_sql
from enduse.routes.chains.concern import flags_sql
from enduse.routes.chains.evidence import Feature, fit, monotone, unpacked
from enduse.routes.chains.features import FEATURES, features_sql, told_sql
from enduse.routes.chains.links import CHANNELS, link_sql
from enduse.routes.chains.mirrors import _SIDE, DUPLICATE
from enduse.routes.chains.neighbours import AFTER, AROUND, BEFORE, STEPS_TABLE, Channel, neighbours, steps_sql
from enduse.routes.chains.paths import _taken, disjoint, graph
from enduse.routes.chains.rules import _ASKED, CHAIN_DAY
from enduse.routes.chains.sessions import SIDE
from enduse.routes.chains.text import _JOINED, _WORD, Reader, _judged, folded, named


@pytest.mark.parametrize(
    ("text", "model", "mark"),
    [
        ("насос РХ-2040, новый", "PX2040", None),
        ("Pump PX 2040 (new), 15KG", "PX2040", None),
        ("泵 PX-2040", "PX2040", None),
        ("microscope 220V 2023", None, None),
        ("bearings, lot 670701", None, "670701"),
    ],
)
def test_a_model_is_the_same_word_in_every_language(text, model, mark):
    assert named(text) == (model, mark)


STATEMENTS = {
    "neighbours": neighbours("bought", "sold", CHANNELS, 0), "reversed": neighbours("bought", "sold", CHANNELS, 1), "steps": steps_sql(),
    "around": neighbours("bought", "sold", CHANNELS, AROUND), "queue": queue("bought", "sold", ("firm", "hs6")), "told": told_sql("bought", 0, "a", "b"), "features": features_sql("p", "bought", "sold", 1),
    "link": link_sql(), "linked": linked_sql(), "hops": HOPS, "flags": flags_sql(), "asked": _ASKED, "chain day": CHAIN_DAY, "mirrors": _SIDE, "side": side_sql("bought", "ready"), "sessions": SIDE, "duplicate": DUPLICATE,
    **{s.name: s.sql for s in STEPS if s.sql},
}  # fmt: skip


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_is_portable(name):
    assert faults(STATEMENTS[name]) == []


events = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30)), min_size=1, max_size=12)


@settings(max_examples=15, deadline=None)
@given(ins=events, outs=events, reach=st.integers(1, 4))
def test_neighbours_are_the_nearest_of_the_same_key(ins, outs, reach):
    from enduse.engine.duckdb import DuckDBEngine

    engine = DuckDBEngine(memory="200MB", threads=1)
    try:
        engine.make(STEPS_TABLE, steps_sql())
        for name, rows, base in (("a", ins, 0), ("b", outs, 100)):
            engine.put(
                name,
                pa.table(
                    {
                        "id": [base + k for k in range(len(rows))],
                        "firm": [f for f, _ in rows],
                        "date": [d for _, d in rows],
                    }
                ),
            )
        for side in (BEFORE, AFTER, AROUND):
            got = {
                tuple(r.values())
                for r in engine.fetch(neighbours("a", "b", (Channel(("firm",), reach),), side)).to_pylist()
            }
            want = set()
            for o, (firm, day) in enumerate(outs):
                same = sorted((d, k) for k, (f, d) in enumerate(ins) if f == firm)
                before, after = [k for d, k in same if d <= day][-reach:], [k for d, k in same if d > day][:reach]
                near = {BEFORE: before, AFTER: after, AROUND: before + after}[side]
                want |= {(k, 100 + o) for k in near}
            assert got == want
    finally:
        engine.close()


def test_stock_lines_overlap_where_the_oldest_stock_is_sold_first(duck):
    duck.put("a", pa.table({"id": [1, 2], "firm": [1, 1], "date": [0, 5], "grams": [100, 50]}))
    duck.put("b", pa.table({"id": [3, 4], "firm": [1, 1], "date": [1, 6], "grams": [100, 50]}))
    lines = {(r["id"], r["way"]): (r["begins"], r["ends"]) for r in duck.fetch(queue("a", "b", ("firm",))).to_pylist()}
    assert lines[1, 0] == lines[3, 1] == (0, 100)
    assert lines[2, 0] == lines[4, 1] == (100, 150)


def test_the_fit_finds_the_share_of_real_pairs_and_what_tells_them():
    features = (Feature("x", ("a", "b"), (0.0, 0.0)), Feature("y", ("a", "b"), (0.0, 0.0)))
    levels = unpacked(np.arange(4), features)
    real = 2000 * np.array([0.9 * 0.8, 0.1 * 0.8, 0.9 * 0.2, 0.1 * 0.2])
    chance = 8000 * np.array([0.2 * 0.3, 0.8 * 0.3, 0.2 * 0.7, 0.8 * 0.7])
    found = fit(levels, real + chance, chance, features, pull=0.5)
    odds = found.log_odds(levels)
    assert odds[0] > odds[1] > odds[3]
    assert odds[0] > odds[2]


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.1, 5)), min_size=1, max_size=40))
def test_isotonic_regression_rises_and_keeps_the_mean(points):
    value, weight = (np.array(c) for c in zip(*points, strict=True))
    out = monotone(value, weight)
    assert len(out) == len(value)
    assert np.all(np.diff(out) >= -1e-12)
    assert np.isclose(np.sum(out * weight), np.sum(value * weight))


def test_the_best_path_is_followed_to_its_end_and_shares_nothing():
    # 1 -> 2 -> 3 -> 4 strong; 1 -> 5 weak; 6 -> 3 weaker than 2 -> 3.
    g = graph(np.array([1, 2, 3, 1, 6]), np.array([2, 3, 4, 5, 3]), np.array([0.9, 0.9, 0.9, 0.5, 0.6]))
    found = [[int(g.nodes[n]) for n in path] for path in disjoint(g, 0.3, 11).lists()]
    assert found == [[1, 2, 3, 4]]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 14), st.integers(1, 6), st.floats(0.05, 0.99)), max_size=60), st.integers(1, 5)
)
def test_chains_are_disjoint_short_enough_and_above_the_floor(links, most):
    best = {(a, a + b): p for a, b, p in links}
    if not best:
        return
    start, end, p = np.array([k[0] for k in best]), np.array([k[1] for k in best]), np.array(list(best.values()))
    g = graph(start, end, p)
    seen = set()
    for path in disjoint(g, 0.3, most).lists():
        ids = [int(g.nodes[n]) for n in path]
        assert 2 <= len(ids) <= most + 1
        assert all(best[a, b] >= 0.3 for a, b in pairwise(ids))
        assert not seen & set(ids)
        seen |= set(ids)


def test_every_feature_has_levels_for_its_words():
    assert all(len(f.levels) == len(f.prior) for f in FEATURES)


def _read_alone(text, makers):
    """What one text names, word by word: the slow way to say what `Reader` does for many at once."""
    plain = folded(text)
    words = _WORD.findall(plain)
    judged = [_judged(w) for w in (*words, *("".join(pair) for pair in _JOINED.findall(plain)))]

    def longest(found):
        return min((w for w in found if w), key=lambda w: (-len(w), w), default=None)

    return longest(j[0] for j in judged), longest(j[1] for j in judged), next((w for w in words if w in makers), None)


pieces = st.sampled_from(["PX", "lot", "насос", "РХ", "２０", "ﬁ", "①", "2040", "12", "80116", "A", "B7", "-", "/", ".", " ", ",", "_", "\n", "\0", "x", "5KG", "ß", "é", "泵"])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(pieces, max_size=8).map("".join), max_size=12))
def test_many_texts_are_read_as_each_alone(texts):
    makers = frozenset({"PX", "B7", "LOT"})
    found = Reader(makers).read(texts)
    got = list(zip(found.model.to_pylist(), found.mark.to_pylist(), found.maker.to_pylist(), strict=True))
    assert got == [_read_alone(t.replace("\0", "\1"), makers) for t in texts]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=4, unique=True), min_size=1, max_size=14))
def test_taking_walks_at_once_is_taking_them_one_by_one(walks):
    table = np.full((len(walks), 4), -1, dtype=np.int32)
    for k, walk in enumerate(walks):
        table[k, : len(walk)] = walk
    used, want = set(), []
    for k, walk in enumerate(walks):
        if not used & set(walk):
            used |= set(walk)
            want.append(k)
    assert _taken(table, 10).tolist() == want
