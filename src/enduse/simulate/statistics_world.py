"""A world of published trade statistics with planted reroutings: what a study of lanes should find, and what it should not.

Monthly exports of every country to every other one by goods: a level for each lane, seasons, autocorrelated noise, months
without trade on small lanes, swings common to a kind of goods. At the event origins of the coalition cut goods to the target.
Some of what is cut goes through hubs, with a lag; some is simply gone. Beside that, hubs have booms of their own on one leg or
the other, which are no rerouting. Nothing here is real; the numbers of the process are round guesses.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pc

# Real codes, invented trade: readers of statistics want countries they know.
COALITION = ("US", "DE", "FR", "IT", "NL", "PL", "GB", "JP")
HUBS = ("AE", "AM", "AZ", "GE", "HK", "IN", "KG", "KZ", "MY", "RS", "SG", "TH", "TJ", "TR", "UZ", "VN")
OTHERS = ("BR", "CL", "EG", "ID", "MX", "PE", "ZA", "CO")
TARGET = "RU"
START = dt.date(2018, 1, 1)
MONTHS = 72
EVENT = 50  # 2022-03
NUMERIC = {
    "US": 842, "DE": 276, "FR": 251, "IT": 381, "NL": 528, "PL": 616, "GB": 826, "JP": 392, "AE": 784, "AM": 51, "AZ": 31, "GE": 268, "HK": 344, "IN": 699,
    "KG": 417, "KZ": 398, "MY": 458, "RS": 688, "SG": 702, "TH": 764, "TJ": 762, "TR": 792, "UZ": 860, "VN": 704, "BR": 76, "CL": 152, "EG": 818, "ID": 360,
    "MX": 484, "PE": 604, "ZA": 710, "CO": 170, "RU": 643,
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How much of each thing happens. Shares are of (origin, goods) pairs or of (hub, goods) pairs."""

    goods: int = 40
    cut: float = 0.6  # origin and goods that are cut to the target
    rerouted: float = 0.5  # of those, the ones that go through hubs
    boom_in: float = 0.08  # hubs whose own demand of a kind of goods rises
    boom_out: float = 0.06  # hubs whose own make of a kind of goods sells more to the target
    noise: float = 0.25


@dataclass(frozen=True)
class Planted:
    """One rerouting: what went through the hub a month, and its share of what was cut."""

    origin: str
    hub: str
    destination: str
    goods: str
    routed: float
    share: float
    lag: int


@dataclass(frozen=True)
class World:
    """`rows`: reporter, partner, goods, period, value_usd, net_kg. `planted`: the truth; `booms`: hub, goods and leg of what is no detour."""

    rows: pa.Table
    planted: tuple[Planted, ...]
    booms: tuple[tuple[str, str, str], ...]
    event: dt.date


def _month(n: int) -> dt.date:
    year, month = divmod(START.month - 1 + n, 12)
    return dt.date(START.year + year, month + 1, 1)


def _codes(count: int) -> list[str]:
    """Codes of chapters 84, 85 and 90 no amendment touched since 2012."""
    return [
        f"{chapter}{heading:02d}{end}"
        for chapter in (84, 85, 90)
        for heading in (13, 14, 18, 21)
        for end in ("10", "20", "30", "40", "50", "60", "70", "80", "90")
    ][:count]


class _Maker:
    def __init__(self, seed: int, shape: Shape) -> None:
        self.rng = np.random.default_rng(seed)
        self.shape = shape
        self.goods = _codes(shape.goods)
        self.lanes: dict[tuple[str, str, str], npt.NDArray[np.float64]] = {}

    def _noise(self) -> npt.NDArray[np.float64]:
        rho = self.rng.uniform(0, 0.6)
        shocks = self.rng.normal(0, self.shape.noise * np.sqrt(1 - rho**2), MONTHS + 12)
        out = np.zeros(MONTHS + 12)
        for t in range(1, MONTHS + 12):
            out[t] = rho * out[t - 1] + shocks[t]
        return out[12:]

    def _lane(
        self, level: float, season: npt.NDArray[np.float64], common: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        trend = self.rng.normal(0, 0.002) * np.arange(MONTHS)
        made = level * np.exp(season + common + trend + self._noise())
        # Small lanes trade in some months only: lots of about 20,000 dollars.
        lots = self.rng.poisson(made / 20_000)
        return np.where(made < 200_000, lots * 20_000 * self.rng.uniform(0.7, 1.3, MONTHS), made)

    def lay(self) -> None:
        """The trade there would be without the event."""
        phase = np.arange(MONTHS) % 12
        for code in self.goods:
            season = 0.15 * np.cos(2 * np.pi * (phase + self.rng.integers(0, 12)) / 12)
            common = (
                np.concatenate([np.zeros(EVENT - 6), np.full(MONTHS - EVENT + 6, self.rng.normal(0, 0.1))])
                + 0.05 * np.cumsum(self.rng.normal(0, 0.3, MONTHS)) / 3
            )
            for origin in COALITION:
                self.lanes[origin, TARGET, code] = self._lane(10 ** self.rng.uniform(5.3, 7), season, common)
                for place in (*HUBS, *OTHERS):
                    self.lanes[origin, place, code] = self._lane(10 ** self.rng.uniform(4, 6.3), season, common)
            for hub in HUBS:
                self.lanes[hub, TARGET, code] = self._lane(10 ** self.rng.uniform(3.7, 6), season, common)
            for a in OTHERS:
                for b in (*OTHERS, *HUBS):
                    if a != b and self.rng.random() < 0.5:
                        self.lanes[a, b, code] = self._lane(10 ** self.rng.uniform(4, 6), season, common)

    def _after(self, lag: int = 0) -> npt.NDArray[np.float64]:
        """0 before the event, up to 1 within three months from `lag` months after it."""
        return np.clip((np.arange(MONTHS) - EVENT - lag + 1) / 3, 0, 1)

    def _wobble(self) -> npt.NDArray[np.float64]:
        return np.exp(self.rng.normal(0, self.shape.noise, MONTHS))

    def cut(self) -> tuple[tuple[Planted, ...], tuple[tuple[str, str, str], ...]]:
        """Cuts, what goes round them, and booms that are nobody's detour."""
        planted: list[Planted] = []
        booms: list[tuple[str, str, str]] = []
        for code in self.goods:
            for origin in COALITION:
                if self.rng.random() >= self.shape.cut:
                    continue
                lane = self.lanes[origin, TARGET, code]
                depth = self.rng.uniform(0.5, 0.95)
                lost = float(lane[:EVENT].mean()) * depth
                self.lanes[origin, TARGET, code] = lane * (1 - depth * self._after())
                if self.rng.random() >= self.shape.rerouted:
                    continue
                hubs = self.rng.choice(len(HUBS), size=self.rng.integers(1, 4), replace=False)
                whole = self.rng.uniform(0.1, 0.9)
                parts = self.rng.dirichlet(np.ones(len(hubs))) * whole
                for place, share in zip(hubs, parts, strict=True):
                    hub, lag = HUBS[place], int(self.rng.integers(0, 4))
                    flow = lost * share * self._wobble()
                    self.lanes[origin, hub, code] = self.lanes[origin, hub, code] + flow * self._after()
                    self.lanes[hub, TARGET, code] = self.lanes[
                        hub, TARGET, code
                    ] + lost * share * self._wobble() * 1.1 * self._after(lag)
                    planted.append(Planted(origin, hub, TARGET, code, lost * float(share), float(share), lag))
            for hub in HUBS:
                if self.rng.random() < self.shape.boom_in:
                    rise = self.rng.uniform(0.5, 3)
                    booms.append((hub, code, "in"))
                    for origin in (*COALITION, *OTHERS):
                        if (origin, hub, code) in self.lanes:
                            self.lanes[origin, hub, code] = self.lanes[origin, hub, code] * (
                                1 + rise * self.rng.uniform(0.5, 1.5) * self._after()
                            )
                if self.rng.random() < self.shape.boom_out:
                    booms.append((hub, code, "out"))
                    self.lanes[hub, TARGET, code] = self.lanes[hub, TARGET, code] * (
                        1 + self.rng.uniform(0.5, 4) * self._after()
                    )
        return tuple(planted), tuple(booms)

    def table(self) -> pa.Table:
        keys = sorted(self.lanes)
        values = np.round(np.array([self.lanes[k] for k in keys]), 2)
        weight = 10 ** self.rng.uniform(0.5, 2.5, len(self.goods))
        price = dict(zip(self.goods, weight, strict=True))
        kg = values / np.array([price[k[2]] for k in keys])[:, None] * np.exp(self.rng.normal(0, 0.1, values.shape))
        rows, months = np.nonzero(values > 0)
        days = [_month(n) for n in range(MONTHS)]
        return pa.table(
            {
                "reporter": pa.array([keys[r][0] for r in rows], pa.string()),
                "partner": pa.array([keys[r][1] for r in rows], pa.string()),
                "goods": pa.array([keys[r][2] for r in rows], pa.string()),
                "period": pa.array([days[m] for m in months], pa.date32()),
                "value_usd": pa.array([Decimal(f"{v:.2f}") for v in values[rows, months]], pa.decimal128(28, 4)),
                "net_kg": pa.array([Decimal(f"{v:.3f}") for v in kg[rows, months]], pa.decimal128(28, 4)),
            }
        )


def make(seed: int, shape: Shape | None = None) -> World:
    """A world: equal seeds and shapes give equal rows."""
    maker = _Maker(seed, shape or Shape())
    maker.lay()
    planted, booms = maker.cut()
    return World(maker.table(), planted, booms, _month(EVENT))


def write_comtrade(world: World, path: Path) -> None:
    """The rows as UN Comtrade's API hands them out: numeric codes, flows by letter, periods as YYYYMM."""
    rows = world.rows
    numbers = [NUMERIC[c] for c in rows["reporter"].to_pylist()]
    partners = [NUMERIC[c] for c in rows["partner"].to_pylist()]
    count = rows.num_rows
    made = pa.table(
        {
            "typeCode": ["C"] * count,
            "freqCode": ["M"] * count,
            "period": [f"{d:%Y%m}" for d in rows["period"].to_pylist()],
            "reporterCode": numbers,
            "flowCode": ["X"] * count,
            "partnerCode": partners,
            "partner2Code": [0] * count,
            "classificationCode": ["H6" if d.year >= 2022 else "H5" for d in rows["period"].to_pylist()],
            "cmdCode": rows["goods"],
            "aggrLevel": [6] * count,
            "customsCode": ["C00"] * count,
            "motCode": [0] * count,
            "netWgt": rows["net_kg"],
            "fobvalue": rows["value_usd"],
            "primaryValue": rows["value_usd"],
        }
    )
    pc.write_csv(made, path)
