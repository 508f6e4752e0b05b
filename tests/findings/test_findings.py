"""Figures, readings, waterfall: counted by hand, closed exactly, equal when computed again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest
from conftest_findings import DAY, fill, find, goods, shipment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enduse.contracts.case_file import CaseFile, Scope
from enduse.engine.duckdb import DuckDBEngine
from enduse.findings import recompute

CASE = CaseFile(
    question="civil drones and parts to RU since 2022-02-24",
    scope=Scope(destination=("RU",), since=dt.date(2022, 2, 24)),
)


def by_measure(tables: dict[str, pa.Table], measure: str) -> list[dict]:
    return [f for f in tables["figure"].to_pylist() if f["measure"] == measure]


def world():
    rows = [
        shipment(1),
        shipment(2, value_usd=Decimal(50), date=DAY + dt.timedelta(40)),
        shipment(3, destination_country="KZ"),
        shipment(4, date=dt.date(2021, 5, 5)),
        shipment(5, destination_country=None),
        shipment(6, date=None, date_precision=None),
        shipment(7, value_usd=None, currency="CNY", value=Decimal(700)),
        shipment(8),
        shipment(9, description="tiles", hs_code="690721"),
        shipment(10, description="propeller", value_usd=Decimal(5)),
        shipment(11, value_usd=Decimal(9)),
    ]
    judged = [goods(r) for r in rows]
    judged[8] |= {"family": "", "confidence": None, "basis": None}
    judged[9] |= {"family": "drone_part", "model": ""}
    judged[10] |= {"confidence": 0.3}
    return rows, judged


def test_totals_are_what_a_hand_counts(duck, tmp_path):
    rows, judged = world()
    fill(duck, rows, judged, rejected=2, twins=(("aaaaaaaaaaaa-8", "aaaaaaaaaaaa-1"),))
    tables = find(duck, CASE, tmp_path)
    value = by_measure(tables, "value_usd")[0]
    assert (value["value"], value["strict"], value["broad"]) == ("155", "150", "364")
    assert (value["low"], value["high"], value["rows"]) == ("150", "364", 3)
    records = by_measure(tables, "records")[0]
    assert (records["value"], records["rows"]) == ("4", 4)
    other = by_measure(tables, "value")[0]
    assert (other["unit"], other["value"], other["rows"]) == ("CNY", "700", 1)
    assert by_measure(tables, "first_date")[0]["value"] == "2023-03-01"
    assert by_measure(tables, "last_date")[0]["value"] == "2023-04-10"
    assert [f["subject"] for f in by_measure(tables, "by_month")] == ["2023-03", "2023-04"]


def test_waterfall_names_every_record_once(duck, tmp_path):
    rows, judged = world()
    fill(duck, rows, judged, rejected=2, twins=(("aaaaaaaaaaaa-8", "aaaaaaaaaaaa-1"),))
    steps = {s["step"]: s for s in find(duck, CASE, tmp_path)["waterfall"].to_pylist()}
    assert {k: v["rows"] for k, v in steps.items()} == {
        "read": 13, "rejected": 2, "duplicate": 1, "not_watched": 1, "other_destination": 1, "outside_window": 1,
        "place_not_stated": 1, "date_not_stated": 1, "unsure_goods": 1, "kept": 4,
    }  # fmt: skip
    assert steps["read"]["value_usd"] == sum(s["value_usd"] for k, s in steps.items() if k != "read")


def test_each_choice_moves_what_it_says(duck, tmp_path):
    rows, judged = world()
    fill(duck, rows, judged)
    tables = find(duck, CASE, tmp_path)
    number = by_measure(tables, "value_usd")[0]["figure_id"]
    moves = {
        m["choice"]: (m["low"], m["high"]) for m in tables["figure_choice"].to_pylist() if m["figure_id"] == number
    }
    assert moves["certainty of the goods"] == ("255", "264")
    assert moves["parts of the goods"] == ("250", "")
    assert moves["records that do not state the country"] == ("", "355")
    assert moves["records that do not state the date"] == ("", "355")


def test_a_month_that_lies_partly_in_the_window_is_no_sure_row(duck, tmp_path):
    rows = [
        shipment(1, date=dt.date(2022, 2, 1), date_precision="month"),
        shipment(2, date=dt.date(2022, 3, 1), date_precision="month"),
    ]
    fill(duck, rows, [goods(r) for r in rows])
    tables = find(duck, CASE, tmp_path)
    assert [(r["central"], r["unstated_date"]) for r in tables["reading"].to_pylist()] == [(0, 1), (1, 0)]


def test_nothing_watched_gives_figures_of_zero_rows_and_a_closed_waterfall(duck, tmp_path):
    rows = [shipment(1)]
    fill(duck, rows, [goods(rows[0], family="", confidence=None)])
    tables = find(duck, CASE, tmp_path)
    assert by_measure(tables, "records")[0]["value"] == "0"
    assert not by_measure(tables, "value_usd")
    assert tables["waterfall"].to_pylist()[-1]["rows"] == 0


def test_coverage_names_months_without_records(duck, tmp_path):
    rows = [shipment(1, date=dt.date(2022, 3, 1)), shipment(2, date=dt.date(2022, 6, 1))]
    fill(duck, rows, [goods(r) for r in rows])
    text = by_measure(find(duck, CASE, tmp_path), "records")[0]["coverage"]
    assert "2022-04, 2022-05" in text
    assert text.endswith("No record does not mean no trade.")


def test_merges_that_are_not_sure_enough_for_strict_widen_the_count_of_firms(duck, tmp_path):
    rows = [shipment(1), shipment(2, exporter_name="NORTH AEROW")]
    fill(duck, rows, [goods(r) for r in rows])
    tables = find(duck, CASE, tmp_path)
    firms = by_measure(tables, "exporters")[0]
    assert (firms["value"], firms["low"], firms["high"]) == ("1", "1", "2")
    assert "merging of names" in firms["lever"]


def test_sums_of_files_that_name_no_currency_stay_apart(duck, tmp_path):
    rows = [shipment(1, value_usd=None, currency=None), shipment(2, value_usd=None, currency=None, source="b.csv")]
    fill(duck, rows, [goods(r) for r in rows])
    found = by_measure(find(duck, CASE, tmp_path), "value")
    assert [(f["subject"], f["value"]) for f in found] == [
        ("unnamed currency of a.csv", "100"),
        ("unnamed currency of b.csv", "100"),
    ]


def test_both_sides_of_the_border_are_named(duck, tmp_path):
    rows = [shipment(1), shipment(2, direction="export")]
    fill(duck, rows, [goods(r) for r in rows])
    text = by_measure(find(duck, CASE, tmp_path), "records")[0]["coverage"]
    assert "1 import and 1 export records" in text


def test_share_of_published_value_stands_in_the_sentence(duck, tmp_path):
    rows = [shipment(1), shipment(2, hs_code="851712", destination_country="KZ")]
    lane = {"exporter": "CN", "importer": "RU", "hs6": "880622", "period": "2023-03", "reporter": "CN"}
    covered = [
        lane | {"declared_usd": 100, "published_usd": 400, "share": 0.25},
        lane | {"period": "2023-04", "declared_usd": 0, "published_usd": 100, "share": 0.0},
        lane | {"period": "2023-05", "declared_usd": 0, "published_usd": 9, "note": "outside the months the rows of this lane cover"},
        lane | {"reporter": "RU", "declared_usd": 100, "note": "RU publishes nothing after 2022-01"},
        lane | {"hs6": "TOTAL", "declared_usd": 100, "published_usd": 9000},
        lane | {"importer": "AM", "declared_usd": 1, "published_usd": 7},
        lane | {"period": "2023", "declared_usd": 100, "published_usd": 8000},
    ]  # fmt: skip
    fill(duck, rows, [goods(r) for r in rows], covered=covered)
    text = by_measure(find(duck, CASE, tmp_path), "records")[0]["coverage"]
    assert (
        "add up to 20 % of the 500 USD exporters publish (2023-03 to 2023-04) and the importers publish no figure of them"
        in text
    )
    fill(duck, rows, [goods(r) for r in rows])
    (tmp_path / "without").mkdir()
    assert "publish" not in by_measure(find(duck, CASE, tmp_path / "without"), "records")[0]["coverage"]


ROW = st.fixed_dictionaries(
    {
        "destination_country": st.sampled_from(["RU", "KZ", None]),
        "date": st.sampled_from([DAY, dt.date(2020, 1, 1), None]),
        "value_usd": st.one_of(st.none(), st.decimals(0, 10**9, places=4)),
        "exporter_party": st.sampled_from(["P-1", "P-2", None]),
    }
)
JUDGED = st.fixed_dictionaries(
    {
        "family": st.sampled_from(["drone", "drone_part", ""]),
        "confidence": st.sampled_from([0.1, 0.3, 0.6, 0.95]),
        "brand": st.sampled_from(["DJI", ""]),
    }
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(st.tuples(ROW, JUDGED), min_size=1, max_size=12))
def test_every_figure_computes_again_and_every_waterfall_closes(drawn, tmp_path_factory):
    rows = [shipment(i, **{**r, "date_precision": "day" if r["date"] else None}) for i, (r, _) in enumerate(drawn, 1)]
    engine = DuckDBEngine()
    fill(engine, rows, [goods(r, **g) for r, (_, g) in zip(rows, drawn, strict=True)])
    tables = find(engine, CASE, tmp_path_factory.mktemp("w"))
    listed = tables["figure_row"].to_pylist()
    for figure in tables["figure"].to_pylist():
        assert recompute(engine, figure) == figure["value"]
        assert sum(r["figure_id"] == figure["figure_id"] for r in listed) == figure["rows"]
        if figure["rule"] in ("sum", "count", "distinct"):
            assert Decimal(figure["low"]) <= Decimal(figure["value"] or figure["low"]) <= Decimal(figure["high"])
    steps = tables["waterfall"].to_pylist()
    assert steps[0]["rows"] == len(rows) == sum(s["rows"] for s in steps[1:])
    engine.close()


@pytest.mark.parametrize("rule", ["sum", "count", "distinct", "first", "last"])
def test_every_rule_is_used(rule, duck, tmp_path):
    rows, judged = world()
    fill(duck, rows, judged)
    assert rule in {f["rule"] for f in find(duck, CASE, tmp_path)["figure"].to_pylist()}
