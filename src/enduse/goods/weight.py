"""Weight for a piece against the band of the declared subheading.

8806.2x and 8806.9x are split at 250 g, 7 kg, 25 kg and 150 kg of take-off mass. A declared net weight holds the case,
batteries and controller too, and a take-off mass holds the payload, so only a clear distance is noted.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from enduse.reference import goods_tables as tables

SLACK = 2.0  # a piece may weigh twice the upper limit with its kit
SHARE = 0.25  # and a quarter of the lower limit before its payload and batteries


def _number(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


@lru_cache(maxsize=1)
def bands() -> list[tuple[str, Decimal, Decimal]]:
    """(hs6, lowest, highest) kilograms a piece that do not call for a note."""
    top = Decimal(100_000)
    return [
        (code, Decimal(str(low * SHARE)), Decimal(str(high * SLACK)) if high is not None else top)
        for code, (low, high) in sorted(tables.unmanned_bands().items())
    ]


KIT = 6.0  # a set may weigh so many times the aircraft with its batteries, case and charger, and
KIT_KG = 5.0  # so much more in its carton
BARE = 0.3  # an aircraft without batteries weighs no less than this share of its listed mass


class ModelLimits(NamedTuple):
    """A listed model: kilograms a piece that call for no note, and the 8806 subheadings of its take-off mass (joined by ;)."""

    brand: str
    model: str
    low: float
    high: float
    codes: str


def model_limits() -> list[ModelLimits]:
    """Limits of the models whose mass is known."""
    out = []
    for row in tables.rows("models"):
        masses = [int(row[k]) / 1000 for k in ("weight_g", "mtow_g") if row[k].isdigit()]
        codes = ";".join(dict.fromkeys(c for c in (row["hs6_remote_only"], row["hs6_autonomous"]) if c))
        if masses:
            out.append(ModelLimits(row["brand"], row["model"], BARE * min(masses), KIT * max(masses) + KIT_KG, codes))
    return sorted({(m.brand, m.model): m for m in reversed(out)}.values())


def unit_note(family: str, code: str, kg: object, quantity: object) -> str:
    """`unit_kg=12.500 outside 880622` for a drone whose weight a piece is far off its subheading, else nothing."""
    if family != "drone" or not any(code.startswith(hs6) for hs6, _, _ in bands()):
        return ""
    weight, pieces = _number(kg), _number(quantity)
    if weight is None or pieces is None:
        odd = [name for name, cell, number in (("weight", kg, weight), ("quantity", quantity, pieces)) if number is None and str(cell or "").strip()]  # fmt: skip
        return f"note=weight for a piece not tested, {' and '.join(odd)} not above zero" if odd else ""
    each = weight / pieces
    for hs6, low, high in bands():
        if code.startswith(hs6) and not low <= each <= high:
            return f"unit_kg={each:.3f} outside {hs6}"
    return ""
