"""One event and one measure: the move of every lane as a leg, with its lag, its excess month by month and its range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import events, levels
from .lanes import Matrix, Panel

LONGEST_LAG = 6
DRAWS = 300


@dataclass(frozen=True)
class Leg:
    """One lane of the panel with its move: `p` that it rose by chance."""

    row: int
    gain: float  # a period, never below zero
    rise: float  # level after over before
    p: float
    weight: float | None  # kilograms gained a period


def ratio_of(moves: levels.Moves, row: int) -> float:
    """Level after over counterfactual; where nothing was there before, over the floor."""
    after, expected = float(moves.after[row]), float(moves.expected[row])
    return after / expected if expected > 0 else float(np.exp(moves.move[row]))


LEAST_ORIGINS = 4  # other origins whose median move stands for the hub's own demand


class Study:
    """Everything about one event and one measure."""

    def __init__(self, panel: Panel, event: events.Happening, measure: str, window: levels.Window) -> None:
        self.panel, self.event, self.measure, self.window = panel, event, measure, window
        self.series = panel.kg if measure == "kg" else panel.usd
        names: dict[tuple[str, str], int] = {}
        groups = np.array([names.setdefault((x.goods, x.flow), len(names)) for x in panel.lanes], dtype=np.int64)
        self.moves = levels.moves(panel, self.series, window, groups, events.untouched(panel, event))
        self._pools: dict[int, npt.NDArray[np.float64]] = {}
        self.up, self.down = self.moves.p(+1), self.moves.p(-1)
        weights = (
            levels.moved(panel.kg, panel.season, window, levels.floors(panel.kg, window.after))
            if (np.nan_to_num(panel.kg) > 0).any()
            else None
        )
        self.heavier = (
            None if weights is None else np.where(np.isnan(weights[0]), np.nan, weights[1] - weights[2]) / window.after
        )
        self.beyond = self._beyond_demand()
        self._rows: dict[tuple[str, str, str], int] = {}
        for n, lane in enumerate(panel.lanes):
            # The exporter's own report goes first: it knows where goods were sent; an importer names their origin.
            key = (lane.exporter, lane.importer, lane.goods)
            own = key in self._rows and lane.flow == "export" and panel.lanes[self._rows[key]].flow == "import"
            if key not in self._rows or (own and not np.isnan(self.moves.z[n])):
                self._rows[key] = n

    def _beyond_demand(self) -> npt.NDArray[np.float64]:
        """P that a lane into a country rose more than that country's lanes from other origins: 1 where it did not.

        A hub's own demand lifts all its origins; goods on a detour lift those that lost the direct lane. NaN where fewer
        than four other origins are in view.
        """
        lanes = self.panel.lanes
        groups: dict[tuple[str, str, str], list[int]] = {}
        for n, x in enumerate(lanes):
            if len(x.exporter) == 2 and not np.isnan(self.moves.z[n]):
                groups.setdefault((x.importer, x.goods, x.flow), []).append(n)
        out = np.full(len(lanes), np.nan)
        for rows in groups.values():
            if len(rows) <= LEAST_ORIGINS:
                continue
            at = np.array(rows)
            move, sigma = self.moves.move[at], self.moves.sigma[at]
            for k, n in enumerate(at):
                others = np.delete(np.arange(len(at)), k)
                usual = float(np.median(move[others]))
                # The median of others has a spread of its own.
                spread = float(np.hypot(sigma[k], 1.25 * np.median(sigma[others]) / np.sqrt(len(others))))
                out[n] = self._tail((move[k] - usual) / spread, int(self.moves.kind[n])) if usual > 0 else self.up[n]
        return out

    def _tail(self, z: float, kind: int) -> float:
        """Share of placebo moves of lanes as rough that are as high."""
        if kind not in self._pools:
            pool = self.moves.placebo[self.moves.kind == kind]
            pool = np.sort(pool[~np.isnan(pool)])
            if len(pool) < levels.LEAST_POOL:
                pool = np.sort(self.moves.placebo[~np.isnan(self.moves.placebo)])
            self._pools[kind] = pool
        pool = self._pools[kind]
        return float((1 + len(pool) - np.searchsorted(pool, z, side="left")) / (1 + len(pool)))

    def row(self, exporter: str, importer: str, goods: str) -> int | None:
        return self._rows.get((exporter, importer, goods))

    def leg(self, row: int) -> Leg | None:
        """The lane's rise; None where it could not be measured."""
        if np.isnan(self.moves.z[row]):
            return None
        n = self.window.after
        gain = max(0.0, float(self.moves.after[row] - self.moves.expected[row])) / n
        weight = None if self.heavier is None or np.isnan(self.heavier[row]) else float(self.heavier[row])
        return Leg(row, gain, ratio_of(self.moves, row), float(self.up[row]), weight)

    def excess(self, row: int) -> npt.NDArray[np.float64]:
        """Value over the counterfactual, period by period, from half a year before the event on."""
        first = max(0, self.window.start - 6)
        wide = levels.Window(
            self.window.start,
            self.window.before,
            min(self.window.after + 6, len(self.panel.periods) - self.window.start),
            self.window.gap,
        )
        level = levels.counterfactual(self.series[row : row + 1], self.panel.season, wide)[0]
        base = np.nanmean(self.series[row, max(0, self.window.start - self.window.before) : self.window.start])
        before = self.series[row, first : self.window.start] - base
        return np.concatenate([before, self.series[row, self.window.start : self.window.start + wide.after] - level])

    def first_rise(self, row: int) -> int | None:
        """The period from which the excess stays above half of what it comes to."""
        over = np.nan_to_num(self.excess(row))
        start = min(6, self.window.start)
        settled = over[start : start + self.window.after].mean()
        if settled <= 0:
            return None
        smooth = np.convolve(over, np.ones(2) / 2, mode="full")[: len(over)]
        above = np.flatnonzero(smooth[max(0, start - 3) :] >= settled / 2)
        return int(above[0]) + max(0, start - 3) if len(above) else None

    def lag(self, first: int, second: int) -> int:
        """Periods by which the second leg follows: the shift with the largest correlation of the excesses."""
        a, b = np.nan_to_num(self.excess(first)), np.nan_to_num(self.excess(second))
        best, at = -2.0, 0
        for shift in range(min(LONGEST_LAG, len(a) - 6) + 1 if self.panel.freq == "month" else 1):
            x, y = a[: len(a) - shift], b[shift:]
            if x.std() > 0 and y.std() > 0:
                r = float(np.corrcoef(x, y)[0, 1])
                if r > best + 1e-9:
                    best, at = r, shift
        return at

    def drawn(self, row: int, rng: np.random.Generator) -> Matrix:
        """Gains of a lane under months drawn again, before and after: one for each draw."""
        stop = self.window.start - self.window.gap
        before = self.series[row, max(0, stop - self.window.before) : stop]
        after = self.series[row, self.window.start : self.window.start + self.window.after]
        before, after = before[~np.isnan(before)], after[~np.isnan(after)]
        # Months are compared with the same months before, so what is drawn is the distance to the counterfactual.
        expected = levels.counterfactual(self.series[row : row + 1], self.panel.season, self.window)[0][: len(after)]
        distance = after - expected[: len(after)]
        spread = before - before.mean()
        late = rng.choice(distance, size=(DRAWS, len(distance))).mean(axis=1)
        early = rng.choice(spread, size=(DRAWS, len(spread))).mean(axis=1)
        return np.asarray(late - early)
