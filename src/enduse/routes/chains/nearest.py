"""Candidate pairs of a page: to every later event the few nearest earlier ones of the same key, and what oldest-stock-first would say.

The same pairs as `neighbours` and the same lines as `allocate` (a test holds them equal), worked out on arrays: events stand in
order of firm and day once, and every key is one sort of whole numbers and a few look-ups in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .neighbours import AFTER, AROUND

Ints = npt.NDArray[np.int64]
_WIDE = np.int64(1) << 61  # beyond every running sum of grams


def _bits(most: int) -> int:
    return max(1, int(most).bit_length())


def joined(*columns: npt.NDArray[np.integer]) -> Ints:
    """Columns of numbers as one key; -1 where any of them is."""
    out = columns[0].astype(np.int64)
    none = out < 0
    most = int(out.max(initial=0))
    for column in columns[1:]:
        size = int(column.max(initial=0)) + 1
        if _bits(most) + _bits(size) > 40:  # room for the place of an event beside the key
            out = np.unique(out, return_inverse=True)[1].astype(np.int64)
            most = int(out.max(initial=0))
        none |= column < 0
        out = out * size + column
        most = (most + 1) * size
    out[none] = -1
    return out


def earlier(group: npt.NDArray[np.integer], day: npt.NDArray[np.integer], other: npt.NDArray[np.integer], when: npt.NDArray[np.integer]) -> Ints:  # fmt: skip
    """For each event (`other`, `when`) how many of (`group`, `day`), which stand in order, come before it or on its day."""
    low = int(min(day.min(initial=0), when.min(initial=0)))
    width = _bits(int(max(day.max(initial=0), when.max(initial=0))) - low + 1)
    mine = (group.astype(np.int64) << width) | (day.astype(np.int64) - low)
    found: Ints = np.searchsorted(mine, (other.astype(np.int64) << width) | (when.astype(np.int64) - low), "right")
    return found


def nearest(key: Ints, other: Ints, seen: Ints, reach: int, side: int) -> Ints:
    """Pairs as `other`'s place times 2^32 plus `key`'s place. `seen` is `earlier` of each of `other`; -1 is no key."""
    shift = _bits(len(key))
    have = np.flatnonzero(key >= 0)
    stand = np.sort((key[have] << shift) | have)
    ask = np.flatnonzero(other >= 0)
    wanted = other[ask] << shift
    at = np.searchsorted(stand, wanted | seen[ask])
    if side == AFTER:
        low, high = at, np.minimum(np.searchsorted(stand, wanted + (1 << shift)), at + reach)
    else:
        low = np.maximum(np.searchsorted(stand, wanted), at - reach)
        high = at
        if side == AROUND:
            high = np.minimum(np.searchsorted(stand, wanted + (1 << shift)), at + reach)
    count = high - low
    some = np.flatnonzero(count > 0)
    count, low = count[some], low[some]
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    place = np.arange(total) + np.repeat(low - ends + count, count)
    return (np.repeat(ask[some], count) << 32) | (stand[place] & ((1 << shift) - 1))


def together(found: Sequence[Ints]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Every pair once, in order: places on the side of `key`, places on the side of `other`."""
    every = np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)
    if len(every):
        every = every[np.concatenate([[True], every[1:] != every[:-1]])]
    return (every & 0xFFFFFFFF).astype(np.int32), (every >> 32).astype(np.int32)


def lines(key: Ints, other: Ints, order: Ints, grams: Ints, sold: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """(begins, ends) of purchases and of sales on the line of all grams of their key; the widest line where there is no key.

    `order` is the place of every purchase, then of every sale, among all events of the page in order of time.
    """
    here = np.concatenate([key, other])
    have = np.flatnonzero(here >= 0)
    shift = _bits(len(here))
    back = np.empty(len(here), dtype=np.int64)
    back[order] = np.arange(len(here))
    stand = np.sort((here[have] << shift) | order[have])
    at = back[stand & ((1 << shift) - 1)]
    group = stand >> shift
    amount = np.concatenate([grams, sold])[at]
    sale = at >= len(key)
    first = np.concatenate([[True], group[1:] != group[:-1]]) if len(at) else np.zeros(0, bool)
    start = np.flatnonzero(first)
    number = np.cumsum(first) - 1

    def running(values: Ints) -> Ints:
        total = np.cumsum(values)
        return np.asarray(total - (total[start] - values[start])[number])

    bought, gone = running(np.where(sale, 0, amount)), running(np.where(sale, amount, 0))
    # One running minimum serves all keys: each stands below all that any key before it can reach.
    whole = np.add.reduceat(amount, start) + 1 if len(start) else np.zeros(0, np.int64)
    below = (np.cumsum(whole) - whole)[number]
    short = np.minimum.accumulate(np.minimum(bought - gone, 0) - below) + below
    begins, ends = np.full(len(here), -_WIDE), np.full(len(here), _WIDE)
    begins[at] = np.where(sale, gone - amount + short, bought - amount)
    ends[at] = np.where(sale, gone + short, bought)
    return begins[: len(key)], ends[: len(key)], begins[len(key) :], ends[len(key) :]
