"""How numbers are written: never finer than their range, one scale for a value and its ends, and a word for what is missing.

Everything here takes `Decimal` (or `int`, `float` for scores) and gives text. The model keeps the full value; digits are
dropped only when a page is drawn, so an export carries full precision.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext

NBSP = "\u00a0"
NOT_STATED = "n/s"  # the record does not say
NOT_READABLE = "n/r"  # the record says something that cannot be read as a number
NOT_COVERED = "n/c"  # no file covers it
NOT_APPLICABLE = "–"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

Number = Decimal | int


@dataclass(frozen=True)
class Written:
    """A number ready to print: `number` and `unit` apart because the page sets them in different sizes."""

    number: str
    unit: str
    low: str = ""
    high: str = ""
    strict: str = ""
    broad: str = ""

    @property
    def range(self) -> str:
        """`9.8–14.6`, or nothing where both ends are written like the value."""
        return "" if not self.low or (self.low == self.number == self.high) else f"{self.low}–{self.high}"

    @property
    def short(self) -> str:
        """The value with its unit."""
        return f"{self.number}{NBSP}{self.unit}" if self.unit else self.number

    @property
    def full(self) -> str:
        """The value with its unit and its range in brackets."""
        return f"{self.short} ({self.range})" if self.range else self.short


def decimal(text: object) -> Decimal | None:
    """A finite number, or None for anything else."""
    if text is None or text == "":
        return None
    try:
        value = Decimal(str(text))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def grouped(value: Number, places: int = 0) -> str:
    """`4,812` and `-0.50` with a true minus; rounding is half to even and keeps `places` decimals."""
    with localcontext() as context:
        context.prec = 60
        number = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    if number == 0:
        number = abs(number)
    return f"{number:,.{max(0, places)}f}".replace("-", "−")


def count(value: int | None) -> str:
    """An exact count."""
    return NOT_APPLICABLE if value is None else grouped(value)


# From this size on, divided by, written before the currency.
_MONEY = (
    (Decimal(10**9), Decimal(10**9), "bn"),
    (Decimal(10**6), Decimal(10**6), "m"),
    (Decimal(10**4), Decimal(10**3), "k"),
)
TONNE = Decimal(10**5)  # kilograms from which a weight is written in tonnes
COUNTED = frozenset({"records", "rows", "firms", "exporters", "importers", "brands", "models", "parties", "months"})


def _magnitude(value: Decimal) -> int:
    """Exponent of the first digit: 2 for 380, -1 for 0.5. Zero counts as 1."""
    return value.adjusted() if value else 0


def places_for(value: Decimal, ends: tuple[Decimal, ...] = ()) -> int:
    """Decimals a scaled value and its ends share; below zero, digits before the point that say nothing.

    A range wider than a tenth of the value leaves two or three digits; a narrower one as many as its smaller side
    supports; no range at all leaves two decimals at most, for nothing says that more of them mean something.
    """
    sides = [abs(value - e) for e in ends if e != value]
    if not sides:
        return max(0, min(2, 3 - _magnitude(value)))
    width = max((value, *ends)) - min((value, *ends))
    if width * 10 > abs(value):
        return 1 - min(0, _magnitude(value)) if abs(value) < 100 else 2 - _magnitude(value)
    return -_magnitude(min(sides))


def written(
    value: Number | None,
    unit: str,
    low: Number | None = None,
    high: Number | None = None,
    strict: Number | None = None,
    broad: Number | None = None,
) -> Written:
    """A figure with its ends on one scale and with the same decimals. No value is not stated."""
    if value is None:
        return Written(NOT_STATED, "")
    whole = Decimal(value)
    ends = tuple(None if e is None else Decimal(e) for e in (low, high, strict, broad))
    if unit in COUNTED:
        return Written(grouped(whole), unit, *("" if e is None else grouped(e) for e in ends))
    divisor, name = scale_of(whole, unit)
    known = tuple(e / divisor for e in ends if e is not None)
    places = places_for(whole / divisor, known)
    if divisor > 1 and places > 3:  # so narrow a range is read more easily in full
        divisor, name = Decimal(1), unit
        places = min(0, places_for(whole, tuple(e for e in ends if e is not None)))
    if divisor > 1:
        places = max(0, places)
    elif whole == whole.to_integral_value() or abs(whole) >= 1000:
        places = min(0, places)
    elif is_currency(unit):
        places = min(2, places)
    texts = ("" if e is None else grouped(e / divisor, places) for e in ends)
    return Written(grouped(whole / divisor, places), name, *texts)


def scale_of(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """What a value of this size is divided by, and the unit it then has."""
    if unit == "kg" and abs(value) >= TONNE:
        return Decimal(1000), "t"
    if is_currency(unit):
        for least, by, word in _MONEY:
            if abs(value) >= least:
                return by, f"{word}{NBSP}{unit}"
    return Decimal(1), unit


def is_currency(unit: str) -> bool:
    """An ISO 4217 code."""
    return len(unit) == 3 and unit.isascii() and unit.isupper()


def on_scale(change: Decimal, value: Decimal, unit: str) -> str:
    """A change of a value on the scale of the value: one decimal, more only where it would be lost."""
    divisor, name = scale_of(value, unit)
    scaled = change / divisor
    places = max(1, min(4, 1 - _magnitude(scaled))) if divisor > 1 else 0
    return f"{grouped(scaled, places)}{NBSP}{name}"


def brief(value: Number | None, unit: str) -> str:
    """Two or three digits, for the axis of a chart and the numbers on it: `3 m USD`, `1.5 m USD`, `380 k USD`."""
    if value is None:
        return NOT_STATED
    made = written(value, unit, Decimal(value) / 2, Decimal(value) * 2)
    number = made.number.rstrip("0").rstrip(".") if "." in made.number else made.number
    return f"{number}{NBSP}{made.unit}" if made.unit else number


def plain(value: Number | None, places: int = 0) -> str:
    """A cell of a table: up to `places` decimals, none where they are zeros; not stated where empty."""
    if value is None:
        return NOT_STATED
    text = grouped(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Number | None) -> str:
    """A sum of money in whole units."""
    return NOT_STATED if value is None else grouped(value)


def score(value: float | None) -> str:
    """`.81`; 0 and 1 only where they are exact."""
    if value is None:
        return NOT_APPLICABLE
    if value in (0, 1):
        return str(int(value))
    hundredths = min(99, max(1, round(value * 100)))
    return f".{hundredths:02d}"


def share(part: Number | None, whole: Number | None) -> str:
    """`18 %`; one decimal below 1 %; never 0 % or 100 % for something that is neither."""
    if part is None or not whole:
        return NOT_APPLICABLE
    value = Decimal(part) * 100 / Decimal(whole)
    if value in (0, 100):
        text = grouped(value)
    elif value < 1:
        text = "under 0.1" if value < Decimal("0.1") else grouped(value, 1)
    elif value > Decimal("99.5"):
        text = "over 99.9" if value > Decimal("99.9") else grouped(value, 1)
    else:
        text = grouped(value)
    return f"{text}{NBSP}%"


def day(value: dt.date | None) -> str:
    """`14 Nov 2022`."""
    return NOT_STATED if value is None else f"{value.day}{NBSP}{MONTHS[value.month - 1]}{NBSP}{value.year}"


def days(low: dt.date | None, high: dt.date | None) -> str:
    """`17–24 Feb 2023`, `3 Jan–24 Feb 2023`, `3 Dec 2022–24 Feb 2023`; nothing where both are one day."""
    if low is None or high is None or low == high:
        return ""
    if (low.year, low.month) == (high.year, high.month):
        return f"{low.day}–{day(high)}"
    if low.year == high.year:
        return f"{low.day}{NBSP}{MONTHS[low.month - 1]}–{day(high)}"
    return f"{day(low)}–{day(high)}"


def month(text: str | None, *, long: bool = False) -> str:
    """`Nov 2022` from `2022-11`; anything else as it stands."""
    if not text or len(text) < 7 or not (text[:4] + text[5:7]).isdigit() or not 1 <= int(text[5:7]) <= 12:
        return text or NOT_STATED
    return f"{(LONG_MONTHS if long else MONTHS)[int(text[5:7]) - 1]}{NBSP}{text[:4]}"


def round_end(value: Decimal) -> Decimal:
    """The end of an axis that starts at 0: the next of 1, 1.5, 2, 3, 4, 5, 6, 8, 10 times a power of ten."""
    if value <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(value.adjusted())
    steps = ("1", "1.5", "2", "3", "4", "5", "6", "8", "10")
    return next(Decimal(s) * power for s in steps if Decimal(s) * power >= value)


def iso_day(text: str | None) -> dt.date | None:
    """A date from `2022-11-14`, or None."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
