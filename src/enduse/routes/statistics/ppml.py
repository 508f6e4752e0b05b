"""The level of a lane against all others of its goods by Poisson pseudo-maximum likelihood (PPML).

Silva and Tenreyro 2006 (Review of Economics and Statistics 88): value ~ exp(lane + period + after x lane), zeros kept. The maximum
is reached by fitting lane and period factors in turn; where standard errors are asked for, by pyfixest
(`pip install 'enduse[routes]'`), which gives the same estimate. So a result does not depend on what is installed.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from enduse.errors import EnduseError

from .lanes import Matrix

ROUNDS = 2000
CLOSE = 1e-10


@dataclass(frozen=True)
class Fit:
    """Level after over level before, with its 95 % range where a standard error is known."""

    ratio: float
    low: float | None
    high: float | None
    how: str


@cache
def library() -> Any | None:
    """pyfixest, or None where the extra is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pyfixest
    except ImportError:
        return None
    return pyfixest


def proportional(y: Matrix, after: Sequence[bool], row: int) -> float | None:
    """Exp of the coefficient of after x lane `row`, by fitting lane and period factors in turn. `y` has no NaN."""
    late = np.asarray(after, dtype=bool)
    own = y[row]
    if own[late].sum() <= 0 or own[~late].sum() <= 0:
        return None
    # The lane after the event is a lane of its own: its factor over that of the lane before is the ratio.
    split = np.vstack([np.delete(y, row, axis=0), np.where(late, 0, own), np.where(late, own, 0)])
    there = np.ones_like(split)
    there[-2, late] = 0
    there[-1, ~late] = 0
    keep = split.sum(axis=1) > 0
    split, there = split[keep], there[keep]
    period = np.ones(split.shape[1])
    lane = np.ones(len(split))
    for _ in range(ROUNDS):
        lane = split.sum(axis=1) / np.maximum(there @ period, 1e-300)
        expected = there.T @ lane
        fresh = np.where(expected > 0, split.sum(axis=0) / np.maximum(expected, 1e-300), 0.0)
        change = np.max(np.abs(fresh - period) / np.maximum(period, 1e-12))
        period = fresh
        if change < CLOSE:
            break
    if lane[-2] <= 0:
        return None
    return float(lane[-1] / lane[-2])


def fit(y: Matrix, after: Sequence[bool], row: int, *, errors: bool = True) -> Fit | None:
    """The ratio of lane `row`; None where a side is empty or there is no other lane to compare with."""
    known = ~np.isnan(y).any(axis=0)
    y = y[:, known]
    late = np.asarray(after, dtype=bool)[known]
    if y.shape[0] < 2 or late.sum() == 0 or (~late).sum() == 0 or np.delete(y, row, axis=0).sum() <= 0:
        return None
    tool = library() if errors else None
    if errors and tool is None:
        raise EnduseError(
            "standard errors of Poisson fits need pyfixest, which is not installed",
            where="settings.routes.standard_errors", fix="pip install 'enduse[routes]', or set it to false: the estimates stay",
        )  # fmt: skip
    if tool is not None:
        found = _fixest(tool, y, late, row)
        if found is not None:
            return found
    ratio = proportional(y, late.tolist(), row)
    return None if ratio is None else Fit(round(ratio, 4), None, None, "PPML by proportional fitting")


def _fixest(tool: Any, y: Matrix, late: Any, row: int) -> Fit | None:
    import pandas as pd

    periods = y.shape[1]
    keep = np.flatnonzero(y.sum(axis=1) > 0)
    if row not in keep or y[row][late].sum() <= 0 or y[row][~late].sum() <= 0:
        return None
    frame = pd.DataFrame(
        {
            "value": (y[keep] / max(float(y[row].mean()), 1e-9)).ravel(),
            "lane": np.repeat(keep, periods),
            "period": np.tile(np.arange(periods), len(keep)),
            "own": (np.repeat(keep == row, periods) & np.tile(late, len(keep))).astype(float),
        }
    )
    frame = frame[frame.groupby("period")["value"].transform("sum") > 0]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = tool.fepois("value ~ own | lane + period", data=frame, vcov="hetero")
            b, error = float(made.coef()["own"]), float(made.se()["own"])
    except Exception:  # noqa: BLE001 - a fit that does not converge is no finding; the other way of fitting is tried
        return None
    if not np.isfinite(b) or not np.isfinite(error) or error > 5:
        return None
    low, high = np.exp([b - 1.96 * error, b + 1.96 * error])
    return Fit(
        round(float(np.exp(b)), 4), round(float(low), 4), round(float(high), 4), "PPML by pyfixest, robust errors"
    )
