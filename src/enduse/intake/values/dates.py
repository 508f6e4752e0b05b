"""Dates as customs files write them: the order of day and month is decided per column, from its own values."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from . import calendars

Order = str  # "ymd", "dmy", "mdy", "excel", "ddmmyy", "mmddyy" or "yymmdd"; after a space the era: "ymd jalali"
Read = tuple[dt.date, str]  # the date (first day of a month or year) and its precision: day, month or year

FIRST_YEAR, LAST_YEAR = 1970, 2060
_EPOCH = dt.date(1899, 12, 30)  # day 0 of the serial dates of Excel's 1900 system
_EXCEL = range(25_569, 58_800)  # 1970 to 2060

_MONTHS = {
    1: "january jan jan. января январь янв січня січень січ қаңтар enero ene janeiro janvier janv ocak oca januari jan thang1",
    2: "february feb febr февраля февраль фев февр лютого лютий лют ақпан febrero fevereiro fev février fevrier fév févr şubat subat şub februari pebruari peb ақпанның",
    3: "march mar марта март мар березня березень бер наурыз marzo março marco mars mart maret",
    4: "april apr апреля апрель апр квітня квітень квіт кві сәуір abril abr avril avr nisan nis",
    5: "may мая май травня травень трав тра мамыр mayo maio mai mayıs mayis mei",
    6: "june jun июня июнь июн червня червень черв чер маусым junio junho juin haziran haz juni",
    7: "july jul июля июль июл липня липень лип шілде julio julho juillet juil temmuz tem juli",
    8: "august aug августа август авг серпня серпень серп сер тамыз agosto ago août aout ağustos agustos ağu agu agustus agt",
    9: "september sep sept сентября сентябрь сен сент вересня вересень верес вер қыркүйек septiembre setiembre setembro set septembre eylül eylul eyl",
    10: "october oct октября октябрь окт жовтня жовтень жовт жов қазан octubre outubro out octobre ekim eki oktober okt",
    11: "november nov ноября ноябрь ноя нояб листопада листопад лист лис қараша noviembre novembro novembre kasım kasim kas nopember nop",
    12: "december dec декабря декабрь дек грудня грудень груд гру желтоқсан diciembre dic dezembro dez décembre decembre déc aralık aralik ara desember des",
}
MONTHS: dict[str, int] = {w.rstrip("."): n for n, ws in _MONTHS.items() for w in ws.split()}

_TIME = re.compile(
    r"[T ,]+\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?\s*(Z|UTC|[AP]\.?M\.?|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
_YMD = re.compile(r"^(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})$")
_THREE = re.compile(r"^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$")
_DIGITS = re.compile(r"^\d{8}$")
_YM = re.compile(r"^(\d{4})[-/. ]?(0[1-9]|1[0-2])$")
_YM_LOOSE = re.compile(r"^(\d{4})[-/.](\d{1,2})$")
_MY = re.compile(r"^(\d{1,2})[-/. ](\d{4})$")
_Y = re.compile(r"^(\d{4})$")
_SIX = re.compile(r"^\d{6}$")
_STAMP = re.compile(r"^(\d{8})[ T]?\d{4}(?:\d{2})?$")  # 20230405123000
_VI_MONTH = re.compile(r"^th[aá]ng\s*(\d{1,2})\s*[-/. ]\s*(\d{4})$", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:г\.?|года|р\.?|року|ж\.?|жылы?|yılı|yili)$", re.IGNORECASE)
_CJK = re.compile(r"^(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?$")
_VI = re.compile(r"^(?:ngày\s+)?(?:(\d{1,2})\s+)?tháng\s+(\d{1,2})\s+năm\s+(\d{4})$", re.IGNORECASE)
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_WORD = re.compile(r"[^\W\d_]+\.?|\d+", re.UNICODE)
LONGEST = 60  # characters of a date in words, and more than enough
_FILL = frozenset({"г", "года", "год", "de", "del", "of", "the", "р", "року", "st", "nd", "rd", "th", "ж", "yılı"})


def _make(year: int, month: int = 1, day: int = 1, precision: str = "day", era: str = "") -> Read | None:
    if era:
        try:
            return calendars.common(year, month, day, era), precision
        except ValueError:
            return None
    if year < 100:
        year += 2000 if year < 70 else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day), precision
    except ValueError:
        return None


def _with_words(text: str, era: str = "") -> Read | None:
    """`02-Jun-06`, `5 апреля 2023 г.`, `Apr 2023`, `March 3, 2021`, `2023 Haziran`."""
    month, numbers = 0, []
    if len(text) > LONGEST:
        return None
    for word in _WORD.findall(text.casefold()):
        plain = word.rstrip(".")
        if plain.isdigit():
            numbers.append((int(plain), len(plain)))
        elif plain in MONTHS and not month:
            month = MONTHS[plain]
        elif plain not in _FILL:
            return None
    if not month or not 1 <= len(numbers) <= 2:
        return None
    if len(numbers) == 1:
        year, size = numbers[0]
        return _make(year, month, 1, "month", era) if size in (2, 4) else None
    (a, size_a), (b, _) = numbers
    return _make(a, month, b, era=era) if size_a == 4 else _make(b, month, a, era=era)


@lru_cache(maxsize=131_072)
def parse(text: str, order: Order = "dmy") -> Read | None:
    """The date of one cell, or None. `order` decides only what a cell leaves open: 03/04/2023, 02032023, 45000; its era
    is the one years are counted in.
    """
    base, _, era = order.partition(" ")
    plain = _TIME.sub("", text.strip().strip("'\"")).strip()
    if plain[:1].isdigit() and (hit := _TAIL.search(plain)):
        plain = plain[: hit.start()]
    if hit := _YMD.match(plain):
        return _make(int(hit[1]), int(hit[3]), int(hit[4]), era=era)
    if hit := _THREE.match(plain):
        a, b, year = int(hit[1]), int(hit[3]), int(hit[4])
        if base == "ymd" and len(hit[4]) == 2:  # 23-04-05
            return _make(a, b, year)
        return _make(year, a, b, era=era) if base == "mdy" else _make(year, b, a, era=era)
    if hit := _STAMP.match(plain):
        return _compact(hit[1], "ymd", era)
    if _DIGITS.match(plain):
        return _compact(plain, base, era)
    if base == "excel" and (hit := _SERIAL.match(plain)):
        days = int(hit[1])
        return (_EPOCH + dt.timedelta(days=days), "day") if days in _EXCEL else None
    if base in _SIX_ORDERS and _SIX.match(plain):
        return _six(plain, base)
    return _months(plain, era) or _with_words(plain, era)


def _compact(digits: str, base: str, era: str) -> Read | None:
    """Eight digits."""
    if base in ("dmy", "ddmmyy"):
        return _make(int(digits[4:]), int(digits[2:4]), int(digits[:2]), era=era) or _make(
            int(digits[:4]), int(digits[4:6]), int(digits[6:]), era=era
        )
    if base in ("mdy", "mmddyy"):
        return _make(int(digits[4:]), int(digits[:2]), int(digits[2:4]), era=era)
    return _make(int(digits[:4]), int(digits[4:6]), int(digits[6:]), era=era)


_SIX_ORDERS = ("ddmmyy", "mmddyy", "yymmdd")


def _six(digits: str, base: str) -> Read | None:
    part = {base[i] * 2: int(digits[i : i + 2]) for i in (0, 2, 4)}
    return _make(part["yy"], part["mm"], part["dd"])


def _months(plain: str, era: str) -> Read | None:
    """Months and years alone, and dates with Chinese, Korean or Vietnamese words."""
    if hit := _YM.match(plain) or _YM_LOOSE.match(plain):
        return _make(int(hit[1]), int(hit[2]), 1, "month", era)
    if hit := _MY.match(plain) or _VI_MONTH.match(plain):
        return _make(int(hit[2]), int(hit[1]), 1, "month", era)
    if hit := _CJK.match(plain):
        return _make(int(hit[1]), int(hit[2]), int(hit[3] or 1), "day" if hit[3] else "month", era)
    if hit := _VI.match(plain):
        return _make(int(hit[3]), int(hit[2]), int(hit[1] or 1), "day" if hit[1] else "month", era)
    if hit := _Y.match(plain):
        return _make(int(hit[1]), 1, 1, "year", era)
    return None


def looks_like(text: str) -> bool:
    """Whether a cell is a date whatever column it stands in; plain numbers are not, except 20230405 and 202304."""
    plain = text.strip()
    if plain.isdigit():
        return len(plain) in (6, 8) and parse(plain, "ymd") is not None and 1990 <= int(plain[:4]) <= 2040
    return any(parse(plain, order) is not None for order in ("dmy", "mdy"))


def order_of(values: Iterable[str], others: Iterable[Iterable[str]] = ()) -> tuple[Order, str]:
    """The order of day and month in a column, and the evidence in words. `others` are columns of the same file.

    A cell with a first number above 12 can only be day first, one with a second number above 12 only month first; the
    side with more such cells wins. Where no cell leaves a choice: a part that is 1 throughout while the other changes is
    the day (files of months); then other columns of the file that do decide; then the twelve-hour clock beside the dates,
    which goes with the month first. With none of these the day comes first, as in nearly all customs files outside the US.
    """
    kept = [v for v in values if v]
    era, seen, total = calendars.era_of(kept)
    order, why = _order(kept, era)
    if not order:
        order, why = _first_days(kept) or _elsewhere(others) or _twelve_hours(kept) or ("dmy", why)
    if era:
        name = "Buddhist" if era == calendars.BUDDHIST else "solar Hijri"
        return f"{order} {era}", f"{seen} of {total} years can only be {name}; {why}"
    return order, why


def _elsewhere(others: Iterable[Iterable[str]]) -> tuple[Order, str] | None:
    for cells in others:
        order, why = _order([v for v in cells if v], "")
        if order in ("dmy", "mdy"):
            return order, f"another column of the file: {why}"
    return None


def _first_days(values: Sequence[str]) -> tuple[Order, str] | None:
    parts = [(int(h[1]), int(h[3])) for v in values if (h := _THREE.match(_TIME.sub("", v.strip())))]
    first, second = {a for a, _ in parts}, {b for _, b in parts}
    if first == {1} and len(second) > 2:
        return "dmy", f"the first number is 1 in all {len(parts)} values, the second is the month"
    if second == {1} and len(first) > 2:
        return "mdy", f"the second number is 1 in all {len(parts)} values, the first is the month"
    return None


def _twelve_hours(values: Sequence[str]) -> tuple[Order, str] | None:
    clock = sum(bool(re.search(r"\d\s*[AP]\.?M\.?$", v.strip(), re.IGNORECASE)) for v in values)
    return (
        ("mdy", f"no value decides, and {clock} values have the twelve-hour clock")
        if clock and 2 * clock > len(values)
        else None
    )


def _order(values: Sequence[str], era: str) -> tuple[Order, str]:
    """The order that the cells of one column leave no choice about; empty where every cell could be read both ways."""
    seen: Counter[str] = Counter()
    total = len(values)
    ymd, dmy = (f"{o} {era}".strip() for o in ("ymd", "dmy"))
    for value in values:
        plain = _TIME.sub("", value.strip().strip("'\"")).strip()
        seen["iso"] += _YMD.match(plain) is not None
        if hit := _THREE.match(plain):
            seen["open"] += 1
            seen["day"] += int(hit[1]) > 12
            seen["month"] += int(hit[3]) > 12 >= int(hit[1])
            seen["year"] += len(hit[4]) == 2 and int(hit[1]) > 31
        elif _DIGITS.match(plain):
            seen["ymd8"] += parse(plain, ymd) is not None
            seen["dmy8"] += parse(plain, ymd) is None and parse(plain, dmy) is not None
            seen["mdy8"] += parse(plain, ymd) is None and parse(plain, dmy) is None and parse(plain, "mdy") is not None
        elif (hit := _SERIAL.match(plain)) and int(hit[1]) in _EXCEL:
            seen["serial"] += 1
        elif _SIX.match(plain):
            seen["six"] += 1
    if seen["serial"] and 2 * seen["serial"] > total:
        return "excel", f"{seen['serial']} of {total} values are serial day numbers of Excel"
    if 2 * seen["six"] > total:
        return _order_of_six(values, total)
    if seen["ymd8"] or seen["dmy8"] or seen["mdy8"]:
        order = "ymd" if seen["ymd8"] > seen["dmy8"] + seen["mdy8"] else "mdy" if seen["mdy8"] else "dmy"
        first = {"ymd": "year", "dmy": "day", "mdy": "month"}[order]
        return order, f"eight digits, {first} first in {seen[order + '8']} of {total} values"
    if seen["year"]:
        return "ymd", f"{seen['year']} of {total} values can only be year first"
    if seen["month"] > seen["day"]:
        return "mdy", f"{seen['month']} of {total} values can only be month first, {seen['day']} only day first"
    if seen["day"]:
        return "dmy", f"{seen['day']} of {total} values can only be day first, {seen['month']} only month first"
    if seen["iso"]:
        return "ymd", f"{seen['iso']} of {total} values state the year first"
    if seen["open"]:
        return "", "no value decides between day and month first"
    return "dmy", "no value decides between day and month first" if total else "no values"


def _order_of_six(values: Sequence[str], total: int) -> tuple[Order, str]:
    """Six digits are a year and a month (202304) where all can be that, else the order of day, month and year that fits most."""
    plain = [v.strip() for v in values if _SIX.match(v.strip())]
    months = sum(1990 <= int(p[:4]) <= 2040 and _YM.match(p) is not None for p in plain)
    if 10 * months >= 9 * len(plain):
        return "ymd", f"six digits, year and month in {months} of {total} values"
    fits = {o: sum(_six(p, o) is not None for p in plain) for o in _SIX_ORDERS}
    best = max(_SIX_ORDERS, key=lambda o: fits[o])
    return best, f"six digits read as {best} in {fits[best]} of {total} values"
