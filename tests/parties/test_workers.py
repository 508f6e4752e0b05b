"""Work spread over processes: in order, with a state made once a process, and faults that reach the caller."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from enduse.errors import EnduseError
from enduse.parties import workers
from enduse.parties.kinds import declared_kind
from enduse.parties.workers import cores, flow, kept, spread


def test_one_process_starts_nothing_and_gives_the_same() -> None:
    chunks = ["TO ORDER", "Kedrovik LLC", "Testov Ivan Sergeevich"] * 5
    one = spread(declared_of, None, kind_of, chunks, 1)
    assert one == ["unnamed", "organization", "person"] * 5


def declared_of(_: object) -> None:
    """Nothing to begin with."""


def kind_of(_: object, text: str) -> str:
    return declared_kind(text)


def test_several_processes_answer_in_order() -> None:
    # Functions that a helper process can import: it knows nothing of this file.
    made = spread(str.casefold, "STATE", str.__add__, ["a", "b", "c", "d"], 2)
    assert made == ["statea", "stateb", "statec", "stated"]


def test_a_fault_in_a_helper_is_told_and_nothing_hangs() -> None:
    with pytest.raises(EnduseError, match="helper process failed"):
        spread(str.casefold, "x", str.__add__, [1, 2, 3], 2)


def test_helpers_stay_while_they_are_kept_and_end_afterwards() -> None:
    with kept():
        assert spread(str.casefold, "A", str.__add__, ["a", "b"], 2) == ["aa", "ab"]
        waiting = list(workers._kept or [])
        assert spread(str.upper, "b", str.__add__, ["a", "b"], 2) == ["Ba", "Bb"]
        assert 1 <= len(waiting) <= len(workers._kept or []) <= 4
        with pytest.raises(EnduseError, match="helper process failed"):
            spread(str.casefold, "x", str.__add__, [1, 2, 3], 2)
        assert spread(str.casefold, "C", str.__add__, ["a", "b"], 2) == ["ca", "cb"]
    assert workers._kept is None
    assert all(child.poll() is not None for child in waiting)


def test_there_is_a_processor() -> None:
    assert cores() >= 1


def test_a_helper_that_cannot_be_started_is_an_error_and_no_result(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(workers.sys, "executable", str(tmp_path / "no-interpreter"))
    with pytest.raises(FileNotFoundError):
        spread(str.casefold, "STATE", str.__add__, ["a", "b"], 2)


def test_results_come_while_work_goes_on_and_no_more_is_drawn_than_has_room() -> None:
    drawn: list[int] = []

    def chunks() -> Iterator[str]:
        for n in range(40):
            drawn.append(n)
            yield str(n)

    results = flow(str.casefold, "N", str.__add__, chunks(), 2)
    for n in range(40):
        assert next(results) == f"n{n}"
        assert len(drawn) <= n + 1 + 2 * (workers.AHEAD + 1)
    assert list(results) == []


def test_a_caller_who_wants_no_more_ends_the_work() -> None:
    results = flow(str.casefold, "N", str.__add__, (str(n) for n in range(1_000)), 2)
    assert next(results) == "n0"
    results.close()
    before = threading.active_count()
    assert list(flow(str.casefold, "N", str.__add__, ["a"], 1)) == ["na"]
    assert threading.active_count() <= before


def test_a_fault_in_drawing_work_reaches_the_caller() -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise ValueError("no more of this")

    with pytest.raises(ValueError, match="no more of this"):
        list(flow(str.casefold, "N", str.__add__, broken(), 2))
