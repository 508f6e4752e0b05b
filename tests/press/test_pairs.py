"""Pairs of short articles: drift and contradictions are found, and no negative control is reported."""

import importlib.util
import json
from pathlib import Path

import pytest

from enduse import press

ROOT = Path(__file__).resolve().parents[2]
CONTROLS = sorted((ROOT / "tests" / "press" / "pairs").glob("*-control-*.json"))


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_press_pairs", ROOT / "bench" / "press.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pairs(bench):
    measured, _ = bench.pairs()
    assert measured["pairs"] >= 10
    assert measured["controls"] >= 8
    assert measured["controls reported"] == 0
    assert measured["precision"] >= 0.8
    assert measured["recall"] >= 0.7


@pytest.mark.parametrize("path", CONTROLS, ids=lambda p: p.stem)
def test_controls_hold_claims_that_could_be_confused(path):
    pair = json.loads(path.read_text(encoding="utf-8"))
    assert pair["expected"] == []
    records = press.extract([(a["name"], a["text"]) for a in pair["articles"]])
    assert {r["doc"] for r in records if r["record"] == "claim"} == {a["name"] for a in pair["articles"]}
