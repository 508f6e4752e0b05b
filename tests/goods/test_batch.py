"""Many texts over several processes: the same answers in the same order, and no harm when a worker dies."""

import numpy as np
import pyarrow as pa
import pytest

from enduse.goods import batch, classify
from enduse.goods.batch import Combinations, read_all, read_part
from enduse.goods.watch import load

TEXTS = [f"{w} {n}" for n in range(40) for w in ("quadcopter DJI Mavic 3, lot", "керамическая плитка арт.", "无人机电池 第", "parts")]  # fmt: skip
CODES = ["", "88062210", "6907"]


def asked():
    size = len(TEXTS) * len(CODES)
    text = np.arange(size) % len(TEXTS)
    return Combinations(TEXTS, CODES, [""], text, text, np.arange(size) % len(CODES), np.zeros(size, dtype=np.int64))


def rows(answers):
    return pa.table(answers.columns).to_pylist()


def test_parts_read_by_workers_are_put_back_in_order():
    profile = load("civil-drones")
    assert rows(read_all(profile, asked(), workers=1)) == rows(read_part(profile, asked()))


@pytest.mark.parametrize("answer", [None, b"noise"])
def test_a_worker_that_dies_costs_time_and_nothing_else(monkeypatch, answer):
    monkeypatch.setattr(batch._Child, "_talk", lambda self, *_: setattr(self, "answer", answer))
    profile = load("civil-drones")
    assert rows(read_all(profile, asked(), workers=1)) == rows(read_part(profile, asked()))


def test_arrow_columns_and_lists_are_read_alike():
    codes = [CODES[i % 3] for i in range(len(TEXTS))]
    assert classify(pa.array(TEXTS), pa.array(codes)).equals(classify(TEXTS, codes))
    assert classify(pa.chunked_array([TEXTS[:7], TEXTS[7:]])).equals(classify(TEXTS))


def test_repeated_rows_are_one_answer():
    table = classify(TEXTS * 3, kg=["3"] * 480, quantity=[1] * 480)
    assert table.slice(0, 160).equals(table.slice(160, 160))


@pytest.mark.parametrize(("cell", "note"), [("88062", "note=code of 5 digits"), ("8806;22x", "note=code not readable as HS digits"), ("8806.22.00 00", ""), ("nan", "")])  # fmt: skip
def test_odd_codes_are_reported(cell, note):
    evidence = classify(["DJI Mavic 3"], [cell])["evidence"][0].as_py()
    assert ("note=code" in evidence) == bool(note)
    assert note in evidence
