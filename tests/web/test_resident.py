"""Mapped files are let go of after an answer, and read the same afterwards."""

import mmap

import numpy as np
import pytest

from enduse.web.index import resident


@pytest.fixture
def column(tmp_path):
    np.save(tmp_path / "column.npy", np.arange(8_000_000, dtype=np.int64))
    return np.load(tmp_path / "column.npy", mmap_mode="r")


def test_what_was_read_is_let_go_and_reads_the_same(column):
    if not resident.held() or not hasattr(mmap, "MADV_DONTNEED"):
        pytest.skip("this system does not tell what is mapped, or cannot let go of it")
    total = int(column.sum())
    before = resident.held()
    resident.let_go([column])
    assert before - resident.held() > column.nbytes // 2
    assert int(column.sum()) == total


def test_other_arrays_are_passed_over(tmp_path, column):
    np.save(tmp_path / "own.npy", np.arange(10))
    copied = np.load(tmp_path / "own.npy", mmap_mode="c")
    copied[0] = 9
    resident.let_go([np.arange(3), copied, column[:5], None])
    assert copied[0] == 9
    assert column[:5].tolist() == [0, 1, 2, 3, 4]


def test_an_index_lets_go_only_beyond_its_measure(desk, monkeypatch):
    gone = []
    monkeypatch.setattr(resident, "let_go", lambda arrays: gone.append(len(list(arrays))))
    monkeypatch.setattr(resident, "held", lambda: resident.MOST)
    index = desk.now.index
    index.ease()
    assert gone == []
    monkeypatch.setattr(resident, "held", lambda: resident.MOST + 1)
    index.array("hs")
    index.ease()
    assert gone[0] > 8
