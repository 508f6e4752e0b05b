"""Names in every script come to the same words; what tells firms apart stays."""

from __future__ import annotations

import pytest

from enduse.parties.kinds import declared_kind
from enduse.parties.name import kind_of, parse
from enduse.parties.text import fold, repair, romanise


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ООО «Полярная Сова»", "Polyarnaya Sova LLC"),
        ("АО «Завод Тестоград»", "TESTOGRAD PLANT JSC"),
        ("深圳市嘉禾蓝电子科技有限公司", "Shenzhen Jiahelan Electronic Technology Co., Ltd."),
        ("Mavi Kule Dış Ticaret Limited Şirketi", "MAVI KULE DIS TICARET LTD. STI."),
        ("Công ty TNHH Minh Khang Việt", "CONG TY TNHH MINH KHANG VIET"),
        ("O.O.O. Zvezdograd", "ЗВЕЗДОГРАД ООО"),
        ("Научно-исследовательский институт «Тест»", "Scientific Research Institute Test"),
        ("Radiozavod Kedrov", "Радиозавод Кедров"),
        ("GOODWILL BLUE GMBH", "Goodwill Blue"),
    ],
)
def test_spellings_of_one_firm_have_one_key(left: str, right: str) -> None:
    assert parse(left).key == parse(right).key


@pytest.mark.parametrize(
    ("left", "right"), [("Plant No. 5", "Plant No. 6"), ("Завод № 5", "Завод № 6"), ("Kedr II Ltd", "Kedr III Ltd")]
)
def test_numbers_tell_plants_apart(left: str, right: str) -> None:
    assert parse(left).numbers != parse(right).numbers
    assert parse(left).key != parse(right).key


@pytest.mark.parametrize("spelling", ["Shcherbakov", "Ščerbakov", "Sherbakov", "Щербаков"])
def test_romanisations_fold_together(spelling: str) -> None:
    assert fold(romanise(spelling.casefold())) == fold("shcherbakov")


def test_letters_of_another_script_are_mended() -> None:
    assert repair("ветeр") == "ветер"  # a Latin e inside a Russian word
    assert repair("оoo") in ("ооо", "ooo")
    assert repair("Ωmega".casefold()) == "ωmega"  # no double: left as it is


@pytest.mark.parametrize(
    "name",
    [
        "TO ORDER",
        "To the order of Example Bank",
        "UNKNOWN",
        "N/A",
        "NULL",
        "same as consignee",
        "---",
        "не указано",
        "123",
    ],
)
def test_nobody_is_unnamed(name: str) -> None:
    assert declared_kind(name) == "unnamed"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Example Bank", "organization"),
        ("Тестов Иван Сергеевич", "person"),
        ("ИП Тестов И.С.", "person"),
        ("ООО Иван", "organization"),
        ("Order Logistics Ltd", "organization"),
    ],
)
def test_kind_of_a_declared_name(name: str, kind: str) -> None:
    assert declared_kind(name) == kind


def test_schemas_and_unknown_kinds() -> None:
    assert [kind_of(k) for k in ("Person", "PublicBody", "Vessel", "Company", "Security", None)] == [
        "person",
        "organization",
        "vessel",
        "organization",
        "organization",
        "organization",
    ]


def test_persons_and_vessels_have_their_own_words() -> None:
    assert parse("Dr. Petrov I.S.", "person").words == ("petrov", "i", "s")
    assert parse("M/V AURORA 2", "vessel").key == parse("MV Aurora II", "vessel").key


def test_a_name_spelled_letter_by_letter_is_the_word():
    assert parse("R A K CERAMICS P J S C").key == parse("RAK CERAMICS PJSC").key
