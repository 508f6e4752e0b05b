"""Weight for a piece against the band of the declared subheading.

8806.2x and 8806.9x are split at 250 g, 7 kg, 25 kg and 150 kg of take-off mass. A declared net weight holds the case,
batteries and controller too, and a take-off mass holds the payload, so only a clear distance is noted.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from enduse.reference.goods_tables import unmanned_bands

SLACK = 2.0  # a piece may weigh twice the upper limit with its kit
SHARE = 0.25  # and a quarter of the lower limit before its payload and batteries


def _number(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def bands() -> list[tuple[str, Decimal, Decimal]]:
    """(hs6, lowest, highest) kilograms a piece that do not call for a note."""
    top = Decimal(100_000)
    return [
        (code, Decimal(str(low * SHARE)), Decimal(str(high * SLACK)) if high is not None else top)
        for code, (low, high) in sorted(unmanned_bands().items())
    ]


def unit_note(family: str, code: str, kg: object, quantity: object) -> str:
    """`unit_kg=12.500 outside 880622` for a drone whose weight a piece is far off its subheading, else nothing."""
    if family != "drone":
        return ""
    weight, pieces = _number(kg), _number(quantity)
    if weight is None or pieces is None:
        return ""
    each = weight / pieces
    for hs6, low, high in bands():
        if code.startswith(hs6) and not low <= each <= high:
            return f"unit_kg={each:.3f} outside {hs6}"
    return ""
