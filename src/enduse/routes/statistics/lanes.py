"""Lanes as matrices: one row a series (exporter, importer, whose report, goods), one column a month or year.

A cell is 0 where the reporter published that period and no row of this lane, and NaN where it published nothing at all:
no record is not no trade.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from enduse.engine.base import Engine

LATE = 3  # a rule in force by this month makes its year one of those after
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lane:
    exporter: str
    importer: str
    reporter: str
    flow: str
    goods: str
    currency: str | None


@dataclass(frozen=True)
class Panel:
    """`value` is in the lane's own currency, `usd` in dollars, `kg` in kilograms; shapes (lanes, periods)."""

    freq: str
    periods: tuple[dt.date, ...]
    lanes: tuple[Lane, ...]
    value: Matrix
    usd: Matrix
    kg: Matrix
    left_out: int  # series beyond the limit

    @cached_property
    def place(self) -> dict[tuple[str, str, str, str], list[int]]:
        """Rows by exporter, importer, goods and flow, the largest reporter first."""
        found: dict[tuple[str, str, str, str], list[int]] = {}
        for n, lane in enumerate(self.lanes):
            found.setdefault((lane.exporter, lane.importer, lane.goods, lane.flow), []).append(n)
        return found

    @cached_property
    def first_use(self) -> dict[tuple[str, str], int]:
        """The first period in which a reporter gives any figure under a code."""
        found: dict[tuple[str, str], int] = {}
        for n, lane in enumerate(self.lanes):
            filled = np.flatnonzero(np.nan_to_num(self.value[n]) > 0)
            if len(filled):
                key = (lane.reporter, lane.goods)
                found[key] = min(found.get(key, len(self.periods)), int(filled[0]))
        return found

    @cached_property
    def season(self) -> npt.NDArray[np.int64]:
        return np.array([p.month - 1 for p in self.periods], dtype=np.int64)

    def index(self, day: dt.date) -> int:
        """The first period of the level after: a rule of the first five days counts for its month, one to March for its year."""
        if self.freq == "year":
            start = dt.date(day.year if day.month <= LATE else day.year + 1, 1, 1)
        else:
            start = day.replace(day=1) if day.day <= 5 else (day.replace(day=28) + dt.timedelta(days=5)).replace(day=1)
        return next((n for n, p in enumerate(self.periods) if p >= start), len(self.periods))

    def label(self, n: int) -> str:
        return self.periods[n].isoformat()[:7]

    def without(self, others: Panel) -> Panel | None:
        """The panel without the lanes that the other one has too; None where nothing is left."""
        have = {(x.exporter, x.importer, x.reporter, x.flow, x.goods) for x in others.lanes}
        keep = [
            n for n, x in enumerate(self.lanes) if (x.exporter, x.importer, x.reporter, x.flow, x.goods) not in have
        ]
        if len(keep) == len(self.lanes):
            return self
        if not keep:
            return None
        lanes = tuple(self.lanes[n] for n in keep)
        return Panel(self.freq, self.periods, lanes, self.value[keep], self.usd[keep], self.kg[keep], self.left_out)


def _calendar(first: dt.date, last: dt.date, freq: str) -> list[dt.date]:
    out = [first]
    while out[-1] < last:
        d = out[-1]
        out.append(dt.date(d.year + 1, 1, 1) if freq == "year" or d.month == 12 else dt.date(d.year, d.month + 1, 1))
    return out


def load(engine: Engine, freq: str, most: int) -> Panel | None:
    """The largest `most` series of one frequency, from `series_all`; None where there is none."""
    engine.make(
        "series_key",
        f"""SELECT exporter, importer, reporter, flow, goods, row_number() OVER (ORDER BY total DESC, exporter, importer, reporter, flow, goods) AS n FROM (
        SELECT exporter, importer, reporter, flow, goods, CAST(sum(coalesce(usd, value, 0)) AS DECIMAL(28, 4)) AS total FROM series_all
        WHERE freq = '{freq}' GROUP BY exporter, importer, reporter, flow, goods) AS t""",
    )
    keys = engine.fetch(
        f"SELECT n, exporter, importer, reporter, flow, goods FROM series_key WHERE n <= {most} ORDER BY n"
    )
    if not keys.num_rows:
        return None
    total = int(engine.fetch("SELECT count(*) AS n FROM series_key")["n"][0].as_py())
    rows = engine.fetch(
        f"""SELECT k.n AS n, s.period AS period, CAST(s.value AS DOUBLE) AS value, CAST(s.usd AS DOUBLE) AS usd, CAST(s.kg AS DOUBLE) AS kg, s.currency AS currency
        FROM series_all AS s INNER JOIN series_key AS k ON k.exporter = s.exporter AND k.importer = s.importer AND k.reporter = s.reporter
        AND k.flow = s.flow AND k.goods = s.goods WHERE s.freq = '{freq}' AND k.n <= {most} ORDER BY k.n, s.period"""
    )
    seen = engine.fetch(
        f"SELECT DISTINCT reporter, flow, period FROM series_all WHERE freq = '{freq}' ORDER BY reporter, flow, period"
    ).to_pylist()
    engine.drop("series_key")
    days = rows["period"].to_numpy(zero_copy_only=False).astype("datetime64[D]")
    periods = _calendar(days.min().astype(object), days.max().astype(object), freq)
    at = {np.datetime64(d): n for n, d in enumerate(periods)}
    t = np.array([at[d] for d in days])
    n = rows["n"].to_numpy() - 1
    covered: dict[tuple[str, str], npt.NDArray[np.bool_]] = {}
    for row in seen:
        covered.setdefault((row["reporter"], row["flow"]), np.zeros(len(periods), bool))[
            at[np.datetime64(row["period"])]
        ] = True
    listed = keys.to_pylist()
    mask = np.array([covered[k["reporter"], k["flow"]] for k in listed])
    base = np.where(mask, 0.0, np.nan)
    made = []
    for name in ("value", "usd", "kg"):
        matrix = base.copy()
        matrix[n, t] = rows[name].to_numpy(zero_copy_only=False).astype(float)
        made.append(matrix)
    currency: dict[int, str | None] = {}
    for place, code in zip(n.tolist(), rows["currency"].to_pylist(), strict=True):
        currency.setdefault(place, code)
    lanes = tuple(
        Lane(k["exporter"], k["importer"], k["reporter"], k["flow"], k["goods"], currency.get(i))
        for i, k in enumerate(listed)
    )
    # Kilograms missing in a month with value are unknown there, not zero.
    made[2][np.isnan(made[2]) & mask & (made[0] == 0)] = 0.0
    return Panel(freq, tuple(periods), lanes, made[0], made[1], made[2], max(0, total - most))


def countries(codes: Sequence[str]) -> set[str]:
    """Codes with groups written out."""
    from enduse.reference.route_tables import members

    return {m for c in codes for m in members(c)}
