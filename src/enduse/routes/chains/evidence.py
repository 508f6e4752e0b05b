"""Likelihood ratios from the data: what is more frequent among pairs in the right order of time than among pairs in the wrong one.

A pair of records is described by a few features with a few levels each. Counts of every combination of levels among
target pairs (bought, then sold) and decoy pairs (sold, then bought) are all the model sees: SQL counts millions of rows,
Python fits a few thousand cells, and SQL joins the weights back. Target pairs are a mixture: the goods really went on,
or two lots of one firm happen to stand side by side as decoy pairs do. Expectation and maximization separate the two;
the weight of a cell is prior odds times likelihood ratio, both estimated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ROUNDS = 60
SCALE = 1_000_000  # weights go into SQL as whole millionths: sums of whole numbers do not depend on their order


@dataclass(frozen=True)
class Feature:
    """One thing a pair of records says. `prior` is the log likelihood ratio of each level that few data are drawn towards."""

    name: str
    levels: tuple[str, ...]
    prior: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.levels) != len(self.prior):
            raise ValueError(f"feature {self.name}: {len(self.levels)} levels, {len(self.prior)} priors")

    @property
    def size(self) -> int:
        return len(self.levels)


def packed(features: Sequence[Feature]) -> str:
    """SQL that packs the columns named after the features into one whole number."""
    out, base = [], 1
    for feature in features:
        out.append(f"CAST({feature.name} AS BIGINT) * {base}")
        base *= feature.size
    return " + ".join(out)


def unpacked(code: Ints, features: Sequence[Feature]) -> Ints:
    """Levels of each feature, one column each, from packed numbers."""
    out, rest = np.empty((len(code), len(features)), dtype=np.int64), code.copy()
    for column, feature in enumerate(features):
        rest, out[:, column] = np.divmod(rest, feature.size)
    return out


def level_of(code: Ints, column: int, features: Sequence[Feature]) -> Ints:
    """Level of one feature from packed numbers."""
    base = 1
    for feature in features[:column]:
        base *= feature.size
    return np.asarray(code // base % features[column].size)


@dataclass(frozen=True)
class Weights:
    """The fitted model: `bias` is the log prior odds that a target pair is a real one, `tables` log likelihood ratios by level."""

    features: tuple[Feature, ...]
    bias: float
    tables: tuple[Floats, ...]

    def log_odds(self, levels: Ints) -> Floats:
        out = np.full(len(levels), self.bias)
        for column, table in enumerate(self.tables):
            out += table[levels[:, column]]
        return out

    def said(self, levels: Sequence[int], least: float = 0.35) -> list[str]:
        """What speaks for and against in words, strongest first; what says next to nothing is left out."""
        found = []
        for feature, table, level in zip(self.features, self.tables, levels, strict=True):
            weight = float(table[level])
            if abs(weight) >= least and feature.levels[level]:
                found.append((abs(weight), f"{'for' if weight > 0 else 'against'}: {feature.levels[level]}"))
        return [text for _, text in sorted(found, key=lambda f: (-f[0], f[1]))]


def _design(levels: Ints, features: Sequence[Feature]) -> Floats:
    width = sum(f.size for f in features)
    out = np.zeros((len(levels), width + 1))
    out[:, 0] = 1.0
    base = 1
    for column, feature in enumerate(features):
        out[np.arange(len(levels)), base + levels[:, column]] = 1.0
        base += feature.size
    return out


def _logistic(x: Floats, yes: Floats, no: Floats, beta: Floats, prior: Floats, pull: Floats) -> Floats:
    """Penalized logistic regression on counts by Newton steps; `pull` draws each coefficient towards `prior`."""
    total = yes + no
    for _ in range(12):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ beta, -30, 30)))
        slope = x.T @ (yes - total * p) - pull * (beta - prior)
        curve = (x * (total * p * (1.0 - p))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        beta = beta + np.clip(step, -3.0, 3.0)
        if float(np.max(np.abs(step))) < 1e-7:
            break
    return beta


def fit(
    levels: Ints,
    target: Floats,
    decoy: Floats,
    features: Sequence[Feature],
    *,
    pull: float = 4.0,
    start_bias: float = -3.0,
) -> Weights:
    """Fit weights on cells: `levels` (cells x features), how many target and how many decoy pairs fall into each.

    `pull` is the strength of the prior in pairs; `start_bias` the first guess of the log prior odds, one pair in twenty.
    """
    x = _design(levels, features)
    prior = np.concatenate([[0.0], *(np.array(f.prior) for f in features)])
    tight = np.full(len(prior), pull)
    tight[0] = 1e-3
    beta = prior.copy()
    bias = start_bias
    last = -1.0
    for _ in range(ROUNDS):
        z = 1.0 / (1.0 + np.exp(-np.clip(x @ beta + bias - beta[0], -30, 30)))
        yes, no = target * z, target * (1.0 - z)
        real, chance = float(yes.sum()), float(no.sum())
        # Decoys are chance pairs too: they say what chance looks like, and count as such beside the target's own.
        start = beta.copy()
        beta = _logistic(x, yes, no + decoy, start, prior, tight)
        bias = float(beta[0] + np.log((chance + float(decoy.sum()) + 1e-9) / (chance + 1e-9)))
        if abs(real - last) < 1e-5 * max(real, 1.0):
            break
        last = real
    tables, base = [], 1
    for feature in features:
        tables.append(np.round(beta[base : base + feature.size], 4))
        base += feature.size
    return Weights(tuple(features), round(bias, 4), tuple(tables))


def monotone(value: Floats, weight: Floats) -> Floats:
    """Isotonic regression, non-decreasing, by pooling adjacent violators. `value` in order of the score."""
    level: list[float] = []
    mass: list[float] = []
    size: list[int] = []
    for v, w in zip(value.tolist(), weight.tolist(), strict=True):
        level.append(v)
        mass.append(w)
        size.append(1)
        while len(level) > 1 and level[-2] >= level[-1]:
            w2, v2, s2 = mass.pop(), level.pop(), size.pop()
            total = mass[-1] + w2
            level[-1] = (level[-1] * mass[-1] + v2 * w2) / total if total else max(level[-1], v2)
            mass[-1], size[-1] = total, size[-1] + s2
    return np.repeat(np.array(level), np.array(size, dtype=np.int64))
