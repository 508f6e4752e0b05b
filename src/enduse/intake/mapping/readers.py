"""How the cells of a column are read, as a short text that stands in the mapping: `date`, `decimal; KZT; FOB; thousands`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from enduse.contracts import AMOUNT_ROLES
from enduse.intake.values import dates, numbers
from enduse.reference import units

from .headers import Header
from .headers import read as read_header
from .profile import Profile
from .rules import RUPEES, money

_BASIS = {
    "FOB": "FOB",
    "CIF": "CIF",
    "INVOICE": "invoice",
    "STATVAL": "statistical",
    "CUSTVAL": "customs",
    "ASSESSED": "assessed",
}
_WEIGHTS = {"U_T": "tonnes", "U_G": "grams", "U_LB": "pounds", "U_KG": "kg"}
FACTORS = {
    "tonnes": Decimal(1000),
    "grams": Decimal("0.001"),
    "pounds": Decimal("0.45359237"),
    "kg": Decimal(1),
    "thousands": Decimal(1000),
}
_UNIT_COLUMN = "unit column "
PER_KG, UNIT = "per kg", "unit "
LOCAL, RUPEE = "local currency", "rupees"
OF_PRICE = "of the unit price"


@dataclass(frozen=True)
class Reader:
    """A reader text taken apart. `currency` is fixed by the header, `factor` multiplies every cell.

    `home` says that the header speaks of the money of the file's country (`local currency`, `rupees`); `of_price` of a
    column of currencies, that it states the currency of the unit price only. `per_kg`: a unit price of a kilogram;
    `unit`: the Rec 20 code the header of a quantity names.
    """

    kind: str = "text"
    order: str = ""
    decimal: str = ""
    currency: str = ""
    basis: str = ""
    factor: Decimal = Decimal(1)
    fixed_weight: bool = False
    unit_column: str = ""
    home: str = ""
    of_price: bool = False
    per_kg: bool = False
    unit: str = ""


def describe(role: str, header: Header, values: Profile, *, unit_column: str = "") -> str:
    """The reader of a column as proposed: from the words of its header and the sample; `unit_column` names a weight's unit."""
    parts: list[str] = []
    if role == "date":
        order, _ = dates.order_of(values.values)
        return f"date {order}"
    if role not in AMOUNT_ROLES:
        return "text"
    comma = numbers.convention_of(values.values).decimal == ","
    parts.append("decimal comma" if comma else "decimal point")
    if role in ("net_kg", "gross_kg"):
        parts += [word for concept, word in _WEIGHTS.items() if concept in header.concepts][:1]
        parts += [_UNIT_COLUMN + unit_column] if unit_column and len(parts) == 1 else []
    if role == "quantity" and (unit := _named_unit(header)):
        parts.append(UNIT + unit)
    if role == "unit_price" and "U_KG" in header.concepts:
        parts.append(PER_KG)
    if role in ("value", "value_usd", "unit_price"):
        named = [code for code in money(header) if role != "value_usd" or code == "USD"][:1]
        if not named and role != "value_usd":
            named = [word for concept, word in ((RUPEES, RUPEE), ("LOCAL", LOCAL)) if concept in header.concepts][:1]
        parts += named
        parts += [word for concept, word in _BASIS.items() if concept in header.concepts][:1]
        if header.box == "42":
            parts.append("invoice")
        if header.box == "46":
            parts += ["USD", "statistical"] if "USD" not in parts else ["statistical"]
        parts += ["thousands"] if "THOUSAND" in header.concepts or 1000 in header.digits else []
    return "; ".join(dict.fromkeys(parts))


_COUNTED = frozenset({"C62", "KGM", "MTK", "MTQ", "MTR", "LTR", "PR", "NPR", "SET", "TNE", "GRM", "MIL", "DZN"})


def _named_unit(header: Header) -> str:
    """The unit in the header of a quantity: `Количество, шт`, `Qty (pcs)`; a word that says unit names none."""
    words = [w for w in re.split(r"[\s,;:()\[\]/_]+", header.text) if w]
    found = {
        code
        for w in words[1:]
        if not read_header(w).concepts & {"UNIT", "QTY", "NUMBER", "GOODS"} or w.casefold() in ("pcs", "pieces")
        if (code := units.code(w)) in _COUNTED
    }
    return found.pop() or "" if len(found) == 1 else ""


def read(text: str) -> Reader:
    """The parts of a reader text; words it does not know are left alone, so that a mapping file may carry remarks."""
    words = [w.strip() for w in text.split(";") if w.strip()]
    head = words[0].split() if words else []
    kind = head[0] if head else "text"
    factor, fixed, currency, basis, unit_column, home, unit = Decimal(1), False, "", "", "", "", ""
    for word in words[1:]:
        if word.startswith(_UNIT_COLUMN):
            unit_column = word.removeprefix(_UNIT_COLUMN)
        elif word.startswith(UNIT):
            unit = word.removeprefix(UNIT)
        elif word in FACTORS:
            factor *= FACTORS[word]
            fixed = fixed or word != "thousands"
        elif word in (LOCAL, RUPEE):
            home = word
        elif len(word) == 3 and word.isupper() and word not in ("FOB", "CIF"):
            currency = word
        elif word in _BASIS.values():
            basis = word
    order = " ".join(head[1:]) if kind == "date" else ""
    sign = {"comma": ",", "point": "."}.get(head[1], "") if kind == "decimal" and len(head) > 1 else ""
    return Reader(
        kind, order, sign, currency, basis, factor, fixed, unit_column, home, OF_PRICE in words, PER_KG in words, unit
    )
