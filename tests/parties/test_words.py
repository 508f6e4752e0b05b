"""Laws by which words answer each other: sound, kinship of languages, adjectives, acronyms, legal forms, translations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.parties.acronym import any_order, letter_classes, shortened
from enduse.parties.align import align
from enduse.parties.canonical import canonical, number
from enduse.parties.legal import LegalForms
from enduse.parties.lexicon import lexicon
from enduse.parties.name import parse
from enduse.parties.sound import classes, derived, kin, slavic, transcribed
from enduse.parties.text import fold, romanise, split
from enduse.parties.words import ABJAD, NONE, PERSON, PINYIN, similarity

latin = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


@given(latin, latin, st.sampled_from([NONE, PINYIN, ABJAD, PERSON, ABJAD + PERSON]))
def test_similarity_is_symmetric_bounded_and_one_for_equal_words(a: str, b: str, mode: int) -> None:
    assert similarity(a, b, mode) == similarity(b, a, mode)
    assert 0.0 <= similarity(a, b, mode)[0] <= 1.0
    assert similarity(a, a, mode) == (1.0, "equal")


@pytest.mark.parametrize(("latin_word", "pinyin"), [("kedrovik", "kedeluoweike"), ("testoff", "taisituofu")])
def test_transcriptions_into_chinese_sound_alike(latin_word: str, pinyin: str) -> None:
    assert transcribed(pinyin, latin_word) >= 0.7
    assert transcribed(pinyin, "marmalade") < 0.6
    assert classes(latin_word)


def test_east_slavic_forms_of_a_name_are_kin() -> None:
    belarusian, russian = fold(romanise("каранькоў")), fold("korenkov")
    assert slavic(belarusian) == slavic(russian)
    assert kin(belarusian, russian) >= 0.9
    assert similarity(fold("yauhen"), fold("evgeny"), PERSON)[1] == "kin"
    assert kin(fold("zaharov"), fold("lavrov")) < 0.9


@pytest.mark.parametrize(
    ("noun", "adjective", "same"),
    [("testogradsk", "testogradski", True), ("tuapse", "tuapsinski", True), ("kedrov", "tuapsinski", False)],
)
def test_adjectives_of_places_are_derived(noun: str, adjective: str, same: bool) -> None:
    assert derived(noun, adjective) is same
    assert derived(adjective, noun) is same


def test_acronyms_take_initials_in_order_and_leave_few_out() -> None:
    initials = ["m", "kt", "s"]
    assert shortened("mks", initials, [False] * 3) is not None
    assert shortened("smk", initials, [False] * 3) is None
    found = shortened("ms", initials, [False] * 3)
    assert found is not None
    assert found.skipped == 1
    assert shortened("ms", initials, [False, True, False]).skipped == 0  # type: ignore[union-attr]
    assert any_order("smkt", ["m", "k", "s", "t"]) is not None
    assert any_order("smkq", ["m", "t", "s", "t"]) is None
    assert letter_classes("ckz") == "kks"


@pytest.mark.parametrize(
    ("short", "long", "found"),
    [
        ("АО ТКМЗ", "JSC Testograd Kedrov Machine Building Plant", True),
        ("ТКМЗ", "ООО «Тестоградский кедровый механический завод»", True),
        ("QXWV", "JSC Testograd Kedrov Machine Building Plant", False),
        ("TK", "Testograd Kedrovik Holding", False),  # two letters say nothing by themselves
    ],
)
def test_an_acronym_answers_the_words_of_the_other_name(short: str, long: str, found: bool) -> None:
    assert align(parse(short), parse(long)).acronym is found


@pytest.mark.parametrize(
    ("name", "words", "form"),
    [
        ("Tovarystvo z obmezhenoiu vidpovidalnistiu Kedrovik", ["kedrovik"], "llc"),
        ("OTKRYTOYE AKTSIONERNOYE OBSCHESTVO Kedrovik", ["kedrovik"], "jsc"),
        ("Общество c ограниченной ответственностью «Кедровик»", ["кедровик"], "llc"),  # a Latin c
        ("RT Kedrovik", ["rt", "kedrovik"], ""),  # Rt. ends Hungarian names, it begins none
        ("Kedrovik Rt", ["kedrovik"], "jsc"),
    ],
)
def test_legal_forms_in_any_spelling(name: str, words: list[str], form: str) -> None:
    left, found = LegalForms().strip(split(name))
    assert left == words
    assert (form in found) is bool(form)


@pytest.mark.parametrize(
    ("word", "value"), [("5", "5"), ("007", "7"), ("10th", "10"), ("пятый", "5"), ("пятых", None), ("plant", None)]
)
def test_numbers_are_read(word: str, value: str | None) -> None:
    assert number(word) == value


def test_number_words_join_and_chinese_ordinals_count() -> None:
    assert [t.word for t in canonical(["brigade", "forty", "four"], "organization")[0]] == ["brigade", "44"]
    assert "5" in parse("第五研究院").numbers


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Гиперзвуковой", "hypersonic"),
        ("бронетанковый", "armoured"),
        ("红", "red"),
        ("卫星", "satellite"),
        ("صنایع", "industry"),
    ],
)
def test_words_of_trade_are_translated(left: str, right: str) -> None:
    known = lexicon()
    theirs = set(known.concepts(right) or (right,))
    if len(left) == 1:
        assert theirs & known.gloss[left]
    else:
        assert set(parse(left).words) & theirs


def test_chinese_signs_are_glossed_and_transcribed() -> None:
    glossed = align(parse("红猫控股公司"), parse("Red Cat Holdings"))
    assert {p.how for p in glossed.pairs} == {"equal", "gloss"}
    assert not glossed.left
    assert not glossed.right
    spoken = align(parse("克德罗维克公司"), parse("Kedrovik Corporation"))
    assert [p.how for p in spoken.pairs] == ["sound"]


@given(st.lists(latin, min_size=1, max_size=6), st.lists(latin, min_size=1, max_size=6))
def test_alignment_mirrors(a: list[str], b: list[str]) -> None:
    left, right = parse(" ".join(a)), parse(" ".join(b))
    there = align(left, right)
    assert there.mirrored().mirrored() == there
    assert sum(p.weight for p in there.pairs) == pytest.approx(sum(p.weight for p in there.mirrored().pairs))
