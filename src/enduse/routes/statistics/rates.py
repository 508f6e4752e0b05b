"""How many of the claims are false: rates over everything looked at, not over what was found.

`q_values`: Benjamini and Hochberg 1995 (Journal of the Royal Statistical Society B 57) with the share of true nulls by Storey
2002 (same journal, B 64). `joint`: claims that need two things at once, each with its own p value, after Dai, Stanford and
LeBlanc 2020 (Journal of the American Statistical Association 117): a false claim is one whose first leg, or second, is
chance, and how many of these pass a bound is read from the p values of the other leg.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
HALF = 0.5


def nulls(p: Vector, bound: float = HALF) -> float:
    """Share of true nulls, from p values above `bound`; at most 1."""
    known = p[~np.isnan(p)]
    if not len(known):
        return 1.0
    return float(min(1.0, (1 + (known > bound).sum()) / (len(known) * (1 - bound))))


def q_values(p: Vector, pi0: float | None = None) -> Vector:
    """Expected share of false ones among all at or above each; NaN stays NaN."""
    out = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    if not len(known):
        return out
    share = nulls(p) if pi0 is None else pi0
    order = known[np.argsort(p[known], kind="stable")]
    ranks = np.arange(1, len(order) + 1)
    # Equal p values share the last rank among them.
    last = np.searchsorted(p[order], p[order], side="right")
    raw = share * p[order] * len(order) / np.maximum(last, ranks)
    out[order] = np.minimum(1.0, np.minimum.accumulate(raw[::-1])[::-1])
    return out


def joint(p1: Vector, p2: Vector) -> Vector:
    """Share of false ones among pairs whose larger p value is at or below that of each pair; NaN where one is missing.

    At a bound t, pairs with a chance second leg are t times those whose first leg passes t and whose second lies above 1/2,
    over 1/2; the same with legs exchanged; pairs with two chance legs, counted twice, are taken off once.
    """
    out = np.full(len(p1), np.nan)
    known = np.flatnonzero(~np.isnan(p1) & ~np.isnan(p2))
    if not len(known):
        return out
    a, b = p1[known], p2[known]
    worst = np.maximum(a, b)
    order = np.argsort(worst, kind="stable")
    t = worst[order]
    free_b = np.sort(a[b > HALF])  # first-leg values of pairs whose second leg is surely chance
    free_a = np.sort(b[a > HALF])
    both = float(((a > HALF) & (b > HALF)).sum()) / (1 - HALF) ** 2
    second = t * np.searchsorted(free_b, t, side="right") / (1 - HALF)
    first = t * np.searchsorted(free_a, t, side="right") / (1 - HALF)
    twice = t * t * both
    # Few pairs lie below a small t: what two chance legs alone must give is the least that can be expected.
    expected = np.maximum(first + second - twice, twice)
    passed = np.searchsorted(t, t, side="right")
    raw = np.minimum(1.0, expected / np.maximum(passed, 1))
    out[known[order]] = np.minimum.accumulate(raw[::-1])[::-1]
    return out
