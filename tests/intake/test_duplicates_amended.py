"""Amendments, house bills, and batches in other columns; and honest repeats, which survive them all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lots import repeats, rows

from enduse.engine.duckdb import DuckDBEngine


def D(text: str) -> Decimal:  # noqa: N802 - as the type is called
    return Decimal(text).quantize(Decimal("0.0001"))


LINED = {"line_no": "1", "net_kg": D("40")}


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        # a mark of the version in the number
        ({"declaration_id": "10012020/310325/5016594"}, {"declaration_id": "10012020/310325/5016594/01", "value": D("120")}, "a-2"),
        ({"declaration_id": "A-77 v2", "value": D("120")}, {"declaration_id": "A-77"}, "a-1"),
        ({"declaration_id": "A-77"}, {"declaration_id": "a-77/AMD1", "quantity": D("11")}, "a-2"),
        # the same number on a later day
        ({}, {"date": dt.date(2023, 3, 20), "value": D("120")}, "a-2"),
        ({"date": dt.date(2023, 3, 20), "value": D("120")}, {}, "a-1"),
        # one day, one line of the declaration, corrected
        (LINED, {**LINED, "value": D("110"), "quantity": D("13.75"), "net_kg": D("44")}, "a-2"),
        (LINED, {**LINED, "value": D("120")}, "a-2"),
    ],
)  # fmt: skip
def test_an_amended_declaration_counts_once_in_its_last_version(
    duck: DuckDBEngine, first: dict[str, Any], second: dict[str, Any], kept: str
) -> None:
    lost = {"a-1": "a-2", "a-2": "a-1"}[kept]
    assert repeats(duck, rows(("a", first), ("a", second))) == {lost: (kept, "amended")}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"line_no": "2", "value": D("120")}),  # another line
        ({"line_no": "1"}, {"line_no": "2"}),  # equal lots on two lines of one truck
        (LINED, {**LINED, "brand_declared": "OMEGATEK", "value": D("50"), "quantity": D("6")}),  # one line, two makes
        ({}, {"value": D("50"), "quantity": D("6"), "net_kg": D("20")}),  # a truck in two records without line numbers
        ({**LINED, "container": "TEMU6512740"}, {**LINED, "container": "MSCU1234566", "value": D("120")}),
        ({}, {"date": dt.date(2023, 3, 20), "hs_code": "841370", "description": "pumps", "value": D("1"), "quantity": D("9")}),
        ({}, {"date": dt.date(2023, 3, 20), "importer_name": "ООО Гамма", "value": D("120")}),
        ({"declaration_id": None}, {"declaration_id": None, "date": dt.date(2023, 3, 21)}),  # the same goods a week later
        ({"declaration_id": "D-1"}, {"declaration_id": "D-2", "date": dt.date(2023, 3, 21)}),
        ({"declaration_id": "AB-12"}, {"declaration_id": "AB-13", "value": D("120")}),
    ],
)  # fmt: skip
def test_honest_neighbours_survive(duck: DuckDBEngine, first: dict[str, Any], second: dict[str, Any]) -> None:
    assert repeats(duck, rows(("a", first), ("a", second))) == {}


BARE: dict[str, Any] = dict.fromkeys(("declaration_id", "currency", "exporter_name", "origin_country"), None)


def test_a_batch_in_other_columns_is_found_by_what_both_files_state(duck: DuckDBEngine) -> None:
    first = {"net_kg": D("40"), "value_usd": D("100.25")}
    other = {**BARE, **first, "description": "TILES, CERAMIC", "importer_name": "ооо бета"}
    data = rows(("a", first), ("b", other), ("b", {**other, "net_kg": D("41")}))
    assert repeats(duck, data, ("a", "b"), layouts=("x", "y")) == {"b-1": ("a-1", "batch")}


def test_equal_lots_of_a_day_are_paired_one_by_one(duck: DuckDBEngine) -> None:
    lot = {"declaration_id": None, "date_precision": "day", "net_kg": D("40"), "value_usd": D("100.25")}
    twins = [("a", {**lot, "line_no": "1"}), ("a", {**lot, "line_no": "2"})]
    other = [("b", {**lot, "line_no": str(n), "description": None}) for n in (7, 8, 9)]
    found = repeats(duck, rows(*twins, *other), ("a", "b"), layouts=("x", "y"))
    assert found == {"b-1": ("a-1", "batch"), "b-2": ("a-2", "batch")}


def test_the_two_sides_of_a_border_are_no_batch(duck: DuckDBEngine) -> None:
    lot = {"declaration_id": None, "net_kg": D("40"), "value_usd": D("100.25")}
    data = rows(("a", {**lot, "direction": "export"}), ("b", {**lot, "direction": "import", "description": None}))
    assert repeats(duck, data, ("a", "b"), layouts=("x", "y")) == {}


def bill(number: str, gross: str, pieces: str, importer: str = "ООО Бета") -> dict[str, Any]:
    return {
        "declaration_id": None, "container": "TEMU6512740", "bill_of_lading": number, "gross_kg": D(gross),
        "quantity": D(pieces), "importer_name": importer, "net_kg": None, "value": None,
    }  # fmt: skip


def test_a_master_bill_repeats_the_house_bills_under_it(duck: DuckDBEngine) -> None:
    houses = [("a", bill("H1", "120.5", "3", "Alpha LLC")), ("a", bill("H2", "80", "5", "Gamma LLC"))]
    master = ("a", bill("M1", "200.5", "8", "Blue Freight Forwarding"))
    assert repeats(duck, rows(*houses, master)) == {"a-3": ("a-1", "house_master")}
    assert repeats(duck, rows(*houses, ("a", bill("M1", "230", "8", "Blue Freight Forwarding")))) == {}


def test_one_house_bill_needs_a_forwarder_on_the_other(duck: DuckDBEngine) -> None:
    house = ("a", bill("H1", "120.5", "3", "Alpha LLC"))
    assert repeats(duck, rows(("a", bill("M1", "120.5", "3", "Blue Logistics")), house)) == {"a-1": ("a-2", "house_master")}  # fmt: skip
    assert repeats(duck, rows(("a", bill("M1", "120.5", "3", "Beta LLC")), house)) == {}


def test_a_repeat_of_what_was_amended_points_at_the_amendment(duck: DuckDBEngine) -> None:
    data = rows(("a", {}), ("a", {}), ("a", {"date": dt.date(2023, 3, 20), "value": D("120")}))
    assert repeats(duck, data) == {"a-1": ("a-3", "amended"), "a-2": ("a-3", "exact")}


_weekly = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 4)), min_size=1, max_size=12, unique=True)


@given(shipped=_weekly)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_goods_every_week_and_a_truck_on_several_lines_survive(duck: DuckDBEngine, shipped: list[tuple[int, int]]) -> None:  # fmt: skip
    """Weeks and lines: each week its own declaration, each line of it the same goods in the same amounts."""
    lots = [("a", {"declaration_id": f"D-{week}", "line_no": str(line), "date": dt.date(2022, 1, 3) + dt.timedelta(weeks=week), "net_kg": D("40")}) for week, line in shipped]  # fmt: skip
    assert repeats(duck, rows(*lots)) == {}
    # Without numbers the days tell them apart; two lines of one day cannot be told from a record sent twice.
    days = {week for week, _ in shipped}
    bare = [("a", {"declaration_id": None, "date": dt.date(2022, 1, 3) + dt.timedelta(weeks=w)}) for w in sorted(days)]
    assert repeats(duck, rows(*bare)) == {}


@pytest.mark.spark
def test_spark_finds_the_same(duck: DuckDBEngine, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from enduse.engine.spark import SparkEngine

    data = rows(
        ("a", {}),
        ("a", {"date": dt.date(2023, 3, 20), "value": D("120")}),
        ("a", {"declaration_id": "10012020/310325/5016594"}),
        ("b", {"declaration_id": "10012020/310325/5016594/01", "value": D("7")}),
        ("a", {"declaration_id": None, "net_kg": D("40"), "value_usd": D("9")}),
        ("b", {"declaration_id": None, "net_kg": D("40"), "value_usd": D("9"), "description": None}),
        ("b", bill("H1", "120.5", "3", "Alpha LLC")),
        ("b", bill("H2", "80", "5", "Gamma LLC")),
        ("b", bill("M1", "200.5", "8", "Blue Freight Forwarding")),
    )
    expected = repeats(duck, data, layouts=("x", "y"))
    assert sorted(why for _, why in expected.values()) == ["amended", "amended", "batch", "house_master"]
    spark = SparkEngine(tmp_path / "spark")
    try:
        assert repeats(spark, data, layouts=("x", "y")) == expected
    finally:
        spark.close()
