"""Stock: what a firm sells comes out of what it bought, first in first out with some disorder, and lots mix.

All stocks of a block are laid end to end on one line of pieces. A purchase and a sale are both stretches of that line,
and where they overlap goods of the one went into the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .chance import Flags, Floats, Ints


@dataclass(frozen=True)
class Sales:
    """Sales cut from stock: `stock` numbers the stock, `ready` is the day on which its last goods had come in."""

    stock: Ints
    quantity: Ints
    ready: Ints
    sale: Ints  # per draw: which sale ...
    purchase: Ints  # ... took from which purchase (its place in the arrays given) ...
    drawn: Ints  # ... how many pieces


def cut(
    rng: np.random.Generator, stock: Ints, came: Ints, quantity: Ints, *, whole: Flags, factor: Floats, abroad: Floats, mixing: float
) -> Sales:  # fmt: skip
    """Cuts the stocks into sales.

    `stock` is the number of the stock (0 ... k-1) that each purchase enters on day `came` with `quantity` pieces. Per stock:
    `whole` ones send each purchase on as it is, others cut sales `factor` times the size of a usual purchase; `abroad` is the
    share of their goods that leaves the country (the rest is sold at home, and no customs office sees it).
    """
    shuffled = came + rng.exponential(mixing, len(came)) * ~whole[stock]
    order = np.lexsort((np.arange(len(stock)), shuffled, stock))
    ends = np.cumsum(quantity[order])
    starts = ends - quantity[order]
    stocks = len(whole)
    held = np.bincount(stock, weights=quantity, minlength=stocks).astype(np.int64)
    bought = np.bincount(stock, minlength=stocks)
    base = np.cumsum(held) - held
    low_a, high_a, in_a = _sent_on(rng, starts, ends, stock[order], whole, abroad)
    low_b, high_b, in_b = _distributed(rng, held, bought, base, whole, factor, abroad)
    low, high, owner = np.concatenate([low_a, low_b]), np.concatenate([high_a, high_b]), np.concatenate([in_a, in_b])
    some = high > low
    low, high, owner = low[some], high[some], owner[some]
    by = np.argsort(low, kind="stable")
    low, high, owner = low[by], high[by], owner[by]
    edges = np.unique(np.concatenate([starts, ends, low, high]))
    left, right = edges[:-1], edges[1:]
    sale = np.searchsorted(low, left, "right") - 1
    inside = (sale >= 0) & (left < high[np.maximum(sale, 0)]) if len(low) else np.zeros(len(left), bool)
    left, right, sale = left[inside], right[inside], sale[inside]
    purchase = order[np.searchsorted(ends, left, "right")]
    ready = np.full(len(low), -(10**6))
    np.maximum.at(ready, sale, came[purchase])
    return Sales(owner, high - low, ready, sale, purchase, right - left)


def _sent_on(
    rng: np.random.Generator, starts: Ints, ends: Ints, stock: Ints, whole: Flags, abroad: Floats
) -> tuple[Ints, Ints, Ints]:
    """Purchases sent on as they came: whole, a part of them, or in two or three lots."""
    mine = np.flatnonzero(whole[stock] & (rng.random(len(stock)) < abroad[stock] ** 0.5))
    part = np.where(rng.random(len(mine)) < 0.55, 1.0, rng.uniform(0.4, 1.0, len(mine)))
    size = np.maximum(1, ((ends[mine] - starts[mine]) * part).astype(np.int64))
    lots = rng.choice([1, 2, 3], size=len(mine), p=[0.76, 0.17, 0.07])
    which = np.repeat(np.arange(len(mine)), lots)
    turn = np.arange(len(which)) - np.repeat(np.cumsum(lots) - lots, lots)
    low = starts[mine][which] + size[which] * turn // lots[which]
    high = starts[mine][which] + size[which] * (turn + 1) // lots[which]
    return low, high, stock[mine][which]


def _distributed(
    rng: np.random.Generator, held: Ints, bought: Ints, base: Ints, whole: Flags, factor: Floats, abroad: Floats
) -> tuple[Ints, Ints, Ints]:
    """Stocks cut at random places; some stretches go abroad, the rest stays in the country."""
    wanted = np.where(whole | (held == 0), 0, np.maximum(1, np.round(bought / factor)))
    pieces = np.minimum(np.minimum(wanted, held), 4000).astype(np.int64)
    owner = np.repeat(np.arange(len(held)), pieces)
    weight = rng.gamma(1.6, 1.0, len(owner)) + 0.05
    running = np.cumsum(weight)
    first = np.cumsum(pieces) - pieces
    before = np.concatenate([[0.0], running])[first[owner]]
    total = np.bincount(owner, weights=weight, minlength=len(held))[owner]
    high = base[owner] + np.round((running - before) / total * held[owner]).astype(np.int64)
    low = np.concatenate([[0], high[:-1]]) if len(high) else high
    low[first[pieces > 0]] = base[pieces > 0]
    out = rng.random(len(owner)) < abroad[owner]
    return low[out], high[out], owner[out]
