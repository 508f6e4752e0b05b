"""Time expressions as intervals of days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.press import times
from enduse.press.text import plain

REF = dt.date(2023, 2, 24)


def one(text, ref=REF):
    shadow = plain(text)
    (found,) = times.resolve(shadow, 0, len(shadow), ref)
    return (found.start and found.start.isoformat(), found.end and found.end.isoformat())


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Last weekend they met", "2023-02-18", "2023-02-19"),
        ("over the last year", "2022-02-24", "2023-02-24"),
        ("over the past six months", "2022-08-24", "2023-02-24"),
        ("since the invasion", "2022-02-24", "2023-02-24"),
        ("since the beginning of Russia’s full-scale invasion of Ukraine", "2022-02-24", "2023-02-24"),
        ("will be delivered by April", "2023-04-01", "2023-04-30"),
        ("were delivered in April", "2022-04-01", "2022-04-30"),
        ("in February 2023", "2023-02-01", "2023-02-28"),
        ("between January and June 2022", "2022-01-01", "2022-06-30"),
        ("between 24 February 2022 and 30 June 2022", "2022-02-24", "2022-06-30"),
        ("from 3 to 9 May 2022", "2022-05-03", "2022-05-09"),
        ("between February 3, 2022 and May 9, 2022", "2022-02-03", "2022-05-09"),
        ("from 1 December to 15 January", "2022-12-01", "2023-01-15"),
        ("until at least October 2022", None, "2022-10-31"),
        ("in the first half of 2022", "2022-01-01", "2022-06-30"),
        ("on Monday", "2023-02-20", "2023-02-20"),
        ("last year", "2022-01-01", "2022-12-31"),
        ("since August", "2022-08-01", "2023-02-24"),
        ("on 9 May 2022", "2022-05-09", "2022-05-09"),
    ],
)
def test_resolved_against_the_publication_date(text, start, end):
    assert one(text) == (start, end)


def test_without_a_date_only_the_absolute_is_resolved():
    assert one("last weekend", None) == (None, None)
    assert one("in February 2023", None) == ("2023-02-01", "2023-02-28")
    assert one("since the invasion", None) == ("2022-02-24", None)


def test_the_verb_may_is_no_month():
    assert times.resolve("they may use it", 0, 15, REF) == []


@given(st.text(max_size=120), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_never_fails_and_start_is_not_after_end(text, ref):
    for found in times.resolve(plain(text), 0, len(text), ref):
        assert found.start is None or found.end is None or found.start <= found.end
