"""Text and code together: agreement raises, contradiction lowers, and the reason stands in the evidence."""

import re
from pathlib import Path

import pytest

from enduse.goods import classify
from enduse.goods.codes import Codes, digits
from enduse.goods.controls import controls, dates, facts, period_of
from enduse.goods.watch import Family, Heading, Profile


def row(text, hs="", **more):
    return classify([text], [hs], **more).to_pylist()[0]


def test_order_of_confidence():
    both = row("quadcopter DJI Mavic 3", "88062210")["confidence"]
    named = row("quadcopter DJI Mavic 3")["confidence"]
    code = row("", "88062210")["confidence"]
    word = row("quadcopter with remote")["confidence"]
    other = row("glazed ceramic tiles", "88062210")["confidence"]
    assert both > 0.97 >= named >= 0.9 > code >= 0.85 > word > 0.5 > other > 0.2


def test_a_drone_under_another_code_is_still_a_drone_and_says_why():
    found = row("quadcopter drone", "73181500")
    assert found["family"] == "drone"
    assert 0.5 <= found["confidence"] < 0.8
    assert "note=the code is of other goods" in found["evidence"]


def test_a_word_far_from_its_trade_counts_less():
    assert row("drone pattern fabric", "52081100")["confidence"] < 0.5
    assert row("drone design cushion", "63049200")["family"] == ""


@pytest.mark.parametrize("hs", ["85258019", "88021100", "95030075"])
def test_codes_of_before_2022_support_a_text_and_say_nothing_alone(hs):
    assert row("DJI Phantom 4 quadcopter", hs)["confidence"] >= 0.95
    assert row("photographic goods", hs)["family"] == ""


def test_parts_and_wholes_under_each_others_code():
    assert row("propellers for quadcopter", "88073000")["confidence"] >= 0.95
    assert row("propellers for quadcopter", "88062210")["family"] == "drone_part"
    whole = row("DJI Mavic 3", "88073000")
    assert whole["family"] == "drone"
    assert whole["confidence"] < 0.8


def test_a_code_of_all_aircraft_parts_is_only_a_broad_hint():
    found = row("spare parts", "88073000")
    assert (found["family"], found["vague"]) == ("drone_part", 1)
    assert found["confidence"] <= 0.3
    assert row("landing gear for Boeing 737", "88073000")["family"] == ""


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("8806.22.00 00", "8806220000"),
        ("88062", "88062"),
        ("nan", ""),
        ("", ""),
        ("8806,22", ""),
        ("88062210.0", "88062210"),
        ("8806-22", "880622"),
        ("8", ""),
        ("1" * 13, ""),
        ("٨٨٠٦", ""),
    ],
)
def test_digits_of_a_code(raw, clean):
    assert digits(raw) == clean


def test_hs6_is_the_declared_code_or_empty():
    table = classify(["x"] * 4, ["88062", "8806.22.00 00", "nan", None])
    assert table["hs6"].to_pylist() == ["", "880622", "", ""]


def test_a_code_that_is_not_of_the_revision_in_force():
    profile = Profile("p", "", (Family("f", headings=(Heading("8806", "own", ("H6",)),)),))
    assert Codes(profile).speaks("880622", "H6") == (("f", "own"),)
    assert Codes(profile).speaks("880622", "H5") == (("f", "other_revision"),)
    assert Codes(profile).speaks("880622", "") == (("f", "own"),)


def test_control_entries_by_code_and_date():
    assert controls("", "854231").startswith("CHP:1")
    assert "CHP:3.B" in controls("drone_part", "880730")
    china = [
        day
        for day in ("2023-08-31", "2023-09-01", "2024-08-31", "2024-09-01")
        if "CN:2023-28" in controls("drone", "880622", period_of(day), from_china=True).split(";")
    ]
    assert china == ["2023-09-01", "2024-08-31"]
    assert "CN:" not in controls("drone", "880622", period_of("2023-10-01"), from_china=False)
    assert "CHP:1" not in controls("chp", "854231", period_of("2023-05-18"))
    assert "CHP:1" in controls("chp", "854231", period_of("2023-05-19"))
    assert "EU:9A112" in controls("drone", "", spray=True)
    assert "EU:9A112" not in controls("drone", "")


def test_every_entry_says_which_facts_it_turns_on():
    for entry in {
        e
        for f, c in (("drone", "880622"), ("chp", "854231"), ("chp", "854129"))
        for e in controls(f, c, spray=True).split(";")
    }:
        assert "facts needed: " in facts()[entry]


def test_the_periods_in_sql_are_those_of_the_tables():
    sql = (Path(__file__).parents[2] / "src/enduse/goods/sql/goods.sql").read_text(encoding="utf-8")
    assert tuple(re.findall(r"date < CAST\('([0-9-]+)' AS DATE\)", sql)) == dates()


def test_priority_list_profile():
    listed, word, other = classify(
        ["integrated circuit, microcontroller", "ceramic capacitor MLCC", "cement"],
        ["854231", "", "2523"],
        watch="common-high-priority",
    ).to_pylist()
    assert (listed["family"], listed["confidence"] >= 0.95) == ("chp", True)
    assert "CHP:1" in listed["controls"].split(";")
    assert word["family"] == "chp"
    assert 0.5 <= word["confidence"] < 0.9
    assert "CHP:2" in word["controls"].split(";")
    assert other["family"] == ""


@pytest.mark.parametrize(
    ("kg", "quantity", "note"),
    [
        ("30", "2", "unit_kg=15.000 outside 880622"),
        ("1.8", "2", ""),
        ("1.8", "0", "note=weight for a piece not tested, quantity not above zero"),
        (None, 2, ""),
        ("nan", "2", "weight not above zero"),
        ("abc", "x", "weight and quantity not above zero"),
        ("-3", "1", "weight not above zero"),
        ("0,02", "1", "unit_kg=0.020 outside 880622"),
    ],
)
def test_weight_a_piece_against_the_subheading(kg, quantity, note):
    found = row("quadcopter", "88062210", kg=[kg], quantity=[quantity])["evidence"]
    assert found.endswith(note)
    assert ("unit_kg=" in found) == note.startswith("unit_kg=")
