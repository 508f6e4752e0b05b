"""Purchases compete for sales, and sales for purchases, by amount: what one sale took cannot have gone into another.

A pair's weight is what the two records say of themselves (odds). Its share is what is left of that beside its rivals:
the purchases of one sale compete with each other and with a purchase nobody declared; the sales of one purchase compete
only where together they are more than it held. Two halves of a lot that was split do not stand in each other's way.
"""

from __future__ import annotations

import numpy as np

from .evidence import Floats, Ints

ROUNDS = 8
SLOPE = (
    3.0  # a purchase sold twice over counts e^-3: amounts are declared with slips, and some purchases are on no record
)
ROOM = 1.05  # weights and counts differ by a few per cent before anything is oversold


def _of(values: Floats, group: Ints) -> Floats:
    """The sum of each entry's group."""
    return np.asarray(np.bincount(group, values)[group])


def shares(weight: Floats, purchase: Ints, sale: Ints, part: Floats, nobody: float) -> Floats:
    """Probability of each pair. `purchase` and `sale` number the two sides from 0 without gaps.

    `part` is the amount of the sale over that of the purchase; 1 where it is not known. `nobody` is the weight of a
    purchase on no record. Fixed point by damped rounds; sums are taken in the order given.
    """
    if not len(weight):
        return np.zeros(0)
    takes = np.minimum(part, 1.0)
    share = weight / (nobody + _of(weight, sale))
    for _ in range(ROUNDS):
        over = np.maximum(0.0, _of(share * takes, purchase) - share * takes + takes - ROOM)
        left = weight * np.exp(-SLOPE * over)
        share = 0.5 * share + 0.5 * left / (nobody + _of(left, sale))
    return np.asarray(share)
