"""Parties weighed over an article: what the rules got wrong is mended by the other claims, what they got right stays."""

import datetime as dt
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse import press
from enduse.press import claims, lanes, parsing, seats
from enduse.press.parsing import Parser

pytestmark = pytest.mark.skipif(not parsing.installed(), reason="spaCy and its small pipeline are not installed")

TEXT = """Iran sent attack drones to Venezuela, officials say

CARACAS, Sept 9 - Iran has delivered nearly 40 attack drones to Venezuela since June, two officials said.

Iran shipped the first drones to Venezuela in June. A further 60 were due to be sent by sea before the end of the year, one official said.

Venezuela agreed last year to buy 100 drones from Iran. "The contract covers 100 aircraft and spare parts," he said.
"""


def before_weighing(text: str = TEXT) -> list[dict[str, Any]]:
    """Claims of a text as the rules and the parse leave them."""
    kept: list[list[dict[str, Any]]] = []

    def keep(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
        kept.append([dict(c) for c in made])
        return made

    claims.document("a", text, outlet=None, date=dt.date(2025, 9, 9), stated=None, parse=Parser(), weigh=keep)
    return [c for made in kept for c in made]


@cache
def read_once() -> list[dict[str, Any]]:
    """The claims of TEXT, read once for all examples; whoever changes one copies it."""
    return before_weighing()


def parties(made: list[dict[str, Any]]) -> list[tuple[str | None, str | None]]:
    return [(c["supplier"], c["recipient"]) for c in made]


def test_right_parties_stay() -> None:
    made = before_weighing()
    assert len(made) > 4
    assert parties(lanes.choose(made)) == [("Iran", "Venezuela")] * len(made)
    assert not any(lanes.WEIGHED in (c["cues"] or []) for c in made)


@pytest.mark.parametrize("wrong", [("Venezuela", None), (None, "Iran"), ("Venezuela", "Iran")])
def test_a_reversed_deal_is_mended_and_says_so(wrong: tuple[str | None, str | None]) -> None:
    made = before_weighing()
    at = next(i for i, c in enumerate(made) if c["sentence"].startswith("A further 60"))
    made[at]["supplier"], made[at]["recipient"] = wrong
    chosen = lanes.choose(made)
    assert (chosen[at]["supplier"], chosen[at]["recipient"]) == ("Iran", "Venezuela")
    assert lanes.WEIGHED in chosen[at]["cues"]


def test_a_found_claim_without_any_party_is_left_out() -> None:
    made = before_weighing("Some drones arrived.\n") or before_weighing()[:1]
    lone = {**made[0], "supplier": None, "recipient": None, "_found": True}
    lone["_place"] = seats.Place(0, (), {}, (None, None), lone["_place"].figures, None, None)
    assert lanes.choose([lone]) == []
    kept = {**lone, "supplier": "Iran"}
    assert lanes.choose([kept]) == [kept]


def test_claims_that_are_not_placed_are_not_touched() -> None:
    made = before_weighing()
    for c in made:
        c["_place"] = None
    told = parties(made)
    assert parties(lanes.choose(made)) == told


NAMES = st.sampled_from([None, "Iran", "Venezuela", "Russia", "Orvane Optics"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=6, max_size=6))
def test_whatever_the_rules_say_somebody_gives_or_gets_and_nobody_both(
    said: list[tuple[str | None, str | None]],
) -> None:
    made = [dict(c) for c in read_once()]
    for c, (supplier, recipient) in zip(made, said, strict=False):
        c["supplier"], c["recipient"] = supplier, recipient
    again = [dict(c) for c in made]
    chosen = lanes.choose(made)
    assert all((s or r) and s != r for s, r in parties(chosen))
    assert len(chosen) == len(made) or not any(name for pair in said for name in pair)
    assert parties(lanes.choose(again)) == parties(chosen)


def test_a_changed_claim_has_another_id_and_no_working_fields() -> None:
    plain = press.extract([("a", TEXT)], ref_date=dt.date(2025, 9, 9), parser="")
    read = press.extract([("a", TEXT)], ref_date=dt.date(2025, 9, 9), parser=parsing.PIPELINE)
    assert {c["id"] for c in read if c["record"] == "claim"} == {c["id"] for c in plain if c["record"] == "claim"}
    assert not any(k.startswith("_") for c in read for k in c)
    made = before_weighing()
    first = dict(made[0])
    assert first["id"] == made[0]["id"]
