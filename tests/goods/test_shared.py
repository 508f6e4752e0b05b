"""Quality on the shared development data: false alarms, recognition, unseen models, vague texts."""

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def bench(shared):
    sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
    try:
        import goods
    finally:
        sys.path.pop(0)
    return goods


def test_false_alarms_are_below_one_in_five_thousand(bench):
    found = bench.false_alarms()["all"]
    assert found["texts"] > 50_000
    assert found["false"] * 5_000 < found["texts"]


def test_vague_examples(bench):
    found = bench.vague()
    assert found["precision"] >= 0.97
    assert found["recall"] >= 0.9


def test_unseen_models_are_found_by_brand_or_product_word(bench):
    found = {k: v for k, v in bench.unseen().items() if k.startswith("whole")}
    with_word = [
        v["family"]
        for k, v in found.items()
        if k not in ("whole: bare", "whole: upper", "whole: en plain", "whole: ru plain", "whole: zh plain")
    ]
    assert min(with_word) >= 0.97
    assert found["whole: bare"]["family"] >= 0.8
