"""The fitted model: small boosted trees over the features of a pair, one set for each kind of party, read from `model.json`.

A tree is five lists (feature, threshold, left, right, value); a leaf has feature -1. The log-odds are the base plus the values of
the leaves reached. One pair is walked in plain Python, many in numpy; both give the same sums, for leaves are whole thousandths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from enduse.parties.canonical import Kind
from enduse.parties.features import FEATURES
from enduse.reference import party_tables

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNIT = 1_000.0  # leaves are whole numbers of this fraction of one log-odds, so that the order of adding does not matter
BLOCK = 4_096  # rows walked at a time


@dataclass(frozen=True)
class Tree:
    """`left` is taken where the feature is at most the threshold."""

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[int, ...]


_other: list[dict[str, Any]] = []  # a table used instead of the shipped one, for measuring


@contextmanager
def using(table: dict[str, Any]) -> Iterator[None]:
    """Score with another table than `model.json`: a benchmark measures the fit on the build part while all data went into the shipped one."""
    _other.append(table)
    _forget()
    try:
        yield
    finally:
        _other.pop()
        _forget()


def _forget() -> None:
    for cached in (version, trees, _arrays):
        cached.cache_clear()


def _table() -> dict[str, Any]:
    return _other[-1] if _other else party_tables.model()


@cache
def version() -> str:
    return str(_table()["version"])


@cache
def trees(kind: Kind) -> tuple[int, tuple[Tree, ...]]:
    """(base, trees) in thousandths of log-odds. Raises ValueError where the table was fitted for other features."""
    table = _table()
    if tuple(table["features"]) != FEATURES:
        raise ValueError("model.json was fitted for other features; run enduse.parties.build.fit")
    model = table["kinds"][kind]
    return int(model["base"]), tuple(Tree(*(tuple(part) for part in tree)) for tree in model["trees"])


def log_odds(row: Sequence[float], kind: Kind) -> float:
    """Log-odds that a pair with these features is one party."""
    total, forest = trees(kind)
    for tree in forest:
        feature, threshold, left, right = tree.feature, tree.threshold, tree.left, tree.right
        at = 0
        while feature[at] >= 0:
            at = left[at] if row[feature[at]] <= threshold[at] else right[at]
        total += tree.value[at]
    return total / UNIT


@cache
def _arrays(
    kind: Kind,
) -> list[tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], int]]:
    import numpy as np

    out = []
    for tree in trees(kind)[1]:
        leaf = np.asarray(tree.feature) < 0
        own = np.arange(len(tree.feature))
        children = np.stack([np.where(leaf, own, tree.left), np.where(leaf, own, tree.right)]).astype(np.int64)
        out.append(
            (
                np.maximum(np.asarray(tree.feature, np.int64), 0),
                np.asarray(tree.threshold, np.float64),
                children,
                np.asarray(tree.value, np.int64),
                _depth(tree, 0),
            )
        )
    return out


def _depth(tree: Tree, at: int) -> int:
    return 0 if tree.feature[at] < 0 else 1 + max(_depth(tree, tree.left[at]), _depth(tree, tree.right[at]))


def many_log_odds(rows: NDArray[np.float64], kind: Kind) -> NDArray[np.float64]:
    """`log_odds` of every row of a matrix (pairs by FEATURES)."""
    import numpy as np

    # A block whose features stay in the processor's cache is walked three times as fast as all rows tree by tree.
    blocks = [_walk(rows[at : at + BLOCK], kind) for at in range(0, len(rows), BLOCK)]
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float64)


def _walk(rows: NDArray[np.float64], kind: Kind) -> NDArray[np.float64]:
    import numpy as np

    total = np.full(len(rows), trees(kind)[0], np.int64)
    each = np.arange(len(rows))
    for feature, threshold, children, value, depth in _arrays(kind):
        at = np.zeros(len(rows), np.int64)
        for _ in range(depth):
            at = children[(rows[each, feature[at]] > threshold[at]).astype(np.int64), at]
        total += value[at]
    return total / UNIT
