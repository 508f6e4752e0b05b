"""Registration numbers: what kind a declared number is, and whether it can be one at all."""

from __future__ import annotations

import re

from enduse.parties.checks import CHECKS, inn, lei, ogrn, uscc, vat

_CLEAN = re.compile(r"[^0-9A-Z]")
_TYPED = re.compile(
    r"^\s*([^\W\d_]{2,10})(?:\s*/\s*[^\W\d_]{2,10})?\s*(?:[:=№#]\s*|\s+(?=[A-Z]{0,2}[0-9]))(.+)$", re.IGNORECASE
)
_LABELS = {
    "ИНН": "INN", "ІПН": "INN", "INNCODE": "INN", "ОГРН": "OGRN", "ОГРНИП": "OGRN", "OGRNIP": "OGRN", "OGRNCODE": "OGRN", "КПП": "KPP", "БИН": "BIN",
    "ИИН": "BIN", "IIN": "BIN", "ЕДРПОУ": "EDRPOU", "ЄДРПОУ": "EDRPOU", "LEICODE": "LEI", "IMONUMBER": "IMO", "VATCODE": "VAT", "VERGI": "VKN", "TAXNO": "TAX",
}  # fmt: skip
_UNTYPED = frozenset(("ID", "NO", "NR", "NUM", "NUMBER"))
ODD = "ODD"  # type of a number whose check digit is wrong: an equal one still counts, a different one says nothing


def identifier(text: str | None, country: str = "") -> str:
    """`TYPE:number` of a declared registration number, or an empty string for a placeholder.

    The type is the declared one, else it follows from form, check digits and country (INN, OGRN, BIN, USCC, LEI, VAT ...), else
    it is `ID`. A number that fails the check of its declared type has the type `ODD`. KPP names an office of a firm and is no
    identifier of its own.
    """
    if not text:
        return ""
    typed = _TYPED.match(text)
    kind = typed.group(1).upper() if typed else ""
    kind = _LABELS.get(kind, kind)
    raw = (typed.group(2) if typed else text).upper()
    number = _CLEAN.sub("", raw.split("/")[0])  # Russian declarations write INN/KPP
    digits = sum(c.isdigit() for c in number)
    if kind == "KPP" or digits < 4 or len(set(number)) <= 2 or number in "0123456789" * 2 or number in "9876543210" * 2:
        return ""
    if kind and kind not in _UNTYPED:
        check = CHECKS.get(kind)
        return f"{kind if check is None or check(number) else ODD}:{number}"
    return f"{_type(number, country)}:{number}"


def _type(number: str, country: str) -> str:
    """The kind a bare number is by its shape, check digits and country."""
    if number.isdigit():
        if country in ("KZ", "KG") and len(number) in (12, 14):
            return "BIN"
        if country in ("RU", "BY", "KZ", "") and inn(number):
            return "INN"
        if country in ("RU", "") and len(number) in (13, 15):
            return "OGRN" if ogrn(number) else ODD
    elif len(number) == 18 and country in ("CN", "HK", ""):
        return "USCC" if uscc(number) else ODD
    elif len(number) == 20:
        return "LEI" if lei(number) else ODD
    elif vat(number) and (not country or number.startswith(country)):
        return "VAT"
    return "ID"


def number_of(typed: str) -> str:
    """The number without its type: two declarations may give one number under two types."""
    return typed.partition(":")[2]
