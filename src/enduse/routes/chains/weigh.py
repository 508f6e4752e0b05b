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

from .evidence import Feature, Floats, Ints, _design, unpacked
from .features import FEATURES, GOODS, QUANTITY, STOCK, WEIGHT

FITTED: tuple[Feature, ...] = (QUANTITY, WEIGHT, STOCK)
ODD = 1  # the level of QUANTITY that anchors
OTHER_CODE = (6, 7)  # levels of GOODS: another code, with or without the same maker
BIN = 4.0  # bins of the offset per unit of log odds
MOST = 4.0  # no single feature speaks louder, whatever the counts
ROUNDS = 30
ENOUGH = 200  # anchors that make the data speak for themselves; fewer are drawn towards the priors in proportion


@dataclass(frozen=True)
class Weighed:
    """Log odds of every cell, the tables behind them, and how many real pairs the fit expects."""

    log_odds: Floats
    tables: tuple[Floats, ...]
    bias: float
    anchors: int
    expected: float


def _anchored(levels: Ints, target: Floats, decoy: Floats) -> tuple[dict[int, Floats], int]:
    """Log likelihood ratios of the features that have nothing to do with the count, and the number of anchors."""
    odd = levels[:, FEATURES.index(QUANTITY)] == ODD
    anchors = max(0.0, float(target[odd].sum() - decoy[odd].sum()))
    trust = anchors / (anchors + ENOUGH)
    found: dict[int, Floats] = {}
    for column, feature in enumerate(FEATURES):
        if feature in FITTED:
            continue
        level = levels[:, column]
        real: Floats = np.bincount(level[odd], target[odd] - decoy[odd], feature.size).astype(np.float64)
        chance: Floats = np.bincount(level, target + decoy, feature.size).astype(np.float64)
        real = np.maximum(real, 0.0) + 0.01 * chance / max(chance.sum(), 1.0) * max(anchors, 1.0) + 0.01
        chance = chance + 5.0
        ratio = np.clip(np.log(real / real.sum()) - np.log(chance / chance.sum()), -MOST, MOST)
        ratio[chance <= 5.0] = 0.0
        if feature is GOODS:
            # Pairs of different codes are candidates only because their amounts agree: their share among the anchors is no evidence.
            ratio[list(OTHER_CODE)] = np.minimum(ratio[list(OTHER_CODE)], 0.0)
        found[column] = np.round(trust * ratio + (1.0 - trust) * np.array(feature.prior), 4)
    return found, int(anchors)


def weigh(code: Ints, target: Floats, decoy: Floats) -> Weighed:
    """Log odds that a target pair of each cell is real. `code` packs the levels (see `features`), counts beside it."""
    levels = unpacked(code, FEATURES)
    told, anchors = _anchored(levels, target, decoy)
    offset = np.zeros(len(code))
    for column, table in told.items():
        offset += table[levels[:, column]]
    rough = np.clip(np.round(offset * BIN), -60, 60).astype(np.int64) + 60
    key, base = rough.copy(), 121
    for feature in FITTED:
        key = key + levels[:, FEATURES.index(feature)] * base
        base *= feature.size
    cells, place = np.unique(key, return_inverse=True)
    seen, decoys = np.bincount(place, target), np.bincount(place, decoy)
    beside = ((cells % 121) - 60) / BIN
    design = _design(unpacked(cells // 121, FITTED), FITTED)
    prior = np.concatenate([[-3.0], *(np.array(f.prior) for f in FITTED)])
    pull = np.full(len(prior), 4.0)
    pull[0] = 1e-3
    beta = prior.copy()
    mass = 0.0
    for _ in range(ROUNDS):
        p = 1.0 / (1.0 + np.exp(-np.clip(design @ beta + beside, -30, 30)))
        yes, chance = seen * p, float((seen * (1.0 - p)).sum())
        # Decoys say what chance looks like; together with the target's own chance pairs they weigh as much as these.
        no = (seen * (1.0 - p) + decoys) * chance / max(chance + float(decoys.sum()), 1e-9)
        for _ in range(2):
            q = 1.0 / (1.0 + np.exp(-np.clip(design @ beta + beside, -30, 30)))
            slope = design.T @ (yes - (yes + no) * q) - pull * (beta - prior)
            curve = (design * ((yes + no) * q * (1.0 - q))[:, None]).T @ design + np.diag(pull)
            beta = beta + np.clip(np.linalg.solve(curve, slope), -2.0, 2.0)
        now = float(yes.sum())
        if abs(now - mass) < 1e-3 * max(now, 1.0):
            break
        mass = now
    tables: list[Floats] = []
    at = 1
    fitted = {}
    for feature in FITTED:
        fitted[feature.name] = np.round(beta[at : at + feature.size], 4)
        at += feature.size
    log_odds = np.full(len(code), float(beta[0])) + offset
    for column, feature in enumerate(FEATURES):
        table = told[column] if column in told else fitted[feature.name]
        tables.append(table)
        if column not in told:
            log_odds += table[levels[:, column]]
    return Weighed(np.round(log_odds, 3), tuple(tables), round(float(beta[0]), 4), anchors, mass)
