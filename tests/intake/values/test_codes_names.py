"""Commodity codes as digits, ids before names, container numbers."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.intake.mapping.profile import container_number
from enduse.intake.values import codes, names


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("8513.104", "85131040"),
        ("8806.22.00 00", "8806220000"),
        ("101210000", "0101210000"),
        ("8806", "8806"),
        ("8806.22", "880622"),
        ("8806 22 000 0", "8806220000"),
        ("8451.0", "8451"),
        ("880622*", "880622"),
        ("'0101", "0101"),
        ("88-06", "8806"),
    ],
)
def test_codes_become_digits(text, digits):
    assert codes.hs(text) == digits


@pytest.mark.parametrize("text", ["", "abc", "0012", "8.8E+09", "8806,22", "12345678901234", "MAVIC 3", "00"])
def test_what_is_no_code_is_none(text):
    assert codes.hs(text) is None


@given(st.from_regex(r"\A[1-9][0-9]{9}\Z"))
def test_plain_codes_stay_what_they_are(digits):
    assert codes.hs(digits) == digits
    assert codes.hs(f"{digits[:4]}.{digits[4:6]}.{digits[6:8]}.{digits[8:]}") == digits


def test_revision_follows_the_date():
    days = [dt.date(y, 6, 1) for y in (1987, 1995, 2001, 2006, 2011, 2016, 2021, 2022)]
    assert [codes.revision(d) for d in days] == [None, "H0", "H1", "H2", "H3", "H4", "H5", "H6"]
    assert codes.revision(dt.date(2021, 12, 31)) == "H5"


def test_a_registration_number_before_a_name_is_split_off():
    assert names.split_id("7707083893 773601001 ООО РОМАШКА") == ("7707083893", "ООО РОМАШКА")
    assert names.split_id("ИНН 7707083893 ООО РОМАШКА") == ("7707083893", "ООО РОМАШКА")
    assert names.split_id("NIT 900123456-1 DRONES ANDINOS SAS") == ("900123456-1", "DRONES ANDINOS SAS")


@pytest.mark.parametrize(
    "name", ["3M RUSSIA", "1234567890 ТОРГ", "21 ВЕК ООО", "7707083893", "ООО РОМАШКА 7707083893", "INNOVA 5"]
)
def test_a_number_that_belongs_to_a_name_stays(name):
    assert names.split_id(name) is None


def test_check_digits():
    assert names.inn("7707083893")
    assert not names.inn("7707083894")
    assert container_number("CSQU3054383")
    assert not container_number("CSQU3054384")
