"""Exchange rates the user supplies: a dated table into US dollars, found by the day of each record."""

from __future__ import annotations

import bisect
import csv
import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from enduse.contracts.case_file import Rates
from enduse.errors import CaseError

COLUMNS = ("date", "currency", "usd")
_FIX = "Write a CSV with the columns date (2023-04-05), currency (KZT) and usd (dollars for one unit, 0.0022)"


@dataclass(frozen=True)
class Table:
    """Rates by currency, ordered by day: dollars for one unit. Empty where the case names none."""

    name: str
    days: dict[str, list[dt.date]]
    rates: dict[str, list[Decimal]]
    oldest: int

    def at(self, currency: str, day: dt.date) -> tuple[Decimal, str] | None:
        """The last rate on or before a day, and what to call it; None where there is none, or none young enough."""
        days = self.days.get(currency, [])
        place = bisect.bisect_right(days, day) - 1
        if place < 0 or (day - days[place]).days > self.oldest:
            return None
        return self.rates[currency][place], f"{self.name} {days[place]}"

    def __bool__(self) -> bool:
        return bool(self.days)


EMPTY = Table("", {}, {}, 0)


def load(folder: Path, settings: Rates) -> Table:
    """The table a case names under `[settings.rates]`. Raises `CaseError` naming the file, the line and what is wrong."""
    if settings.file is None:
        return EMPTY
    where = settings.file
    path = folder / settings.file
    if not settings.name:
        raise CaseError("the rates have no name", where="case.toml: settings.rates", fix='Say whose they are: name = "National Bank of ..."')  # fmt: skip
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError("the table of rates cannot be read", where=where, fix=_FIX) from error
    if settings.sha256 is not None and hashlib.sha256(data).hexdigest() != settings.sha256:
        raise CaseError("the table of rates is not the one the case was made with", where=where, fix="Put the old file back, or drop sha256 under settings.rates")  # fmt: skip
    return Table(settings.name, *_read(text, where), settings.max_age_days)


def _read(text: str, where: str) -> tuple[dict[str, list[dt.date]], dict[str, list[Decimal]]]:
    reader = csv.DictReader(text.splitlines())
    missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
    if missing:
        raise CaseError(f"the table of rates has no column {missing[0]!r}", where=where, fix=_FIX)
    found: dict[tuple[str, dt.date], Decimal] = {}
    for number, row in enumerate(reader, start=2):
        here = f"{where}: line {number}"
        try:
            day, currency, rate = dt.date.fromisoformat((row["date"] or "").strip()), (row["currency"] or "").strip().upper(), Decimal((row["usd"] or "").strip())  # fmt: skip
        except (ValueError, InvalidOperation) as error:
            raise CaseError("is no rate", where=here, fix=_FIX) from error
        if len(currency) != 3 or not currency.isalpha() or not rate.is_finite() or rate <= 0:
            raise CaseError("is no rate", where=here, fix=_FIX)
        if found.get((currency, day), rate) != rate:
            raise CaseError(f"a second rate for {currency} on {day}", where=here, fix="Keep one of the two lines")
        found[currency, day] = rate
    days: dict[str, list[dt.date]] = {}
    rates: dict[str, list[Decimal]] = {}
    for (currency, day), rate in sorted(found.items()):
        days.setdefault(currency, []).append(day)
        rates.setdefault(currency, []).append(rate)
    return days, rates


def lines(table: Table, currencies: Iterable[str], days: Iterable[dt.date]) -> list[tuple[str, dt.date, Decimal, str]]:
    """(currency, day, dollars for one unit, what the rate is called) for each pair that has a rate."""
    every = sorted(set(days))
    return [
        (currency, day, *found)
        for currency in sorted(set(currencies))
        if currency != "USD"
        for day in every
        if (found := table.at(currency, day)) is not None
    ]


__all__ = ["COLUMNS", "EMPTY", "Table", "lines", "load"]
