"""Commodity codes as digits, and the revision of the Harmonized System in force on a date."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from enduse.reference import hs as nomenclature

_DIGITS_ONLY = re.compile(r"^\d{2,12}$")
_DOTTED = re.compile(r"^\d{4}[.\- ]\d{1,6}$")
_GROUPED = re.compile(r"^\d{2,6}(?:[.\-/ ]\d{1,4})+$")
_FLOAT = re.compile(r"^(\d{2,12})\.0$")


@lru_cache(maxsize=131_072)
def hs(text: str) -> str | None:
    """The 2 to 12 digits of a declared commodity code, or None.

    A spreadsheet drops the zero in front of chapters 01 to 09 (an odd number of digits) and those at the end of a code
    written as 8513.1040 (three decimals left): both are put back.
    """
    plain = text.strip().strip("'\"`*").strip().replace("\u00a0", " ")
    if hit := _FLOAT.match(plain):
        plain = hit[1]
    if _DIGITS_ONLY.match(plain):
        digits = plain if len(plain) % 2 == 0 else "0" + plain
    elif _DOTTED.match(plain):
        head, tail = re.split(r"[.\- ]", plain)
        digits = head + (tail if len(tail) % 2 == 0 else tail + "0")
    elif _GROUPED.match(plain):
        digits = re.sub(r"\D", "", plain)
        digits = digits if len(digits) % 2 == 0 else digits + "0"
    else:
        return None
    return digits if len(digits) <= 12 and 1 <= int(digits[:2]) <= 99 else None


def revision(day: dt.date, country: str | None = None) -> str | None:
    """HS revision in force on a day in the country whose customs made the file, as far as `reference.hs` knows it."""
    return nomenclature.revision(day, country)
