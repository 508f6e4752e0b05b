"""A lot: one declared delivery, its truth and the words in which it was declared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .catalogue import Good
    from .firms import Firm

CONTROL = dt.date(2023, 9, 1)
FIRST, LAST = dt.date(2022, 1, 1), dt.date(2024, 6, 30)
SINCE = dt.date(2022, 2, 24)
AE_FROM = dt.date(2022, 3, 1)  # the monthly file begins after the window, so no month is cut by it
MONTHS = tuple(dt.date(2022 + m // 12, m % 12 + 1, 1) for m in range(30))
CENT, GRAM = Decimal("0.01"), Decimal("0.001")


@dataclass(frozen=True)
class Lot:
    """One declared lot: the truth and the words in which it was declared.

    `evidence` says what a reader of the row can know: `named` (the text names the goods), `code` (only the code does),
    `hidden` (nothing does), or empty for ordinary goods. `missing` are fields left empty on the paper.
    """

    file: str
    number: str
    line: int
    date: dt.date
    direction: str
    seller: Firm
    buyer: Firm
    seller_name: str
    buyer_name: str
    origin: str
    departure: str
    destination: str
    good: Good
    hs: str
    text: str
    quantity: int
    net_kg: Decimal
    value_usd: Decimal
    evidence: str = ""
    understated: bool = False
    missing: frozenset[str] = frozenset()

    @property
    def watched(self) -> bool:
        return self.good.family != ""


def amended(lot: Lot) -> Lot:
    """The lot as its owner declared it again: same number and line, a tenth more goods."""
    return replace(
        lot,
        quantity=lot.quantity + max(1, lot.quantity // 10),
        net_kg=(lot.net_kg * Decimal("1.1")).quantize(GRAM),
        value_usd=(lot.value_usd * Decimal("1.1")).quantize(CENT),
    )
