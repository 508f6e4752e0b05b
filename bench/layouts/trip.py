"""Files of invented records in every layout, each in its own dates, numbers and country names, with what they say."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from . import ROLES, Layout, _cell, _named

_MONTH = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря", "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "es": "ENE FEB MAR ABR MAY JUN JUL AGO SEP OCT NOV DIC", "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık", "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}  # fmt: skip


def _months(language: str) -> Callable[[dt.date], str]:
    words = _MONTH.get(language, _MONTH["en"]).split()
    if language == "vi":
        return lambda d: f"{d.day} tháng {d.month} năm {d.year}"
    if language == "zh":
        return lambda d: f"{d.year}年{d.month}月{d.day}日"
    joint = " de " if language == "pt" else "-" if language in ("es", "en") else " "
    return lambda d: f"{d.day}{joint}{words[d.month - 1]}{joint}{d.year}"


def _jalali(day: dt.date) -> str:
    """Days of the year 1401 (21 March 2022 to 20 March 2023): its first six months have 31 days, the next five 30."""
    passed = (day - dt.date(2022, 3, 21)).days
    month, left = (passed // 31, passed % 31) if passed < 186 else (6 + (passed - 186) // 30, (passed - 186) % 30)
    return f"1401/{month + 1:02}/{left + 1:02}"


def _date_styles(language: str) -> tuple[Callable[[dt.date], str], ...]:
    return (
        lambda d: d.isoformat(), lambda d: f"{d:%d.%m.%Y}", lambda d: f"{d:%d/%m/%Y}", lambda d: f"{d.month}/{d.day}/{d.year}", lambda d: f"{d:%Y%m%d}",
        lambda d: str((d - dt.date(1899, 12, 30)).days), _months(language), lambda d: f"{d:%d.%m.%Y} 10:15:00", lambda d: f"{d:%d/%m}/{d.year + 543}", _jalali, lambda d: f"{d:%d%m%y}",
    )  # fmt: skip


_NUMBERS: tuple[Callable[[Decimal], str], ...] = (
    lambda n: f"{n:f}", lambda n: f"{n:f}".replace(".", ","), lambda n: f"{n:,f}", lambda n: f"{n:,f}".translate(str.maketrans(",.", ".,")),
    lambda n: f"{n:,f}".replace(",", " ").replace(".", ","), lambda n: f"{n:,f}".replace(",", "'"),
)  # fmt: skip
_COUNTRIES = ("CN", "DE", "TR", "IT", "KR", "VN", "JP", "PL", "IN", "BR", "RU", "KZ", "US", "CZ", "NL", "AE")
_DATES, _AMOUNTS, _PLACES = {"dt"}, {"q", "nk", "gk", "v", "vu"}, {"oc", "dc", "tc", "de", "ec", "ic"}


def records(layout: Layout, rows: int, number: int) -> Iterator[tuple[list[str], dict[int, Any]]]:
    """Records as cells, with the truth by column; the style of dates, numbers and countries changes with `number`."""
    rng = random.Random(f"{layout.name} {number}")
    language = layout.language
    styles = _date_styles(language)
    date, amount = styles[number % len(styles)], _NUMBERS[number % len(_NUMBERS)]
    codes = (None, _named(language), _named("alpha3"), _named("numeric"))[number % 4]
    for row in range(rows):
        cells: list[str] = []
        truth: dict[int, Any] = {}
        for at, kind in enumerate(layout.kinds):
            if kind in _DATES:
                day = dt.date(2022, 3, 21) + dt.timedelta(days=rng.randint(0, 330))
                cells.append(date(day))
                truth[at] = day
            elif kind in _AMOUNTS:
                whole = kind == "q"
                n = Decimal(rng.randint(1, 900)) if whole else Decimal(rng.randint(100, 9_999_999)) / 100
                cells.append(str(n) if whole else amount(n))
                truth[at] = n * 1000 if "тыс" in layout.columns[at] else n
            elif kind in _PLACES:
                code = rng.choice(_COUNTRIES)
                cells.append(codes.get(code, code) if codes else code)
                truth[at] = code
            else:
                cells.append(_cell(kind, layout, rng, row))
        yield cells, truth


def write(layout: Layout, folder: Path, number: int, rows: int) -> tuple[Path, list[dict[int, Any]]]:
    """A CSV file of the layout and the truth of its records by column; the name of the file is the layout's."""
    path = folder / f"{number:03}" / (layout.file.rsplit(".", 1)[0] + ".csv")
    path.parent.mkdir(parents=True)
    truths = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";" if number % 2 else ",")
        writer.writerow(layout.columns)
        for cells, truth in records(layout, rows, number):
            writer.writerow(cells)
            truths.append(truth)
    return path, truths


__all__ = ["ROLES", "records", "write"]
