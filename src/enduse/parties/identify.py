"""Registration numbers: what kind a declared number is, and whether it can be one at all."""

from __future__ import annotations

import re

_CLEAN = re.compile(r"[^0-9A-Z]")
_TYPED = re.compile(r"^\s*([A-Za-z]{2,10})\s*[:=]\s*(.+)$")


def identifier(text: str | None, country: str = "") -> str:
    """`TYPE:number` of a declared registration number, or an empty string for a placeholder.

    The type follows from form and country (INN, OGRN, BIN, USCC, LEI, IMO ...), else it is `ID`.
    """
    if not text:
        return ""
    typed = _TYPED.match(text)
    kind = typed.group(1).upper() if typed else ""
    raw = (typed.group(2) if typed else text).upper()
    number = _CLEAN.sub("", raw.split("/")[0])  # Russian declarations write INN/KPP
    digits = sum(c.isdigit() for c in number)
    if digits < 4 or len(set(number)) <= 2 or number in "0123456789" * 2 or number in "9876543210" * 2:
        return ""
    if kind and kind not in ("ID", "NO", "NR"):
        return f"{kind}:{number}"
    if number.isdigit():
        if country in ("KZ", "KG") and len(number) in (12, 14):
            return f"BIN:{number}"
        if country in ("RU", "BY", "KZ", "") and len(number) in (10, 12) and _inn(number):
            return f"INN:{number}"
        if country in ("RU", "") and len(number) in (13, 15):
            return f"OGRN:{number}"
    elif len(number) == 18 and country in ("CN", "HK", ""):
        return f"USCC:{number}"
    elif len(number) == 20:
        return f"LEI:{number}"
    return f"ID:{number}"


def number_of(typed: str) -> str:
    """The number without its type: two declarations may give one number under two types."""
    return typed.partition(":")[2]


def _inn(number: str) -> bool:
    """The check digits of a Russian taxpayer number (order of the Federal Tax Service MM-7-6/435)."""
    d = [int(c) for c in number]
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    if len(d) == 10:
        return sum(w * x for w, x in zip(weights[2:], d, strict=False)) % 11 % 10 == d[9]
    first = sum(w * x for w, x in zip(weights[1:], d, strict=False)) % 11 % 10 == d[10]
    return first and sum(w * x for w, x in zip(weights, d, strict=False)) % 11 % 10 == d[11]
