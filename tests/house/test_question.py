"""A question in words becomes a scope."""

from __future__ import annotations

import datetime as dt

import pytest

from enduse.errors import CaseError
from enduse.question import scope_of, watch_of

NAMES = {
    "russia": "RU",
    "ru": "RU",
    "kazakhstan": "KZ",
    "kz": "KZ",
    "china": "CN",
    "united arab emirates": "AE",
    "turkey": "TR",
}


def country(name: str) -> str | None:
    return NAMES.get(name.casefold())


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("civil drones and parts to RU since 2022-02-24", {"destination": ("RU",), "since": dt.date(2022, 2, 24)}),
        (
            "drones from China to Russia or Kazakhstan until 2023-06",
            {"departure": ("CN",), "destination": ("RU", "KZ"), "until": dt.date(2023, 6, 30)},
        ),
        (
            "tiles (HS 6907) made in Turkey to the United Arab Emirates in 2023",
            {"origin": ("TR",), "destination": ("AE",), "since": dt.date(2023, 1, 1), "until": dt.date(2023, 12, 31)},
        ),
        (
            "drones without parts to RU between 2022-03 and 2022-12",
            {"destination": ("RU",), "since": dt.date(2022, 3, 1), "until": dt.date(2022, 12, 31), "parts": False},
        ),
        ("", {}),
    ],
)
def test_scope(question, want):
    scope = scope_of(question, country)
    plain = {
        "destination": (),
        "origin": (),
        "departure": (),
        "since": None,
        "until": None,
        "parts": True,
        "direction": "any",
    }
    assert scope.model_dump() == plain | want


def test_a_date_that_is_none_is_named():
    with pytest.raises(CaseError, match="2022-13-45"):
        scope_of("drones since 2022-13-45", country)


@pytest.mark.parametrize(
    ("question", "watch"),
    [
        ("quadcopters to RU", "civil-drones"),
        ("HS 6907 and HS 8513 to RU", "hs:6907,8513"),
        ("common high priority goods to KZ", "common-high-priority"),
        ("ceramics", None),
    ],
)
def test_watch(question, watch):
    assert watch_of(question) == watch
