"""Dates as customs files write them: the order of day and month is decided per column, from its own values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

Order = str  # "ymd", "dmy", "mdy" or "excel"
Read = tuple[dt.date, str]  # the date (first day of a month or year) and its precision: day, month or year

FIRST_YEAR, LAST_YEAR = 1970, 2060
_EPOCH = dt.date(1899, 12, 30)  # day 0 of the serial dates of Excel's 1900 system
_EXCEL = range(25_569, 58_800)  # 1970 to 2060

_MONTHS = {
    1: "january jan jan. января январь янв січня січень қаңтар enero ene janeiro janvier janv ocak oca januari thang1",
    2: "february feb февраля февраль фев лютого лютий ақпан febrero fevereiro fev février fevrier fév févr şubat subat şub februari",
    3: "march mar марта март мар березня березень наурыз marzo março marco mars mart maret",
    4: "april apr апреля апрель апр квітня квітень сәуір abril abr avril avr nisan nis",
    5: "may мая май травня травень мамыр mayo maio mai mayıs mayis mei",
    6: "june jun июня июнь июн червня червень маусым junio junho juin haziran haz juni",
    7: "july jul июля июль июл липня липень шілде julio julho juillet juil temmuz tem juli",
    8: "august aug августа август авг серпня серпень тамыз agosto ago août aout ağustos agustos ağu agu agustus agt",
    9: "september sep sept сентября сентябрь сен сент вересня вересень қыркүйек septiembre setiembre setembro set septembre eylül eylul eyl",
    10: "october oct октября октябрь окт жовтня жовтень қазан octubre outubro out octobre ekim eki oktober okt",
    11: "november nov ноября ноябрь ноя нояб листопада листопад қараша noviembre novembro novembre kasım kasim kas",
    12: "december dec декабря декабрь дек грудня грудень желтоқсан diciembre dic dezembro dez décembre decembre déc aralık aralik ara desember des",
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
_CJK = re.compile(r"^(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?$")
_VI = re.compile(r"^(?:ngày\s+)?(?:(\d{1,2})\s+)?tháng\s+(\d{1,2})\s+năm\s+(\d{4})$", re.IGNORECASE)
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_WORD = re.compile(r"[^\W\d_]+\.?|\d+", re.UNICODE)
LONGEST = 60  # characters of a date in words, and more than enough
_FILL = frozenset({"г", "года", "год", "de", "del", "of", "the", "р", "року", "st", "nd", "rd", "th", "ж", "yılı"})


def _make(year: int, month: int = 1, day: int = 1, precision: str = "day") -> Read | None:
    if year < 100:
        year += 2000 if year < 70 else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day), precision
    except ValueError:
        return None


def _with_words(text: str) -> Read | None:
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
        return _make(year, month, 1, "month") if size in (2, 4) else None
    (a, size_a), (b, _) = numbers
    return _make(a, month, b) if size_a == 4 else _make(b, month, a)


@lru_cache(maxsize=131_072)
def parse(text: str, order: Order = "dmy") -> Read | None:
    """The date of one cell, or None. `order` decides only what a cell leaves open: 03/04/2023, 02032023, 45000."""
    plain = _TIME.sub("", text.strip().strip("'\"")).strip()
    if hit := _YMD.match(plain):
        return _make(int(hit[1]), int(hit[3]), int(hit[4]))
    if hit := _THREE.match(plain):
        a, b, year = int(hit[1]), int(hit[3]), int(hit[4])
        if order == "ymd" and len(hit[4]) == 2:  # 23-04-05
            return _make(a, b, year)
        return _make(year, a, b) if order == "mdy" else _make(year, b, a)
    if _DIGITS.match(plain):
        if order == "dmy":
            return _make(int(plain[4:]), int(plain[2:4]), int(plain[:2])) or _make(
                int(plain[:4]), int(plain[4:6]), int(plain[6:])
            )
        if order == "mdy":
            return _make(int(plain[4:]), int(plain[:2]), int(plain[2:4]))
        return _make(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    if order == "excel" and (hit := _SERIAL.match(plain)):
        days = int(hit[1])
        return (_EPOCH + dt.timedelta(days=days), "day") if days in _EXCEL else None
    if hit := _YM.match(plain) or _YM_LOOSE.match(plain):
        return _make(int(hit[1]), int(hit[2]), 1, "month")
    if hit := _MY.match(plain):
        return _make(int(hit[2]), int(hit[1]), 1, "month")
    if hit := _CJK.match(plain):
        return _make(int(hit[1]), int(hit[2]), int(hit[3] or 1), "day" if hit[3] else "month")
    if hit := _VI.match(plain):
        return _make(int(hit[3]), int(hit[2]), int(hit[1] or 1), "day" if hit[1] else "month")
    if hit := _Y.match(plain):
        return _make(int(hit[1]), 1, 1, "year")
    return _with_words(plain)


def looks_like(text: str) -> bool:
    """Whether a cell is a date whatever column it stands in; plain numbers are not, except 20230405 and 202304."""
    plain = text.strip()
    if plain.isdigit():
        return len(plain) in (6, 8) and parse(plain, "ymd") is not None and 1990 <= int(plain[:4]) <= 2040
    return any(parse(plain, order) is not None for order in ("dmy", "mdy"))


def order_of(values: Iterable[str]) -> tuple[Order, str]:
    """The order of day and month in a column, and the evidence in words.

    A cell with a first number above 12 can only be day first, one with a second number above 12 only month first; the
    side with more such cells wins. With none the day comes first, as in nearly all customs files outside the US.
    """
    day_first = month_first = year_first = serial = digits_ymd = digits_dmy = iso = total = 0
    for value in values:
        plain = _TIME.sub("", value.strip().strip("'\"")).strip()
        total += 1
        iso += _YMD.match(plain) is not None
        if hit := _THREE.match(plain):
            day_first += int(hit[1]) > 12
            month_first += int(hit[3]) > 12 >= int(hit[1])
            year_first += len(hit[4]) == 2 and int(hit[1]) > 31
        elif _DIGITS.match(plain):
            digits_ymd += parse(plain, "ymd") is not None
            digits_dmy += parse(plain, "ymd") is None and parse(plain, "dmy") is not None
        elif (hit := _SERIAL.match(plain)) and int(hit[1]) in _EXCEL:
            serial += 1
    if serial and 2 * serial > total:
        return "excel", f"{serial} of {total} values are serial day numbers of Excel"
    if digits_ymd or digits_dmy:
        order = "ymd" if digits_ymd > digits_dmy else "dmy"
        return (
            order,
            f"eight digits, {'year' if order == 'ymd' else 'day'} first in {max(digits_ymd, digits_dmy)} of {total} values",
        )
    if year_first:
        return "ymd", f"{year_first} of {total} values can only be year first"
    if month_first > day_first:
        return "mdy", f"{month_first} of {total} values can only be month first, {day_first} only day first"
    if day_first:
        return "dmy", f"{day_first} of {total} values can only be day first, {month_first} only month first"
    if iso:
        return "ymd", f"{iso} of {total} values state the year first"
    return "dmy", "no value decides between day and month first" if total else "no values"
