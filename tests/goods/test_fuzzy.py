"""Brands and models misspelt or written by ear; words that only sound like them."""

import re

import pytest

from enduse.goods import classify
from enduse.goods.fold import fold
from enduse.goods.fuzzy import Repair, skeleton


@pytest.mark.parametrize(
    ("text", "brand", "model"),
    [
        ("drone Yunnec Typhoon H", "Yuneec", "Typhoon H"),
        ("квадрокоптер Скайдио X2D", "Skydio", "X2D"),
        ("дрон Фримикс DJI Мавик 3 Классик", "DJI", "Mavic 3 Classic"),
        ("unmanned aircraft Parot Bluegrass", "Parrot", "Bluegrass"),
        ("无人机 Hubsna Zino Mini Pro", "Hubsan", "Zino Mini Pro"),
        ("квадрокоптер Хабсан Зино 2", "Hubsan", "Zino 2"),
        ("dron Alkair Aerial AA108", "Altair Aerial", "AA108"),
        ("drone FIMIX8 SE", "FIMI", "X8 SE"),
        ("drone DJIMavic3Pro", "DJI", "Mavic 3 Pro"),
    ],
)
def test_read_as_what_was_meant(text, brand, model):
    row = classify([text]).to_pylist()[0]
    assert (row["family"], row["brand"], row["model"]) == ("drone", brand, model)
    for a, b, words in re.findall(r"description\[(\d+):(\d+)\]=([^;]*)", row["evidence"]):
        assert text[int(a) : int(b)] == words


def test_what_was_heard_is_said():
    assert "note=read yunnec as yuneec" in classify(["drone Yunnec Typhoon H"])["evidence"][0].as_py()


@pytest.mark.parametrize(
    "text",
    ["drone with visual sensor", "дрон, модель", "drone propeller guard set", "intelligent drone", "drone simple"],
)
def test_words_that_only_sound_alike(text):
    assert classify([text])["brand"].to_pylist() == [""]


def test_skeletons_hear_scripts_alike():
    assert skeleton(fold("скайдио")) == skeleton("skaidio")
    assert skeleton("phantom") == skeleton("fantom") == skeleton("фантом")
    assert skeleton("matrice") == skeleton("матрике")


def test_spans_lead_back_through_a_repair():
    #  "drone yunec h5" -> "drone yuneec h5"
    fixed = Repair("drone yuneec h5", ((6, 12, 5),), (("yunec", "yuneec"),))
    assert fixed.back(0, 5) == (0, 5)
    assert fixed.back(6, 12) == (6, 11)
    assert fixed.back(13, 15) == (12, 14)
    assert fixed.back(8, 15) == (6, 14)
