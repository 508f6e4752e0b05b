"""Forms of words that newsrooms use for supply: ellipsis, gaps, packages, questions, denials, amounts in words."""

import datetime as dt

import pytest

from enduse import press
from enduse.press import figures, goods
from enduse.press.text import plain

DAY = dt.date(2024, 6, 14)


def claims(text):
    return [r for r in press.extract([("a.txt", text)], ref_date=DAY) if r["record"] == "claim"]


def amounts(text):
    t = plain(text)
    return [(f.value, f.modifier) for f in figures.parse(t, taken=goods.designations(t)) if f.unit != "%"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It received a quarter of a million shells.", [(250_000, "=")]),
        ("It received half a million shells.", [(500_000, "=")]),
        ("Three out of four chips came by sea.", []),
        ("One in ten trucks ends up there.", []),
        ("It shipped six five-axis lathes.", [(6, "=")]),
        ("It sold three Ground Master 200 radars.", [(3, "=")]),
        ("It paid 14 million euros at most.", [(14_000_000, "<=")]),
        ("It offered them for as little as $110,000.", [(110_000, ">=")]),
        ("It cost CHF 955 million.", [(955_000_000, "=")]),
    ],
)
def test_amounts_in_words_shares_and_names(text, wanted):
    assert amounts(text) == wanted


def slots(c):
    figure = (c["quantity"] or {}).get("value") or (c["value"] or {}).get("amount")
    return c["supplier"], c["recipient"], figure, c["stage"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Peru bought five radars from Chile in 2018; three have been handed over and two more are expected by 2025.",
            [("Chile", "Peru", 5, "purchased"), ("Chile", "Peru", 3, "delivered"), ("Chile", "Peru", 2, "planned")],
        ),
        (
            "Russia supplied Mali with $406 million in weapons, China $267 million and India $51 million.",
            [
                ("Russia", "Mali", 406e6, "delivered"),
                ("China", "Mali", 267e6, "delivered"),
                ("India", "Mali", 51e6, "delivered"),
            ],
        ),
        (
            "Chile will supply Peru with weapons. The package includes 30 mortars.",
            [("Chile", "Peru", None, "planned"), ("Chile", "Peru", 30, "planned")],
        ),
        (
            "Chile's exports of lathes to Peru are growing. They hit $1.3bn in 2023, up from $362m in 2021.",
            [("Chile", "Peru", None, "in_progress"), ("Chile", "Peru", 1.3e9, "in_progress")],
        ),
        ("Chile sold 40 gyrocopters to Peru in May.", [("Chile", "Peru", 40, "delivered")]),
        ("In September Chile took delivery of two radars from Peru.", [("Peru", "Chile", 2, "delivered")]),
        ("Chile raised money to buy 300 shells for Peru.", [("Chile", "Peru", 300, "planned")]),
    ],
)
def test_what_carries_on_a_deal(text, wanted):
    assert [slots(c) for c in claims(text)] == wanted


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Did Chile sell Peru 400 missiles?", "hedged"),
        ("Peru bought 120 missiles from Chile, if a report in Le Monde is right.", "hedged"),
        ("No missile has been sold to Peru by Chile.", "denied"),
        ("Chile has never sold missiles to Peru.", "denied"),
        ("Chile said it was not selling missiles to Peru.", "denied"),
    ],
)
def test_questions_conditions_and_denials(text, stance):
    assert {c["stance"] for c in claims(text)} == {stance}


def test_who_denies_a_report_answers_what_was_reported():
    text = 'Chile sold 40 drones to Peru, Reuters reported.\n\n"The report is untrue," Chilean spokesperson Ana Rios told a briefing.'
    told, denied = claims(text)
    assert (told["stance"], denied["kind"], denied["supplier"], denied["recipient"]) == (
        "alleged",
        "denial",
        "Chile",
        "Peru",
    )


def test_a_ministry_without_its_state_is_that_of_the_dateline():
    (c,) = claims(
        "SEOUL, April 25 (Yonhap) -- South Korea sold Poland 72 launchers on Thursday, the defense ministry here said."
    )
    assert (c["supplier"], c["recipient"], c["stance"]) == ("South Korea", "Poland", "party_confirmed")


def test_what_could_not_be_established_is_no_claim():
    assert claims("It was unclear whether Chile had sold 40 drones to Peru.") == []
