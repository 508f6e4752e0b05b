"""Years of other eras: the Buddhist year of Thailand (543 ahead) and the solar Hijri calendar of Iran and Afghanistan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

BUDDHIST, JALALI = "buddhist", "jalali"
_YEAR = re.compile(r"(?<!\d)(1[34]\d\d|2[56]\d\d)(?!\d)|^(1[34]\d\d|2[56]\d\d)(?=\d{4}$)")
_SHARE = 0.6  # of the values of a column whose year can only be of the era
_BUDDHIST = range(2513, 2604)  # 1970 to 2060
_JALALI = range(1348, 1440)  # 1969 to 2060
_OFFSET = 543
# Years in which the 33-year rule of leap years breaks (Borkowski 1996, The Persian calendar for 3000 years).
_BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635)


def era_of(values: Iterable[str]) -> tuple[str, int, int]:
    """The era a column of dates is written in (empty: the common one), the values that show it, and all values."""
    buddhist = jalali = total = 0
    for value in values:
        total += 1
        years = [int(a or b) for a, b in _YEAR.findall(value)]
        buddhist += any(y in _BUDDHIST for y in years)
        jalali += any(y in _JALALI for y in years)
    seen, era = max((buddhist, BUDDHIST), (jalali, JALALI))
    return (era, seen, total) if total and seen >= _SHARE * total else ("", 0, total)


def common(year: int, month: int, day: int, era: str) -> dt.date:
    """The date in the common calendar. Raises ValueError where there is no such day."""
    if era == BUDDHIST:
        if year not in _BUDDHIST:
            raise ValueError(f"no Buddhist year of this age: {year}")
        return dt.date(year - _OFFSET, month, day)
    if era == JALALI:
        return _from_jalali(year, month, day)
    return dt.date(year, month, day)


def _new_year(year: int) -> tuple[dt.date, bool]:
    """Day of March on which a Jalali year begins, and whether the year has a leap day."""
    leaps, before = -14, _BREAKS[0]
    jump = 0
    for after in _BREAKS[1:]:
        jump = after - before
        if year < after:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        before = after
    passed = year - before
    leaps += passed // 33 * 8 + (passed % 33 + 3) // 4
    if jump % 33 == 4 and jump - passed == 4:
        leaps += 1
    common_year = year + 621
    march = 20 + leaps - (common_year // 4 - (common_year // 100 + 1) * 3 // 4 - 150)
    if jump - passed < 6:
        passed = passed - jump + (jump + 4) // 33 * 33
    leap = ((passed + 1) % 33 - 1) % 4
    return dt.date(common_year, 3, march), leap == 0


def _from_jalali(year: int, month: int, day: int) -> dt.date:
    if year not in _JALALI or not 1 <= month <= 12:
        raise ValueError(f"no solar Hijri month of this age: {year}-{month}")
    first, leap = _new_year(year)
    longest = 31 if month <= 6 else 30 if month < 12 or leap else 29
    if not 1 <= day <= longest:
        raise ValueError(f"month {month} of {year} has no day {day}")
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return first + dt.timedelta(days=before + day - 1)
