"""What a press figure states, as an interval: "more than", "nearly", ranges, and the rounding a printed number implies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

ABOUT = 0.1  # "about 100" is read as 90 to 110: an assumption of this program, stated wherever it is used


@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends belong to it; `high` None is open. `assumed` says in words what was read into the statement."""

    low: float
    high: float | None
    assumed: str = ""

    def holds(self, value: float) -> bool:
        return self.low <= value and (self.high is None or value <= self.high)

    def overlap(self, low: float, high: float) -> float:
        """Share of this interval inside [low, high], 0 to 1; an open end counts as reaching to what is recorded."""
        top = max(self.low, high) if self.high is None else self.high
        if top <= self.low:
            return 1.0 if low <= self.low <= high else 0.0
        return max(0.0, min(top, high) - max(self.low, low)) / (top - self.low)


def _rounding(value: float) -> float:
    """Half a unit of the last digit that is not zero: 12 million stands for 11.5 to 12.5 million, 70 for 70."""
    if value < 100 or value != int(value):
        return 0.0
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    # A number of one digit and many zeros was hardly rounded to its first digit: never more than a twentieth.
    return min(0.5 * float(10**zeros), value / 20)


def interval(figure: dict[str, Any] | None, *, rounded: bool = True) -> Interval | None:
    """The interval of a `quantity`, `value` or `counts` entry of a claim; None where it states no number.

    `rounded` gives a bare number the width its zeros imply: what a comparison needs, and a list of what was said does not.
    """
    if not figure:
        return None
    value = figure.get("value", figure.get("amount"))
    low, high = figure.get("min"), figure.get("max")
    if low is not None or high is not None:
        return Interval(float(low or 0), None if high is None else float(high))
    if value is None or not math.isfinite(float(value)):
        return None
    number = float(value)
    match figure.get("modifier") or "=":
        case ">" | ">=":
            return Interval(number, None)
        case "<" | "<=":
            return Interval(0.0, number)
        case "~":
            return Interval(number * (1 - ABOUT), number * (1 + ABOUT), "about is read as a tenth either way")
        case "<~":
            return Interval(number * (1 - ABOUT), number, "nearly is read as at most a tenth below")
        case "vague":
            return Interval(number, None, "a vague number is read as its lower bound")
        case _:
            half = _rounding(number) if rounded else 0.0
            note = "read with the rounding its zeros imply" if half else ""
            return Interval(number - half, number + half, note)
