"""Folding keeps every place of the text traceable, and one spelling for what looks the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.goods.fold import fold, fold_all, locate

TRICKY = st.text(
    alphabet=st.sampled_from("Aa éÉßﬁ½㎏İıЁйМавиk3-—_\u200f\u202e\u00ad無大疆드론\x1e\n\t ;️🛩"), max_size=40
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Cuadricóptero", "cuadricoptero"),
        ("ＤＪＩ　Ｍａｖｉｃ", "dji mavic"),
        ("İHA Dört", "iha dort"),
        ("Mavic‑3_Pro", "mavic 3 pro"),
        ("d\u202erone\u200b", "drone"),
        ("М300 RTK", "m300 rtk"),  # the first letter is Cyrillic
        ("дрoн", "дрон"),  # the o is Latin
        ("МАVIС 3", "mavic 3"),
    ],
)
def test_one_spelling(text, folded):
    assert fold(text) == folded


@given(st.lists(TRICKY | st.text(max_size=30), max_size=8))
def test_many_at_once_is_the_same_as_one_by_one(texts):
    assert fold_all(texts) == [fold(t) for t in texts]


@given(TRICKY | st.text(max_size=60))
def test_every_place_of_the_folded_text_lies_in_the_text(text):
    folded = fold(text)
    for start in range(len(folded)):
        a, b = locate(text, folded, start, start + 1)
        assert 0 <= a < b <= len(text)


@given(TRICKY, st.sampled_from(["Mavic 3", "квадрокоптер", "无人机", "Cuadricóptero"]), TRICKY)
def test_a_word_is_located_where_it_stands(before, word, after):
    text = f"{before} {word} {after}"
    folded, wanted = fold(text), fold(word)
    places = [i for i in range(len(folded)) if folded.startswith(wanted, i)]
    found = [text[slice(*locate(text, folded, i, i + len(wanted)))] for i in places]
    assert any(fold(f) == wanted for f in found)
