"""A declared code of an older HS revision against lists that are written in today's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.goods.answer import Case, Reader
from enduse.goods.codes import WRITTEN, followed
from enduse.goods.watch import load
from enduse.reference import hs


def _row(profile, code, revision, text="PARTS"):
    return Reader(load(profile), [text]).answer(Case(0, 0, code, revision))


def test_telephone_parts_of_2017_are_two_codes_today():
    assert followed("851770", "H5") == ("851771", "851779")


@pytest.mark.parametrize(
    ("code", "revision"), [("851770", "H6"), ("851770", ""), ("851770", "H9"), ("8517", "H5"), ("999999", "H5")]
)
def test_not_followed_without_a_revision_or_a_code_of_it(code, revision):
    assert followed(code, revision) == ()


@given(st.sampled_from([r for r in hs.REVISIONS if r != WRITTEN]), st.data())
def test_answers_are_codes_of_today_and_never_the_declared_one(revision, data):
    code = data.draw(st.sampled_from(sorted(hs.codes(revision))))
    found = followed(code, revision)
    assert set(found) <= hs.codes(WRITTEN)
    assert code not in found


def test_one_of_two_codes_on_the_list_is_an_open_answer():
    row = _row("common-high-priority", "852580", "H5")
    assert row.family == "chp"
    assert row.confidence < 0.5
    assert "note=a code of HS 2017: 852581, 852582, 852583, 852589 in HS 2022" in row.evidence
    assert "CHP:" in row.controls


def test_the_same_digits_of_today_are_on_no_list():
    assert _row("common-high-priority", "852580", "H6").family == ""


def test_a_code_that_did_not_change_is_listed_in_either_revision():
    assert (
        _row("common-high-priority", "854231", "H5").confidence
        == _row("common-high-priority", "854231", "H6").confidence
    )


def test_words_decide_where_the_code_is_one_of_several():
    assert _row("civil-drones", "852580", "H5").family == ""
    assert _row("civil-drones", "852580", "H5", "Quadcopter with camera").family == "drone"
