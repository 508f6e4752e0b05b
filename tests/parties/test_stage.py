"""The stage on an engine: contract tables out, the same ids whatever the order of rows, SQL inside the portable subset."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine import Context, Engine
from enduse.engine.dialect import faults
from enduse.engine.duckdb import DuckDBEngine
from enduse.parties import STAGE, stage

SIDES = [
    ("Northwind Kedrovik Co Ltd", None, "CN", "ООО Полярная Сова", "", "RU"),
    ("Нортвинд Кедровик", None, None, "Polyarnaya Sova LLC", "", "RU"),
    ("TO ORDER", None, None, "Severny Lastok OOO", None, "RU"),
    (None, None, None, "  ", None, None),
]
ENTRIES = [
    ("one", "17", "SEVERNY LASTOK OOO", "primary", "organization"),
    ("one", "18", "TESTOV, Ivan", "primary", "person"),
    ("two", "X1", "POLYARNAYA SOVA", "weak", "organization"),
]


class Quiet:
    def step(self, stage: str, name: str, number: int, of: int) -> None: ...
    def say(self, line: str) -> None: ...


def shipments(order: list[int]) -> pa.Table:
    columns = ("exporter_name", "exporter_id", "exporter_country", "importer_name", "importer_id", "importer_country")
    rows = [
        dict(zip(columns, SIDES[i], strict=True)) | {"shipment_id": f"f-{i}", "source": "f", "row": i + 1}
        for i in order
    ]
    return TABLES["shipment_row"].arrow(rows)


def entries() -> pa.Table:
    columns = ("source", "entry_id", "name", "alias_kind", "entry_kind")
    return TABLES["list_entry"].arrow([dict(zip(columns, e, strict=True)) for e in ENTRIES])


def run(
    engine: Engine, folder: Path, rows: pa.Table, listed: pa.Table, owners: pa.Table | None = None
) -> dict[str, list[dict[str, object]]]:
    digest = "ab12cd34" * 8
    case = CaseFile.model_validate(
        {"source": [{"alias": "one", "path": "one.csv", "sha256": digest, "kind": "watchlist"}]}
    )
    ctx = Context(engine, case, folder, folder, Quiet())
    engine.put("shipment_row", rows)
    engine.put("list_entry", listed)
    engine.put("ownership", TABLES["ownership"].empty() if owners is None else owners)
    assert faults((Path(stage.__file__).parent / "sql" / "uncertain_trait.sql").read_text(encoding="utf-8")) == []
    for step in STAGE.steps:
        if step.sql is not None:
            assert faults(step.sql) == []
            engine.make(step.outputs[0], step.sql)
        elif step.run is not None:
            for name, table in step.run(ctx).items():
                if isinstance(table, pa.Table):
                    engine.put(name, table)
                else:  # a file of its own for every run: an engine may still read the last one
                    engine.attach(name, table.rename(folder / f"{name}-{len(list(folder.iterdir()))}.parquet"))
    engine.view("shipment", TABLES["shipment"].view)
    out = {}
    for name in (*(n for n in STAGE.outputs if n in TABLES), "shipment"):
        table = engine.fetch(f"SELECT * FROM {name}")
        assert table.schema.names == TABLES[name].schema.names
        out[name] = sorted(table.to_pylist(), key=str)
    return out


def test_the_stage_makes_its_tables(duck: DuckDBEngine, tmp_path: Path) -> None:
    out = run(duck, tmp_path, shipments([0, 1, 2, 3]), entries())
    by_id = {r["shipment_id"]: r for r in out["shipment"]}
    assert by_id["f-0"]["exporter_party"] == by_id["f-1"]["exporter_party"] is not None
    assert by_id["f-0"]["importer_party"] == by_id["f-1"]["importer_party"]
    assert by_id["f-3"]["exporter_party"] is None
    assert by_id["f-3"]["importer_party"] is None
    kinds = {r["party_id"]: r["kind"] for r in out["party"]}
    assert kinds[by_id["f-2"]["exporter_party"]] == "unnamed"
    assert {r["party_id"] for r in out["party_name"]} == set(kinds)


def test_every_party_is_asked_and_hits_have_reasons(duck: DuckDBEngine, tmp_path: Path) -> None:
    out = run(duck, tmp_path, shipments([0, 1, 2, 3]), entries())
    assert {r["party_id"] for r in out["screening"]} == {r["party_id"] for r in out["party"]}
    hit = next(r for r in out["screening"] if r["entry_id"] == "17")
    assert (hit["list"], hit["decision"]) == ("one@ab12cd34", "match")
    assert hit["reasons"]
    weak = next(r for r in out["screening"] if r["entry_id"] == "X1")
    assert weak["decision"] == "review"
    misses = [r for r in out["screening"] if r["decision"] == "no_match"]
    assert misses
    assert all(r["list"] == "one@ab12cd34;two" and r["entry_id"] == "" for r in misses)


def test_same_rows_in_another_order_give_the_same_tables(duck: DuckDBEngine, tmp_path: Path) -> None:
    assert run(duck, tmp_path, shipments([0, 1, 2, 3]), entries(), owners()) == run(
        duck, tmp_path, shipments([3, 1, 0, 2]), entries(), owners()
    )


def test_without_a_list_nothing_is_screened(duck: DuckDBEngine, tmp_path: Path) -> None:
    assert run(duck, tmp_path, shipments([0]), TABLES["list_entry"].empty())["screening"] == []


def owners() -> pa.Table:
    rows = [
        {"source": "own", "row": 1, "owner_name": "Severny Lastok OOO", "owner_kind": "organization", "owner_country": "RU", "owned_name": "Kedrovik Holding", "owned_country": "CN", "role": "owner", "share": 0.75},
        {"source": "own", "row": 2, "owner_name": "Kedrovik Holding", "owner_kind": "organization", "owner_country": "CN", "owned_name": "Northwind Kedrovik Co Ltd", "owned_country": "CN", "role": "owner", "share": 0.5},
        {"source": "own", "row": 3, "owner_name": "Kedrovik Holding", "owner_kind": "organization", "owner_country": "CN", "owned_name": "Polyarnaya Sova LLC", "owned_country": "RU", "role": "owner", "share": 0.3},
    ]  # fmt: skip
    return TABLES["ownership"].arrow(rows)


def test_owners_reach_parties_and_lists(duck: DuckDBEngine, tmp_path: Path) -> None:
    out = run(duck, tmp_path, shipments([0, 1, 2, 3]), entries(), owners())
    names = {r["party_id"]: r["name"] for r in out["party"]}
    (linked,) = out["listed_link"]
    assert names[linked["party_id"]] in ("Northwind Kedrovik Co Ltd", "Нортвинд Кедровик")
    assert (linked["list"], linked["entry_id"], linked["share"]) == ("one@ab12cd34", "17", 0.5)
    assert str(linked["path"]).count("<") == 2
    (link,) = out["party_link"]
    assert link["kind"] == "same_owner"
    assert "own:2" in str(link["evidence"])


def test_every_question_to_every_list_is_logged(duck: DuckDBEngine, tmp_path: Path) -> None:
    out = run(duck, tmp_path, shipments([0, 1, 2, 3]), entries())
    asked = {(r["name"], r["country"], r["identifier"]) for r in out["party_name"]}
    assert {(r["query"], r["country"], r["identifier"]) for r in out["screening_log"]} == asked
    assert len(out["screening_log"]) == 2 * len(asked)
    one = {r["query"]: r for r in out["screening_log"] if r["list"] == "one@ab12cd34"}
    assert (one["Severny Lastok OOO"]["decision"], one["Severny Lastok OOO"]["entry_id"]) == ("match", "17")
    assert (one["TO ORDER"]["decision"], one["TO ORDER"]["score"]) == ("no_match", None)
    assert one["TO ORDER"]["sha256"] == "ab12cd34" * 8
    assert one["TO ORDER"]["listed_names"] == 2


def test_an_address_links_and_a_shared_address_is_evidence(duck: DuckDBEngine, tmp_path: Path) -> None:
    place = "Testovaya str. 5, office 12, Zvezdograd"
    rows = [
        {"shipment_id": "f-1", "source": "f", "row": 1, "exporter_name": "Kedrovik Optics", "exporter_address": place, "importer_name": "Lastok Bank", "importer_country": "RU"},
        {"shipment_id": "f-2", "source": "f", "row": 2, "exporter_name": "Zvezdograd Foods", "exporter_address": "Zvezdograd, Testovaya 5, 12", "importer_name": "Lastok Bank", "importer_country": "RU"},
    ]  # fmt: skip
    out = run(duck, tmp_path, TABLES["shipment_row"].arrow(rows), TABLES["list_entry"].empty())
    (link,) = out["party_link"]
    assert (link["kind"], link["basis"]) == ("same_address", "inferred")
    roles = {r["name"]: r["role"] for r in out["party"]}
    assert roles["Lastok Bank"] == "bank"
    assert roles["Kedrovik Optics"] is None


@pytest.mark.spark
def test_spark_gives_the_same_tables(duck: DuckDBEngine, tmp_path: Path) -> None:
    spark = pytest.importorskip("enduse.engine.spark")
    engine = spark.SparkEngine(tmp_path / "spark")
    try:
        assert run(engine, tmp_path, shipments([2, 0, 1, 3]), entries(), owners()) == run(
            duck, tmp_path, shipments([0, 1, 2, 3]), entries(), owners()
        )
    finally:
        engine.close()
