"""The levels of FEATURES on arrays: what `features_sql` says of a pair, for many pairs of a page at once (a test holds the two equal)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from .features import _DAYS, EARLY, FEATURES
from .nearest import _WIDE

if TYPE_CHECKING:
    from .pages import Array

Lines = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
AT_ONCE = 1 << 17  # pairs looked at together: their columns stay close to the processor


@dataclass(frozen=True)
class Told:
    """One side of a page, an entry a consignment. Words are numbers, -1 where nothing is stated; amounts NaN."""

    id: Array
    firm: Array
    day: Array
    sure: Array
    words: dict[str, Array]  # unit, mark, container, model, kind, hs6, maker, country, origin
    pieces: Array
    kg: Array
    usd: Array
    grams: npt.NDArray[np.int64]
    by_code: Lines
    by_kind: Lines


def _within(a: Array, b: Array, share: float) -> npt.NDArray[np.bool_]:
    return np.asarray((a <= b * share) & (b <= a * share))


def _both(a: Array, b: Array) -> npt.NDArray[np.bool_]:
    return np.asarray((a >= 0) & (b >= 0))


def _amount(i: Array, o: Array, near: tuple[tuple[float, int], ...]) -> npt.NDArray[np.int8]:
    """Levels of an amount sold beside an amount bought, from 4 on; those of `near` (share, level) where they are nearly equal."""
    less = (4 + (o * 2 < i) + (o * 10 < i)).astype(np.int8)
    more = (7 + (o > i * 2) + (o > i * 10)).astype(np.int8)
    out = np.where(o < i, less, more)
    for share, level in near:
        out[_within(i, o, share)] = level
    return out


def _part(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    out = (1 + (part * 4 >= whole) + (part * 4 >= whole * 3) + (part * 50 >= whole * 49)).astype(np.int8)
    out[part <= 0] = 0
    return out


def _overlap(i: Lines, o: Lines, at: Array, to: Array) -> npt.NDArray[np.int64]:
    shared = np.minimum(i[1][at], o[1][to]) - np.maximum(i[0][at], o[0][to])
    return np.where(shared >= _WIDE, 0, np.maximum(shared, 0))


def coded_levels(i: Told, o: Told, at: Array, to: Array, longest: int, sign: int) -> tuple[Array, Array]:
    """(which, code): the pairs (`at` of `i`, `to` of `o`) near enough in time, and their packed levels. Any number of pairs."""
    which, codes = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    for begin in range(0, len(at), AT_ONCE):
        a, b = at[begin : begin + AT_ONCE], to[begin : begin + AT_ONCE]
        days = (o.day[b] - i.day[a]) * sign
        keep = np.flatnonzero((days >= -EARLY) & (days <= longest))
        which.append(keep + begin)
        codes.append(_some(i, o, a[keep], b[keep], days[keep]))
    return np.concatenate(which), np.concatenate(codes)


def _some(i: Told, o: Told, a: Array, b: Array, days: Array) -> npt.NDArray[np.int32]:
    word = {name: (i.words[name][a], o.words[name][b]) for name in i.words}
    same = {name: (x == y) & (x >= 0) for name, (x, y) in word.items()}
    both = {name: _both(*word[name]) for name in ("model", "kind", "maker", "country", "origin")}
    lag = np.searchsorted(_DAYS[1:], days, "right") + len(_DAYS) * (i.sure[a] * 2 + o.sure[b])
    iq, oq, ik, ok = i.pieces[a], o.pieces[b], i.kg[a], o.kg[b]
    with np.errstate(divide="ignore", invalid="ignore"):
        counted = same["unit"] & ~np.isnan(iq) & ~np.isnan(oq)
        quantity = _amount(iq, oq, ((1.02, 3),))
        equal = iq == oq
        quantity[equal] = np.where((iq[equal] >= 101) & (np.mod(iq[equal], 10) != 0), 1, 2)
        quantity[~counted] = 0
        weight = _amount(ik, ok, ((1.06, 3), (1.02, 2), (1.005, 1)))
        weight[np.isnan(ik) | np.isnan(ok)] = 0
        goods = np.where(same["maker"], 6, 7).astype(np.int8)
        code = same["hs6"]
        goods[code] = np.where(both["maker"][code], np.where(same["maker"][code], 3, 5), 4)
        goods[both["kind"]] = np.where(same["kind"][both["kind"]], 8, 9)
        goods[both["model"]] = np.where(same["model"][both["model"]], 1, 2)
        goods[same["mark"] | same["container"]] = 0
        ip = np.where(ik > 0, i.usd[a] / ik, np.nan)
        op = np.where(ok > 0, o.usd[b] / ok, np.nan)
        price = np.ones(len(a), dtype=np.int8)
        for left, right in ((2, 1), (5, 4), (50, 49), (20, 21), (5, 6), (2, 3), (2, 5)):
            price += op * left >= ip * right
        price[~(ip > 0) | np.isnan(op)] = 0
        iw, ow = np.where(iq > 0, ik / iq, np.nan), np.where(oq > 0, ok / oq, np.nan)
        unit = np.full(len(a), 5, dtype=np.int8)
        for share, level in ((1.25, 4), (1.08, 3), (1.03, 2), (1.01, 1)):
            unit[_within(iw, ow, share)] = level
        unit[~same["unit"] | np.isnan(iw) | np.isnan(ow)] = 0
    place, origin = (np.where(both[n], np.where(same[n], 1, 2), 0) for n in ("country", "origin"))
    overlap = np.where(same["kind"], _overlap(i.by_kind, o.by_kind, a, b), _overlap(i.by_code, o.by_code, a, b))
    ig, og = i.grams[a], o.grams[b]
    stock = 1 + 5 * _part(overlap, og) + _part(overlap, ig)
    stock[(ig <= 0) | (og <= 0)] = 0
    out, base = np.zeros(len(a), dtype=np.int32), 1
    for feature, level in zip(FEATURES, (lag, quantity, weight, goods, price, place, origin, stock, unit), strict=True):
        out += level.astype(np.int32) * np.int32(base)
        base *= feature.size
    return out
