"""The learners: boosted trees and two forests over the same features, averaged. Deterministic by seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

SEEDS = (11, 23)
LARGEST = 60_000


@dataclass(frozen=True)
class Fitted:
    """Three kinds of trees; `score` is the mean of their probabilities."""

    boosted: tuple[Any, ...]
    forests: tuple[Any, ...]

    def score(self, x: np.ndarray) -> np.ndarray:
        """Probabilities between 0 and 1, one a row."""
        boosted = np.mean([m.predict_proba(x)[:, 1] for m in self.boosted], axis=0)
        found: np.ndarray = np.mean([boosted, *(m.predict_proba(x)[:, 1] for m in self.forests)], axis=0)
        return found

    def quick(self, x: np.ndarray) -> np.ndarray:
        """The first boosted model alone, for reasons over many changed rows."""
        found: np.ndarray = self.boosted[0].predict_proba(x)[:, 1]
        return found


def fit(x: np.ndarray, y: np.ndarray) -> Fitted:
    """Fit on features `x` (rows by features) and labels `y` (0 or 1)."""
    from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier, RandomForestClassifier

    boosted = tuple(
        HistGradientBoostingClassifier(
            learning_rate=0.05,
            max_iter=220,
            max_leaf_nodes=31,
            l2_regularization=1.0,
            max_features=0.5,
            early_stopping=False,
            random_state=seed,
        ).fit(x, y)
        for seed in SEEDS
    )
    kinds = (ExtraTreesClassifier, RandomForestClassifier)
    # Each tree of a forest sees at most so many rows: a million labelled rows cost no more than these.
    seen = {"bootstrap": True, "max_samples": LARGEST} if len(y) > LARGEST else {}
    forests = tuple(
        kind(n_estimators=120, min_samples_leaf=3, max_features=0.3, n_jobs=2, random_state=SEEDS[0], **seen).fit(x, y)
        for kind in kinds
    )
    return Fitted(boosted, forests)
