"""Text against code, code against weight and date; and how an exporter's wording changed at a rule date."""

import csv
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from enduse.contracts import goods as contracts
from enduse.engine.dialect import faults
from enduse.reference import goods_tables as tables

ROOT = Path(__file__).parents[2]
DAY = dt.date(2023, 3, 1)


def dated(rows):
    return [{"date": DAY, "hs_revision": "H6", **r} for r in rows]


def rules(engine):
    out = {}
    for row in engine.fetch("SELECT * FROM goods_indicator ORDER BY subject, rule_id").to_pylist():
        out.setdefault(int(row["subject"].split("-")[1]), []).append(row["rule_id"])
    return out


CASES = [
    ({"description": "квадрокоптер DJI Mavic 3", "hs_code": "8525890000"}, ["text_drone_code_camera"]),
    ({"description": "квадрокоптер DJI Phantom 4", "hs_code": "8525801900", "date": dt.date(2020, 3, 1), "hs_revision": "H5"}, []),
    ({"description": "DJI Mavic 3 quadcopter", "hs_code": "9503007500"}, ["text_drone_code_toy"]),
    ({"description": "DJI Matrice 300 RTK drone", "hs_code": "8802110001"}, ["text_drone_code_manned"]),
    ({"description": "quadcopter DJI Mavic 3", "hs_code": "8807300000"}, ["text_drone_code_parts"]),
    ({"description": "无人机 大疆 Mavic 3", "hs_code": "8487909000"}, ["text_drone_code_machine_part"]),
    ({"description": "dron DJI Mavic 3 con camara", "hs_code": "73181500"}, ["text_watched_code_other"]),
    ({"description": "propellers for quadcopter DJI Mini 2", "hs_code": "8806211000"}, ["text_part_code_drone"]),
    ({"description": "ceramic floor tiles", "hs_code": "8806221000"}, ["text_other_code_drone"]),
    ({"description": "quadcopter", "hs_code": "88062210", "quantity": Decimal(2), "unit": "C62", "net_kg": Decimal(60)}, ["weight_outside_subheading"]),
    ({"description": "quadcopter", "hs_code": "88062210", "quantity": Decimal(0), "unit": "C62", "net_kg": Decimal(60)}, []),
    ({"description": "quadcopter", "hs_code": "88062210", "quantity": Decimal(-2), "unit": "C62", "net_kg": Decimal(60)}, []),
    ({"description": "quadcopter", "hs_code": "88062210", "quantity": Decimal(2), "unit": "C62", "net_kg": None}, []),
    ({"description": "drone DJI Mavic 3", "hs_code": "8806241000"}, ["model_outside_subheading"]),
    ({"description": "drone DJI Mavic 3", "hs_code": "8806221000"}, []),
    ({"description": "drone DJI Mavic 3", "hs_code": "8806221000", "quantity": Decimal(1), "unit": "C62", "net_kg": Decimal("0.05")}, ["weight_against_model", "weight_outside_subheading"]),
    ({"description": "drone DJI Mavic 3", "hs_code": "8806221000", "date": dt.date(2021, 12, 31), "hs_revision": "H5"}, ["code_before_its_revision"]),
    ({"description": "propellers for drone", "hs_code": "8803300000"}, ["code_after_its_revision"]),
    ({"description": "ceramic floor tiles", "hs_code": "69072100"}, []),
]  # fmt: skip


def test_each_record_meets_the_rules_it_should(duck, goods_stage):
    goods_stage(duck, dated(r for r, _ in CASES))
    assert rules(duck) == {n: wanted for n, (_, wanted) in enumerate(CASES, 1) if wanted}
    table = duck.fetch("SELECT * FROM goods_indicator")
    assert table.schema.equals(contracts.GOODS_INDICATOR.schema)


def test_priority_goods_under_another_code(duck, goods_stage):
    rows = [
        {"description": "XC7K410T-2FFG900I XILINX", "hs_code": "73181500"},
        {"description": "XC7K410T-2FFG900I XILINX", "hs_code": "85423190"},
    ]
    goods_stage(duck, dated(rows), watch="common-high-priority")
    assert rules(duck) == {1: ["text_priority_code_other"]}


def test_every_rule_of_the_table_can_be_met_and_stands_in_the_docs():
    sql = (ROOT / "src/enduse/goods/sql/goods_indicator.sql").read_text(encoding="utf-8")
    assert set(re.findall(r"'([a-z_]+)' AS rule_id", sql)) == {r["rule_id"] for r in tables.rows("goods_rules")}
    page = (ROOT / "docs/reference/rules.md").read_text(encoding="utf-8")
    for row in tables.rows("goods_rules"):
        assert f"`{row['rule_id']}`" in page
        assert row["source"] in page


@pytest.mark.parametrize("name", ["goods_indicator", "wording_row", "wording_drift", "wording_change"])
def test_sql_is_in_the_portable_subset(name):
    assert faults((ROOT / f"src/enduse/goods/sql/{name}.sql").read_text(encoding="utf-8")) == []


def months(exporter, first, count, text):
    """One record on the fifth of each month."""
    days = [dt.date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 5) for i in range(count)]
    return [{"exporter_name": exporter, "description": text, "hs_code": "88062210", "date": d} for d in days]


def test_an_exporter_that_became_vaguer_after_a_rule_date(duck, goods_stage):
    rows = months("North Aero", dt.date(2022, 9, 1), 12, "quadcopter DJI Mavic 3")
    rows += months(" NORTH AERO", dt.date(2023, 9, 1), 12, "electronic goods")
    rows += months("Plain Trade", dt.date(2022, 9, 1), 24, "quadcopter DJI Mavic 3")
    rows += months("Young Firm", dt.date(2023, 9, 1), 12, "electronic goods")
    rows += [
        {**r, "hs_code": "69072100", "description": "goods"} for r in months("Plain Trade", dt.date(2023, 9, 1), 12, "")
    ]
    goods_stage(duck, dated(rows))
    change = duck.fetch("SELECT * FROM wording_change ORDER BY exporter_key, rule_date, measure")
    assert change.schema.equals(contracts.WORDING_CHANGE.schema)
    found = {(r["exporter_key"], r["measure"]): r for r in change.to_pylist() if r["rule_date"] == dt.date(2023, 9, 1)}
    vaguer = found["north aero", "vague"]
    assert (vaguer["verdict"], vaguer["before_met"], vaguer["after_met"], vaguer["change"]) == ("vaguer", 0, 12, 1.0)
    assert 0 < vaguer["low"] < vaguer["high"] <= 1
    assert found["north aero", "unnamed"]["verdict"] == "vaguer"
    assert found["plain trade", "vague"]["verdict"] == "no_change"  # other goods of the same firm do not count
    assert found["young firm", "vague"]["verdict"] == "too_few"
    drift = duck.fetch("SELECT * FROM wording_drift ORDER BY exporter_key, month")
    assert drift.schema.equals(contracts.WORDING_DRIFT.schema)
    series = [r for r in drift.to_pylist() if r["exporter_key"] == "north aero"]
    assert [r["vague"] for r in series] == [0] * 12 + [1] * 12
    assert (series[0]["month"], series[0]["named"], series[-1]["named"]) == ("2022-09", 1, 0)


def test_rule_dates_are_dates_with_a_source():
    for row in tables.rows("rule_dates"):
        dt.date.fromisoformat(row["date"])
        assert row["rule"]
        assert row["source"]


@pytest.mark.spark
def test_equal_on_spark(duck, tmp_path, goods_stage):
    from enduse.engine.spark import SparkEngine

    rows = [r for r, _ in CASES] + months("North Aero", dt.date(2022, 9, 1), 24, "quadcopter DJI Mavic 3")
    spark = SparkEngine(tmp_path / "spark")
    orders = {
        "goods_indicator": "subject, rule_id",
        "wording_drift": "exporter_key, month",
        "wording_change": "exporter_key, rule_date, measure",
    }
    try:
        goods_stage(duck, dated(rows))
        goods_stage(spark, dated(rows))
        for table, order in orders.items():
            sql = f"SELECT * FROM {table} ORDER BY {order}"
            assert spark.fetch(sql).to_pylist() == duck.fetch(sql).to_pylist(), table
    finally:
        spark.close()


def test_tables_of_this_room_name_their_source():
    folder = ROOT / "src/enduse/reference/goods"
    for path in sorted(folder.glob("*.csv")):
        if path.stem in ("vague_words", "model_prices"):
            continue
        with path.open(encoding="utf-8", newline="") as file:
            assert "source" in next(csv.reader(file)), path.name
