"""Mentions of one root share a key in an article, and two that may be two never do."""

import datetime as dt

import pytest

from enduse import press
from enduse.press.bodies import body_of
from enduse.press.speakers import Source

REF = dt.date(2024, 5, 15)


def keys(text, outlet="Example Post"):
    found = press.extract([("x", text)], ref_date=REF, outlets={"x": outlet})
    return [c["independent_root_key"] for c in found if c["record"] == "claim"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("two people familiar with the trade said", "one of the people said"),
        ("leaked invoices show", "the invoices show"),
        ("contracts and invoices obtained by this newspaper show", "according to the documents"),
        ("Turkish customs records show", "the records show"),
        ("a spokesman for Ukraine's military intelligence agency (GUR) said", "GUR representative Andrii Bondar said"),
        ("Turkey's trade ministry said", "a spokesperson for the trade ministry in Ankara said"),
    ],
)
def test_one_root_told_twice_is_one(first, then):
    text = f"Serbia sold 40 drones to Sudan, {first}. Serbia sold 12 radars to Kenya, {then}."
    assert len(set(keys(text))) == 1


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("two people familiar with the trade said", "another person said"),
        ("Turkish customs records show", "Chinese customs records show"),
        ("leaked invoices show", "official figures show"),
        ("a Ukrainian official said", "an American official said"),
        ("Turkey's trade ministry said", "Turkey's defence ministry said"),
        ("Western intelligence officials said", "South Korea's intelligence agency said"),
    ],
)
def test_two_roots_stay_two(first, then):
    text = f"Serbia sold 40 drones to Sudan, {first}. Serbia sold 12 radars to Kenya, {then}."
    assert len(set(keys(text))) == 2


def test_unnamed_sources_of_two_outlets_are_never_one():
    text = "Serbia sold 40 drones to Sudan, two people familiar with the trade said."
    assert keys(text, "Example Post") != keys(text, "Other Gazette")


def test_what_is_said_by_nobody_is_neither_the_outlets_word_nor_a_sources():
    own, said = keys("Serbia sold 40 drones to Sudan. Serbia is said to be in talks with Kenya about 12 radars.")
    assert own == "outlet:example-post"
    assert said == "anonymous:nobody@example-post"


def test_the_government_of_no_state_is_no_root_of_two_articles():
    text = "The firm shipped 40 engines to Sudan, the government said."
    assert all("@" in k for k in keys(text))
    assert keys(text, "Example Post") != keys(text, "Other Gazette")


@pytest.mark.parametrize(
    ("name", "kind", "country", "body"),
    [
        ("Bosnia's Ministry of Foreign Trade", "government", "Bosnia", ("Bosnia", "trade")),
        ("Tehran", "government", "Iran", ("Iran", "")),
        ("Kremlin spokesman", "official", "Russia", ("Russia", "presidency")),
        ("spy chiefs", "official", None, (None, "intelligence")),
        ("two intelligence officials", "official", "Israel", None),
        ("Foreign Minister Anna Novak", "official", "Poland", None),
        ("State Bank of Pakistan", "government", "Pakistan", None),
        ("three dealers", "anonymous", None, None),
    ],
)
def test_bodies(name, kind, country, body):
    named = kind == "official" and name[-5:] == "Novak"
    assert body_of(Source(name, kind, "said", country=country, unnamed=kind == "official" and not named)) == body
