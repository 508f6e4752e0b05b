"""Units of quantity as they stand in customs files, to UN/ECE Recommendation 20 (packages: 21).

Table `units.csv` (code, name, kind, source). Kind `name` is a word or sign, `code-eaeu` and `code-cn` are numbers that mean
something in those countries only, `kilograms` is the weight of one unit in kg.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from .countries import key

EAEU = frozenset({"RU", "KZ", "BY", "AM", "KG"})


@cache
def table() -> tuple[tuple[str, str, str], ...]:
    """(code, name, kind) in file order."""
    text = files(__package__).joinpath("units.csv").read_text(encoding="utf-8")
    return tuple((r["code"], r["name"], r["kind"]) for r in csv.DictReader(text.splitlines()))


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code_, name, kind in table():
        if kind == "name":
            names.setdefault(key(name), code_)
            names.setdefault(key(name).replace(" ", ""), code_)
    return names


@cache
def _numbers(kind: str) -> dict[str, str]:
    return {name: code_ for code_, name, k in table() if k == kind}


@lru_cache(maxsize=16_384)
def code(text: str, country: str | None = None) -> str | None:
    """Rec 20 code of a declared unit; number codes are read only where `country` says whose they are. None if unknown."""
    plain = key(text)
    if plain.isdigit():
        kind = "code-eaeu" if country in EAEU else "code-cn" if country == "CN" else ""
        return _numbers(kind).get(plain.zfill(3)) if kind else None
    names = _names()
    if plain in names:
        return names[plain]
    squeezed = plain.replace(" ", "")
    if squeezed in names:
        return names[squeezed]
    head = plain.split(" ")
    # "796 шт", "kgm kilogram": one part says it, the other agrees or is a number
    answers = {names[w] for w in head if w in names}
    return (
        answers.pop() if len(head) <= 3 and len(answers) == 1 and all(w in names or w.isdigit() for w in head) else None
    )


@cache
def kilograms(code_: str) -> Decimal | None:
    """How many kg one unit weighs, for units of weight; None for others."""
    return next((Decimal(name) for c, name, kind in table() if kind == "kilograms" and c == code_), None)
