"""Propositions no rule opens: what is found says so, hangs on the sentence it stands in, and is the same on every run."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse import press
from enduse.press import candidates, found, parsing
from enduse.press.claims import document
from enduse.press.parsing import Parser

needs_parser = pytest.mark.skipif(not parsing.installed(), reason="spaCy and its small pipeline are not installed")

TEXT = """Iran sent attack drones to Venezuela, officials say

CARACAS, Sept 9 - Iran has delivered nearly 40 attack drones to Venezuela since June, two officials said.

A first batch of 60 drones was unveiled by the Venezuelan army in July. The weather was fine in the capital.
"""


def read(text: str, parser: str | None = parsing.PIPELINE) -> list[dict[str, Any]]:
    out = press.extract([("x", text)], ref_date=dt.date(2025, 9, 9), parser=parser)
    return [c for c in out if c["record"] == "claim"]


def is_found(c: dict[str, Any]) -> bool:
    return any(cue.startswith("found by likeness") for cue in c["cues"] or [])


@needs_parser
def test_what_no_rule_opens_is_found_and_says_so() -> None:
    told = [c for c in read(TEXT) if is_found(c)]
    assert [(c["quantity"]["value"], c["recipient"]) for c in told] == [(60, "Venezuela")]
    assert all(c["supplier"] or c["recipient"] for c in told)
    assert not any(is_found(c) for c in read(TEXT, parser=None))


@needs_parser
def test_without_a_likely_candidate_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    table = found.model()
    never = found.Model(table.kinds, table.weights, table.bias, 1.1, 1.1)
    monkeypatch.setattr(found, "model", lambda: never)
    assert not any(is_found(c) for c in read(TEXT))


@needs_parser
@given(st.text(alphabet="Iran sold 40 drones to Russia, and. \"'()£%-\n", max_size=160))
@settings(max_examples=25, deadline=None)
def test_no_text_makes_it_fail(text: str) -> None:
    first, second = (
        [(c["char_start"], c["cues"]) for c in document("x", text, outlet=None, date=None, stated=None, parse=Parser())]
        for _ in range(2)
    )
    assert first == second


@given(st.lists(st.sampled_from(sorted(found.model().weights)), max_size=30))
def test_a_chance_is_a_probability_whatever_the_order_of_names(names: list[str]) -> None:
    m = found.model()
    assert 0 < found.chance(m, names) < 1
    assert found.chance(m, names) == found.chance(m, list(reversed(names)))
    assert found.kind_of(m, names) in m.kinds


@pytest.mark.parametrize("words", [("ordered", "orders", "ordering"), ("shipped", "ships"), ("supplies", "supplied")])
def test_a_stem_is_the_same_for_the_forms_of_a_word(words: tuple[str, ...]) -> None:
    assert len({candidates.stem(w) for w in words}) == 1


@needs_parser
def test_a_share_is_kept_as_a_count_of_nothing() -> None:
    (claim,) = read("Germany sold 40 lathes to Russia, 17 per cent of all it made.")
    assert claim["quantity"]["value"] == 40
    assert [(n["value"], n["noun"]) for n in claim["counts"]] == [(17, None)]
    assert all(c["counts"] is None for c in read("Germany sold 40 lathes to Russia, 17 per cent of all.", parser=None))


@needs_parser
def test_two_words_of_one_proposition_are_told_once() -> None:
    assert len(read("Last year 70 Chinese exporters sold 26 types of drones to Russia.")) == 1
