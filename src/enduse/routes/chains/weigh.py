"""From counts of target and decoy pairs to a weight a cell: prior odds times likelihood ratio, nothing set by hand.

1. Anchors. Pairs with the same odd number of pieces are mostly real; those among decoys say how many are not. What is
   left after taking the decoys away shows how real links look in everything that has nothing to do with the count:
   days between, goods, price, country, weight a piece. Against all pairs that gives likelihood ratios.
2. The rest. Quantity, weight and stock are fitted with those ratios as a fixed offset, target against decoy, by
   expectation and maximization; the share of real pairs (the prior) comes out of the same fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .evidence import Feature, Floats, Ints, level_of
from .features import FEATURES, GOODS, QUANTITY, STOCK, WEIGHT

FITTED: tuple[Feature, ...] = (QUANTITY, WEIGHT, STOCK)
ODD = 1  # the level of QUANTITY that anchors
OTHER_CODE = (6, 7)  # levels of GOODS: another code, with or without the same maker
BIN = 4.0  # bins of the offset per unit of log odds
MOST = 4.0  # no single feature speaks louder, whatever the counts
ROUNDS = 30
ENOUGH = 200  # anchors that make the data speak for themselves; fewer are drawn towards the priors in proportion


HALF = FEATURES[:4]  # weights of a cell are looked up in two halves


@dataclass(frozen=True)
class Weighed:
    """The fitted weights: `bias` is the log prior odds of a pair, `tables` log likelihood ratios by level; how many real pairs the fit expects."""

    tables: tuple[Floats, ...]
    bias: float
    anchors: int
    expected: float

    def odds(self, code: Ints) -> Floats:
        """Log odds of packed levels."""
        base = int(np.prod([f.size for f in HALF]))
        rest, first = np.divmod(code, base)
        low = self.bias + _summed(HALF, self.tables[: len(HALF)])
        high = _summed(FEATURES[len(HALF) :], self.tables[len(HALF) :])
        return np.asarray(np.round(low[first] + high[rest], 3))


def _summed(features: tuple[Feature, ...], tables: tuple[Floats, ...]) -> Floats:
    """Sum of the tables for every combination of levels, in the order in which levels are packed."""
    out = np.zeros(1)
    for feature, table in zip(features, tables, strict=True):
        if len(table) != feature.size:
            raise ValueError(f"{feature.name}: {len(table)} weights for {feature.size} levels")
        out = (table[:, None] + out[None, :]).ravel()
    return out


def _anchored(target: Ints, decoy: Ints, every: float) -> tuple[dict[int, Floats], int]:
    """Log likelihood ratios of the features that have nothing to do with the count, and the number of anchors."""
    quantity = FEATURES.index(QUANTITY)
    odd, odd_decoy = (code[level_of(code, quantity, FEATURES) == ODD] for code in (target, decoy))
    anchors = max(0.0, float(len(odd) - every * len(odd_decoy)))
    trust = anchors / (anchors + ENOUGH)
    found: dict[int, Floats] = {}

    def counts(code: Ints, column: int) -> Floats:
        return np.bincount(level_of(code, column, FEATURES), minlength=FEATURES[column].size).astype(np.float64)

    for column, feature in enumerate(FEATURES):
        if feature in FITTED:
            continue
        real = counts(odd, column) - every * counts(odd_decoy, column)
        chance = counts(target, column) + every * counts(decoy, column)
        real = np.maximum(real, 0.0) + 0.01 * chance / max(chance.sum(), 1.0) * max(anchors, 1.0) + 0.01
        chance = chance + 5.0
        ratio = np.clip(np.log(real / real.sum()) - np.log(chance / chance.sum()), -MOST, MOST)
        ratio[chance <= 5.0] = 0.0
        if feature is GOODS:
            # Pairs of different codes are candidates only because their amounts agree: their share among the anchors is no evidence.
            ratio[list(OTHER_CODE)] = np.minimum(ratio[list(OTHER_CODE)], 0.0)
        found[column] = np.round(trust * ratio + (1.0 - trust) * np.array(feature.prior), 4)
    return found, int(anchors)


class _Cells:
    """Cells of the fitted features: which level each has, and sums over cells by level without a matrix of noughts and ones."""

    def __init__(self, cells: Ints) -> None:
        self.at: list[Ints] = []
        base = 1
        for feature in FITTED:
            self.at.append(base + cells % feature.size)
            cells, base = cells // feature.size, base + feature.size
        self.width = base

    def score(self, beta: Floats) -> Floats:
        out = np.full(len(self.at[0]), beta[0])
        for at in self.at:
            out += beta[at]
        return out

    def slope(self, values: Floats) -> Floats:
        out = np.zeros(self.width)
        out[0] = values.sum()
        for at in self.at:
            out += np.bincount(at, values, self.width)
        return out

    def curve(self, values: Floats) -> Floats:
        out = np.zeros((self.width, self.width))
        sums = self.slope(values)
        out[0], out[:, 0] = sums, sums
        out[np.arange(1, self.width), np.arange(1, self.width)] = sums[1:]
        for k, a in enumerate(self.at):
            for b in self.at[:k]:
                both = np.bincount(a * self.width + b, values, self.width**2).reshape(self.width, self.width)
                out += both + both.T
        return out


def weigh(target: Ints, decoy: Ints, every: float) -> Weighed:
    """Weights that make odds of a target pair being real. Packed levels (see `features`) of all pairs; each decoy stands for `every`."""
    told, anchors = _anchored(target, decoy, every)

    def key(code: Ints) -> Ints:
        offset = np.zeros(len(code))
        for column, table in told.items():
            offset += table[level_of(code, column, FEATURES)]
        out = np.clip(np.round(offset * BIN), -60, 60).astype(np.int64) + 60
        base = 121
        for feature in FITTED:
            out = out + level_of(code, FEATURES.index(feature), FEATURES).astype(np.int64) * base
            base *= feature.size
        return out

    most = 121 * int(np.prod([f.size for f in FITTED]))
    seen = np.bincount(key(target), minlength=most).astype(np.float64)
    decoys = np.bincount(key(decoy), minlength=most) * every
    met = np.flatnonzero((seen > 0) | (decoys > 0))
    seen, decoys, beside = seen[met], decoys[met], ((met % 121) - 60) / BIN
    cells = _Cells(met // 121)
    prior = np.concatenate([[-3.0], *(np.array(f.prior) for f in FITTED)])
    pull = np.full(len(prior), 4.0)
    pull[0] = 1e-3
    beta = prior.copy()
    mass = 0.0
    for _ in range(ROUNDS):
        p = 1.0 / (1.0 + np.exp(-np.clip(cells.score(beta) + beside, -30, 30)))
        yes, chance = seen * p, float((seen * (1.0 - p)).sum())
        # Decoys say what chance looks like; together with the target's own chance pairs they weigh as much as these.
        no = (seen * (1.0 - p) + decoys) * chance / max(chance + float(decoys.sum()), 1e-9)
        for _ in range(2):
            q = 1.0 / (1.0 + np.exp(-np.clip(cells.score(beta) + beside, -30, 30)))
            slope = cells.slope(yes - (yes + no) * q) - pull * (beta - prior)
            curve = cells.curve((yes + no) * q * (1.0 - q)) + np.diag(pull)
            beta = beta + np.clip(np.linalg.solve(curve, slope), -2.0, 2.0)
        now = float(yes.sum())
        if abs(now - mass) < 1e-3 * max(now, 1.0):
            break
        mass = now
    at = 1
    fitted: dict[str, Floats] = {}
    for feature in FITTED:
        fitted[feature.name] = np.round(beta[at : at + feature.size], 4)
        at += feature.size
    tables = tuple(told[c] if c in told else fitted[f.name] for c, f in enumerate(FEATURES))
    return Weighed(tables, float(beta[0]), anchors, mass)
