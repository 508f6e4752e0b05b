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
from enduse.parties import STAGE

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


def run(engine: Engine, folder: Path, rows: pa.Table, listed: pa.Table) -> dict[str, list[dict[str, object]]]:
    digest = "ab12cd34" * 8
    case = CaseFile.model_validate(
        {"source": [{"alias": "one", "path": "one.csv", "sha256": digest, "kind": "watchlist"}]}
    )
    ctx = Context(engine, case, folder, folder, Quiet())
    engine.put("shipment_row", rows)
    engine.put("list_entry", listed)
    for step in STAGE.steps:
        if step.sql is not None:
            assert faults(step.sql) == []
            engine.make(step.outputs[0], step.sql)
        elif step.run is not None:
            for name, table in step.run(ctx).items():
                assert isinstance(table, pa.Table)
                engine.put(name, table)
    engine.view("shipment", TABLES["shipment"].view)
    out = {}
    for name in ("party", "party_name", "shipment_party", "shipment", "screening"):
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
    assert run(duck, tmp_path, shipments([0, 1, 2, 3]), entries()) == run(
        duck, tmp_path, shipments([3, 1, 0, 2]), entries()
    )


def test_without_a_list_nothing_is_screened(duck: DuckDBEngine, tmp_path: Path) -> None:
    assert run(duck, tmp_path, shipments([0]), TABLES["list_entry"].empty())["screening"] == []


@pytest.mark.spark
def test_spark_gives_the_same_tables(duck: DuckDBEngine, tmp_path: Path) -> None:
    spark = pytest.importorskip("enduse.engine.spark")
    engine = spark.SparkEngine(tmp_path / "spark")
    try:
        assert run(engine, tmp_path, shipments([2, 0, 1, 3]), entries()) == run(
            duck, tmp_path, shipments([0, 1, 2, 3]), entries()
        )
    finally:
        engine.close()
