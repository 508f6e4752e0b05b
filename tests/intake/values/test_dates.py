"""Dates in every convention come back as they went in."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.intake.values import dates

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))
RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
TR = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split()
WRITTEN = {
    "ymd": [
        lambda d: d.isoformat(), lambda d: f"{d:%Y/%m/%d}", lambda d: f"{d:%Y.%m.%d}", lambda d: f"{d:%Y%m%d}", lambda d: f"{d.isoformat()}T10:11:12.000Z",
        lambda d: f"{d.isoformat()} 00:00:00", lambda d: f"{d.year}年{d.month}月{d.day}日", lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    ],
    "dmy": [
        lambda d: f"{d:%d.%m.%Y}", lambda d: f"{d:%d/%m/%Y}", lambda d: f"{d:%d-%m-%y}", lambda d: f"{d:%d.%m.%Y} 13:45", lambda d: f"{d.day}.{d.month}.{d.year}",
        lambda d: f"{d.day} {RU[d.month - 1]} {d.year} г.", lambda d: f"{d.day} de {ES[d.month - 1]} de {d.year}", lambda d: f"{d.day} {TR[d.month - 1]} {d.year}",
        lambda d: f"{d:%d-%b-%y}", lambda d: f"{d:%d %B %Y}", lambda d: f"{d:%B} {d.day}, {d.year}", lambda d: f"ngày {d.day} tháng {d.month} năm {d.year}",
    ],
    "mdy": [lambda d: f"{d:%m/%d/%Y}", lambda d: f"{d.month}/{d.day}/{d:%y}", lambda d: f"{d:%m/%d/%Y} 1:05:00 PM"],
    "excel": [lambda d: str((d - dt.date(1899, 12, 30)).days), lambda d: f"{(d - dt.date(1899, 12, 30)).days}.5"],
}  # fmt: skip


@given(DAYS)
def test_round_trip_in_every_convention(day):
    for order, writers in WRITTEN.items():
        for write in writers:
            assert dates.parse(write(day), order) == (day, "day"), write(day)


@given(
    st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%Y%m%d", "%d%m%Y"])
)
def test_a_column_with_evidence_is_read_in_its_own_order(days, form):
    column = [d.strftime(form) for d in days]
    order, why = dates.order_of(column)
    decided = any(d.day > 12 for d in days) and form not in ("%Y%m%d", "%d%m%Y")
    if decided or form == "%Y%m%d":
        assert [dates.parse(c, order) for c in column] == [(d, "day") for d in days], why


@pytest.mark.parametrize(
    ("text", "year", "month", "precision"),
    [
        ("Apr 2023", 2023, 4, "month"),
        ("апрель 2023", 2023, 4, "month"),
        ("2023-04", 2023, 4, "month"),
        ("202304", 2023, 4, "month"),
        ("04/2023", 2023, 4, "month"),
        ("Nisan 2023", 2023, 4, "month"),
        ("2023", 2023, 1, "year"),
    ],
)
def test_coarse_dates_say_how_coarse(text, year, month, precision):
    assert dates.parse(text) == (dt.date(year, month, 1), precision)


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2023",
        "2023-13-01",
        "99.99.2023",
        "abc",
        "12",
        "1234567",
        "10012020/310325/5016594",
        "2,5",
        "Date Not Captured",
        "0000-00-00",
    ],
)
def test_what_is_no_date_is_none(text):
    assert dates.parse(text, "dmy") is None


def test_without_evidence_the_day_comes_first_and_that_is_said():
    order, why = dates.order_of(["03/04/2023"])
    assert order == "dmy"
    assert "no value decides" in why
