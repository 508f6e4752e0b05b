"""Unit values against peers: what is far below by both witnesses, what a unit slip explains, what is too small to say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.dialect import faults
from enduse.engine.step import Context
from enduse.goods.pricing import STEPS
from enduse.pipeline import run_step

NAMES = ("price_check", "correction", "understated_exporter")


class Silent:
    def step(self, *_): ...

    def say(self, _): ...


def row(number, *, pieces=10.0, kg=5.0, value=10_000.0, hs="880622", **more):
    plain = {
        "shipment_id": f"aaaaaaaaaaaa-{number}", "source": "a.csv", "row": number, "date": dt.date(2023, 3, 1), "exporter_name": "North Aero", "description": "drone",
        "hs_code": hs, "quantity": None if pieces is None else Decimal(str(round(pieces, 4))), "unit": "C62", "net_kg": None if kg is None else Decimal(str(round(kg, 4))),
        "value_usd": Decimal(str(round(value, 4))), "destination_country": "RU",
    }  # fmt: skip
    return plain | more


def peers(count=60, seed=1, **more):
    draw = np.random.default_rng(seed)
    return [row(n, pieces=p, kg=p * 0.9, value=p * 1000 * float(draw.lognormal(0, 0.15)), **more) for n, p in enumerate(draw.integers(1, 50, count).astype(float), 1)]  # fmt: skip


def check(engine, folder, rows, twins=()):
    folder.mkdir(parents=True, exist_ok=True)
    engine.put("shipment_row", TABLES["shipment_row"].arrow(rows))
    repeats = [{"shipment_id": t, "source": "a.csv", "row": 1, "of_shipment_id": "x", "reason": "exact"} for t in twins]
    engine.put("duplicate_row", TABLES["duplicate_row"].arrow(repeats))
    goods = [
        {"shipment_id": r["shipment_id"], "family": "drone", "brand": "DJI", "model": "Mavic 3", "vague": 0}
        for r in rows
    ]
    engine.put("goods", TABLES["goods"].arrow(goods))
    context = Context(engine, CaseFile(), folder, folder, Silent())
    for step in STEPS:
        run_step(context, step, folder)
    return {n: engine.fetch(f"SELECT * FROM {n} ORDER BY {', '.join(TABLES[n].sort)}").to_pylist() for n in NAMES}


def of(found, number):
    return next(r for r in found["price_check"] if r["shipment_id"] == f"aaaaaaaaaaaa-{number}")


def test_far_below_by_piece_and_kilogram_is_understated_and_summed_by_exporter(duck, tmp_path):
    low = row(100, pieces=10.0, kg=9.0, value=1500, exporter_name="Low Price Trading")
    found = check(duck, tmp_path / "a", [*peers(), low])
    line = of(found, 100)
    assert line["understated"] == 1
    assert line["score"] > 0.9
    assert line["unit_value"] < line["expected_low"] < line["expected_high"]
    assert "by the piece and by the kilogram" in line["reasons"]
    assert line["implied_low"] < line["implied_value"] < line["implied_high"]
    assert Decimal(8000) < line["implied_value"] < Decimal(12000)
    assert sum(r["understated"] for r in found["price_check"]) == 1
    assert found["understated_exporter"][0]["exporter_name"] == "Low Price Trading"
    assert found["understated_exporter"][0]["gap_low"] > 0


def test_a_slip_of_the_unit_is_proposed_and_not_called_understated(duck, tmp_path):
    slips = [
        row(101, pieces=20_000.0, kg=18.0, value=20_000),
        row(102, pieces=20.0, kg=18_000.0, value=20_000),
        row(103, pieces=20.0, kg=18.0, value=20_000 * 80),
    ]
    found = check(duck, tmp_path / "a", [*peers(), *slips])
    rules = {r["shipment_id"][-3:]: (r["field"], r["rule"]) for r in found["correction"]}
    assert rules == {
        "101": ("quantity", "quantity_in_thousandths"),
        "102": ("net_kg", "weight_in_grams"),
        "103": ("value", "value_in_roubles"),
    }
    assert all(of(found, n)["understated"] == 0 for n in (101, 102, 103))
    assert "ordinary by the kilogram" in of(found, 101)["reasons"]


def test_small_groups_say_so_and_repeats_are_no_peers(duck, tmp_path):
    few = peers(6)
    found = check(duck, tmp_path / "a", few)
    assert all(r["score"] is None and "group too small" in r["reasons"] for r in found["price_check"])
    many = peers(30)
    twins = [r["shipment_id"] for r in many[6:]]
    found = check(duck, tmp_path / "b", many, twins=twins)
    assert len(found["price_check"]) == 6
    assert all(r["score"] is None for r in found["price_check"])


@pytest.mark.parametrize(
    "more",
    [
        {"pieces": None, "kg": None},
        {"pieces": 0.0, "kg": 0.0},
        {"pieces": -5.0, "kg": -1.0},
        {"value": 0.0},
        {"hs": "88"},
        {"hs": None},
    ],
)
def test_rows_without_a_unit_value_are_left_out_not_guessed(duck, tmp_path, more):
    found = check(duck, tmp_path / "a", [*peers(20), row(200, **more)])
    assert not [r for r in found["price_check"] if r["shipment_id"].endswith("-200")]


def test_extreme_amounts_do_not_overflow(duck, tmp_path):
    wild = [
        row(300, pieces=0.0001, kg=0.0001, value=99_999_999_999.0),
        row(301, pieces=99_999_999_999.0, kg=99_999_999_999.0, value=0.0001),
    ]
    found = check(duck, tmp_path / "a", [*peers(20), *wild])
    assert of(found, 300)["understated"] == 0
    assert of(found, 301)["score"] > 0.9


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0.05, 20), st.integers(0, 50))
def test_a_price_scale_common_to_all_changes_no_verdict(duck, tmp_path, scale, seed):
    rows = [*peers(25, seed=seed), row(100, pieces=10.0, kg=9.0, value=1200)]
    scaled = [r | {"value_usd": Decimal(str(round(float(r["value_usd"]) * scale, 4)))} for r in rows]
    one, two = (check(duck, tmp_path / "h", data) for data in (rows, scaled))
    for a, b in zip(one["price_check"], two["price_check"], strict=True):
        assert a["score"] == pytest.approx(b["score"], abs=0.02)


def test_every_step_is_in_the_portable_subset():
    assert [faults(s.sql) for s in STEPS if s.sql] == [[]] * 5
