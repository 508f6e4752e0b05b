"""A claim against the records: from the two ranges and the coverage to one of five words, with the reason and what would refute it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from .questions import Question

UNITS: dict[str, str] = {"value_usd": "USD", "net_kg": "kg", "quantity": "pieces", "exporters": "firms", "importers": "firms", "brands": "brands", "models": "models", "records": "records"}  # fmt: skip
MERGED = 0.1  # counts of firms rest on merged names: a tenth either way contradicts nobody
UNSEEN = (
    3  # a month without records is given three times the average month before it is said not to explain a shortfall
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the files can see of the window asked about: months with records of the lane, of the months asked."""

    months: int
    asked: int
    closed: bool  # the claim states a window with both ends, the later one at the latest its publication

    def at_most(self, recorded: float) -> float | None:
        """What the lane can have carried if the months not seen carried `UNSEEN` times the average; None where nothing says so."""
        if not self.closed or not self.months:
            return None
        return recorded + UNSEEN * (self.asked - self.months) * recorded / self.months

    @property
    def words(self) -> str:
        if not self.closed:
            return f"records of the lane in {self.months:,} months; the claim states no beginning, so nothing says the files see all of it"
        return f"records of the lane in {self.months:,} of the {self.asked:,} months asked about"


@dataclass(frozen=True, slots=True)
class Judged:
    verdict: str
    reason: str
    would_refute: str
    overlap: float | None = None


def _say(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.2f}"
    return f"USD {text}" if unit == "USD" else f"{text} {unit}"


def _between(low: float, high: float, unit: str) -> str:
    return _say(low, unit) if low == high else f"{_say(low, unit)} to {_say(high, unit)}"


def months(since: dt.date | None, until: dt.date | None, covered: list[str]) -> Seen:
    """How many of the months asked about have records. `covered` are months as YYYY-MM."""
    if not covered:
        return Seen(0, 0, closed=since is not None)
    first = f"{since:%Y-%m}" if since else covered[0]
    last = f"{until:%Y-%m}" if until else covered[-1]
    year, month = int(first[:4]), int(first[5:])
    asked = 0
    while f"{year:04d}-{month:02d}" <= last:
        asked += 1
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    inside = sum(first <= m <= last for m in covered)
    return Seen(inside, asked, closed=since is not None)


def judge(test: Question, readings: dict[str, Decimal | int | None], seen: Seen) -> Judged:
    """One of the five words. Strict and broad readings give the recorded range, central the value it is judged by."""
    unit = UNITS[test.counted]
    strict, central, broad = (float(readings[r] or 0) for r in ("strict", "central", "broad"))
    low, high = min(strict, central, broad), max(strict, central, broad)
    if not seen.months:
        return Judged("outside_coverage", "no file of the case has records of this lane in the time the claim speaks of", "none that the case could hold")  # fmt: skip
    denied = test.claim["polarity"] == "denied" or test.claim["kind"] == "denial"
    if test.measure == "ceased":
        return _ceased(central, seen)
    if test.measure == "exists":
        return _denied(central, broad, seen) if denied else _exists(strict, central, broad, seen)
    stated = test.stated
    if stated is None:
        raise ValueError("a test of a figure states an interval")
    if test.counted in ("exporters", "importers"):
        low, high = low * (1 - MERGED), high * (1 + MERGED)
    overlap = round(stated.overlap(low, high), 4)
    recorded = f"the records give {_between(low, high, unit)} ({_say(central, unit)} in the central reading)"
    if test.counted in ("exporters", "importers"):
        recorded += ", merged names a tenth either way"
    note = f"; {stated.assumed}" if stated.assumed else ""
    more = f"a customs file of the same lane and time with which the records come to less than {_say(stated.low, unit)} after correction"
    if stated.holds(central):
        return Judged("supported", f"{recorded}; {test.raw!r} holds it{note}", more, overlap)
    if stated.high is not None and low > stated.high:
        return Judged("contradicted", f"{recorded}, more than {test.raw!r} even in the strictest reading{note}", "proof that rows counted here are not of these goods, this lane or this time", overlap)  # fmt: skip
    if stated.holds(low) or stated.holds(high) or overlap:
        return Judged("consistent", f"{recorded}; {test.raw!r} lies inside that range but not at its centre{note}", more, overlap)  # fmt: skip
    if central > stated.low:
        return Judged(
            "consistent", f"{recorded}; only the strict reading is as low as {test.raw!r}{note}", more, overlap
        )
    most = seen.at_most(high)
    if most is not None and most < stated.low:
        rest = (
            ""
            if seen.months == seen.asked
            else f", and {UNSEEN} times the average in the others would not make up for it"
        )
        return Judged("contradicted", f"{recorded}, less than {test.raw!r} although there are {seen.words}{rest}{note}", f"declarations of this lane worth the missing {_say(stated.low - high, unit)} that the files of the case do not hold", overlap)  # fmt: skip
    return Judged("consistent", f"{recorded}, a lower bound only: {seen.words}; {test.raw!r} can be right{note}", "complete records of the lane and time that come to less", overlap)  # fmt: skip


def _exists(strict: float, central: float, broad: float, seen: Seen) -> Judged:
    refute = "proof that the rows listed are not of these goods or this lane"
    if central:
        sure = "" if strict else "; none of them is sure enough for the strict reading"
        return Judged("supported", f"{_say(central, 'records')} of it{sure}", refute)
    if broad:
        return Judged("consistent", f"{_say(broad, 'records')} that may be of it, none sure", refute)
    return Judged("outside_coverage", f"no record of it; {seen.words}. No record does not mean no trade", "nothing a customs file could show")  # fmt: skip


def _denied(central: float, broad: float, seen: Seen) -> Judged:
    if central:
        return Judged("contradicted", f"{_say(central, 'records')} of what is denied", "proof that the rows listed are not of these goods, this lane or this firm")  # fmt: skip
    if broad:
        return Judged("consistent", f"no sure record of what is denied, {_say(broad, 'records')} that may be of it", "one sure record of it")  # fmt: skip
    return Judged("consistent", f"no record of what is denied; {seen.words}. No record does not mean no trade", "one record of it")  # fmt: skip


def _ceased(central: float, seen: Seen) -> Judged:
    if central:
        return Judged("contradicted", f"{_say(central, 'records')} after the date named", "proof that the rows listed are dated wrongly")  # fmt: skip
    return Judged("consistent", f"no record after the date named; {seen.words}", "one record after the date named")
