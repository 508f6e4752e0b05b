"""Columns to features: past rate and count of each value and of telling pairs of values, logs, ratios, distances from a group's middle.

The rate of a value is taken from other rows than the one it is given to (five folds; Micci-Barreca 2001 for the
smoothing), so that no row sees its own label; rows to rank get the rate over all labelled rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .columns import PREFIXES, Columns, numbers

SMOOTH = 8.0  # a value seen eight times weighs as much as the base rate
FOLDS = 5
PAIRS = 14  # pairs of columns that get a rate of their own
SEED = 20_221


@dataclass
class Feature:
    """One feature and the columns it is made of; `rate` marks past rates, which the reasons name."""

    name: str
    columns: tuple[str, ...]
    rate: bool = False


@dataclass
class Encoded:
    features: list[Feature] = field(default_factory=list)
    train: list[np.ndarray] = field(default_factory=list)
    other: list[np.ndarray] = field(default_factory=list)

    def add(self, feature: Feature, train: np.ndarray, other: np.ndarray) -> None:
        self.features.append(feature)
        self.train.append(train.astype(np.float32))
        self.other.append(other.astype(np.float32))

    def matrices(self) -> tuple[np.ndarray, np.ndarray]:
        return np.column_stack(self.train), np.column_stack(self.other)


def codes(train: pa.ChunkedArray, other: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers for the values of a column, the same for both tables."""
    both = pa.chunked_array([*train.fill_null("").chunks, *other.fill_null("").chunks], pa.string()).combine_chunks()
    index = both.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return index[: len(train)], index[len(train) :]


def joined(a: tuple[np.ndarray, np.ndarray], b: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Codes of pairs of values."""
    width = int(max(b[0].max(initial=0), b[1].max(initial=0))) + 1
    both = np.concatenate([a[0] * width + b[0], a[1] * width + b[1]])
    _, index = np.unique(both, return_inverse=True)
    return index[: len(a[0])], index[len(a[0]) :]


def folds(rows: int) -> np.ndarray:
    """Which fold each row is in, drawn once with a fixed seed."""
    return np.random.default_rng(SEED).integers(0, FOLDS, rows)


def _rate(code: np.ndarray, y: np.ndarray, size: int, base: float) -> tuple[np.ndarray, np.ndarray]:
    count = np.bincount(code, minlength=size).astype(float)
    hits = np.bincount(code, weights=y, minlength=size)
    return (hits + SMOOTH * base) / (count + SMOOTH), count


def rates(
    pair: tuple[np.ndarray, np.ndarray], y: np.ndarray, fold: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(rate in train, rate in other, log count in train, log count in other); train rates never see their own fold."""
    train, other = pair
    size = int(max(train.max(initial=0), other.max(initial=0))) + 1
    base = float(y.mean())
    out, seen = np.zeros(len(train)), np.zeros(len(train))
    for f in range(FOLDS):
        inside = fold == f
        rate, count = _rate(train[~inside], y[~inside], size, base)
        out[inside], seen[inside] = rate[train[inside]], count[train[inside]]
    rate, count = _rate(train, y, size, base)
    # A fold leaves a fifth of the rows out; counts are brought to one scale.
    return out, rate[other], np.log1p(seen * FOLDS / (FOLDS - 1)), np.log1p(count[other])


def area(score: np.ndarray, y: np.ndarray) -> float:
    """Area under the ROC curve by ranks, ties in the middle."""
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    ranks = middle[inverse]
    positive = y == 1
    n1, n0 = int(positive.sum()), int((~positive).sum())
    if not n1 or not n0:
        return 0.5
    return float((ranks[positive].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def _prefix(column: pa.ChunkedArray, length: int) -> pa.ChunkedArray:
    found: pa.ChunkedArray = pc.utf8_slice_codeunits(column.fill_null(""), 0, length)
    return found


def _median_distance(
    code: tuple[np.ndarray, np.ndarray], value: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """How far a number lies from the middle of its group in the labelled rows; 0 where the group is new."""
    order = np.lexsort((value[0], code[0]))
    sorted_code, sorted_value = code[0][order], value[0][order]
    starts = np.flatnonzero(np.r_[True, sorted_code[1:] != sorted_code[:-1]]) if len(order) else np.array([], int)
    ends = np.r_[starts[1:], len(order)]
    middle = np.full(int(max(code[0].max(initial=0), code[1].max(initial=0))) + 1, np.nan)
    lengths = ends - starts
    middle[sorted_code[starts]] = (sorted_value[starts + (lengths - 1) // 2] + sorted_value[starts + lengths // 2]) / 2
    train, other = value[0] - middle[code[0]], value[1] - middle[code[1]]
    return np.nan_to_num(train), np.nan_to_num(other)


def encode(
    columns: Columns, train: dict[str, pa.ChunkedArray], other: dict[str, pa.ChunkedArray], y: np.ndarray
) -> Encoded:
    """All features of both tables. Shapes: one float32 array a feature, as long as its table."""
    out, fold = Encoded(), folds(len(y))
    logs: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for name in columns.numbers:
        a, b = numbers(train[name]), numbers(other[name])
        logs[name] = tuple(np.log1p(np.clip(np.nan_to_num(v), 0, None)) for v in (a, b))
        out.add(Feature(name, (name,)), np.nan_to_num(a, nan=-1.0), np.nan_to_num(b, nan=-1.0))
        out.add(Feature(f"{name}, a round number", (name,)), np.mod(a, 1) == 0, np.mod(b, 1) == 0)
    for one, two in combinations(columns.numbers, 2):
        out.add(Feature(f"{one} per {two}", (one, two)), logs[one][0] - logs[two][0], logs[one][1] - logs[two][1])
    keyed: dict[tuple[str, ...], tuple[np.ndarray, np.ndarray]] = {}
    for name in columns.categories:
        keyed[(name,)] = codes(train[name], other[name])
    for name in columns.codes:
        for length in PREFIXES:
            keyed[(f"{name}[:{length}]",)] = codes(_prefix(train[name], length), _prefix(other[name], length))
    strength: dict[tuple[str, ...], float] = {}
    for names, pair in keyed.items():
        strength[names] = _add_rate(out, names, pair, y, fold)
    for names, pair in telling_pairs(keyed, strength, y, fold):
        _add_rate(out, names, pair, y, fold)
    groups = sorted(keyed, key=lambda n: -strength[n])[:6]
    for one, two in combinations(columns.numbers, 2):
        ratio = (logs[one][0] - logs[two][0], logs[one][1] - logs[two][1])
        for names in groups:
            a, b = _median_distance(keyed[names], ratio)
            out.add(Feature(f"{one} per {two} against its {names[0]}", (one, two, *_plain(names))), a, b)
    return out


def _plain(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(n.split("[:", 1)[0] for n in names)


def _add_rate(
    out: Encoded, names: tuple[str, ...], pair: tuple[np.ndarray, np.ndarray], y: np.ndarray, fold: np.ndarray
) -> float:
    a, b, seen, seen_other = rates(pair, y, fold)
    label = " and ".join(names)
    out.add(Feature(f"past rate of {label}", _plain(names), rate=True), a, b)
    out.add(Feature(f"times {label} was seen", _plain(names)), seen, seen_other)
    return area(a, y)


def telling_pairs(
    keyed: dict[tuple[str, ...], tuple[np.ndarray, np.ndarray]],
    strength: dict[tuple[str, ...], float],
    y: np.ndarray,
    fold: np.ndarray,
) -> list[tuple[tuple[str, ...], tuple[np.ndarray, np.ndarray]]]:
    """The pairs of columns whose joint rate says most beyond the better of the two alone, best first."""
    found = []
    for one, two in combinations(sorted(keyed), 2):
        if _plain(one) == _plain(two):
            continue
        pair = joined(keyed[one], keyed[two])
        rate, _, _, _ = rates(pair, y, fold)
        found.append((area(rate, y) - 0.5 * max(strength[one], strength[two]), one + two, pair))
    found.sort(key=lambda f: (-f[0], f[1]))
    return [(names, pair) for _, names, pair in found[:PAIRS]]
