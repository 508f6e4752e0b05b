"""The level of a series before and after a date: counterfactual, placebo dates, and the set of dates a move can have.

Counterfactual: the mean of the same calendar months in the window before. A move is the log of the sum after over that
counterfactual; its yardstick is the same figure at placebo dates of the lane before the event. A date that is not given is
found by the largest fall of squared error for one step in the logs without month effects (sup-F: Andrews 1993, Econometrica
61; Bai 1997, Review of Economics and Statistics 79); the set of dates holds 95 % of exp(-df/2 ln SSR), with the degrees of
freedom cut by the autocorrelation of the residual.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .lanes import Matrix, Panel

Ints = npt.NDArray[np.int64]
EDGE = 6  # periods at each end in which no step is looked for
LEAST_BEFORE = {"month": 12, "year": 3}
SHRINK = 4.0  # placebo dates a lane's own yardstick is mixed with that of all lanes
ROUGH = (0.15, 0.25, 0.4, 0.7, 1.2)  # deviations of a period's log change that part the kinds of lanes
LEAST_FILLED = 1 / 3  # share of periods with trade a lane needs
LEAST_YEARS = 8
LEAST_MATES = 10  # lanes of one report and kind that make a yardstick of their own
LEAST_POOL = 200  # placebo moves a kind of lanes needs for a yardstick of its own
FLOOR = (
    0.05  # of the highest level a lane ever had, added to both sides of a ratio: leaps near nothing are no yardstick
)


@dataclass(frozen=True)
class Window:
    """Periods before and after a date: `start` is the first of the level after; `gap` periods before it are set aside."""

    start: int
    before: int
    after: int
    gap: int = 0


def counterfactual(series: Matrix, season: Ints, window: Window) -> Matrix:
    """The same calendar months before, averaged; the mean of the window where a month is missing. Shape (lanes, after)."""
    stop = window.start - window.gap
    first = max(0, stop - window.before)
    past, months = series[:, first:stop], season[first:stop]
    with np.errstate(all="ignore"):
        level = _mean(past)
        out = np.repeat(level[:, None], window.after, axis=1)
        for n in range(window.after):
            at = window.start + n
            if at < len(season):
                same = past[:, months == season[at]]
                if same.shape[1]:
                    # The level of the whole window times the weight of the month keeps a single odd month from ruling.
                    own = _mean(same)
                    out[:, n] = np.where(np.isnan(own), level, own)
    return out


def _mean(block: Matrix) -> Matrix:
    known = ~np.isnan(block)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, block, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def floors(series: Matrix, periods: int) -> Matrix:
    """What is added to a period's level before logs are taken, for each lane: the same at every date, so that dates compare."""
    padded = np.nan_to_num(series)
    total = np.cumsum(np.hstack([np.zeros((len(padded), 1)), padded]), axis=1)
    width = min(max(periods, 1), padded.shape[1])
    return np.asarray(FLOOR * (total[:, width:] - total[:, :-width]).max(axis=1) / width)


def moved(series: Matrix, season: Ints, window: Window, floor: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Log ratio of the level after to the counterfactual, and both sums. NaN where too little is known."""
    after = series[:, window.start : window.start + window.after]
    expected = counterfactual(series, season, window)[:, : after.shape[1]]
    known = ~np.isnan(after) & ~np.isnan(expected)
    enough = known.sum(axis=1) >= max(1, min(3, window.after))
    a = np.where(known, after, 0.0).sum(axis=1)
    c = np.where(known, expected, 0.0).sum(axis=1)
    with np.errstate(all="ignore"):
        lift = floor * known.sum(axis=1)
        ratio = np.where(enough & (a + c > 0), np.log((a + lift) / (c + lift)), np.nan)
    return ratio, a, c


def windows_before(panel: Panel, event: Window) -> list[Window]:
    """Placebo dates: the same window moved back until nothing of it touches the event."""
    least = LEAST_BEFORE[panel.freq]
    out = []
    for start in range(least + event.gap, event.start - event.gap - event.after + 1):
        before = min(event.before, start - event.gap)
        out.append(Window(start, before, event.after, event.gap))
    return out


def fitted_window(panel: Panel, day: int, before: int, after: int, gap: int) -> Window | None:
    """The window around period `day` that the data allow, shortened so that placebo dates remain; None where none fits."""
    total = len(panel.periods)
    least = LEAST_BEFORE[panel.freq]
    after = min(after, total - day)
    if panel.freq == "year":
        before, after, gap = min(3, day), min(after, 2), 0
    if after < (3 if panel.freq == "month" else 1) or day - gap < least:
        return None
    before = min(before, day - gap)
    # At least a handful of placebo dates must fit before the event; else shorter windows are used.
    while panel.freq == "month" and day - gap - after - least < 6 and after > 3:
        after -= 1
    return Window(day, before, after, gap)


@dataclass(frozen=True)
class Moves:
    """Moves of all lanes at an event with their yardstick. `z` is the move over the spread of placebo dates."""

    window: Window
    move: Matrix
    after: Matrix
    expected: Matrix
    sigma: Matrix
    z: Matrix
    placebo: Matrix  # z of placebo dates, shape (lanes, dates), NaN where not measured
    kind: Ints  # lanes are set against placebo dates of lanes as rough as they are
    common: Matrix  # log change taken off each lane as common to its goods

    def p(self, sign: int = 0) -> Matrix:
        """Share of placebo moves as large: two-sided, or up (+1), or down (-1). NaN where the lane was not measured."""
        out = np.full(len(self.z), np.nan)
        own = np.abs(self.z) if sign == 0 else sign * self.z
        drawn = np.abs(self.placebo) if sign == 0 else sign * self.placebo
        everything = drawn[~np.isnan(drawn)]
        for kind in np.unique(self.kind):
            rows = np.flatnonzero(self.kind == kind)
            pool = drawn[rows]
            pool = pool[~np.isnan(pool)]
            pool = np.sort(pool if len(pool) >= LEAST_POOL else everything)
            larger = len(pool) - np.searchsorted(pool, own[rows], side="left")
            out[rows] = (1 + larger) / (1 + len(pool))
        return np.where(np.isnan(self.z), np.nan, out)


def moves(
    panel: Panel,
    series: Matrix,
    window: Window,
    groups: Ints | None = None,
    control: npt.NDArray[np.bool_] | None = None,
) -> Moves:
    """Moves at `window` and at every placebo date. `groups` gives the goods of each lane, `control` the lanes no rule touches:
    their median move (at least five lanes) is taken off the others of the group, at the event and at placebo dates alike.
    """  # fmt: skip
    floor = floors(series, window.after)
    ratio, a, c = moved(series, panel.season, window, floor)
    common = _common(ratio, groups, control)
    placebos = []
    for before in windows_before(panel, window):
        past, _, _ = moved(series, panel.season, before, floor)
        placebos.append(past - _common(past, groups, control))
    history = np.stack(placebos, axis=1) if placebos else np.empty((len(ratio), 0))
    known = ~np.isnan(history)
    count = known.sum(axis=1)
    squares = np.where(known, history, 0.0) ** 2
    total = squares.sum(axis=1)
    kind = _mates(panel, roughness(series, panel.season, window))
    with np.errstate(all="ignore"):
        own = total / np.maximum(count, 1)
        usual = np.full(len(own), float(np.median(own[count > 0])) if (count > 0).any() else 0.25)
        for k in np.unique(kind):
            mates = (kind == k) & (count > 0)
            if mates.sum() >= 5:
                usual[kind == k] = float(np.median(own[mates]))
        # Overlapping windows are not independent dates: a lane has as many as fit side by side.
        weight = count / max(window.after, 1)
        variance = (weight * own + SHRINK / 2 * np.maximum(usual, 1e-4)) / (weight + SHRINK / 2)
        sigma = np.sqrt(np.maximum(variance, 1e-4))
        z = (ratio - common) / sigma
        pool = np.where(known, history / sigma[:, None], np.nan)
    first = max(0, window.start - window.gap - window.before)
    zeros = 1 - (np.nan_to_num(series[:, first : window.start + window.after]) > 0).mean(axis=1)
    # A lane that trades in few months moves by leaps: no level can be told from them.
    z = np.where(zeros > 1 - LEAST_FILLED, np.nan, z)
    if panel.freq == "year":
        # A year is one figure: only lanes that traded in every year before, and long enough to know their ups and downs.
        traded = np.nan_to_num(series[:, : window.start]) > 0
        z = np.where(traded[:, first:].all(axis=1) & (traded.sum(axis=1) >= LEAST_YEARS), z, np.nan)
    return Moves(window, ratio, a, c, sigma, z, pool, kind, common)


def _mates(panel: Panel, kind: Ints) -> Ints:
    """Kinds parted by whose report it is where a reporter has enough lanes of a kind: one office's lanes err alike."""
    reporters = {name: n for n, name in enumerate(sorted({(x.reporter, x.flow) for x in panel.lanes}))}
    own = np.array([(reporters[x.reporter, x.flow] + 1) * 100 for x in panel.lanes], dtype=np.int64) + kind
    names, counts = np.unique(own, return_counts=True)
    return np.where(np.isin(own, names[counts >= LEAST_MATES]), own, kind)


def roughness(series: Matrix, season: Ints, window: Window) -> Ints:
    """The kind of each lane by how much it changes from period to period before the date, months against months a year ago."""
    first, stop = max(0, window.start - 48), window.start - window.gap
    past = series[:, first:stop]
    step = 12 if len(set(season.tolist())) == 12 and past.shape[1] >= 24 else 1
    with np.errstate(all="ignore"):
        log = np.log(np.maximum(past, 0) + 0.02 * _mean(past)[:, None])
        change = np.diff(log, axis=1) if step == 1 else np.diff(log[:, 12:] - log[:, :-12], axis=1) / np.sqrt(2)
        known = ~np.isnan(change)
        spread = np.where(
            known.sum(axis=1) > 2,
            np.sqrt(np.where(known, change, 0.0) ** 2).sum(axis=1) / np.maximum(known.sum(axis=1), 1),
            9.0,
        )
    return np.digitize(spread, ROUGH).astype(np.int64)


def _common(ratio: Matrix, groups: Ints | None, control: npt.NDArray[np.bool_] | None) -> Matrix:
    out = np.zeros(len(ratio))
    if groups is None or control is None:
        return out
    for group in np.unique(groups[control]) if control.any() else ():
        inside = groups == group
        known = ratio[inside & control]
        known = known[~np.isnan(known)]
        if len(known) >= 5:
            out[inside] = float(np.median(known))
    return out


@dataclass(frozen=True)
class Step:
    """The step that fits best: place, low and high end of the set of places, its size in logs, F and autocorrelation."""

    at: int
    low: int
    high: int
    size: float
    f: float
    rho: float


def logs(series: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logs; zeros stand a hundredth of the mean above nothing."""
    mean = float(np.mean(series))
    lift = 0.01 * mean if (series <= 0).any() else 0.0
    return np.log(np.maximum(series, 0) + lift)


def residual_maker(season: Ints) -> Matrix:
    """The matrix that takes constant and month effects out, month effects only where each month stands three times."""
    n = len(season)
    columns = [np.ones(n)]
    if len(set(season.tolist())) == 12 and min(np.bincount(season, minlength=12)) >= 3:
        columns += [(season == m).astype(float) for m in range(1, 12)]
    x = np.column_stack(columns)
    return np.asarray(np.eye(n) - x @ np.linalg.pinv(x))


class Scan:
    """Steps at every place for series of one calendar: all matrices are made once."""

    def __init__(self, season: Ints, edge: int = EDGE) -> None:
        self.maker = residual_maker(season)
        n = len(season)
        self.places = np.arange(edge, n - edge + 1)
        steps = (np.arange(n)[:, None] >= self.places[None, :]).astype(float)
        self.steps = self.maker @ steps
        self.norm = (self.steps**2).sum(axis=0)
        self.basis = np.linalg.svd(np.eye(n) - self.maker)[0][:, : round(float(n - np.trace(self.maker)))]
        self.free = n - round(float(n - np.trace(self.maker))) - 2

    def gains(self, logs_: Matrix) -> tuple[Matrix, Matrix, Matrix]:
        """Residual, step sizes and fall of squared error; shapes (k, n), (k, places), (k, places)."""
        rest = logs_ @ self.maker
        cross = rest @ self.steps
        return rest, cross / self.norm, cross**2 / self.norm

    def best(self, log: npt.NDArray[np.float64], low: int = 0, high: int | None = None) -> Step | None:
        """The best step with its place between `low` and `high`, and the set of places that fit nearly as well."""
        rest, size, gain = (m[0] for m in self.gains(log[None, :]))
        inside = (self.places >= low) & (self.places <= (high if high is not None else len(log)))
        if not inside.any() or self.free < 4:
            return None
        total = float(rest @ rest)
        ssr = np.maximum(total - gain, 1e-12 * max(total, 1e-12))
        k = int(np.argmin(np.where(inside, ssr, np.inf)))
        left = rest - size[k] * self.steps[:, k]
        rho = float(np.clip(np.dot(left[:-1], left[1:]) / max(np.dot(left, left), 1e-12), 0, 0.9))
        factor = max(0.2, (1 - rho) / (1 + rho))
        weight = np.where(inside, np.exp(-(self.free / 2) * factor * np.log(ssr / ssr[k])), 0.0)
        order = np.argsort(-weight, kind="stable")
        held = np.cumsum(weight[order]) / weight.sum()
        chosen = self.places[order[: int(np.searchsorted(held, 0.95)) + 1]]
        f = float(gain[k] / max(ssr[k] / self.free, 1e-12))
        return Step(int(self.places[k]), int(chosen.min()), int(chosen.max()), float(size[k]), f, rho)

    def p(self, log: npt.NDArray[np.float64], step: Step, rng: np.random.Generator, draws: int = 199) -> float:
        """Share of series without a step, as autocorrelated as this one, in which the best step is as good (sieve bootstrap)."""
        rest = self.gains(log[None, :])[0][0]
        k = int(np.flatnonzero(self.places == step.at)[0])
        left = rest - step.size * self.steps[:, k]
        n = len(left)
        rho = min(0.95, step.rho + (1 + 3 * step.rho) / n)  # first-order bias of the estimate (Kendall 1954)
        shocks = left[1:] - rho * left[:-1]
        shocks = shocks - shocks.mean()
        path = rng.choice(shocks, size=(n + 20, draws))
        for t in range(1, n + 20):
            path[t] += rho * path[t - 1]
        path = path[20:]
        # The steps are already free of constant and month effects: the series need not be freed of them again.
        top = ((self.steps.T @ path) ** 2 / self.norm[:, None]).max(axis=0)
        total = (path**2).sum(axis=0) - ((self.basis.T @ path) ** 2).sum(axis=0)
        f = top / np.maximum((total - top) / self.free, 1e-12)
        return float((1 + (f >= step.f).sum()) / (1 + draws))
