"""Hand-overs inside owner groups: found where the data show them, not where strangers would do as well."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.dialect import faults
from enduse.routes.chains.affiliates import _CANDIDATES, _SIDES
from enduse.routes.chains.chains import HANDED
from enduse.routes.chains.handover import Beside, estimate
from enduse.routes.chains.question import chains_where

from .trade_world import relays, row, trace

SISTERS = 6


def _linked(names, pairs, kind="owns", basis="declared", score=1.0):
    """PARTY_LINK rows by names, with the ids that `trace` gives."""
    ids = {n: f"P-{k:010x}" for k, n in enumerate(sorted(names))}
    found = [sorted((ids[a], ids[b])) for a, b in pairs if a in ids and b in ids]
    return TABLES["party_link"].arrow(
        [{"left_party": a, "right_party": b, "kind": kind, "basis": basis, "score": score, "evidence": "owners.csv:1"} for a, b in sorted(found)]
    )  # fmt: skip


def _names(rows):
    return {r[k] for r in rows for k in ("exporter_name", "importer_name")}


def _family(rows, *, sells="Sister", seed=3, lots=5):
    """Beside `rows` firms that buy and affiliates that sell the same goods some weeks later; returns the rows and the planted pairs."""
    rng = random.Random(seed)
    rows, planted = list(rows), []
    for k in range(SISTERS):
        for _ in range(lots):
            at, pieces = rng.randrange(500), rng.randrange(101, 999, 2)
            rows.append(row(len(rows) + 1, f"Maker {rng.randrange(8)}", f"Elder {k}", at, quantity=pieces))
            rows.append(
                row(
                    len(rows) + 1,
                    f"{sells} {k}",
                    f"User {rng.randrange(40)}",
                    at + rng.randrange(8, 25),
                    quantity=pieces,
                )
            )
            planted.append((rows[-2]["shipment_id"], rows[-1]["shipment_id"]))
    return rows, planted


@pytest.fixture(scope="module")
def family():
    return _family(relays()[0])


def _pairs(also=()):
    """Sisters, and linked firms that hand nothing over."""
    idle = [(f"Trader {k}", f"Agent {(5 * k + 3) % 12}") for k in range(12)]
    return [(f"Elder {k}", f"Sister {k}") for k in range(SISTERS)] + idle + list(also)


def test_goods_handed_over_inside_a_group_are_followed(duck, tmp_path, family):
    rows, planted = family
    found, heard = trace(duck, rows, tmp_path, party_link=_linked(_names(rows), _pairs()))
    across = [x for x in found["link"].to_pylist() if x["reasons"].startswith("inferred")]
    sure = {(x["inbound"], x["outbound"]) for x in across if x["continuity"] >= 0.3}
    assert len(sure & set(planted)) >= 0.7 * len(planted)
    assert len(sure - set(planted)) <= 0.1 * len(sure)
    assert any("hand-overs between affiliates" in line for line in heard.lines)
    hops = found["hop"].to_pylist()
    at = {(h["chain_id"], h["position"]): h for h in hops}
    inferred = [h for h in hops if h["basis"] == "inferred"]
    assert len(inferred) >= 0.7 * len(planted)
    for hop in inferred:
        before, after = at[hop["chain_id"], hop["position"] - 1], at[hop["chain_id"], hop["position"] + 1]
        assert (hop["from_party"], hop["to_party"]) == (before["to_party"], after["from_party"])
        assert hop["shipment_id"] == before["shipment_id"]
        assert hop["rows"] == 0
        assert hop["date"] is None
        assert hop["quantity"] is None
        assert 0 < hop["strength"] <= 1
    for chain in found["chain"].to_pylist():
        steps = [at[chain["chain_id"], n + 1] for n in range(chain["hops"])]
        product = np.prod([s["strength"] for s in steps[1:]])
        assert chain["continuity"] == pytest.approx(product, abs=2e-6)
        assert all(a["to_party"] == b["from_party"] for a, b in pairwise(steps))
    with_hands = {h["chain_id"] for h in inferred}
    # What makes a chain one is no reason to look at it twice.
    assert not any(
        "share an owner" in (c["reasons"] or "") for c in found["chain"].to_pylist() if c["chain_id"] in with_hands
    )
    told = next(c for c in chains_where(duck) if any(s["basis"] == "inferred" for s in c["steps"]))
    step = next(s for s in told["steps"] if s["basis"] == "inferred")
    assert "owners.csv:1" in step["evidence"]


def test_without_a_link_nothing_is_joined(duck, tmp_path, family):
    found, _ = trace(duck, family[0], tmp_path)
    assert not any(h["basis"] == "inferred" for h in found["hop"].to_pylist())


def test_links_that_mean_nothing_for_goods_stay_empty(duck, tmp_path):
    rows, _ = relays()
    found, _ = trace(
        duck, rows, tmp_path, party_link=_linked(_names(rows), _pairs()[SISTERS:], "same_address", "inferred", 0.6)
    )
    across = [x["continuity"] for x in found["link"].to_pylist() if x["reasons"].startswith("inferred")]
    assert sum(across) < 5


def test_a_purchase_its_own_firm_sold_is_not_handed_over(duck, tmp_path):
    """Every purchase is sold on by its buyer, and an affiliate sells as many pieces a day later: the own sale keeps the goods."""
    rows, _ = _family(relays()[0], sells="Elder")
    twins = [r for r in rows if r["exporter_name"].startswith("Elder")]
    for r in twins:
        rows.append(
            row(
                len(rows) + 1,
                r["exporter_name"].replace("Elder", "Sister"),
                r["importer_name"],
                0,
                quantity=int(r["quantity"]),
            )
            | {"date": r["date"]}
        )
    links = _linked(_names(rows), _pairs())
    plain, _ = trace(duck, rows, tmp_path / "a")
    found, _ = trace(duck, rows, tmp_path / "b", party_link=links)
    kept = {(x["inbound"], x["outbound"]): x["continuity"] for x in found["link"].to_pylist()}
    own = {(x["inbound"], x["outbound"]): x["continuity"] for x in plain["link"].to_pylist()}
    assert all(kept[pair] == value for pair, value in own.items())
    across = [(p, v) for p, v in kept.items() if p not in own]
    assert all(v < 0.3 for _, v in across)


def test_chains_with_hand_overs_have_no_more_firms_than_asked(duck, tmp_path, family):
    rows, _ = family
    case = CaseFile.model_validate({"settings": {"chains": {"most_firms": 3}}})
    found, _ = trace(duck, rows, tmp_path, case, party_link=_linked(_names(rows), _pairs()))
    assert found["chain"].num_rows
    assert max(found["chain"]["hops"].to_pylist()) <= 2


@pytest.mark.spark
def test_both_engines_infer_the_same(duck, tmp_path):
    pytest.importorskip("pyspark")
    import shutil

    if shutil.which("java") is None:
        pytest.skip("no Java on this machine, so no Spark")
    from enduse.engine.spark import SparkEngine

    rows, _ = _family(relays(40)[0])
    links = _linked(_names(rows), _pairs())
    first, _ = trace(duck, rows, tmp_path / "a", party_link=links)
    assert "inferred" in first["hop"]["basis"].to_pylist()
    engine = SparkEngine(tmp_path / "spark")
    try:
        second, _ = trace(engine, rows, tmp_path / "b", party_link=links)
    finally:
        engine.close()
    for name in first:
        assert first[name].equals(second[name]), name


@pytest.mark.parametrize(
    "sql",
    [
        _CANDIDATES.format(pairs="affiliate"),
        _SIDES.format(pairs="affiliate", lots="affiliate_bought", side="buyer", more="c.ready, "),
        HANDED,
    ],
)
def test_statements_are_portable(sql):
    assert faults(sql) == []


def _beside(rng, pairs, sales, real):
    """`real` of the pairs hand over: each of their sales has one purchase that fits. Odds are those of two normal distributions three apart."""
    pair = np.repeat(np.arange(pairs), sales * 3)
    sale = np.repeat(np.arange(pairs * sales), 3)
    seen = rng.normal(0.0, 1.0, len(pair))
    seen[::3] += np.where(pair[::3] < real, 3.0, 0.0)
    return Beside(pair, sale, 3.0 * seen - 4.5, np.ones(len(pair)), np.zeros(pairs, dtype=np.int64), np.ones(pairs))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 30))
def test_the_estimate_finds_the_pairs_that_hand_over(seed, real):
    rng = np.random.default_rng(seed)
    found = estimate(_beside(rng, 60, 4, real), _beside(rng, 120, 4, 0))
    assert ((found.pair >= 0) & (found.pair <= 1)).all()
    assert ((found.link >= 0) & (found.link <= 1)).all()
    assert abs(float(found.pair.sum()) - real) <= 4
    assert (found.pair[:real] > 0.5).sum() >= 0.85 * real - 1
    assert found.pair[real:].mean() < 0.1


def test_strangers_as_alike_as_the_linked_leave_nothing():
    rng = np.random.default_rng(1)
    found = estimate(_beside(rng, 60, 4, 20), _beside(rng, 60, 4, 20))
    assert found.rate.max() < 0.05
