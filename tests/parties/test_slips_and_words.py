"""What a word list, a romanisation or a slip of the keyboard must not do to a name."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from enduse.parties.build import evidence
from enduse.parties.features import slipped
from enduse.parties.name import Kind, parse
from enduse.parties.score import probabilities, score
from enduse.parties.words import PERSON, similarity


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("kedrovik works", "kedrovak works", True),  # another letter
        ("kedrovik works", "kedovik works", True),  # one left out
        ("works kedrovik", "works kedrovikk", True),  # one added at the end
        ("garli works", "narli works", False),  # a short word may be another word
        ("kedrovik works", "kedrovik work s", False),  # a space is no letter
        ("plant 123456", "plant 123457", False),  # nor is a figure
        ("kedrovik works", "kedravak works", False),  # two letters
        ("kedrovik", "kedrovik", False),
        ("", "", False),
    ],
)
def test_one_letter_of_a_long_word(left: str, right: str, same: bool) -> None:
    assert slipped(left, right) is same
    assert slipped(right, left) is same


def _p(left: str, right: str, kind: Kind = "organization") -> float:
    one = score(parse(left, kind), parse(right, kind), kind).probability
    assert probabilities([parse(left, kind)], [parse(right, kind)], kind) == [one]
    return one


def test_a_slip_that_a_word_list_hides_is_seen() -> None:
    """`microsoft` is cut into micro and software; one wrong letter makes it a word of its own."""
    assert _p("Macrosoft Kedrov", "Microsoft Kedrov") >= 0.5
    assert "one letter" in score(parse("Macrosoft"), parse("Microsoft"), "organization").reasons


def test_an_upper_bound_holds_with_slips() -> None:
    left, right = parse("Macrosoft Corporation"), parse("Microsoft Corporation")
    exact = score(left, right, "organization").probability
    assert score(left, right, "organization", least=0.5).probability == exact


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Kedrovik Public Company Limited", "KEDROVIK PUBLIC COMPANY LTD"),
        ("Kedrovik Private Limited Company", "Kedrovik Pvt Ltd Co"),
        ("Narvolin Electric Company (NEC)", "Narvolin Electric Company"),
        ("Tulvar Aircraft Manufacturing Company (TAMCO)", "TULVAR AIRCRAFT MANUFACTURING COMPANY"),
        ("Sherkat-e Sanaye Tulvar", "Tulvar Industries Company"),
        ("Shenzhen Lanhe Dianzi Maoyi Youxian Gongsi", "Shenzhen Lanhe Electronic Trading Co., Ltd."),
    ],
)
def test_spellings_of_one_firm_are_one(left: str, right: str) -> None:
    assert _p(left, right) >= 0.85


def test_a_russian_ending_makes_no_latin_word_another_word() -> None:
    """Romanised endings of short Russian words took Cosco for a cat and Chase for a watch."""
    assert parse("Cosco").words == ("kosko",)
    assert not parse("Chase").known[0]
    assert parse("Zavodom Tulvar").words[0] == parse("Plant").words[0]


def test_a_number_on_one_side_only() -> None:
    assert _p("Kedrovik Global Solutions", "Kedrovik Global Solutions II") < 0.5
    assert _p("Kedrovik Fund", "Kedrovik Fund I") >= 0.5


@pytest.mark.parametrize("short", ["J. Tulvarin", "J.-C. Tulvarin", "JC Tulvarin"])
def test_initials_of_any_letter(short: str) -> None:
    """Folding takes the J off Jean; an initial is compared with the letter as written."""
    assert _p(short, "Jean-Claude Tulvarin", "person") >= 0.5


def test_an_initial_stands_for_no_other_name() -> None:
    assert _p("Hans O Tulvarin", "Hans Joachim Tulvarin", "person") < 0.5


def test_a_son_is_not_his_father() -> None:
    assert similarity("oleksandr", "oleksandrovic", PERSON)[0] == 0.0
    assert _p("Oleksandr Tulvarin", "Volodymyr Oleksandrovych Tulvarin", "person") < 0.5


def test_figures_in_the_place_of_letters() -> None:
    assert parse("I9or Tulvar1n", "person").words == parse("Igor Tulvarin", "person").words
    assert parse("Unit 54", "person").words[-1] == "54"


def test_vowel_signs_belong_to_the_word() -> None:
    assert len(parse("नरेन्द्र तुल्वर").words) == 2
    assert len(parse("ប៉ុល ទុលវ៉ារ").words) == 2
    assert parse("شَرِكَة تولفار").words == parse("شركة تولفار").words


def test_rows_of_a_list_are_parties_of_their_own(tmp_path: Path) -> None:
    """The EU journal's record numbers start again in every annex: two rows of one number are no names of one party."""
    with gzip.open(tmp_path / "ofac_sdn_2024-05-03.csv.gz", "wt") as file:
        csv.writer(file).writerow(["1", "KEDROVIK", "-0-"])
    with gzip.open(tmp_path / "ofac_alt_2026-08-02.csv.gz", "wt") as file:
        csv.writer(file).writerow(["1", "1", "aka", "KEDROVIK TRADING", "-0-"])
    with gzip.open(tmp_path / "eu_journal_consolidated_2026-08.csv.gz", "wt") as file:
        out = csv.writer(file)
        out.writerow(["celex", "recordId", "schema", "name", "alias"])
        out.writerow(["32014R0000", "1", "LegalEntity", "Tulvar", "Tulvar Works;TW"])
        out.writerow(["32014R0000", "1", "Person", "Anna Testova", ""])
    rows = evidence.single_listings(tmp_path)
    assert [(r.list, r.kind, r.names) for r in rows] == [
        ("ofac", "organization", ("KEDROVIK", "KEDROVIK TRADING")),
        ("32014R0000", "organization", ("Tulvar", "Tulvar Works", "TW")),
        ("32014R0000", "person", ("Anna Testova",)),
    ]
    assert len({r.entity for r in rows[1:]}) == 1  # one side of the split
