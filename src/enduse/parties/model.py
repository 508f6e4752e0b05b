"""The fitted model: small boosted trees over the features of a pair, one set for each kind of party, read from `model.json`.

A tree is five lists (feature, threshold, left, right, value); a leaf has feature -1. The log-odds are the base plus the values of
the leaves reached. One pair is walked in plain Python, many in numpy; both give the same sums, for leaves are whole thousandths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from enduse.parties.canonical import Kind
from enduse.parties.features import FEATURES
from enduse.reference import party_tables
from enduse.reference.forest import UNIT, Tree

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 4_096  # rows summed at a time
MOST_LEAVES = 64  # of a tree: one bit each


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
    for cached in (version, trees, _leaves):
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


class _Leaves(NamedTuple):
    """A forest for many rows at once: every test by a feature, and for each tree what is left of its leaves where a test fails.

    After QuickScorer (Lucchese et al. 2015): leaves are numbered from the left, a failed test strikes out the leaves to its left,
    and the first leaf left is the one a walk would reach. No row waits for another, and no tree is walked.
    """

    tests: list[
        tuple[int, float, list[tuple[int, int]]]
    ]  # feature, threshold, and (tree, mask of the leaves that stay)
    full: NDArray[np.uint64]  # all leaves of each tree
    value: NDArray[np.int64]  # by tree and leaf


@cache
def _leaves(kind: Kind) -> _Leaves:
    import numpy as np

    forest = trees(kind)[1]
    tests: dict[tuple[int, float], list[tuple[int, int]]] = {}
    values: list[list[int]] = []
    for n, tree in enumerate(forest):
        values.append([])
        _number(tree, 0, n, values[-1], tests)
        if len(values[-1]) > MOST_LEAVES:
            raise ValueError(
                f"a tree of the model has {len(values[-1])} leaves; at most {MOST_LEAVES} can be told apart"
            )
    table = np.zeros((len(forest), max(map(len, values), default=1)), np.int64)
    for n, own in enumerate(values):
        table[n, : len(own)] = own
    every = [(1 << len(own)) - 1 for own in values]
    ordered = [(f, t, [(n, every[n] & ~gone) for n, gone in tests[f, t]]) for f, t in sorted(tests)]
    return _Leaves(ordered, np.asarray(every, np.uint64), table)


def _number(
    tree: Tree, at: int, n: int, values: list[int], tests: dict[tuple[int, float], list[tuple[int, int]]]
) -> None:
    """Number the leaves below node `at` of tree `n` from the left, and note which a failed test strikes out."""
    if tree.feature[at] < 0:
        values.append(tree.value[at])
        return
    before = len(values)
    _number(tree, tree.left[at], n, values, tests)
    struck = (1 << len(values)) - (1 << before)
    tests.setdefault((tree.feature[at], tree.threshold[at]), []).append((n, struck))
    _number(tree, tree.right[at], n, values, tests)


def many_log_odds(rows: NDArray[np.float64], kind: Kind) -> NDArray[np.float64]:
    """`log_odds` of every row of a matrix (pairs by FEATURES)."""
    import numpy as np

    # Blocks whose masks stay in the processor's cache.
    blocks = [_summed(rows[at : at + BLOCK], kind) for at in range(0, len(rows), BLOCK)]
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float64)


def _summed(rows: NDArray[np.float64], kind: Kind) -> NDArray[np.float64]:
    import numpy as np

    leaves = _leaves(kind)
    width = np.uint16 if leaves.value.shape[1] <= 16 else np.uint32 if leaves.value.shape[1] <= 32 else np.uint64
    left = np.repeat(leaves.full.astype(width)[:, None], len(rows), axis=1)
    columns = np.ascontiguousarray(rows.T)
    none, change = width(0), np.empty(len(rows), width)
    for feature, threshold, masks in leaves.tests:
        passed = np.subtract(none, (columns[feature] <= threshold), dtype=width)  # all bits where the test is passed
        for tree, mask in masks:
            np.bitwise_or(passed, width(mask), out=change)
            left[tree] &= change
    lowest = left & (~left + width(1))
    leaf = np.bitwise_count(lowest - width(1))
    total = np.full(len(rows), trees(kind)[0], np.int64)
    for own, number in zip(leaves.value, leaf, strict=True):
        total += own[number]
    return total / UNIT
