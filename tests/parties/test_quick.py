"""A glance at a pair: what it calls hopeless is hopeless, whatever the names, and most of what is hopeless is called so."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.parties import plain_features
from enduse.parties.align import align
from enduse.parties.features import features
from enduse.parties.model import many_log_odds
from enduse.parties.name import Name, parse
from enduse.parties.packing import pack, unpack
from enduse.parties.quick import Glance
from enduse.parties.score import score

LEAST = 0.3

word = st.one_of(
    st.sampled_from(
        "kedrovik kedrovic kedrovki optika optics trading general technology group zavod plant 5 6 12 ooo llc tgz mzkt minsk moskva moskovsky "
        "tuapse tuapsinsky aurora avrora macrosoft microsoft good will goodwill bai lian sheng bailiansheng завод 5-й кедровик 深圳 科技 مصنع of and a b x5 z".split()
    ),
    st.text("abeiknoruv", min_size=1, max_size=9),
)
names = st.lists(word, min_size=0, max_size=5).map(" ".join)
countries = st.sampled_from(("", "RU", "CN"))


def made(texts: list[tuple[str, str]]) -> list[Name]:
    return [replace(parse(text), country=country) for text, country in texts]


@given(st.lists(st.tuples(names, countries), min_size=2, max_size=8), st.sampled_from((0.2, LEAST, 0.6)))
@settings(max_examples=300, deadline=None)
def test_a_pair_called_hopeless_scores_below(texts: list[tuple[str, str]], least: float) -> None:
    some = made(texts)
    left, right = (side.ravel() for side in np.indices((len(some), len(some))))
    for i, j, out in zip(
        left.tolist(), right.tolist(), Glance(some).hopeless(left, right, least).tolist(), strict=True
    ):
        if out:
            assert score(some[i], some[j], "organization").probability < least, (some[i].raw, some[j].raw)


def test_common_words_and_other_brands_are_seen_at_a_glance() -> None:
    some = made(
        [
            ("Kedrovik Trading LLC", ""),
            ("Marsolent Trading LLC", ""),
            ("Kedrovik Trading Group", ""),
            ("Kedrovik Plant No 5", ""),
            ("Plant No 611", ""),
        ]
    )
    left, right = np.array([0, 0, 3]), np.array([1, 2, 4])
    assert Glance(some).hopeless(left, right, LEAST).tolist() == [True, False, True]


@given(st.lists(names, min_size=2, max_size=6))
@settings(max_examples=150, deadline=None)
def test_features_made_for_many_are_those_of_one_pair(texts: list[str]) -> None:
    some = [parse(t) for t in texts]
    glance = Glance(some)
    for i, j in combinations(range(len(some)), 2):
        rows: list[list[float]] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                plain_features,
                "many_log_odds",
                lambda made, kind, to=rows: to.extend(made.tolist()) or many_log_odds(made, kind),
            )
            glance.hopeless(np.array([i]), np.array([j]), 1e-6)
        a, b = sorted((some[i], some[j]), key=lambda n: (n.words, n.raw))
        assert rows in ([], [features(a, b, align(a, b))])


def test_most_pairs_of_firms_need_no_alignment() -> None:
    some = [
        parse(f"{brand} {word} LLC")
        for brand in ("Kedrovik", "Marsolent", "Tarvini")
        for word in ("Trading", "Optics", "Lastok")
    ]
    seen: list[int] = []
    left, right = np.triu_indices(len(some), 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            plain_features, "many_log_odds", lambda made, kind: seen.append(len(made)) or many_log_odds(made, kind)
        )
        Glance(some).hopeless(left, right, 1e-6)
    assert sum(seen) > len(left) // 2


def test_nothing_asked_nothing_answered() -> None:
    none = np.zeros(0, np.int64)
    assert Glance([]).hopeless(none, none, LEAST).tolist() == []


@given(st.lists(names, max_size=6))
@settings(max_examples=30, deadline=None)
def test_names_come_out_as_they_were_packed(texts: list[str]) -> None:
    some = [parse(t, kind) for t in texts for kind in ("organization", "person")]
    assert unpack(pack(some)) == some
