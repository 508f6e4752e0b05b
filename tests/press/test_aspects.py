"""The predicate that rules a word tells how far the deal is; a headline is held against the body."""

import datetime as dt

import pytest

from enduse import press
from enduse.press import parsing
from enduse.press.stages import LADDER

needs_parser = pytest.mark.skipif(not parsing.installed(), reason="spaCy and its small pipeline are not installed")


def read(text):
    found = press.extract(
        [("x", text)],
        ref_date=dt.date(2024, 5, 15),
        outlets={"x": "Example Post"},
        parser=parsing.PIPELINE if parsing.installed() else None,
    )
    return [c for c in found if c["record"] == "claim"]


@needs_parser
@pytest.mark.parametrize(
    ("then", "stage"),
    [
        ("Deliveries will run until 2030.", "planned"),
        ("Deliveries have already begun.", "in_progress"),
        ("Deliveries of the drones to Sudan have been halted.", "ceased"),
        ("Another contract with Sudan is being discussed.", "in_talks"),
        ("Deliveries of the drones to Sudan continue.", "in_progress"),
    ],
)
def test_the_ruling_predicate(then, stage):
    assert read(f"Turkey has agreed to sell 40 drones to Sudan. {then}")[-1]["stage"] == stage


@needs_parser
def test_a_participle_takes_the_time_of_its_main_verb():
    text = "The Serbian trader has become a source of lathes, shipping more than 70 machines to Russia since 2022."
    assert read(text)[-1]["stage"] == "delivered"


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Serbia sold lathes to Russia", "Serbia is in talks to sell 40 lathes to Russia, officials said."),
        ("Serbia sends Sudan drones", "Serbia plans to send 40 drones to Sudan in June."),
        ("Serbia delivers drones to Sudan", "Serbia may sell drones to Sudan, officials said."),
        ("Serbia sold drones to Sudan", "The government in Khartoum wants to buy 40 drones from Serbia."),
    ],
)
def test_a_headline_never_raises_a_stage(headline, body):
    claims = read(f"{headline}\n\n{body}\n")
    top = [c for c in claims if c["section"] == "headline"]
    told = [LADDER.index(c["stage"]) for c in claims if c["section"] == "body" and c["stage"] in LADDER]
    assert top
    assert told
    assert all(LADDER.index(c["stage"]) <= max(told) for c in top if c["stage"] in LADDER)


def test_a_headline_is_held_against_a_claim_that_names_one_of_its_parties():
    claims = read("Serbian firm sold lathes to Russia\n\nA firm in Serbia has exported 40 lathes, invoices show.\n")
    assert [c["stage"] for c in claims if c["section"] == "headline"] == ["delivered"]


@needs_parser
@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Serbia sent drones to Kenya for decades until the fall of its president.", "ceased"),
        ("Bolivia buys most of its drones from Serbia.", "in_progress"),
        ("Serbian exports of drones to Kenya fell sharply.", "in_progress"),
        ("Serbian exports of drones to Kenya fell to $12 million in 2023.", "delivered"),
        ("Serbia is close to a deal to sell 40 drones to Kenya.", "in_talks"),
        ("Shipments of drones from Serbia to Kenya were delayed until July.", "planned"),
    ],
)
def test_words_that_tell_how_far(text, stage):
    assert [c["stage"] for c in read(text)] == [stage]
