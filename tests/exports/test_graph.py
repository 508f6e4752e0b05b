"""GraphML read back by networkx, and Neo4j's CSV by its header."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal

import pytest

from enduse.exports import graph


@pytest.fixture(scope="module")
def made(exported_case, tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "trade.graphml"
    files = graph.write(exported_case, path)
    assert all(p.is_file() for p in files)
    assert files[0] == path
    return path


def counted(case):
    """Rows, value and weight by pair of firms, added up here from the shipments."""
    repeats = set(case.table("duplicate")["shipment_id"].to_pylist())
    found = defaultdict(lambda: [0, Decimal(0), Decimal(0), [], []])
    for row in case.table("shipment").to_pylist():
        if row["shipment_id"] not in repeats and row["exporter_party"] and row["importer_party"]:
            pair = found[row["exporter_party"], row["importer_party"]]
            pair[0] += 1
            pair[1] += row["value_usd"] or 0
            pair[2] += row["net_kg"] or 0
            pair[3].append(row["date"])
    return found


def test_networkx_reads_nodes_and_aggregated_edges(exported_case, made):
    networkx = pytest.importorskip("networkx", reason="the independent reader of GraphML is not installed")
    read = networkx.read_graphml(made)
    parties = exported_case.table("party").to_pylist()
    assert dict(read.nodes(data="name")) == {p["party_id"]: p["name"] for p in parties}
    want = counted(exported_case)
    trade = {(a, b): d for a, b, d in read.edges(data=True) if d["kind"] == "trade" and d["rows"]}
    assert set(trade) == set(want)
    for pair, (rows, value, kg, dates, _) in want.items():
        edge = trade[pair]
        assert (edge["rows"], edge["value_usd"], edge["net_kg"]) == (rows, float(value), float(kg))
        assert (edge["first"], edge["last"]) == (min(dates).isoformat(), max(dates).isoformat())
    assert sum(e["watched_rows"] for e in trade.values()) > 0
    assert read.graph["title"] == "Drones & <parts>"


def test_neo4j_files_have_headers_and_no_dangling_end(exported_case, made):
    folder = made.with_name("trade-neo4j")

    def read(name):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    nodes = read("parties")
    ids = {n["party_id:ID(Party)"] for n in nodes}
    assert len(ids) == len(nodes) == exported_case.table("party").num_rows
    assert {n[":LABEL"] for n in nodes} == {"Party"}
    shipped = read("shipped")
    want = counted(exported_case)
    assert {(r[":START_ID(Party)"], r[":END_ID(Party)"]): int(r["rows:long"]) for r in shipped} == {
        k: v[0] for k, v in want.items()
    }
    for name in ("shipped", "hops", "linked"):
        for row in read(name):
            assert {row[":START_ID(Party)"], row[":END_ID(Party)"]} <= ids
            assert row[":TYPE"]
    assert "neo4j-admin database import" in (folder / "README.txt").read_text()


def test_a_chain_marks_the_edges_it_runs_along(exported_case):
    """Two chains over three firms, one hop of them only inferred: marked, with the better chain named."""
    from enduse.contracts import TABLES
    from enduse.exports.graph_tables import SQL

    def chain(key, continuity):
        return {"chain_id": key, "rank": 1, "continuity": continuity, "concern": 0.5, "hops": 2, "rivals": 0}

    def hop(key, position, a, b, basis="declared"):
        return {
            "chain_id": key,
            "position": position,
            "shipment_id": "s",
            "from_party": a,
            "to_party": b,
            "rows": 1,
            "basis": basis,
        }

    hops = [hop("H-1", 1, "P-1", "P-2"), hop("H-1", 2, "P-2", "P-3", "inferred"), hop("H-2", 1, "P-1", "P-2")]
    shipment = {
        "shipment_id": "s",
        "source": "a",
        "row": 1,
        "exporter_party": "P-1",
        "importer_party": "P-2",
        "value_usd": Decimal(5),
    }
    with exported_case.open() as engine:
        engine.put("shipment", TABLES["shipment"].arrow([shipment]))
        engine.put("chain", TABLES["chain"].arrow([chain("H-1", 0.4), chain("H-2", 0.9)]))
        engine.put("hop", TABLES["hop"].arrow(hops))
        engine.make("graph_trade", SQL["graph_trade"])
        found = {(r["source"], r["target"]): r for r in engine.fetch("SELECT * FROM graph_trade").to_pylist()}
    assert set(found) == {("P-1", "P-2"), ("P-2", "P-3")}
    declared, inferred = found["P-1", "P-2"], found["P-2", "P-3"]
    assert (declared["rows"], declared["chains"], declared["best_chain"], declared["basis"]) == (
        1,
        2,
        "H-2",
        "declared",
    )
    assert (inferred["rows"], inferred["chains"], inferred["best_chain"], inferred["basis"]) == (
        0,
        1,
        "H-1",
        "inferred",
    )


def test_graphs_are_the_same_twice_and_name_no_path(exported_case, made, tmp_path):
    graph.write(exported_case, tmp_path / "trade.graphml")
    for path in [made, *made.with_name("trade-neo4j").iterdir()]:
        again = tmp_path / path.relative_to(made.parent)
        assert again.read_bytes() == path.read_bytes()
        assert "secret-imports" not in path.read_text(encoding="utf-8")
        assert str(exported_case.folder.parent) not in path.read_text(encoding="utf-8")
