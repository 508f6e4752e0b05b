"""Every stage on both engines: equal tables."""

from __future__ import annotations

import pytest
from conftest_findings import fill, find
from test_findings import CASE, world

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
