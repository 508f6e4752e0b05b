"""The scorer: symmetric, blind to case, punctuation and legal form, with reasons for and against."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.parties import compare
from enduse.parties.name import Kind, parse
from enduse.parties.score import score

WORDS = (
    "Zvezdograd",
    "Kedrovik",
    "Полянин",
    "Ласточкин",
    "蓝海",
    "Mavikule",
    "Trading",
    "Завод",
    "Electronics",
    "5",
    "7",
    "Nord",
    "Testov",
    "Anna",
    "Çınar",
)
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
kinds = st.sampled_from(["organization", "person", "vessel"])


@given(names, names, kinds)
@settings(max_examples=150, deadline=None)
def test_score_is_symmetric_and_a_probability(a: str, b: str, kind: Kind) -> None:
    one, other = score(parse(a, kind), parse(b, kind), kind), score(parse(b, kind), parse(a, kind), kind)
    assert one.probability == other.probability
    assert len(one.reasons) == len(other.reasons)
    assert 0.0 <= one.probability <= 1.0


@given(names, names, st.sampled_from([" LLC", ", Ltd.", " GmbH", ""]), st.booleans())
@settings(max_examples=100, deadline=None)
def test_case_and_punctuation_do_not_matter(a: str, b: str, form: str, upper: bool) -> None:
    plain = score(parse(a + form), parse(b), "organization").probability
    dressed = (a.upper() if upper else a.casefold()) + form.upper()
    assert score(parse(f'"{dressed}" '), parse(b), "organization").probability == plain


@given(names)
@settings(max_examples=60, deadline=None)
def test_a_legal_form_more_or_less_keeps_one_firm(a: str) -> None:
    bare = parse(a)
    for form in ("LLC", "JSC", "Co., Ltd."):
        assert parse(f"{a} {form}").key == bare.key


@pytest.mark.parametrize(
    ("left", "right", "kind", "same"),
    [
        ("Zvezdograd Optika LLC", "ООО «Звездоград Оптика»", "Company", 1),
        ("Zvezdograd Optika LLC", "Kedrovik Optika LLC", "Company", 0),
        ("Plant No. 5 Kedrovik", "Plant No. 6 Kedrovik", "Company", 0),
        ("Testov, Ivan", "Ivan Sergeevich Testov", "Person", 1),
        ("Anna Testova", "Boris Testova", "Person", 0),
        ("MV KEDROVIK", "Kedrovik", "Vessel", 1),
        ("Kedrovik 1", "Kedrovik 2", "Vessel", 0),
    ],
)
def test_compare_decides(left: str, right: str, kind: str, same: int) -> None:
    got = compare([left], [right], [kind]).to_pylist()[0]
    assert got["same"] == same, got
    assert got["reasons"]


def test_identifiers_decide_and_countries_tilt() -> None:
    from dataclasses import replace

    a, b = parse("Kedrovik Optika"), parse("Kedrovik Optics Trading")
    base = score(a, b, "organization").probability
    same = score(
        replace(a, identifiers=frozenset({"INN:7712345678"})),
        replace(b, identifiers=frozenset({"INN:7712345678"})),
        "organization",
    )
    other = score(
        replace(a, identifiers=frozenset({"INN:7712345678"})),
        replace(b, identifiers=frozenset({"INN:7812345678"})),
        "organization",
    )
    assert same.probability > base > other.probability
    assert "same identifier" in same.reasons
    assert "identifiers differ" in other.reasons
    near, far = replace(a, country="RU"), replace(b, country="CN")
    assert (
        score(near, replace(b, country="RU"), "organization").probability
        > base
        > score(near, far, "organization").probability
    )


def test_common_words_alone_are_no_proof() -> None:
    assert (
        score(parse("International Trading Company"), parse("International Trading Group"), "organization").probability
        < 0.92
    )


def test_compare_takes_empty_names() -> None:
    assert compare(["", None], ["Kedrovik", ""]).column("score").to_pylist() == [0.0, 0.0]
