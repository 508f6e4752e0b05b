"""Every answer has its shape and says what the tables say."""

from __future__ import annotations

import pytest
import web_shapes as shapes
from hostile import LONG
from web_case import FORMULA, SCRIPT, TURNED


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("case", shapes.CaseHead),
        ("selection", shapes.Sums),
        ("facets", shapes.Facets),
        ("shipments?limit=500", shapes.Page),
        ("parties?limit=100", shapes.PartyPage),
        ("chains", shapes.ChainPage),
        ("claims", shapes.Claims),
        ("routes", shapes.Routes),
        ("figures", shapes.Figures),
        ("network", shapes.Network),
        ("map?since=2023-06-01", shapes.Map),
        ("timeline?lanes=5", shapes.Timeline),
        ("review", shapes.Review),
        ("run", shapes.RunState),
    ],
)
def test_every_answer_has_its_shape(ask, path, shape):
    shape.model_validate(ask.get(path))


def test_the_head_agrees_with_the_tables(ask, case):
    head = ask.get("case")
    sources = {s["source"]: s for s in case.table("source").to_pylist()}
    assert {s["source"] for s in head["sources"]} == set(sources)
    rows = case.table("shipment")
    assert head["totals"]["rows"] == rows.num_rows
    assert (
        head["totals"]["loaded"]
        == sum(s["loaded"] for s in sources.values() if s["kind"] == "customs")
        == head["totals"]["lots"]
    )
    assert head["simulated"] is True
    assert len(head["answer"]) == 3
    assert head["stale"] == []


def test_pages_laid_end_to_end_are_the_whole_selection(ask):
    every = {r["shipment_id"] for r in _all(ask, {"sort": "date"})}
    for sort in ("date", "seller", "buyer", "description", "hs", "quantity", "net_kg", "value_usd"):
        for direction in ("asc", "desc"):
            rows = _all(ask, {"sort": sort, "dir": direction})
            ids = [r["shipment_id"] for r in rows]
            assert len(ids) == len(set(ids))
            assert set(ids) == every
            key = {"description": "description", "hs": "hs_code"}.get(sort, sort)
            values = [r[key] for r in rows]
            stated = [v for v in values if v is not None]
            assert all(v is None for v in values[len(stated) :]), "what is not stated comes last"
            assert stated == sorted(stated, reverse=direction == "desc")


def _all(ask, params):
    out = []
    while True:
        page = ask.get("shipments", {**params, "offset": len(out), "limit": 300})
        out += page["rows"]
        if len(out) >= page["total"]:
            return out


def test_rows_say_what_the_table_says(ask, case):
    table = {r["shipment_id"]: r for r in case.table("shipment").to_pylist()}
    for row in _all(ask, {}):
        stored = table[row["shipment_id"]]
        assert (row["seller"], row["buyer"], row["description"]) == (
            stored["exporter_name"],
            stored["importer_name"],
            stored["description"],
        )
        assert (row["source"], row["row"], row["hs_code"]) == (stored["source"], stored["row"], stored["hs_code"])
        assert row["value_usd"] == (
            None if stored["value_usd"] is None else pytest.approx(float(stored["value_usd"]), abs=1e-9)
        )
        assert row["date"] == (stored["date"].isoformat() if stored["date"] else None)
        assert (row["seller_party"], row["buyer_party"]) == (stored["exporter_party"], stored["importer_party"])


def test_every_mark_leads_somewhere(ask):
    rows = _all(ask, {})
    marks = {m["mark"] for r in rows for m in r["marks"]}
    assert {"chain", "duplicate", "vague"} <= marks
    for row in rows:
        for mark in row["marks"]:
            if mark["mark"] == "chain":
                assert mark["id"].startswith("H-")
            if mark["mark"] == "duplicate":
                assert mark["id"] in {r["shipment_id"] for r in rows}
    chained = next(m["id"] for r in rows for m in r["marks"] if m["mark"] == "chain")
    assert ask.get("shipments", {"chain": chained})["total"] >= 2


def test_the_drawer_shows_the_record_and_the_cells_that_were_read(ask):
    seen = set()
    for row in ask.get("shipments", {"limit": 60, "sort": "value_usd"})["rows"]:
        if row["source"] in seen:
            continue
        seen.add(row["source"])
        found = ask.get(f"shipments/{row['shipment_id']}")
        shapes.Shipment.model_validate(found)
        raw = found["raw"]
        assert raw["text"], raw["note"]
        read = {role: raw["text"][a:b] for a, b, role in raw["spans"]}
        assert "description" in read
        told = {line["what"]: line["in_record"] for line in found["read_as"]}
        assert told["description"].replace('"', '""') in (read["description"], read["description"].replace('"', '""'))
        assert found["source"]["sha256"] in found["citation"]
    assert len(seen) >= 3


def test_a_record_counts_where_the_figures_list_it(ask, case):
    rows = case.table("figure_row").to_pylist()
    one = rows[0]["shipment_id"]
    found = ask.get(f"shipments/{one}")
    assert {f["figure_id"] for f in found["counts_in"]["figures"]} == {
        r["figure_id"] for r in rows if r["shipment_id"] == one
    }
    assert "central" in found["counts_in"]["figures"][0]["readings"]


def test_a_firm_with_names_pairs_and_months(ask):
    lines = ask.get("parties", {"sort": "rows", "limit": 500})
    shapes.PartyPage.model_validate(lines)
    for sort in ("rows", "value_usd", "names", "hits"):
        values = [p[sort] for p in ask.get("parties", {"sort": sort, "dir": "asc", "limit": 500})["rows"]]
        assert values == sorted(values)
    first = lines["rows"][0]
    party = ask.get(f"parties/{first['party_id']}")
    shapes.Party.model_validate(party)
    assert (
        sum(m["rows"] for m in party["series"])
        == ask.get("selection", {"party": first["party_id"]})["rows"]
        == first["rows"]
    )
    found = ask.get("parties", {"find": first["name"][:12].lower()})
    assert first["party_id"] in {p["party_id"] for p in found["rows"]}


def test_chains_are_found_by_rows_ends_and_firms(ask):
    page = ask.get("chains", {"limit": 500})
    assert page["total"] == len(page["rows"]) > 0
    chain = page["rows"][0]
    one = ask.get(f"chains/{chain['chain_id']}")
    shapes.Chain.model_validate(one)
    assert len(one["hops"]) == chain["hops"]
    assert [h["position"] for h in one["hops"]] == list(range(1, chain["hops"] + 1))
    by_row = ask.get("chains", {"chain": chain["chain_id"], "limit": 500})
    assert chain["chain_id"] in {c["chain_id"] for c in by_row["rows"]}
    through = ask.get("chains", {"through": chain["parties"][1]["party_id"], "limit": 500})
    assert chain["chain_id"] in {c["chain_id"] for c in through["rows"]}
    ends = ask.get("chains", {"to": chain["to_country"], "limit": 500})
    assert {c["to_country"] for c in ends["rows"]} == {chain["to_country"]}


def test_claims_stand_where_the_document_says(ask):
    board = ask.get("claims")
    assert board["total"] == len(board["clusters"]) > 0
    for cluster in board["clusters"]:
        for claim in cluster["claims"]:
            document = ask.get(f"documents/{claim['document']}")
            shapes.Document.model_validate(document)
            assert document["text"][claim["start"] : claim["end"]] == claim["text"]


def test_the_network_is_the_same_each_time_and_inside_its_frame(ask, desk):
    from enduse.web.selection import Selection
    from enduse.web.views import network

    once = ask.get("network")
    again = network.plain(network._make(desk.now, Selection(), 2000))
    assert once == again
    assert all(0 <= n["x"] <= 1000 and 0 <= n["y"] <= 1000 for n in once["nodes"])
    ids = {n["id"] for n in once["nodes"]}
    assert all(e["from"] in ids and e["to"] in ids for e in once["edges"])
    few = ask.get("network", {"limit": 3})
    assert (few["drawn"], few["firms"]) == (3, once["firms"])


def test_flows_and_lanes_add_up(ask):
    flows = ask.get("map")["flows"]
    assert sum(f["rows"] for f in flows) <= ask.get("selection")["lots"]
    lane = ask.get("timeline", {"lanes": 1})["lanes"][0]
    assert sum(x["rows"] for x in lane["lots"]) <= ask.get("selection", {"party": lane["party_id"]})["lots"]


def test_texts_of_sources_arrive_as_they_are(ask):
    rows = {r["row"]: r for r in _all(ask, {"source": "sealed-1"})}
    assert rows[1]["description"] == SCRIPT
    assert rows[2]["seller"] == FORMULA
    assert rows[3]["seller"] == LONG
    assert rows[3]["description"] == TURNED
    assert (rows[5]["date"], rows[5]["value_usd"], rows[5]["buyer"]) == (None, None, None)
    answer = ask.http.get("/api/shipments", params={"source": "sealed-1"})
    assert answer.headers["content-type"] == "application/json"


def test_a_sealed_source_shows_only_its_alias(ask, case):
    private = [s.path for s in case.file.source if s.sealed]
    assert private
    paths = ["case", "facets", "shipments?source=sealed-1", "figures", "run", "export?view=shipments&source=sealed-1"]
    row = ask.get("shipments", {"source": "sealed-1", "limit": 1})["rows"][0]
    for path in [*paths, f"shipments/{row['shipment_id']}"]:
        text = ask.http.get(f"/api/{path}").text
        assert "nasty" not in text
        assert str(case.folder) not in text


@pytest.mark.parametrize(
    "path",
    [
        "shipments/nothing-1",
        "shipments/f-99999999999999",
        "parties/P-none",
        "chains/H-none",
        "documents/none",
        "nowhere",
    ],
)
def test_what_is_not_there_is_said_without_a_traceback(ask, path):
    error = ask.get(path, status=404)["error"]
    assert set(error) == {"what", "where", "fix"}
    assert "Traceback" not in str(error)


@pytest.mark.parametrize(
    "query",
    [
        "shipments?sort=colour",
        "shipments?limit=501",
        "shipments?offset=-1",
        "selection?since=soon",
        "selection?hs=drone",
        "selection?marked=best",
        "export?view=all",
        "chains?sort=x",
        "parties?dir=up",
    ],
)
def test_a_wrong_question_is_a_400_with_a_way_out(ask, query):
    error = ask.get(query, status=400)["error"]
    assert error["what"]
    assert error["fix"]
