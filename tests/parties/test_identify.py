"""Registration numbers: kinds by shape and check digit; wrong digits never decide."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.parties.checks import CHECKS, lei, uscc
from enduse.parties.identify import identifier, number_of
from enduse.parties.name import parse
from enduse.parties.score import score


def _inn(nine: str) -> str:
    return nine + str(sum(w * int(d) for w, d in zip((2, 4, 10, 3, 5, 9, 4, 6, 8), nine, strict=True)) % 11 % 10)


@given(st.integers(100_000_000, 999_999_999).map(str))
def test_an_inn_is_known_by_its_check_digit(nine: str) -> None:
    good = _inn(nine)
    wrong = good[:9] + str((int(good[9]) + 1) % 10)
    if len(set(good)) > 2 and good not in "0123456789" * 2 and good not in "9876543210" * 2:
        assert identifier(good, "RU") == f"INN:{good}"
        assert identifier(f"ИНН {good}") == f"INN:{good}"
        assert identifier(f"INN/KPP {good}/773601001") == f"INN:{good}"
    if len(set(wrong)) > 2 and wrong not in "0123456789" * 2 and wrong not in "9876543210" * 2:
        assert identifier(f"INN:{wrong}") == f"ODD:{wrong}"


@pytest.mark.parametrize(
    ("kind", "prefix", "digits"),
    [
        ("OGRN", "1", 12),
        ("OGRN", "3", 14),
        ("IMO", "", 6),
        ("EDRPOU", "", 7),
        ("VKN", "", 9),
        ("VAT", "DE", 8),
        ("VAT", "IT", 10),
    ],
)
@given(data=st.data())
def test_one_last_digit_in_ten_is_right(kind: str, prefix: str, digits: int, data: st.DataObject) -> None:
    own = digits - len([c for c in prefix if c.isdigit()])
    body = prefix + data.draw(st.text("0123456789", min_size=own, max_size=own))
    assert sum(CHECKS[kind](f"{body}{d}") for d in range(10)) == 1


@pytest.mark.parametrize(("kind", "prefix", "digits"), [("BIN", "", 11), ("VAT", "PL", 9)])
@given(data=st.data())
def test_at_most_one_last_digit_is_right(kind: str, prefix: str, digits: int, data: st.DataObject) -> None:
    body = prefix + data.draw(st.text("0123456789", min_size=digits, max_size=digits))
    assert sum(CHECKS[kind](f"{body}{d}") for d in range(10)) <= 1


@pytest.mark.parametrize(
    ("kind", "number", "right"),
    [
        ("EIN", "911144442", True),
        ("EIN", "001144442", False),
        ("KPP", "773601001", True),
        ("KPP", "77360100", False),
        ("VAT", "XX123", False),
        ("IMO", "9074729", True),
    ],
)
def test_shapes(kind: str, number: str, right: bool) -> None:
    assert CHECKS[kind](number) is right


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_one_last_sign_in_thirty_one_makes_a_uscc(body: str) -> None:
    assert sum(uscc(body + c) for c in "0123456789ABCDEFGHJKLMNPQRTUWXY") == 1


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=18, max_size=18))
def test_a_lei_has_its_two_digits(body: str) -> None:
    assert sum(lei(f"{body}{n:02d}") for n in range(2, 99)) == 1


@pytest.mark.parametrize("text", ["", None, "0000000000", "1234567890", "KPP 773601001", "n/a", "12"])
def test_placeholders_and_offices_are_no_identifiers(text: str | None) -> None:
    assert identifier(text) == ""


def test_a_number_with_a_wrong_check_digit_neither_joins_by_type_nor_parts() -> None:
    a, b = parse("Kedrovik Optika"), parse("Kedrovik Optika Trading")
    base = score(a, b, "organization").probability
    odd = score(
        replace(a, identifiers=frozenset({"ODD:7712345678"})),
        replace(b, identifiers=frozenset({"INN:7707083893"})),
        "organization",
    ).probability
    assert odd == base
    assert number_of("ODD:7712345678") == "7712345678"
