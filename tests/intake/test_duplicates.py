"""What counts as a repeat, and what survives."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lots import LINE, ROW, SQL, repeats, rows

from enduse.contracts import TABLES
from enduse.engine.dialect import faults
from enduse.engine.duckdb import DuckDBEngine
from enduse.intake import account
from enduse.intake.duplicates import counts_records


def test_the_queries_are_portable() -> None:
    for path in sorted(SQL.glob("*.sql")):
        assert faults(path.read_text(encoding="utf-8")) == [], path.name


def test_every_declared_cell_is_part_of_the_key() -> None:
    sql = (SQL / "duplicate_group.sql").read_text(encoding="utf-8")
    computed = {
        "shipment_id",
        "source",
        "row",
        "direction",
        "hs_revision",
        "unread",
    }  # place in the file, and what follows from other cells
    missing = [c for c in ROW.names if c not in computed and f"s.{c}" not in sql]
    assert missing == []


@pytest.mark.parametrize(
    "column",
    [
        c.name
        for c in ROW.columns
        if c.name
        not in ("shipment_id", "source", "row", "direction", "hs_revision", "unread", "usd_basis", "value_usd")
    ],
)
def test_records_that_differ_in_one_cell_are_no_repeat(duck: DuckDBEngine, column: str) -> None:
    kind = next(c.type for c in ROW.columns if c.name == column)
    other: Any = {"amount": Decimal("7.0000"), "date": dt.date(2020, 1, 1), "int": 5}.get(kind, "other")
    changed = {column: other}
    if column.endswith("_text"):  # what could not be read counts as it stands
        changed[column.removesuffix("_text")] = None
    same = {k: None for k in changed if k != column}
    # It may be an amendment (test_duplicates_amended.py), but no repeat cell for cell.
    data = rows(("a", same), ("a", changed), ("b", changed))
    assert repeats(duck, data, result="duplicate_same") == {"b-1": ("a-2", "batch")}


def test_cells_do_not_run_together(duck: DuckDBEngine) -> None:
    shifted = {"exporter_name": "Alpha", "importer_name": None, "exporter_id": "Co"}
    assert (
        repeats(
            duck,
            rows(
                ("a", {**shifted}),
                ("a", {**shifted, "exporter_name": None, "exporter_id": "Alpha", "exporter_address": "Co"}),
            ),
        )
        == {}
    )


def test_the_first_is_kept_by_order_of_the_case_and_record(duck: DuckDBEngine) -> None:
    data = rows(("b", {}), ("b", {}), ("a", {"declaration_id": "D-0"}), ("a", {}))
    assert repeats(duck, data) == {"b-1": ("a-2", "batch"), "b-2": ("a-2", "batch")}
    assert repeats(duck, data, ("b", "a")) == {"b-2": ("b-1", "exact"), "a-2": ("b-1", "batch")}


NO_PAPER = {"declaration_id": None}


@pytest.mark.parametrize(
    ("changes", "repeat"),
    [
        ({}, True),
        ({**NO_PAPER, "bill_of_lading": "B1", "date": None, "date_precision": None}, True),
        ({**NO_PAPER, "container": "TEMU6512740", "value": None}, True),
        (dict.fromkeys(LINE) | {"container": "TEMU6512740"}, False),
        (dict.fromkeys(LINE) | {"container": "TEMU6512740", "description": "tiles"}, True),
        (NO_PAPER, True),
        ({**NO_PAPER, "value": None}, True),
        ({**NO_PAPER, "date_precision": "month"}, False),
        ({**NO_PAPER, "date_precision": "year"}, False),
        ({**NO_PAPER, "value": None, "quantity": None}, False),
        ({**NO_PAPER, "exporter_name": None, "importer_name": None}, False),
        ({**NO_PAPER, "exporter_name": None, "importer_name": None, "importer_id": "7701"}, True),
    ],
)
def test_a_repeat_counts_only_where_it_cannot_be_chance(
    duck: DuckDBEngine, changes: dict[str, Any], repeat: bool
) -> None:
    assert bool(repeats(duck, rows(("a", changes), ("a", changes)))) is repeat
    assert bool(repeats(duck, rows(("a", changes), ("b", changes)))) is repeat


def test_columns_without_a_role_tell_records_apart_inside_a_layout(duck: DuckDBEngine) -> None:
    data = rows(("a", {}), ("a", {}), ("a", {}), ("b", {}), ("c", {}))
    told = {"a-1": "invoice 1", "a-2": "invoice 2", "a-3": "invoice 1", "b-1": "invoice 2"}
    found = repeats(duck, data, ("a", "b", "c"), layouts=("x", "x", "y"), rest=told)
    # c has other columns: only the declared cells can be compared, and it is taken for the first.
    assert found == {"a-3": ("a-1", "exact"), "b-1": ("a-2", "batch"), "c-1": ("a-1", "batch")}


@pytest.mark.parametrize(
    ("column", "values", "counts"),
    [
        ("RECORD_ID", ["x1", "x2", "x3"], True),
        ("PanjivaRecordID", ["91", "17"], True),
        ("№ п/п", ["1", "2", "3"], True),
        ("whatever", ["7917a526-edf7-40b0-a7de-3325c80573dd", "7917a526-edf7-40b0-a7de-3325c80573de"], True),
        ("ID", [str(i) for i in range(5, 90)], True),
        ("lot", [str(i) for i in range(5, 90)], True),
        ("invoice", [str(7919 * i % 1000) for i in range(90)], False),
        ("Invoice no", ["A1", "A2", "A3"], False),
        ("RECORD_ID", ["x1", "x1", "x3"], False),
        ("RECORD_ID", ["x1", None], False),
        ("Project", ["p", "q"], False),
    ],
)
def test_what_only_counts_records_is_no_part_of_a_record(column: str, values: list[str | None], counts: bool) -> None:
    assert counts_records(column, values) is counts


@pytest.mark.spark
def test_spark_finds_the_same(duck: DuckDBEngine, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from enduse.engine.spark import SparkEngine

    data = rows(
        ("a", {}),
        ("a", {}),
        ("b", {}),
        ("b", NO_PAPER),
        ("b", NO_PAPER),
        ("c", {"value": None, "value_text": "many"}),
        ("c", {"value": None, "value_text": "many"}),
    )
    given_ = {"layouts": ("x", "x", "y"), "rest": {"a-1": "1", "a-2": "2", "b-1": "2"}}
    expected = repeats(duck, data, ("a", "b", "c"), **given_)
    assert len(expected) == 3
    spark = SparkEngine(tmp_path / "spark")
    try:
        assert repeats(spark, data, ("a", "b", "c"), **given_) == expected
    finally:
        spark.close()


_lines = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.fixed_dictionaries(
            {
                "declaration_id": st.sampled_from([None, "D-1", "D-2"]),
                "date_precision": st.sampled_from(["day", "month"]),
                "quantity": st.sampled_from([None, Decimal("1.0000"), Decimal("2.0000")]),
                "value": st.sampled_from([None, Decimal("0.0001"), Decimal("99999999999999.9999")]),
                "unread": st.sampled_from([None, "value", "quantity;value"]),
            }
        ),
    ),
    max_size=14,
)
_refused = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([None, Decimal("5.5000")])), max_size=5)


@given(lines=_lines, refused=_refused)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_account_closes(duck: DuckDBEngine, lines: list[Any], refused: list[tuple[str, Decimal | None]]) -> None:
    data = rows(*lines)
    found = repeats(duck, data)
    ids = data["shipment_id"].to_pylist()
    # Nothing points at itself or at a duplicate, and only an amendment at a later record.
    place = {i: (i[0], int(i[2:])) for i in ids}
    assert all(of not in found and (why == "amended" or place[of] < place[i]) for i, (of, why) in found.items())
    # What is kept has no twin among what is kept.
    rejected = [
        {"source": s, "row": 1000 + n, "reason": "blank", "excerpt": "", "value": v} for n, (s, v) in enumerate(refused)
    ]
    duck.put("rejection", TABLES["rejection"].arrow(rejected))
    counts = {s: sum(1 for line in lines if line[0] == s) + sum(1 for r in refused if r[0] == s) for s in "ab"}
    duck.put(
        "intake_file",
        pa.table(
            {
                "source": ["a", "b"],
                "position": [1, 2],
                "sha256": ["0" * 64] * 2,
                "kind": ["customs"] * 2,
                "records": [counts["a"], counts["b"]],
                "loaded": [0, 0],
                "format": ["csv"] * 2,
                "as_of": pa.array([None] * 2, pa.string()),
            }
        ),
    )
    for line in (account.settle(x) for x in duck.fetch(account.SQL).to_pylist()):
        name = line["source"]
        assert line["records_read"] == counts[name] == line["loaded"] + line["rejected"] + line["duplicates"]
        assert line["duplicates"] == sum(1 for i in found if i.startswith(name))
        stated = [x["value"] for x in data.to_pylist() if x["source"] == name] + [v for s, v in refused if s == name]
        total = sum((v for v in stated if v is not None), Decimal(0))
        assert line["value_read"] == total == line["value_loaded"] + line["value_rejected"] + line["value_duplicates"]
        assert line["value_unreadable"] == sum(
            1 for x in data.to_pylist() if x["source"] == name and "value" in (x["unread"] or "").split(";")
        )
