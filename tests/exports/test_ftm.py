"""FollowTheMoney lines, read back by the followthemoney library."""

from __future__ import annotations

import json
import re
from collections import Counter

import pyarrow as pa
import pytest

from enduse.exports import ftm, ftm_parties


@pytest.fixture(scope="module")
def path(exported_case, tmp_path_factory):
    made = tmp_path_factory.mktemp("ftm") / "entities.json"
    assert ftm.write(exported_case, made) == [made]
    return made


@pytest.fixture(scope="module")
def entities(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.filterwarnings("ignore")  # of the library's own dependencies
def test_the_library_takes_every_entity_as_it_stands(entities):
    model = pytest.importorskip("followthemoney", reason="followthemoney (it needs ICU) is not installed").model
    for entity in entities:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        proxy = model.make_entity(schema.name)
        proxy.id = entity["id"]
        for name, values in entity["properties"].items():
            for value in values:
                proxy.add(name, value, cleaned=False)
                assert value in proxy.get(name), (name, value)  # nothing is cleaned away


@pytest.mark.filterwarnings("ignore")
def test_every_reference_leads_to_an_entity_of_the_right_kind(entities):
    model = pytest.importorskip("followthemoney", reason="followthemoney (it needs ICU) is not installed").model
    schemas = {e["id"]: model.get(e["schema"]) for e in entities}
    assert len(schemas) == len(entities)  # ids are given once
    for entity in entities:
        for name, values in entity["properties"].items():
            found = schemas[entity["id"]].get(name)
            if found.range is not None:
                assert all(schemas[v].is_a(found.range) for v in values), (entity["id"], name)


def test_each_lot_once_with_its_declared_data(exported_case, entities):
    lots = {e["properties"]["recordId"][0]: e for e in entities if e["schema"] == "EconomicActivity"}
    repeats = set(exported_case.table("duplicate")["shipment_id"].to_pylist())
    shipments = {r["shipment_id"]: r for r in exported_case.table("shipment").to_pylist()}
    assert set(lots) == set(shipments) - repeats
    for key, lot in lots.items():
        row, said = shipments[key], lot["properties"]
        assert said["goodsDescription"] == [re.sub("[\x01-\x1f]", "", row["description"]).strip()]
        assert said["vedCode"] == [row["hs_code"]]
        assert said["date"] == [row["date"].isoformat()]
        assert said["sender"] == [f"enduse-{row['exporter_party']}"]
        assert said["destinationCountry"] == ["ru"]
        assert said["proof"][0].startswith("enduse-file-")
        assert "sourceUrl" not in said
    assert any("inferred: drone" in t for lot in lots.values() for t in lot["properties"].get("description", ()))


def test_parties_holdings_and_no_invented_topic(entities):
    counts = Counter(e["schema"] for e in entities)
    assert counts["Company"] == 4
    assert counts["Ownership"] == 1
    assert counts["Directorship"] == 1
    held = next(e for e in entities if e["schema"] == "Ownership")["properties"]
    names = {e["id"]: e["properties"].get("name") for e in entities}
    assert names[held["owner"][0]] == ["Ivan Petrov"]
    assert names[held["asset"][0]] == ["OOO Sever"]  # the party of the records, not a second firm
    assert held["percentage"] == ["60"]
    assert held["startDate"] == ["2020-01-05"]
    hit = next(e for e in entities if e["properties"].get("name") == ["OOO Sever"])["properties"]
    assert any(n.startswith("apparent: match: named like OOO SEVER (entry 9001") for n in hit["notes"])
    assert not any("topics" in e["properties"] for e in entities)


def test_lines_are_the_same_twice_and_name_no_path(exported_case, path, tmp_path):
    ftm.write(exported_case, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == path.read_bytes()
    text = path.read_text(encoding="utf-8")
    assert "secret-imports" not in text
    assert str(exported_case.folder.parent) not in text


def test_texts_of_a_batch_end_to_end():
    batch = pa.record_batch({"line": ["a\n", "бв\n", "", "c\n"]})
    assert bytes(ftm.lines_of(batch)) == "a\nбв\nc\n".encode()
    assert bytes(ftm.lines_of(batch.slice(1, 2))) == "бв\n".encode()
    assert bytes(ftm.lines_of(batch.slice(0, 0))) == b""


def test_numbers_by_their_type():
    found = ftm_parties._numbers("INN:7707083893;LEI:5493001KJTIIGC8Y1R12;ODD:123;IMO:9074729;X9:77", "Person")
    assert found["innCode"] == ["7707083893"]
    assert found["leiCode"] == ["5493001KJTIIGC8Y1R12"]
    assert found["idNumber"] == ["9074729", "77"]
    assert "check digit is wrong" in found["notes"][0]
    assert ftm_parties._numbers(None, "Company") == {}
