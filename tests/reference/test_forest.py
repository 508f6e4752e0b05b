"""Fitted trees as plain figures give what the library that grew them gives."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier

from enduse.reference.forest import Forest, table_of

NAMES = ("a", "b", "c")


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_the_table_walks_like_the_model(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(300, 3)).round(3)
    right = rows[:, 0] + rows[:, 1] ** 2 + rng.normal(size=300) > 0.5
    model = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=6, random_state=0).fit(rows, right)
    table = json.loads(json.dumps(table_of(model, NAMES)))
    walked = Forest.of(table, NAMES).log_odds(rows)
    near = np.abs(walked - model.decision_function(rows)) < 0.02  # leaves are thousandths, thresholds have four places
    assert near.mean() > 0.98
    assert Forest.of(table, NAMES).log_odds(rows[:0]).shape == (0,)


def test_trees_of_other_features_are_an_error() -> None:
    table = {"features": ["a"], "base": 0, "trees": []}
    with pytest.raises(ValueError, match="fit them again"):
        Forest.of(table, NAMES)
