"""The helpers of the benchmarks: least of several runs, slope of cost, and a table that says OVER."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def common():
    path = Path(__file__).resolve().parents[2] / "bench" / "common.py"
    spec = importlib.util.spec_from_file_location("bench_common", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_common"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["bench_common"]


def test_seconds_takes_the_least(common, monkeypatch):
    clock = iter([0.0, 5.0, 10.0, 12.0, 20.0, 29.0])
    monkeypatch.setattr(common.time, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(common, "cpu", iter([0.0, 1.0, 1.0, 1.5, 3.0, 9.0]).__next__)
    assert common.spent(lambda: None, repeats=3) == common.Spent(wall=2.0, cpu=0.5)


@pytest.mark.parametrize("power", [0.5, 1.0, 1.3])
def test_exponent_is_the_power_of_the_cost(common, power):
    assert common.exponent({n: 3.0 * n**power for n in (100, 1_000, 50_000)}) == pytest.approx(power)


def test_table_says_which_limit_is_passed(common):
    text = common.table(
        [
            common.Check("a", 2.0, 1.0),
            common.Check("b", 2.0, 3.0),
            common.Check("c", 0.5, 0.9, at_least=True),
            common.Check("d", 1.0),
        ]
    )
    lines = text.splitlines()[1:]
    assert ["OVER" in line for line in lines] == [True, False, True, False]
    assert lines[1].endswith("ok")
    assert not lines[3].endswith("ok")


def test_a_failing_child_ends_the_bench_with_its_words(common, tmp_path):
    script = tmp_path / "child.py"
    script.write_text("raise SystemExit('no such list')", encoding="utf-8")
    with pytest.raises(SystemExit, match="no such list"):
        common.child(script, [])
    script.write_text("print('noise'); print('{\"peak_mb\": 3}')", encoding="utf-8")
    assert common.child(script, []) == {"peak_mb": 3}
