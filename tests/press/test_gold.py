"""Quality against gold must not fall: shared articles, and own articles, by rules alone and with the parse."""

import importlib.util
from pathlib import Path

import pytest

from enduse.press import parsing

BENCH = Path(__file__).resolve().parents[2] / "bench" / "press.py"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_press", BENCH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_own_articles(bench):
    dev, _ = bench.measure("dev")
    blind, _ = bench.measure("blind")
    assert dev["claim F1"] > 0.85
    assert blind["claim F1"] > 0.7
    assert blind["stage"] > 0.8
    assert blind["root B3"] > 0.8


def test_plain_articles(bench):
    blind, _ = bench.measure("blind3")
    assert blind["claim F1"] > 0.85
    assert blind["figure (all gold)"] > 0.85
    assert min(blind["stage"], blind["stance"], blind["root B3"]) > 0.8


def test_dense_articles_by_rules_alone(bench):
    dense, _ = bench.measure("blind4")
    assert dense["claim F1"] > 0.6
    assert dense["cluster B3"] > 0.7


@pytest.mark.skipif(not parsing.installed(), reason="spaCy and its small pipeline are not installed")
def test_dense_articles_with_the_parse(bench, monkeypatch):
    monkeypatch.setattr(bench, "PARSER", parsing.PIPELINE)
    dense, _ = bench.measure("blind4")
    assert dense["claim F1"] > 0.72
    assert dense["figure (all gold)"] > 0.62


@pytest.mark.shared
def test_shared_articles(bench, shared):
    assert shared.is_dir()
    five, _ = bench.measure("five")
    assert five["gold"] > 50
    assert five["claim F1"] > 0.8
    assert five["figure (all gold)"] > 0.9
    assert five["root B3"] > 0.75
