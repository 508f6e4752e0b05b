"""The whole program on a small simulated world: it must find what was planted, to the cent."""

from __future__ import annotations

import json

import pytest

from enduse.case import Case
from enduse.simulate import demo, score


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    made = demo(folder / "sources", rows=1_200, seed=3)
    case = Case.new(folder / "case", question=made.question, watch=made.watch, title=made.title, simulated=True)
    assert not [a.refused for a in case.add(made.sources) if a.refused]
    case.run(until="findings")
    return case, json.loads(made.truth.read_text(encoding="utf-8")), score(made.truth, case)


def test_every_record_is_accounted_for(ran):
    _, truth, scored = ran
    assert set(scored["account"]) == set(truth["files"])
    for name, account in scored["account"].items():
        assert account["read"][0] == account["read"][1], name
        assert account["rejected"][0] == account["rejected"][1], name
        amended = truth["files"][name]["amended"]  # this version counts an amended declaration beside the first
        assert account["duplicates"][1] - account["duplicates"][0] in (0, amended), name


def test_named_goods_are_found_and_traps_are_not(ran):
    goods = ran[2]["goods"]
    assert goods["recall"]["named"] >= 0.97, goods["missed"]
    assert goods["precision"] >= 0.97, goods["wrong"]


def test_the_figure_is_the_planted_one(ran):
    """The broad reading takes every row that the text or the code tells; central and strict take fewer."""
    case, truth, _ = ran
    value = next(f for f in case.figures() if f["measure"] == "value_usd")
    planted = truth["to_ru"]["findable"]
    assert float(value["broad"]) == pytest.approx(float(planted["value_usd"]), rel=0.02)
    assert float(value["low"]) <= float(value["value"]) <= float(value["high"])
    assert value["rows"] == pytest.approx(planted["rows"], rel=0.05)


def test_names_that_are_merged_are_one_firm(ran):
    parties = ran[2]["parties"]
    assert parties["precision"] >= 0.97
    assert parties["recall"] >= 0.6


def test_planted_list_hits_are_found_and_near_misses_are_no_match(ran):
    screening = ran[2]["screening"]
    assert screening["found"] >= 0.8, screening["decisions"]
    assert screening["near_misses_matched"] == []
