"""Every SQL step in the house is in the portable subset."""

from __future__ import annotations

from pathlib import Path

import pytest

import enduse
from enduse.engine.dialect import faults

FILES = sorted(Path(enduse.__file__).parent.rglob("sql/*.sql"))


@pytest.mark.parametrize("path", FILES, ids=[f"{p.parent.parent.name}/{p.stem}" for p in FILES])
def test_steps_stay_in_the_subset(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("SELECT list_transform(a, x -> x + 1) FROM t", "lambda"),
        ("SELECT regexp_replace(a, '\\d', '') FROM t", "backslash"),
        ("SELECT a[1:3] FROM t", "slice"),
        ("SELECT * FROM t JOIN u ON t.a = u.a OR t.b = u.b", "OR in a join"),
        ("SELECT a / b FROM t", "division"),
        ("SELECT jaro_winkler_similarity(a, b) FROM t", "allow-list"),
    ],
)
def test_what_is_outside_is_named(sql, what):
    assert any(what in fault for fault in faults(sql)), faults(sql)
