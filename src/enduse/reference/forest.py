"""Fitted boosted trees as plain figures: read from a table, walked by numpy, the same sums on every machine.

A tree is five lists (feature, threshold, left, right, value); a leaf has feature -1. Leaves are whole thousandths of one
log-odds, so that the order of adding does not matter. scikit-learn is needed to fit them, not to use them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNIT = 1_000.0  # leaves are whole numbers of this fraction of one log-odds
BLOCK = 4_096  # rows walked at a time: their features stay in the processor's cache


@dataclass(frozen=True)
class Tree:
    """`left` is taken where the feature is at most the threshold."""

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[int, ...]

    def depth(self, at: int = 0) -> int:
        return (
            0 if self.feature[at] < 0 else 1 + max(self.depth(child) for child in (int(self.left[at]), self.right[at]))
        )


@dataclass(frozen=True)
class Forest:
    """Trees over named features; `base` is the log-odds, in thousandths, before any of them."""

    features: tuple[str, ...]
    base: int
    trees: tuple[Tree, ...]

    @classmethod
    def of(cls, table: Mapping[str, Any], features: Sequence[str]) -> Forest:
        """The forest of a table; raises ValueError where it was fitted for other features than `features`."""
        if tuple(table["features"]) != tuple(features):
            raise ValueError("the trees were fitted for other features; fit them again")
        return cls(
            tuple(features), int(table["base"]), tuple(Tree(*(tuple(part) for part in t)) for t in table["trees"])
        )

    @cached_property
    def _arrays(
        self,
    ) -> list[tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], int]]:
        import numpy as np

        out = []
        for t in self.trees:
            leaf = np.asarray(t.feature) < 0
            own = np.arange(len(t.feature))
            children = np.stack([np.where(leaf, own, t.left), np.where(leaf, own, t.right)]).astype(np.int64)
            feature = np.maximum(np.asarray(t.feature, np.int64), 0)
            out.append(
                (feature, np.asarray(t.threshold, np.float64), children, np.asarray(t.value, np.int64), t.depth())
            )
        return out

    def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log-odds of every row of a matrix (rows by features)."""
        import numpy as np

        blocks = [self._walk(rows[at : at + BLOCK]) for at in range(0, len(rows), BLOCK)]
        return np.concatenate(blocks) if blocks else np.zeros(0, np.float64)

    def _walk(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        import numpy as np

        total = np.full(len(rows), self.base, np.int64)
        each = np.arange(len(rows))
        for feature, threshold, children, value, depth in self._arrays:
            at = np.zeros(len(rows), np.int64)
            for _ in range(depth):
                at = children[(rows[each, feature[at]] > threshold[at]).astype(np.int64), at]
            total += value[at]
        return total / UNIT


def table_of(model: Any, features: Sequence[str]) -> dict[str, Any]:
    """The table of a fitted `HistGradientBoostingClassifier` of two classes without missing values."""
    trees = []
    for (tree,) in model._predictors:  # noqa: SLF001 - no public way to the nodes
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            [
                [-1 if end else int(f) for end, f in zip(leaf, nodes["feature_idx"], strict=True)],
                [0 if end else round(float(t), 4) for end, t in zip(leaf, nodes["num_threshold"], strict=True)],
                [0 if end else int(n) for end, n in zip(leaf, nodes["left"], strict=True)],
                [0 if end else int(n) for end, n in zip(leaf, nodes["right"], strict=True)],
                [round(UNIT * float(v)) if end else 0 for end, v in zip(leaf, nodes["value"], strict=True)],
            ]
        )
    base = round(UNIT * float(model._baseline_prediction.ravel()[0]))  # noqa: SLF001 - nor to the odds before them
    return {"features": list(features), "base": base, "trees": trees}
