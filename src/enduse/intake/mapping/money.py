"""Whether a column of currencies belongs to the unit price and says nothing of the total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from enduse.intake.values import numbers

from .headers import Header
from .readers import OF_PRICE

if TYPE_CHECKING:
    from .propose import ColumnRole

ENOUGH = 5  # records in which quantity, price and value can be read
SAME = 0.05  # total and quantity x price differ by no more: one currency
APART = 5.0  # they differ by a rate of exchange


def of_price(
    roles: list[ColumnRole], headers: Sequence[Header], sample: Sequence[Sequence[str | None]]
) -> tuple[ColumnRole, ...]:
    """The roles, with the reader of the currency column marked where it is the unit price's own.

    It is, if it is named like the unit price (`ASSD CURR` beside `ASSD UNIT PRICE`) unless most totals are quantity
    times price; or if it stands beside the unit price, away from the total, and the totals are another multiple of
    quantity times price.
    """
    at = {r.role: i for i, r in enumerate(roles)}
    if not {"currency", "unit_price", "value"} <= at.keys():
        return tuple(roles)
    place, price, value = at["currency"], at["unit_price"], at["value"]
    rates = _rates(sample, at)
    one = len(rates) >= ENOUGH and sum(abs(r - 1) <= SAME for r in rates) * 2 > len(rates)
    apart = len(rates) >= ENOUGH and not 1 / APART < median(rates) < APART
    beside = abs(place - price) == 1 and abs(place - value) != 1
    if not one and (_like(headers[place], headers[price], headers[value]) or (beside and apart)):
        why = (
            f"{roles[place].reason}; stands with {headers[price].text!r}, and {headers[value].text!r} is another amount"
        )
        roles[place] = replace(roles[place], reader=f"text; {OF_PRICE}", reason=why)
    return tuple(roles)


def agrees(sample: Sequence[Sequence[str | None]], at: dict[str, int]) -> bool:
    """Whether the totals of a file are quantity times unit price, as far as its sample shows; without a total, yes.

    `at` gives the place of value, quantity and unit price.
    """
    rates = _rates(sample, at)
    return not rates or sum(abs(r - 1) <= SAME for r in rates) >= 0.8 * len(rates)


def _rates(sample: Sequence[Sequence[str | None]], at: dict[str, int]) -> list[float]:
    """Total over quantity times unit price, of the records that have all three."""
    if "quantity" not in at:
        return []
    out = []
    for row in sample[:500]:
        cells = [row[at[r]] if at[r] < len(row) else None for r in ("value", "quantity", "unit_price")]
        total, count, price = (numbers.plain(c) if c else None for c in cells)
        if total and count and price:
            out.append(float(total) / (float(count) * float(price)))
    return out


def _like(currency: Header, price: Header, value: Header) -> bool:
    """Whether the name of a currency column has a word of the unit price's name that the total's name has not."""
    if currency.concepts & {"UNIT", "PERUNIT"} and not value.concepts & {"UNIT", "PERUNIT"}:
        return True
    if currency.concepts & {"VALUE", "INVOICE", "TOTAL", "FOB", "CIF", "CUSTVAL", "STATVAL"}:
        return False
    own, others = _words(currency), _words(value)
    return bool((own & _words(price)) - others - _COMMON)


_COMMON = frozenset(
    {"currency", "curr", "cur", "fc", "foreign", "invoice", "item", "code", "usd", "name", "declaration"}
)


def _words(header: Header) -> set[str]:
    return {w for w in re.split(r"[\W_0-9]+", header.text.casefold()) if len(w) > 1}
