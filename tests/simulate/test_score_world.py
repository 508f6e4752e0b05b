"""The scoring functions: a tracer that knows everything scores 1, one that knows nothing is told so."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from enduse.simulate.run import make
from enduse.simulate.score import (
    Answers,
    alerts,
    b_cubed,
    calibration,
    chain_precision,
    goods_recognition,
    link_average_precision,
    mirrors,
    schemes_found,
    stated_false_share,
    understated_average_precision,
)
from enduse.simulate.score_tables import area, average_precision


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scored")
    make(folder, rows=25_000, seed=6, world="open", form="parquet")
    return Answers(folder)


@pytest.fixture(scope="module")
def run(answers):
    """What a tracer would write that knows the truth: each lot a consignment, each draw a link, each wave of a scheme a chain."""
    db = answers.db

    def table(sql):
        return db.sql(sql).to_arrow_table()

    shipment = """SELECT r.source || '-' || r.row AS shipment_id, r.source, r.row, r.seller_name AS exporter_name, r.buyer_name AS importer_name,
        'F' || r.seller AS exporter_party, 'F' || r.buyer AS importer_party, r.lot FROM t_record AS r WHERE r.kind <> 'damaged'"""
    db.execute(f"CREATE TABLE ship AS {shipment}")
    db.execute("CREATE TABLE first AS SELECT lot, min(shipment_id) AS id FROM ship GROUP BY lot")
    return {
        "shipment": table("SELECT * FROM ship"),
        "consignment_row": table(
            "SELECT s.shipment_id, f.id AS consignment_id FROM ship AS s JOIN first AS f USING (lot)"
        ),
        "link": table(
            "SELECT i.id AS inbound, o.id AS outbound, 0.9 AS continuity FROM t_draw AS d JOIN first AS i ON i.lot = d.inbound JOIN first AS o ON o.lot = d.outbound"
        ),
        "goods": table(
            "SELECT s.shipment_id, l.family, l.model_name AS model, 0.9 AS confidence FROM ship AS s JOIN t_lot AS l USING (lot)"
        ),
        "price_check": table(
            "SELECT s.shipment_id, l.understated * 1.0 AS score FROM ship AS s JOIN t_lot AS l USING (lot)"
        ),
        "mirror": table(
            "SELECT export_source || '-' || export_row AS shipment_id, import_source || '-' || import_row AS of_shipment_id FROM t_mirror"
        ),
        "hop": table(
            "SELECT 'H' || l.scheme || '-' || l.wave || '-' || l.path AS chain_id, row_number() OVER (PARTITION BY l.scheme, l.wave, l.path ORDER BY l.day, l.lot) AS position, f.id AS shipment_id FROM t_lot AS l JOIN first AS f USING (lot) WHERE l.scheme IS NOT NULL"
        ),
    }


def _chains(hop):
    ids = sorted(set(hop["chain_id"].to_pylist()))
    return pa.table(
        {
            "chain_id": ids,
            "rank": list(range(1, len(ids) + 1)),
            "continuity": [0.9] * len(ids),
            "concern": [0.6] * len(ids),
        }
    )


def test_a_tracer_that_knows_everything_finds_every_link(answers, run):
    found = link_average_precision(answers, run["shipment"], run["consignment_row"], run["link"])
    assert found["average_precision"] == pytest.approx(1.0)
    assert found["true_pairs"] == found["found"] > 500


def test_chance_links_score_low(answers, run):
    rng = np.random.default_rng(0)
    ids = np.unique(run["consignment_row"]["consignment_id"].to_numpy(zero_copy_only=False))
    link = pa.table(
        {"inbound": rng.choice(ids, 5000), "outbound": rng.choice(ids, 5000), "continuity": rng.random(5000)}
    )
    assert link_average_precision(answers, run["shipment"], run["consignment_row"], link)["average_precision"] < 0.01
    told = calibration(answers, run["shipment"], run["consignment_row"], link)
    assert told["expected_error"] == pytest.approx(0.5, abs=0.05)
    shares = stated_false_share(answers, run["shipment"], run["consignment_row"], link)
    assert shares[0.5]["true"] > 0.95


def test_schemes_are_found_by_their_middle_hops(answers, run):
    found = schemes_found(answers, run["shipment"], run["consignment_row"], _chains(run["hop"]), run["hop"])
    assert found["planted"] >= found["findable"] > 5
    assert found["share"] > 0.9
    none = run["hop"].filter(pa.array([False] * len(run["hop"])))
    assert schemes_found(answers, run["shipment"], run["consignment_row"], _chains(none), none)["found"] == 0


def test_chains_that_join_strangers_are_wrong(answers, run):
    hop = run["hop"]
    good = chain_precision(answers, run["shipment"], run["consignment_row"], _chains(hop), hop)
    assert good["precision"] > 0.5
    ids = hop["shipment_id"].to_pylist()
    strangers = np.random.default_rng(1).permutation(sorted(ids)).tolist()
    mixed = hop.set_column(2, "shipment_id", pa.array(strangers))
    assert (
        chain_precision(answers, run["shipment"], run["consignment_row"], _chains(hop), mixed)["precision"]
        < good["precision"] / 2
    )


def test_parties_goods_prices_and_mirrors_of_one_who_knows(answers, run):
    parties = b_cubed(answers, run["shipment"])
    assert parties["names"]["f"] == pytest.approx(1.0)
    lumped = run["shipment"].set_column(
        run["shipment"].column_names.index("exporter_party"), "exporter_party", pa.array(["X"] * len(run["shipment"]))
    )
    assert b_cubed(answers, lumped)["records"]["precision"] < 0.7
    goods = goods_recognition(answers, run["shipment"], run["goods"])
    assert goods["drone"]["recall"] == goods["drone"]["precision"] == 1.0
    assert understated_average_precision(answers, run["shipment"], run["price_check"])[
        "average_precision"
    ] == pytest.approx(1.0)
    assert mirrors(answers, run["shipment"], run["mirror"]) == {
        "precision": 1.0,
        "recall": 1.0,
        "pairs": len(run["mirror"]),
    }


def test_alerts_per_million(run):
    shipment = pa.table({"shipment_id": [str(i) for i in range(1000)]})
    chain = pa.table({"continuity": [0.5, 0.9, 0.4], "concern": [0.5, 0.2, 0.9]})
    assert alerts(chain, shipment) == {"alerts": 1, "per_million_rows": 1000.0}


def test_measures_agree_with_known_values():
    score, true = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, False, True, False])
    assert average_precision(score, true) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(score, true, positives=4) == pytest.approx((1 + 2 / 3) / 4)
    assert area(score, true) == pytest.approx(0.75)
    assert area(np.ones(4), true) == pytest.approx(0.5)
