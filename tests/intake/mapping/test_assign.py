"""The assignment is the best one there is."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from enduse.intake.mapping.assign import assign

SCORES = st.integers(1, 4).flatmap(
    lambda w: st.lists(
        st.lists(st.sampled_from([0.0, 0.1, 0.35, 0.5, 0.9]), min_size=w, max_size=w), min_size=1, max_size=4
    )
)


def best(scores):
    """By trying everything: each role gets a column or none."""
    width = len(scores[0])
    places = [*range(width), *([None] * len(scores))]
    return max(
        sum(scores[r][c] for r, c in enumerate(p) if c is not None) for p in set(permutations(places, len(scores)))
    )


@given(SCORES)
def test_no_other_assignment_scores_more(scores):
    found = assign(scores)
    used = [c for c in found if c is not None]
    assert len(used) == len(set(used))
    assert abs(sum(scores[r][c] for r, c in enumerate(found) if c is not None) - best(scores)) < 1e-9
    assert all(scores[r][c] > 0 for r, c in enumerate(found) if c is not None)
