"""From deals to lots, one a border crossing: the true side of every record, and the genealogy between lots."""

from __future__ import annotations

import numpy as np

from .chance import generator, pick, share
from .deals import FORWARDED, Deals
from .trade import Setting

# One entry a crossing. `code` is what the seller declares; `box` a container number (0: none); amounts in grams and cents.
LOT = np.dtype(
    [("lot", "i8"), ("seller", "i4"), ("buyer", "i4"), ("model", "i4"), ("day", "i4"), ("arrival", "i4"), ("quantity", "i8"), ("grams", "i8"),
     ("true_cents", "i8"), ("cents", "i8"), ("code", "i8"), ("box", "i8"), ("scheme", "i4"), ("origin", "i2"), ("kind", "i1"), ("role", "i1"), ("hop", "i1"),
     ("path", "i1"), ("wave", "i1"), ("hidden", "i1"), ("understated", "i1"), ("outlier", "i1"), ("records", "i1")]
)  # fmt: skip
DRAW = np.dtype([("outbound", "i8"), ("inbound", "i8"), ("quantity", "i8")])
UNDERSTATED, OUTLIER = 0.03, 0.01


def make(setting: Setting, number: int, deals: Deals, first: int) -> tuple[np.ndarray, np.ndarray]:
    """Lots of a block, numbered from `first` in the order of their deals, and the draws between them."""
    rng = generator(setting.seed, 300 + number)
    models, column = setting.models, deals.column
    via = column("via")
    bent = via >= 0
    count = deals.count + int(bent.sum())
    head = np.arange(deals.count) + np.concatenate([[0], np.cumsum(bent)[:-1]]).astype(np.int64)
    tail = head + bent  # the lot that reaches the buyer
    lots = np.zeros(count, LOT)
    lots["lot"] = first + np.arange(count)
    deal = np.repeat(np.arange(deals.count), 1 + bent)
    second = np.zeros(count, bool)
    second[tail[bent]] = True
    for name in ("model", "quantity", "origin", "scheme", "role", "hop", "path", "wave", "hidden"):
        lots[name] = column(name)[deal]
    day, arrival = column("day")[deal], column("arrival")[deal]
    through = bent[deal]
    span = arrival - day
    lots["seller"] = np.where(second, via[deal], column("seller")[deal])
    lots["buyer"] = np.where(through & ~second, via[deal], column("buyer")[deal])
    lots["day"] = np.where(second, day + (span * 0.55).astype(np.int64), day)
    lots["arrival"] = np.where(through & ~second, day + (span * 0.4).astype(np.int64), arrival)
    lots["kind"] = np.where(second, FORWARDED, column("kind")[deal])
    # A sealed container crosses the forwarder's yard unopened in every second case.
    box = np.where(rng.random(deals.count) < 0.6, 1 + head + first, 0)
    own = np.where(rng.random(deals.count) < 0.5, box, np.where(box > 0, 1 + tail + first, 0))
    lots["box"] = np.where(second, own[deal], box[deal])
    model = lots["model"]
    lots["grams"] = np.maximum(1, lots["quantity"] * models.kg[model] * np.exp(rng.normal(0, 0.012, count)) * 1000)
    odd = rng.random(count) < OUTLIER
    # Prices of a sector rise or fall by up to a twelfth a year.
    trend = (share(setting.seed, models.sector[model], 42) - 0.5) * 0.16
    factor = np.where(odd, rng.choice([0.3, 0.45, 2.2, 4.0], count), 1.0) * np.exp(trend * lots["day"] / 365.25)
    true = np.maximum(1, np.round(lots["quantity"] * column("price")[deal] * factor * 100)).astype(np.int64)
    low = (rng.random(count) < UNDERSTATED) & ~odd
    lots["true_cents"] = true
    lots["cents"] = np.maximum(1, np.where(low, true * rng.uniform(0.05, 0.3, count), true)).astype(np.int64)
    lots["understated"], lots["outlier"] = low, odd
    other = share(setting.seed, lots["seller"], model, 41) < setting.world.recoded
    lots["code"] = np.where(other, models.other[model], models.hs[model])
    return lots, _draws(deals, head, tail, bent, lots, first)


def _draws(
    deals: Deals, head: np.ndarray, tail: np.ndarray, bent: np.ndarray, lots: np.ndarray, first: int
) -> np.ndarray:
    out, inbound, quantity = deals.all_draws()
    through = np.flatnonzero(bent)
    draws = np.zeros(len(out) + len(through), DRAW)
    draws["outbound"] = first + np.concatenate([head[out], tail[through]])
    draws["inbound"] = first + np.concatenate([tail[inbound], head[through]])
    draws["quantity"] = np.concatenate([quantity, lots["quantity"][head[through]]])
    order = np.lexsort((draws["inbound"], draws["outbound"]))
    return np.asarray(draws[order])


def number_of(seed: int, lot: np.ndarray, side: int) -> np.ndarray:
    """The running part of a declaration's number: seven digits that say nothing about the lot."""
    return pick(9_999_999, seed, lot, side, 51)
