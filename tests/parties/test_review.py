"""Review: the most valuable pairs first, blind until asked, every answer written at once and taken back at will."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from enduse.errors import CaseError
from enduse.parties.judgements import Judgements, add, read
from enduse.parties.review import Question, card, questions, walk, why

NOW = dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def pair(left: str, right: str, score: float, usd: int, *, same: bool = False) -> dict[str, object]:
    return {
        "left_name": left, "right_name": right, "left_country": "RU", "right_country": "", "left_identifier": "", "right_identifier": "77",
        "left_party": "P-1", "right_party": "P-1" if same else "P-2", "score": score, "reasons": "for: x;against: y", "rows": 4, "value_usd": Decimal(usd),
    }  # fmt: skip


PAIRS = [
    pair("A", "B", 0.5, 100),
    pair("C", "D", 0.9, 1000),
    pair("E", "F", 0.9, 1000, same=True),
    pair("G", "G", 0.9, 9999),
]


def test_the_likely_missed_merge_of_much_money_comes_first() -> None:
    asked = questions(PAIRS, Judgements())
    assert [(q.left, q.worth) for q in asked] == [("C", 900.0), ("E", 100.0), ("A", 50.0)]


def test_judged_pairs_are_not_asked_again_but_unsure_ones_on_demand() -> None:
    ruled = Judgements(same=(("C", "D"),), unsure=frozenset({("A", "B")}))
    assert [q.left for q in questions(PAIRS, ruled)] == ["E"]
    assert [q.left for q in questions(PAIRS, ruled, again=True)] == ["E", "A"]


def test_the_card_shows_no_score_and_no_decision() -> None:
    (asked, *_) = questions(PAIRS, Judgements())
    text = card(asked, 1, 3)
    assert "0.9" not in text
    assert "for:" not in text
    assert "part" not in text.replace("one party?", "")
    assert "0.900" in why(asked)
    assert "two parties" in why(asked)


def test_a_walk_records_takes_back_and_stops() -> None:
    asked = questions(PAIRS, Judgements())
    keys = iter(["w", "s", "b", "d", "x", "u", "q"])
    shown: list[str] = []
    kept: list[tuple[str, str]] = []

    def record(question: Question, answer: str) -> None:
        kept.append((question.left, answer))

    assert walk(asked, lambda _: next(keys), shown.append, record) == {"same": 0, "different": 1, "unsure": 1}
    assert kept == [("C", "same"), ("C", "withdrawn"), ("C", "different"), ("E", "unsure")]
    assert len(shown) == 2


def test_lines_are_added_read_and_withdrawn(tmp_path: Path) -> None:
    (tmp_path / "judgements.jsonl").write_bytes(
        b'{"left": "X", "right": "Y", "judgement": "same"}'
    )  # no line end, as an editor may leave it
    add(tmp_path, "B", "A", "different", user="alice", at=NOW)
    assert read(tmp_path).same == (("X", "Y"),)
    assert read(tmp_path).different == {("A", "B")}
    assert read(tmp_path).note("A", "B") == "alice 2024-01-02T03:04:05+00:00"
    add(tmp_path, "A", "B", "withdrawn", user="bob", at=NOW)
    add(tmp_path, "A", "C", "unsure", user="bob", at=NOW)
    assert read(tmp_path).different == frozenset()
    assert read(tmp_path).unsure == {("A", "C")}
    with pytest.raises(CaseError, match="maybe"):
        add(tmp_path, "A", "B", "maybe", user="bob", at=NOW)
