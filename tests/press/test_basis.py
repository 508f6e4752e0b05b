"""What figures rest on, said after them; and whose ministry speaks."""

import datetime as dt

import pytest

from enduse import press

REF = dt.date(2024, 6, 14)


def read(text):
    return [r for r in press.extract([("d", text)], ref_date=REF) if r["record"] == "claim"]


@pytest.mark.parametrize(
    "after",
    [
        "The figures are taken from customs records.",
        "These numbers come from customs records obtained by Le Monde.",
        "All the figures were compiled from customs records.",
        "This is shown by customs records.",
    ],
)
def test_records_named_after_the_figures_reach_back(after):
    claims = read(
        f"Turkey shipped 400 drones to Serbia in May. Turkey sold engines worth $12 million to Serbia. {after}"
    )
    assert len(claims) == 2
    for c in claims:
        assert (c["stance"], c["root"]) == ("documented", "customs records")
        assert c["attribution"][-1]["explicit"] is False
    assert len({c["independent_root_key"] for c in claims}) == 1


def test_the_data_without_an_antecedent_are_those_of_the_figures():
    first, second = read(
        "Turkey exported 3,000 bearings to Russia. According to the data, Georgia sold 40 engines to Russia."
    )
    assert (first["stance"], first["attribution"][-1]["explicit"]) == ("documented", False)
    assert second["attribution"][-1]["explicit"] is True


@pytest.mark.parametrize(
    "after",
    [
        "The minister said that the figures are wrong.",
        "The figures are higher than those in customs records.",
        "Customs records for June are not yet out.",
    ],
)
def test_other_talk_of_figures_gives_no_root(after):
    first = read(f"Turkey shipped 400 drones to Serbia in May. {after}")[0]
    assert first["stance"] == "outlet_asserted"


def test_a_denial_and_an_earlier_paragraph_keep_their_root():
    claims = read(
        "Turkey shipped 400 drones to Serbia in May.\n\nIran sold 20 engines to Syria.\n\n"
        "Kenya bought 30 trucks from India. The figures are taken from customs records."
    )
    assert [c["stance"] for c in claims] == ["outlet_asserted", "outlet_asserted", "documented"]


def test_the_ministry_has_the_state_named_with_it_anywhere():
    told, _ = read(
        "Denmark has donated 19 howitzers to Ukraine, the Ministry of Defence said.\n\n"
        "The Danish ministry denied reports that Denmark had delivered tanks to Ukraine."
    )
    assert told["stance"] == "party_confirmed"


def test_a_statement_without_masthead_is_the_partys_own_word():
    body = "Warsaw, 12 February 2024\n\nPoland has delivered 300 tanks to Ukraine.\n\nThe Polish ministry thanks all."
    assert read(f"Statement on deliveries\n\n{body}")[0]["stance"] == "party_confirmed"
    assert read(f"Tanks on the move\n\n{body}")[0]["stance"] == "outlet_asserted"
