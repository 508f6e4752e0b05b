"""Names as bad input writes them: each case has a named rule, none breaks the scorer."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.parties import compare
from enduse.parties.explain import explain
from enduse.parties.kinds import declared_kind, nobody
from enduse.parties.name import Kind, parse
from enduse.parties.score import probabilities, score
from enduse.terminal import compared_text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("---", "no letters"),
        ("12345", "no letters"),
        ("TO ORDER", "a placeholder"),
        ("N/A", "a placeholder"),
        ("UNKNOWN", "a placeholder"),
        ("не указано", "a placeholder"),
        ("TO THE ORDER OF TESTBANK", "to order"),
        ("ул. Кедровая, д. 5, офис 12", "an address"),
        ("12 Kedrov street, office 5, floor 2", "an address"),
        ("Testov Cad. No 12 Kat 3", "an address"),
        ("5th Avenue Trading LLC", ""),
        ("Kedrov Street Bakery", ""),
        ("Testbank", ""),
    ],
)
def test_texts_that_name_nobody(text: str, why: str) -> None:
    assert nobody(text) == why
    if why:
        assert declared_kind(text) == "unnamed"
        row = compare([text], [text]).to_pylist()[0]
        assert (row["score"], row["same"]) == (0.0, 0)
        assert "names no party" in row["reasons"]


def test_letters_of_two_scripts_in_one_word_are_mended() -> None:
    row = compare(["ЗВEЗДОГРАД"], ["Звездоград"]).to_pylist()[0]  # a Latin E
    assert row["same"] == 1


@pytest.mark.parametrize("unit", ["a", "word ", "слово ", "蓝海", "5 ", "A.B. "])
def test_a_text_of_four_thousand_letters_is_compared_quickly(unit: str) -> None:
    long = (unit * 4000)[:4000]
    start = time.process_time()
    row = compare([long], [long[:3990] + " Kedrovik"]).to_pylist()[0]
    assert 0.0 <= row["score"] <= 1.0
    assert time.process_time() - start < 5.0


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["organization", "person", "vessel"]))
@settings(max_examples=120, deadline=None)
def test_any_text_can_be_scored_and_explained(a: str, b: str, kind: Kind) -> None:
    one = score(parse(a, kind), parse(b, kind), kind)
    assert 0.0 <= one.probability <= 1.0
    assert explain(a, b, kind)
    (many,) = probabilities([parse(a, kind)], [parse(b, kind)], kind)
    assert many == one.probability


def test_batches_and_bounds_agree_with_single_scores() -> None:
    names = [parse(n) for n in ("Zvezdograd Optika LLC", "ООО «Звездоград Оптика»", "Kedrovik 5", "Kedrovik 6", "")]
    pairs = [(a, b) for a in names for b in names]
    single = [score(a, b, "organization").probability for a, b in pairs]
    assert probabilities([a for a, _ in pairs], [b for _, b in pairs], "organization") == single
    bounded = probabilities([a for a, _ in pairs], [b for _, b in pairs], "organization", least=0.5)
    for exact, bound in zip(single, bounded, strict=True):
        assert bound >= exact
        if exact >= 0.5:
            assert bound == exact


def test_a_pair_is_explained_word_by_word() -> None:
    row = compare(["ООО «Звездоград Оптика»"], ["Zvezdograd Optika Trading LLC"]).to_pylist()[0]
    text = compared_text("ООО «Звездоград Оптика»", "Zvezdograd Optika Trading LLC", row)
    for part in (
        "звездоград  zvezdograd",
        "only in B",
        "what would change the answer",
        "if B had no trading",
        "scorer fit",
    ):
        assert part in text
    numbers = "\n".join(explain("Plant No. 5 Kedrovik", "Plant No. 6 Kedrovik"))
    assert "different numbers" in numbers
    assert explain("TO ORDER", "Kedrovik") == ["A names no party (a placeholder): nothing to compare"]
