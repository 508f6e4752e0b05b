"""Numbers as customs files write them: the decimal sign is decided per column, from its own values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_PLAIN = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’`´_]+")
_BODY = re.compile(r"^[+-]?\d[\d.,]*$|^[+-]?[.,]\d+$")
_POINT_GROUPS = re.compile(r"^\d{1,3}(?:\.\d{3})+$")
_COMMA_GROUPS = re.compile(r"^\d{1,3}(?:,\d{2,3})*,\d{3}$")  # 12,34,567 too: Indian grouping
LIMIT = Decimal(10) ** 14  # DECIMAL(18, 4)


@dataclass(frozen=True)
class Convention:
    """`decimal` is `.` or `,`; `why` says what in the column decided it."""

    decimal: str = "."
    why: str = ""


@lru_cache(maxsize=65_536)
def plain(text: str) -> Decimal | None:
    """A number in any convention, for telling numbers from words; where the sign is open, a point is decimal."""
    return parse(text, ".")


@lru_cache(maxsize=131_072)
def parse(text: str, decimal: str = ".") -> Decimal | None:
    """The number of one cell under a decimal sign, or None if it is none.

    Spaces and apostrophes separate thousands; the other sign does too, in groups of three (Indian: two). A sign that
    cannot separate thousands there (`12.5` in a comma column) is decimal. Currency signs and units at the edges are
    dropped; `(5)` and `5-` are negative.
    """
    stripped = text.strip()
    if decimal == "." and _PLAIN.match(stripped):
        return _decimal(stripped)
    negative = (stripped.startswith("(") and stripped.endswith(")")) or bool(re.match(r"^[\d.,\s]+-$", stripped))
    body = stripped.strip("()").rstrip("-") if negative else stripped
    body = _trim(body)
    body = _SPACES.sub("", body)
    if not _BODY.match(body):
        return None
    if body[0] in "+-":
        negative, body = negative or body[0] == "-", body[1:]
    found = _decimal(_settle(body, decimal))
    return -found if found is not None and negative else found


def _trim(body: str) -> str:
    """Without words and signs before and after the number: `US$ 1,200.50`, `15 шт`, `-€3`."""
    head = re.match(r"^[^\d.,+-]*([+-]?)[^\d.,]*(?=[\d.,])", body)
    if head is None:
        return body
    letters = re.sub(r"[\W\d_]", "", head.group(0))
    tail = re.search(r"[^\d]*$", body[head.end() :])
    rest = body[head.end() :]
    if tail is not None:
        letters_after = re.sub(r"[\W\d_]", "", tail.group(0))
        if len(letters) > 4 or len(letters_after) > 12 or (letters and letters_after):
            return body
        rest = rest[: tail.start()]
    return head.group(1) + rest


def _settle(body: str, decimal: str) -> str:
    points, commas = body.count("."), body.count(",")
    if points and commas:  # the last one is the decimal sign
        other, own = (",", ".") if body.rfind(".") > body.rfind(",") else (".", ",")
        if body.count(own) > 1:
            return "x"
        return body.replace(other, "").replace(own, ".")
    if not points and not commas:
        return body
    sign = "." if points else ","
    count = points or commas
    groups = _POINT_GROUPS.match(body) if points else _COMMA_GROUPS.match(body)
    if count > 1:
        return body.replace(sign, "") if groups else "x"
    if sign == decimal:
        return body.replace(sign, ".")
    return body.replace(sign, "") if groups and not body.startswith("0") else body.replace(sign, ".")


def _decimal(body: str) -> Decimal | None:
    try:
        number = Decimal(body)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LIMIT else None


_COMMA_DECIDES = re.compile(r"^[^.]*,\d{1,2}\D*$|^[^.]*,\d{4,}\D*$|^.*\.\d{3},\d+\D*$|^\D*0,\d+\D*$")
_POINT_DECIDES = re.compile(
    r"^[^,]*\.\d{1,2}\D*$|^[^,]*\.\d{4,}\D*$|^.*,\d{2,3}\.\d+\D*$|^\D*0\.\d+\D*$|^\D*\d{4,}\.\d+\D*$"
)


def convention_of(values: Iterable[str], *, default: str = ".") -> Convention:
    """The decimal sign of a column from its values: only cells that leave no choice count."""
    comma = point = 0
    for value in values:
        if _COMMA_DECIDES.match(value.strip()):
            comma += 1
        elif _POINT_DECIDES.match(value.strip()):
            point += 1
    if comma > point:
        return Convention(",", f"{comma} values can only have a decimal comma, {point} only a decimal point")
    if point:
        return Convention(".", f"{point} values can only have a decimal point, {comma} only a decimal comma")
    return Convention(default, "no value decides")
