"""The stage: one row for a record, spans that hold, the same on both engines, and nothing that brings it down."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.dialect import faults
from enduse.engine.duckdb import DuckDBEngine
from enduse.engine.step import Context
from enduse.errors import CaseError
from enduse.goods import STAGE, classify

COLUMNS = ["family", "brand", "model", "hs6", "controls", "vague", "vague_rules", "confidence", "evidence"]
ROWS = [
    {"description": "Quadcopter", "brand_declared": "DJI", "hs_code": "8806221000", "hs_revision": "H6", "date": dt.date(2023, 10, 1), "origin_country": "CN", "quantity": Decimal(2), "unit": "C62", "net_kg": Decimal(30)},
    {"description": None, "hs_code": "8806", "quantity": Decimal(0), "net_kg": Decimal(5)},
    {"description": "Аккумулятор для DJI Mavic 3", "hs_code": None, "date": dt.date(2021, 5, 1)},
    {"description": "ceramic tiles", "manufacturer": "SZ DJI TECHNOLOGY", "hs_code": "69072100"},
    {"description": "microcontroller", "hs_code": "85423190", "hs_revision": "H6"},
    {"description": "ceramic tiles", "manufacturer": "SZ DJI TECHNOLOGY", "hs_code": "69072100"},
]  # fmt: skip


class Silent:
    def step(self, *args):
        pass

    def say(self, line):
        assert line


def shipments(rows):
    return TABLES["shipment_row"].arrow(
        [{"shipment_id": f"abc-{i}", "source": "f", "row": i, **r} for i, r in enumerate(rows, 1)]
    )


def run(engine, rows, folder: Path, watch="civil-drones"):
    engine.put("shipment_row", shipments(rows))
    ctx = Context(engine, CaseFile(watch=watch), folder, folder, Silent())
    for step in STAGE.steps:
        if step.name not in ("goods_case", "read", "facts", "goods"):
            continue  # what follows has tests of its own
        if step.sql:
            engine.make(step.outputs[0], step.sql, {name: of(ctx.case) for name, of in step.params.items()})
        else:
            made = step.run(ctx)
            assert set(made) == set(step.outputs)
            for name, table in made.items():
                engine.put(name, table)
    return engine.fetch("SELECT * FROM goods ORDER BY shipment_id")


def test_sql_is_in_the_portable_subset():
    for step in STAGE.steps:
        assert step.sql is None or faults(step.sql) == []


def test_one_row_for_a_record_in_the_shape_of_the_contract(duck, tmp_path):
    table = run(duck, ROWS, tmp_path)
    assert table.schema.equals(TABLES["goods"].schema)
    assert table["shipment_id"].to_pylist() == [f"abc-{i}" for i in range(1, 7)]
    first, empty, part, tiles, chip, again = table.to_pylist()
    assert (first["family"], first["brand"], first["basis"], first["controls"]) == (
        "drone",
        "DJI",
        "code+text",
        "EU:9A012;US:9A012;CN:2023-28",
    )
    assert first["evidence"].endswith("unit_kg=15.000 outside 880622")
    assert "maker=DJI" in first["evidence"]
    assert (empty["family"], empty["basis"], empty["vague_rules"]) == ("drone", "code", "empty_text")
    assert (part["family"], part["model"], part["basis"]) == ("drone_part", "Mavic 3", "text")
    assert tiles["family"] is None
    assert tiles["confidence"] is None
    assert chip["controls"].split(";")[0] == "CHP:1"  # without a date every entry is possible
    assert {**tiles, "shipment_id": ""} == {**again, "shipment_id": ""}


def test_the_brand_column_makes_an_everyday_word_a_brand(duck, tmp_path):
    rows = [
        {"description": "EVO Max 4T", "brand_declared": "Autel"},
        {"description": "Disco", "brand_declared": "PARROT"},
        {"description": "camera with lens", "brand_declared": "Sony"},
        {"description": "spare propellers", "manufacturer": "SZ DJI Technology Co"},
        {"description": "wool carpet", "brand_declared": "DJI"},
        {"description": "EVO Max 4T"},
    ]
    found = run(duck, rows, tmp_path).to_pylist()
    assert [(r["family"], r["brand"]) for r in found] == [
        ("drone", "Autel"),
        ("drone", "Parrot"),
        (None, None),
        ("drone_part", "DJI"),
        (None, None),
        (None, None),
    ]


def test_no_records(duck, tmp_path):
    assert run(duck, [], tmp_path).num_rows == 0


def test_unknown_profile_is_refused(duck, tmp_path):
    with pytest.raises(CaseError, match="civil-drones"):
        run(duck, ROWS, tmp_path, watch="drones")


@pytest.mark.spark
def test_equal_on_spark(duck, tmp_path):
    from enduse.engine.spark import SparkEngine

    spark = SparkEngine(tmp_path / "spark")
    try:
        assert run(spark, ROWS, tmp_path).to_pylist() == run(duck, ROWS, tmp_path).to_pylist()
    finally:
        spark.close()


def test_classify_and_the_stage_agree(tmp_path):
    engine = DuckDBEngine()
    stage = run(
        engine, [{"description": r["description"], "hs_code": r.get("hs_code")} for r in ROWS], tmp_path
    ).to_pylist()
    engine.close()
    direct = classify([r["description"] for r in ROWS], [r.get("hs_code") for r in ROWS]).to_pylist()
    for a, b in zip(stage, direct, strict=True):
        assert ((a["family"] or ""), (a["model"] or ""), a["confidence"], a["vague"]) == (
            b["family"],
            b["model"],
            b["confidence"],
            b["vague"],
        )


PIECES = [
    "DJI",
    " Mavic 3",
    "무인기",
    "drone",
    " для ",
    "дрон",
    "大疆",
    "无人机",
    "电池",
    "；",
    ";",
    "ｄｊｉ",
    "\u202e",
    " ",
    "Cuadricóptero",
    "8806",
    "\n",
    "İHA",
    "ﬁlter",
    "Pro",
    "+",
    "-",
    "(",
    "½",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=12),
    st.sampled_from(["", "88062210", "95030000", "nan", "88073000", "8806.22.00 00"]),
)
def test_evidence_spans_hold_in_the_text_as_declared(pieces, hs):
    text = "".join(pieces)
    table = classify([text], [hs])
    assert table.column_names == COLUMNS
    found = table.to_pylist()[0]
    assert (found["family"] == "") == (found["confidence"] is None)
    assert (found["vague"] == 1) == bool(found["vague_rules"])
    for item in filter(None, found["evidence"].split(";")):
        if span := re.fullmatch(r"description\[(\d+):(\d+)\]=(.*)", item, re.DOTALL):
            a, b = int(span[1]), int(span[2])
            assert 0 <= a < b <= len(text)
            assert " ".join(text[a:b].replace(";", ",").split())[:80] == span[3]
        else:
            assert re.match(r"hs=\d|maker=|note=|unit_kg=", item)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "дрон " * 200_000,
        "DJI Mavic 3 " * 50_000,
        ";" * 1000,
        "!!!???",
        "\x00\x01",
        "\u202edrone\u202c",
        "0",
        "大" * 10_000,
        "🛩" * 500,
    ],
)
def test_texts_that_are_hard_to_read(text):
    found = classify([text], ["8806"]).to_pylist()[0]
    assert found["family"] in ("drone", "drone_part")
    assert len(found["evidence"]) < 5_000


def test_missing_and_odd_cells():
    table = classify([None, "", "drone"], [None, "nan", 88062210], kg=[None, "x", 1], quantity=["", 0, None])
    assert table.num_rows == 3
    assert isinstance(table, pa.Table)
    assert table["family"].to_pylist() == ["", "", "drone"]


def test_no_texts():
    assert classify([]).num_rows == 0
