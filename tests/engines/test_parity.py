"""Every stage on both engines: equal tables, from the findings of a hand-made world to the whole demonstration."""

from __future__ import annotations

import shutil

import pytest
from conftest_findings import fill, find
from test_findings import CASE, world

from enduse import case_store, demo
from enduse.case import Case, Quiet
from enduse.contracts import TABLES

pytestmark = pytest.mark.spark


def test_findings_are_equal(duck, spark, tmp_path):
    rows, judged = world()
    made = {}
    for engine in (duck, spark):
        fill(engine, rows, judged, rejected=2, twins=(("aaaaaaaaaaaa-8", "aaaaaaaaaaaa-1"),))
        made[engine.name] = find(engine, CASE, tmp_path)
    assert set(made["duckdb"]) == set(made["spark"])
    for name, table in made["duckdb"].items():
        assert table.to_pylist() == made["spark"][name].to_pylist(), name


@pytest.fixture(scope="module")
def cases(tmp_path_factory, spark):
    """The demonstration, small, run by each engine from the same files."""
    folder = tmp_path_factory.mktemp("demo")
    first, _ = demo.make(folder / "duckdb", Quiet(), rows=1200)
    second = Case.new(
        folder / "spark", question=first.file.question, watch=first.file.watch, title=first.file.title, simulated=True
    )
    rates = first.file.settings.rates
    (second.folder / rates.file).parent.mkdir()
    shutil.copy(first.folder / rates.file, second.folder / rates.file)
    case_store.settle(second.folder, rates=rates, events=first.file.event)
    second = Case(second.folder)
    assert all(a.refused is None for a in second.add([first.folder / s.path for s in first.file.source]))
    second.run(engine="spark")
    return first, second


@pytest.mark.parametrize("name", [t.name for t in TABLES.values()])
def test_whole_case_is_equal(cases, name):
    first, second = (case.table(name) for case in cases)
    assert first.equals(second), f"{name}: {first.num_rows} rows on DuckDB, {second.num_rows} on Spark"


def test_dossiers_are_equal_but_for_the_engine(cases):
    first, second = (case.dossier_path.read_text(encoding="utf-8") for case in cases)
    assert cases[0].run_info().run_id == cases[1].run_info().run_id
    assert first.replace("duckdb", "spark").replace("DuckDB", "Spark") == second.replace("duckdb", "spark").replace(
        "DuckDB", "Spark"
    )
