"""Intervals of days made from the parts of a time expression."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from enduse.reference import press_tables as tables

_MONTHS = {m.lower(): i for i, m in enumerate(calendar.month_name) if m} | {
    m.lower(): i for i, m in enumerate(calendar.month_abbr) if m
}


_MONTHS["sept"] = 9


_DAYS = {d.lower(): i for i, d in enumerate(calendar.day_name)}


_NUMBERS = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "couple of": 2, "thirty": 30}


_SEASONS = {"winter": (12, 3), "spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "fall": (9, 3)}


# the month in which a part of a year begins, for "since mid-2022"
PART_MONTH = {"mid": 7, "the middle of": 7, "late": 10, "the end of": 12, "the summer of": 6, "the autumn of": 9}


Day = dt.date


@dataclass(frozen=True, slots=True)
class Interval:
    """A time expression at [at, to): inclusive days (either may be open), how fine it is, what it was resolved by."""

    at: int
    to: int
    raw: str
    start: Day | None
    end: Day | None
    granularity: str
    basis: str


Span = tuple[Day | None, Day | None]


def month(year: int, number: int) -> tuple[Day, Day]:
    return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])


def back(day: Day, months: int) -> Day:
    """The day `months` earlier, clipped to the length of that month."""
    index = day.year * 12 + day.month - 1 - months
    year, number = divmod(index, 12)
    return dt.date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))


def month_number(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def near_month(number: int, ref: Day, *, future: bool) -> tuple[Day, Day]:
    """The month of that number nearest to `ref` on the side the tense says; the current month counts for both."""
    year = ref.year
    if future and number < ref.month:
        year += 1
    elif not future and number > ref.month:
        year -= 1
    return month(year, number)


def season(name: str, year: int | None, ref: Day | None) -> Span:
    first, length = _SEASONS[name]
    if year is None:
        if ref is None:
            return None, None
        year = ref.year if dt.date(ref.year, first, 1) <= ref else ref.year - 1
    start = dt.date(year, first, 1)
    last = first + length - 1
    return start, month(year + (last > 12), (last - 1) % 12 + 1)[1]


def year_of(m: re.Match[str], name: str = "y") -> int | None:
    value = m.groupdict().get(name)
    return int(value) if value else None


def _in_month(m: re.Match[str], ref: Day | None, future: bool) -> Span:
    number, year = month_number(m.group("m")), year_of(m)
    if year:
        return month(year, number)
    return near_month(number, ref, future=future) if ref else (None, None)


def on_day(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    number, year, day = month_number(m.group("m")), year_of(m), int(m.group("d"))
    basis = "stated" if year else "ref_date"
    if not year:
        if not ref:
            return (None, None), "day", "unresolved"
        year = near_month(number, ref, future=future)[0].year
    try:
        found = dt.date(year, number, day)
    except ValueError:
        return (None, None), "day", "unresolved"
    return (found, found), "day", basis


def since(m: re.Match[str], ref: Day | None, _: bool) -> tuple[Span, str, str]:
    word = m.group("event").lower()
    day = next(d for _, d, names in tables.events() if word in (n.lower() for n in names))
    return (day, ref), "range", "event"


def since_month(m: re.Match[str], ref: Day | None, _: bool) -> tuple[Span, str, str]:
    start, _end = _in_month(m, ref, future=False)
    return (start, ref), "range", "stated" if m.group("y") else "ref_date"


def past(m: re.Match[str], ref: Day | None, _: bool) -> tuple[Span, str, str]:
    word, unit = (m.group("n") or "a").lower(), m.group("unit").lower().rstrip("s")
    if ref is None or word in ("few", "several"):
        if ref is not None and unit in ("month", "year", "week", "day"):
            return (None, ref), "vague", "ref_date"
        return (None, None), "range", "unresolved"
    n = int(word) if word.isdigit() else _NUMBERS[word]
    days = {"day": 1, "week": 7, "decade": 3652}
    try:
        start = ref - dt.timedelta(n * days[unit]) if unit in days else back(ref, n * (12 if unit == "year" else 1))
    except (ValueError, OverflowError):
        return (None, ref), "range", "unresolved"
    return (start, ref), "range", "ref_date"


def ago(m: re.Match[str], ref: Day | None, _: bool) -> tuple[Span, str, str]:
    (start, _end), _g, basis = past(m, ref, False)
    if start is None:
        return (None, None), "vague", "unresolved"
    unit = m.group("unit").lower().rstrip("s")
    if unit == "month":
        return month(start.year, start.month), "month", basis
    if unit == "year":
        return (dt.date(start.year, 1, 1), dt.date(start.year, 12, 31)), "year", basis
    return (start, start), "day", basis


def period(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    """Last, this, next with weekend, week, month, year, quarter or a season."""
    which, unit = m.group("which").lower(), m.group("unit").lower()
    if ref is None:
        return (None, None), unit, "unresolved"
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "weekend":
        saturday = ref - dt.timedelta((ref.weekday() - 5) % 7)
        if step < 0 and ref.weekday() >= 5:
            saturday -= dt.timedelta(7)
        elif step > 0 or (step == 0 and ref.weekday() < 5):
            saturday += dt.timedelta(7)
        return (saturday, saturday + dt.timedelta(1)), "weekend", "ref_date"
    if unit == "week":
        monday = ref - dt.timedelta(ref.weekday() - 7 * step)
        return (monday, ref if step == 0 else monday + dt.timedelta(6)), "week", "ref_date"
    if unit == "month":
        start, end = month(*divmod(ref.year * 12 + ref.month - 1 + step, 12)[:1], (ref.month - 1 + step) % 12 + 1)
        return (start, ref if step == 0 else end), "month", "ref_date"
    if unit == "year":
        year = ref.year + step
        if step == 0 and future:
            return (ref, dt.date(year, 12, 31)), "year", "tense"
        return (dt.date(year, 1, 1), ref if step == 0 else dt.date(year, 12, 31)), "year", "ref_date"
    if unit in _SEASONS:
        start_, end_ = season(unit, None, ref)
        if step < 0 and start_ and end_ and end_ >= ref:
            start_, end_ = season(unit, start_.year - 1, ref)
        if step > 0 and start_ and end_ and end_ < ref:
            start_, end_ = season(unit, start_.year + 1, ref)
        return (start_, end_), "season", "ref_date"
    index = ref.year * 4 + (ref.month - 1) // 3 + step
    year, quarter = divmod(index, 4)
    return (dt.date(year, quarter * 3 + 1, 1), month(year, quarter * 3 + 3)[1]), "quarter", "ref_date"


def part_of_year(m: re.Match[str], ref: Day | None, _: bool) -> tuple[Span, str, str]:
    year = year_of(m) or (ref.year if ref else None)
    if year is None:
        return (None, None), "range", "unresolved"
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}.get((m.group("o") or "first").lower(), 1)
    if m.group("q"):
        order = int(m.group("q"))
    if m.groupdict().get("half"):
        order = 2 if order > 1 else 1
        return (dt.date(year, 6 * order - 5, 1), month(year, 6 * order)[1]), "half", "stated"
    if n := m.groupdict().get("n"):
        count = int(n) if n.isdigit() else _NUMBERS.get(n.lower(), 0)
        if 1 <= count <= 12:
            return (dt.date(year, 1, 1), month(year, count)[1]), "range", "stated"
        return (None, None), "range", "unresolved"
    return (dt.date(year, order * 3 - 2, 1), month(year, order * 3)[1]), "quarter", "stated"


def between(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    last_year = year_of(m, "y2")
    first_year = year_of(m, "y1") or last_year
    first, last = month_number(m.group("m1")), month_number(m.group("m2"))
    if last_year is None:
        if ref is None:
            return (None, None), "range", "unresolved"
        last_year = near_month(last, ref, future=future)[0].year
        first_year = first_year or last_year
    assert first_year is not None  # noqa: S101 - one of the two is set above
    if first > last and first_year == last_year and not m.group("y1"):
        first_year -= 1
    return (month(first_year, first)[0], month(last_year, last)[1]), "range", "stated" if m.group("y2") else "ref_date"


def between_days(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    """From one day to another; a year that is stated once holds for both, unless that would turn the order around."""
    last_year = year_of(m, "y2") or (
        near_month(month_number(m.group("m2")), ref, future=future)[0].year if ref else None
    )
    if last_year is None:
        return (None, None), "range", "unresolved"
    end = dt.date(last_year, month_number(m.group("m2")), int(m.group("d2")))
    number, day = month_number(m.group("m1") or m.group("m2")), int(m.group("d1"))
    start = dt.date(year_of(m, "y1") or last_year, number, day)
    if start > end and not m.group("y1"):
        start = dt.date(last_year - 1, number, day)
    return (start, end), "range", "stated" if m.group("y2") else "ref_date"


def end_of(m: re.Match[str], ref: Day | None, _: bool) -> tuple[Span, str, str]:
    what = m.group("what").lower()
    if what.isdigit():
        year = int(what)
    elif ref is None:
        return (None, None), "range", "unresolved"
    elif what == "next year":
        year = ref.year + 1
    elif what in ("the month", "this month"):
        return (ref, month(ref.year, ref.month)[1]), "month", "ref_date"
    elif what in _MONTHS:
        start, end = near_month(_MONTHS[what], ref, future=True)
        return (start, end), "month", "tense"
    else:
        year = ref.year
    start = ref if ref and ref.year == year else dt.date(year, 1, 1)
    return (start, dt.date(year, 12, 31)), "year", "stated" if what.isdigit() else "ref_date"


def weekday(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    if ref is None:
        return (None, None), "day", "unresolved"
    number = _DAYS[m.group("wd").lower()]
    if m.group(0).lower().startswith("next") or (future and not m.group(0).lower().startswith("last")):
        day = ref + dt.timedelta((number - ref.weekday()) % 7 or 7)
    else:
        gap = (ref.weekday() - number) % 7
        day = ref - dt.timedelta(gap or (7 if m.group(0).lower().startswith("last") else 0))
    return (day, day), "day", "ref_date"


def until(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    _start, end = _in_month(m, ref, future)
    return (None, end), "month", "stated" if m.group("y") else "tense"


def plain_month(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    by = bool(re.match(r"(?i)(?:by|from|before|date of|next|starting|beginning)\b", m.group(0)))
    basis = "stated" if m.group("y") else "tense" if by or future else "ref_date"
    return _in_month(m, ref, future or by), "month", basis


def recent(_m: re.Match[str], ref: Day | None, _: bool) -> tuple[Span, str, str]:
    return (None, ref), "vague", "ref_date"


def within(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    word = (m.group("n") or "").lower()
    if ref is None or not future:
        return (None, None), "range", "unresolved"
    n = int(word) if word.isdigit() else _NUMBERS.get(word, 0)
    unit = m.group("unit").lower().rstrip("s")
    if not n or n > 600:
        return (ref, None), "vague", "ref_date"
    if unit in ("day", "week"):
        return (ref, ref + dt.timedelta(n * (7 if unit == "week" else 1))), "range", "ref_date"
    return (ref, back(ref, -n * (12 if unit == "year" else 1))), "range", "ref_date"


def in_force(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    """From the day (or month) a rule took effect to the publication date: the window the sentence speaks of is open."""
    if m.group("d"):
        (start, _end), _g, basis = on_day(m, ref, future)
    else:
        start, _end = _in_month(m, ref, future=False)
        basis = "stated" if m.group("y") else "ref_date"
    return ((start, ref), "range", "event") if start else ((None, None), "range", basis)


def since_year_began(m: re.Match[str], ref: Day | None, _: bool) -> tuple[Span, str, str]:
    year = year_of(m) or (ref.year if ref else None)
    return ((dt.date(year, 1, 1), ref), "range", "ref_date") if year else ((None, None), "range", "unresolved")


def near_day(m: re.Match[str], ref: Day | None, _: bool) -> tuple[Span, str, str]:
    if ref is None:
        return (None, None), "day", "unresolved"
    word = m.group(0).lower()
    day = ref - dt.timedelta(1 if word in ("yesterday", "last night") else 0) + dt.timedelta(word == "tomorrow")
    return (day, day), "day", "ref_date"
