"""The learned tables: their shape, and that the build scripts can be run anew on labelled pairs."""

from __future__ import annotations

import numpy as np
import pytest

from enduse.parties.build import evidence, fit, translate
from enduse.parties.features import FEATURES
from enduse.parties.model import log_odds, many_log_odds, trees, using, version
from enduse.reference import party_tables


def test_one_pair_and_many_walk_the_same_trees() -> None:
    rng = np.random.default_rng(3)
    rows = np.round(rng.uniform(0, 3, (200, len(FEATURES))), 6)
    for kind in ("organization", "person", "vessel"):
        assert many_log_odds(rows, kind).tolist() == [log_odds(row, kind) for row in rows.tolist()]


def test_the_shipped_model_was_fitted_without_non_commercial_data() -> None:
    table = party_tables.model()
    assert table["features"] == list(FEATURES)
    assert "0005" in table["source"]
    assert version() == table["version"]


def test_more_evidence_for_never_counts_against() -> None:
    rng = np.random.default_rng(5)
    rows = np.round(rng.uniform(0, 1.5, (150, len(FEATURES))), 6)
    for kind in ("organization", "person"):
        base = many_log_odds(rows, kind)
        for feature, sign in fit.SIGNS.items():
            more = rows.copy()
            more[:, FEATURES.index(feature)] += 0.5
            # Leaves are rounded to thousandths: a tree each may be off by half of one.
            assert (sign * (many_log_odds(more, kind) - base) >= -0.2).all(), (kind, feature)


def test_another_model_is_used_and_put_back() -> None:
    leaf = [[-1], [0], [0], [0], [0]]
    other = {"version": "none", "features": list(FEATURES), "kinds": {"organization": {"base": 1234, "trees": [leaf]}}}
    shipped = trees("organization")
    with using(other):
        assert log_odds([0.0] * len(FEATURES), "organization") == 1.234
        assert version() == "none"
    assert trees("organization") == shipped
    with using({**other, "features": ["another"]}), pytest.raises(ValueError, match="other features"):
        trees("organization")


def _pairs(words: list[tuple[str, str]]) -> list[evidence.Pair]:
    return [evidence.Pair((a,), (b,), "organization", True, "made up", False) for a, b in words]


def test_couples_of_words_are_learned_from_several_firms() -> None:
    several = _pairs([("Kedrovik Zzumba", "Kedrovik Qoplor"), ("Lastochka Zzumba", "Lastochka Qoplor")])
    found = translate.learn(several)
    assert [{a, b} for a, b, _ in found] == [{"zumba", "koplor"}]
    once = _pairs([("Kedrovik Zzumba", "Kedrovik Qoplor"), ("Kedrovik Zzumba", "Kedrovik Qoplor")])
    assert translate.learn(once) == []


def test_fitting_learns_what_is_alike() -> None:
    pytest.importorskip("sklearn")
    rng = np.random.default_rng(1)
    rows = rng.uniform(0, 1, (600, len(FEATURES)))
    labels = (rows[:, FEATURES.index("share")] > 0.5).astype(int)
    table = fit.solve(np.round(rows, 6), labels, np.ones(600), "vessel")
    kinds = {"vessel": table}
    with using({"version": "t", "features": list(FEATURES), "kinds": kinds}):
        said = many_log_odds(np.round(rows, 6), "vessel") > 0
    assert (said == labels.astype(bool)).mean() > 0.95
