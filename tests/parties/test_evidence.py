"""What may and may not make two names one: information, Chinese syllables, slips of the keyboard, quick search."""

from __future__ import annotations

import pytest

from enduse.parties.judgements import Judgements
from enduse.parties.name import parse
from enduse.parties.pinyin import from_palladius, syllables
from enduse.parties.resolve import Mention, resolve
from enduse.parties.score import exchanged, score


def probability(left: str, right: str, kind: str = "organization") -> float:
    return score(parse(left, kind), parse(right, kind), kind).probability  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("QA Trading", "B B Trading FZE"),
        ("K T International", "P L International Trading LLC"),
        ("Yiwu Lanmori Import and Export Co Ltd", "Yiwu Beshtan Import and Export Co Ltd"),
        ("Harbin Tiansong Import Export Co Ltd", "Harbin Tianzheng Import Export Co Ltd"),
        ("蓝禾峰进出口有限公司", "Vestomar Import and Export Co Ltd"),
    ],
)
def test_common_words_and_initials_alone_do_not_reach_review(left: str, right: str) -> None:
    assert probability(left, right) < 0.6


@pytest.mark.parametrize(("left", "right"), [("Testov", "Ivan Petrovich Testov"), ("A B C", "Anna Borisovna Chudova")])
def test_one_word_or_initials_are_no_person(left: str, right: str) -> None:
    assert probability(left, right, "person") < 0.6


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Zvezdograd Electronics LLC", "Zvedzograd Electronics LLC"),
        ("Shenzhen Jiahelan Trading Co Ltd", "Shenzhen Jiaehlan Trading Co., Ltd."),
        ("Kedrovik Industrial LLC", "Kedrovik Indsutrial LLC"),
        ("Kedrovik Foodstuff LLC", "Kedrovik Fodstuff LLC"),
    ],
)
def test_a_slip_of_the_keyboard_does_not_split_a_firm(left: str, right: str) -> None:
    assert probability(left, right) >= 0.92


def test_exchanged_letters_are_seen_in_long_words_only() -> None:
    assert exchanged("kedrovik plant", "kedrovki plant")
    assert not exchanged("abc plant", "acb plant")
    assert not exchanged("kedrovik 123456", "kedrovik 123465")
    assert not exchanged("kedrovik plant", "kedrovik plant")
    assert not exchanged("kedrovik plant", "kedrovkiplant ")


@pytest.mark.parametrize(
    ("russian", "pinyin"),
    [("шэньчжэнь", "shenzhen"), ("гуанчжоу", "guangzhou"), ("чанъань", "changan"), ("сюй", "xu"), ("завод", None)],
)
def test_palladius_is_read(russian: str, pinyin: str | None) -> None:
    assert from_palladius(russian) == pinyin


def test_syllables_need_a_whole_word_of_them() -> None:
    assert syllables("tangteng") == ("tang", "teng")
    assert syllables("kedrovik") is None


def test_a_chinese_firm_is_one_in_three_scripts() -> None:
    russian, latin = "Шэньчжэнь Цзяхэлань Трейдинг Ко., Лтд", "Shenzhen Jiahelan Trading Co., Ltd."
    assert probability(russian, latin) >= 0.92
    assert probability(russian, "深圳市嘉禾蓝贸易有限公司") >= 0.92
    parties = resolve([Mention(russian), Mention(latin), Mention("ООО Цзяхэ Мебель")], Judgements(), 0.92).parties
    assert sorted(len(p.given) for p in parties) == [1, 2]


def test_a_same_judgement_against_a_different_one_is_told() -> None:
    a, b, c = "Zvezdograd", "Kedrovik", "Mavikule"
    said: list[str] = []
    ruled = Judgements(same=((a, b), (b, c)), different=frozenset({(a, c)}))
    parties = resolve([Mention(n) for n in (a, b, c)], ruled, 0.92, say=said.append).parties
    assert len(parties) == 2
    assert len(said) == 1
    assert "Mavikule" in said[0]
