"""Both engines keep the protocol, give equal tables and raise the same errors."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest

from enduse.contracts import TABLES
from enduse.engine import Engine
from enduse.engine.dialect import render
from enduse.errors import QueryError

DATA = pa.table(
    {
        "id": ["a", "b", "c"],
        "n": pa.array([1, None, 3], pa.int64()),
        "v": pa.array([Decimal("1.5000"), Decimal("2.2500"), None], pa.decimal128(18, 4)),
        "d": pa.array([dt.date(2023, 1, 31), None, dt.date(2024, 2, 29)]),
    }
)


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request, duck):
    return duck if request.param == "duckdb" else request.getfixturevalue("spark")


def test_protocol_round_trip(engine, tmp_path):
    assert isinstance(engine, Engine)
    engine.put("t", DATA)
    engine.make("u", "SELECT id, n, v, d FROM t WHERE id IN ($ids)", {"ids": ["a", "c"]})
    assert engine.write("SELECT * FROM u", tmp_path / "u.parquet") == 2
    engine.attach("w", tmp_path / "u.parquet")
    assert engine.fetch("SELECT * FROM w ORDER BY id").to_pylist() == [DATA.to_pylist()[0], DATA.to_pylist()[2]]
    assert sum(b.num_rows for b in engine.stream("SELECT * FROM w")) == 2
    engine.drop("w")
    with pytest.raises(QueryError):
        engine.fetch("SELECT * FROM w")


def test_values_go_in_as_literals_not_as_sql(engine):
    engine.put("t", DATA)
    tricky = "a' OR '1'='1"
    assert engine.fetch("SELECT count(*) AS n FROM t WHERE id = $id", {"id": tricky})["n"].to_pylist() == [0]
    assert engine.fetch("SELECT $id AS x FROM t WHERE id = 'a'", {"id": tricky})["x"].to_pylist() == [tricky]
    assert engine.fetch("SELECT count(*) AS n FROM t WHERE id IN ($ids)", {"ids": []})["n"].to_pylist() == [0]


def test_an_error_names_the_query(engine):
    with pytest.raises(QueryError) as caught:
        engine.fetch("SELECT nothing_like_this FROM no_such_table")
    assert "no_such_table" in str(caught.value)


@pytest.mark.parametrize(
    ("sql", "want"),
    [
        ("SELECT CAST(d + INTERVAL 1 MONTH AS DATE) AS x FROM t WHERE id = 'a'", dt.date(2023, 2, 28)),
        ("SELECT strftime(d, '%Y-%m') AS x FROM t WHERE id = 'c'", "2024-02"),
        ("SELECT sum(v) AS x FROM t", Decimal("3.7500")),
        ("SELECT count(DISTINCT CASE WHEN n > 1 THEN id END) AS x FROM t", 1),
        ("SELECT string_agg(id, ';' ORDER BY id) AS x FROM t", "a;b;c"),
        ("SELECT date_diff('day', DATE '2023-01-01', d) AS x FROM t WHERE id = 'a'", 30),
        ("SELECT TRY_CAST('12,5' AS DECIMAL(18, 4)) AS x FROM t WHERE id = 'a'", None),
        ("SELECT substr('абвгд', 2, 3) AS x FROM t WHERE id = 'a'", "бвг"),
    ],
)
def test_the_portable_subset_means_the_same(engine, sql, want):
    engine.put("t", DATA)
    assert engine.fetch(sql)["x"].to_pylist() == [want]


def test_every_contract_makes_a_table(duck):
    for table in TABLES.values():
        duck._db.execute(table.ddl())
        assert duck.fetch(f"SELECT {table.cast()} FROM {table.name}").schema.names == list(table.names)
        duck.drop(table.name)


def test_a_parameter_that_is_not_given_is_an_error():
    with pytest.raises(QueryError, match=r"\$missing"):
        render("SELECT $missing AS x", "duckdb")


@pytest.mark.spark
def test_a_second_spark_engine_works_after_the_first_is_closed(spark, tmp_path):
    from enduse.pipeline import open_engine

    for name in ("one", "two"):
        with open_engine("spark", tmp_path / name) as engine:
            engine.put("t", DATA)
            assert engine.fetch("SELECT count(*) AS n FROM t")["n"].to_pylist() == [3]
