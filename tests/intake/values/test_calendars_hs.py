"""Other eras, orders decided from the file, and codes through the revisions of the HS."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.intake.values import calendars, dates
from enduse.intake.values.numbered_dates import in_numbers
from enduse.reference import hs


@pytest.mark.parametrize(
    ("jalali", "common"),
    [((1399, 12, 30), dt.date(2021, 3, 20)), ((1402, 1, 1), dt.date(2023, 3, 21)), ((1403, 12, 30), dt.date(2025, 3, 20)), ((1401, 7, 1), dt.date(2022, 9, 23))],
)  # fmt: skip
def test_the_solar_hijri_calendar(jalali, common):
    assert calendars.common(*jalali, calendars.JALALI) == common


@given(st.integers(1350, 1435), st.integers(1, 12), st.integers(1, 29))
def test_days_of_the_solar_hijri_year_follow_each_other(year, month, day):
    first = calendars.common(year, month, day, calendars.JALALI)
    following = (year, month, day + 1) if day < 29 else (year + month // 12, month % 12 + 1, 1)
    gap = (calendars.common(*following, calendars.JALALI) - first).days
    assert gap == 1 if day < 29 else gap in (1, 2, 3)


def test_a_day_that_no_month_has_is_no_day():
    with pytest.raises(ValueError, match="no day 30"):
        calendars.common(1402, 12, 30, calendars.JALALI)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["1402/01/15", "1402/02/20"], "ymd jalali"),
        (["15/01/2566", "20/02/2566"], "dmy buddhist"),
        (["1/1/2023", "2/1/2023", "3/1/2023"], "mdy"),
        (["01/01/2023", "01/02/2023", "01/03/2023"], "dmy"),
        (["310325", "010425"], "ddmmyy"),
        (["202301", "202312"], "ymd"),
        (["3/4/2023 1:20 PM", "2/2/2023 2:00 AM"], "mdy"),
        (["3/4/2023", "2/2/2023"], "dmy"),
    ],
)
def test_the_order_comes_from_the_whole_column(values, order):
    assert dates.order_of(values)[0] == order
    assert all(dates.parse(v, order) for v in values)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5 апреля 2023 г.", (2023, 4, 5)), ("1 квітня 2023 року", (2023, 4, 1)), ("12-ENE-2022", (2022, 1, 12)), ("15 de março de 2022", (2022, 3, 15)),
        ("12 Şubat 2021", (2021, 2, 12)), ("14 Agustus 2022", (2022, 8, 14)), ("5 tháng 4 năm 2023", (2023, 4, 5)), ("2023年4月5日", (2023, 4, 5)),
        ("20230405123000", (2023, 4, 5)), ("05.04.2023 г.", (2023, 4, 5)), ("15 ақпан 2022", (2022, 2, 15)),
    ],
)  # fmt: skip
def test_months_have_names_in_ten_languages(text, day):
    assert dates.parse(text, "dmy") == (dt.date(*day), "day")


def test_a_number_without_a_date_is_none():
    assert in_numbers(["ABC/123456/1", "X-1"]) is None
    assert in_numbers(["10012020/993125/5016594"]) is None
    assert in_numbers([]) is None


@pytest.mark.parametrize(
    ("code", "start", "end", "kind"),
    [
        ("010121", "H6", "H5", "exact"), ("880622", "H6", "H5", "ambiguous"), ("8806220000", "H6", "H5", "ambiguous"), ("880622", "H6", "H6", "exact"),
        ("999900", "H5", "H6", "unknown"), ("88x", "H6", "H5", "unknown"), ("291636", "H3", "H4", "unknown"),
    ],
)  # fmt: skip
def test_a_code_in_another_revision(code, start, end, kind):
    found = hs.convert(code, start, end)
    assert found.kind == kind
    assert (found.code is None) == (kind != "exact")


def test_drones_had_no_heading_of_their_own_before_2022():
    assert set(hs.convert("880622", "H6", "H5").codes) == {"852580", "880211", "880220"}
    assert hs.convert("8806", "H6", "H5").codes == ("8525", "8802")


def test_every_step_can_be_walked_back():
    for before, after in zip(hs.REVISIONS, hs.REVISIONS[1:], strict=False):
        for code in sorted(hs.codes(before))[::7]:
            found = hs.convert(code, before, after)
            assert set(found.codes) <= hs.codes(after)
            assert all(code in hs.convert(c, after, before).codes for c in found.codes)


@pytest.mark.parametrize(
    ("day", "country", "revision"),
    [("2022-06-01", None, "H6"), ("2022-06-01", "RU", "H6"), ("2022-06-01", "UA", "H5"), ("2023-01-01", "UA", "H6"), ("2017-06-01", "VN", "H4"), ("1980-01-01", None, None)],
)  # fmt: skip
def test_a_revision_may_come_later(day, country, revision):
    assert hs.revision(dt.date.fromisoformat(day), country) == revision


def test_an_unknown_revision_is_named():
    with pytest.raises(ValueError, match="H7"):
        hs.convert("880622", "H7", "H6")
