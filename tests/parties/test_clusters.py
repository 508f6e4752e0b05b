"""Clusters: nested readings, no chain through a weak link, what stands beside names, what the corpus says; ids that stay."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.parties.beside import Profile, weigh
from enduse.parties.cluster import Clusters
from enduse.parties.judgements import Judgements
from enduse.parties.resolve import Levels, Mention, Resolved, resolve

LEVELS = Levels(0.95, 0.92, 0.8)


def parties(found: Resolved) -> dict[str, str]:
    return {g.mention.name: p.party_id for p in found.parties for g in p.given}


def clusters(count: int, numbers: dict[int, str] | None = None) -> Clusters:
    return Clusters([(numbers or {}).get(i, "") for i in range(count)], [(-1, str(i)) for i in range(count)])


def test_a_contradicted_link_does_not_chain() -> None:
    made = clusters(3)
    scores = {(0, 1): 0.96, (1, 2): 0.95, (0, 2): 0.05}
    made.link(
        [(p, i, j) for (i, j), p in scores.items()], 0.9, lambda i, j: scores[min(i, j), max(i, j)], lambda i, j: False
    )
    assert made.groups() == [[0, 1], [2]]


def test_a_low_score_across_scripts_is_no_veto() -> None:
    made = clusters(3)
    scores = {(0, 1): 0.96, (1, 2): 0.95, (0, 2): 0.3}
    made.link(
        [(p, i, j) for (i, j), p in scores.items()],
        0.9,
        lambda i, j: scores[min(i, j), max(i, j)],
        lambda i, j: {i, j} == {0, 2},
    )
    assert made.groups() == [[0, 1, 2]]


def test_two_numbers_of_one_type_never_meet() -> None:
    made = clusters(3, {0: "INN:1", 2: "INN:2"})
    made.link([(0.99, 0, 1), (0.98, 1, 2)], 0.9, lambda i, j: 0.99, lambda i, j: False)
    assert made.groups() == [[0, 1], [2]]


edges = st.lists(
    st.tuples(st.floats(0.5, 0.999), st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[1] < e[2]), max_size=30
)


@given(edges, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] != p[1]), max_size=4))
@settings(max_examples=100, deadline=None)
def test_readings_are_nested_and_foes_stay_apart(
    links: list[tuple[float, int, int]], foes: list[tuple[int, int]]
) -> None:
    known = {(i, j): p for p, i, j in links}
    made = clusters(10)
    for i, j in foes:
        made.forbid(i, j)
    readings = []
    for threshold in LEVELS:
        made.link(
            [(p, i, j) for (i, j), p in known.items()],
            threshold,
            lambda i, j: known.get((min(i, j), max(i, j)), 0.5),
            lambda i, j: False,
        )
        readings.append([frozenset(c) for c in made.groups()])
    for finer, coarser in pairwise(readings):
        assert all(any(a <= b for b in coarser) for a in finer)
    assert all(made.find(i) != made.find(j) for i, j in foes)


def test_a_word_of_one_firm_only_joins_and_of_several_does_not() -> None:
    one = parties(
        resolve(
            [Mention("Kedrovik LLC", "AE", "", 9), Mention("Kedrovik Machinery LLC", "AE", "", 3)], Judgements(), LEVELS
        )
    )
    assert len(set(one.values())) == 1
    several = parties(
        resolve(
            [Mention("Kedrovik LLC", "AE", "", 9), Mention("Kedrovik Machinery LLC", "AE", "", 3), Mention("Kedrovik Food LLC", "AE", "", 3)],
            Judgements(), LEVELS,
        )
    )  # fmt: skip
    assert len(set(several.values())) == 3


def test_strict_and_broad_readings_stand_beside_the_party() -> None:
    found = resolve([Mention("Kedrovik LLC", "", "", 9), Mention("Kedrovik Machinery LLC", "", "", 3), Mention("Zvezdograd Optika", "", "", 1)], Judgements(), Levels(0.999, 0.998, 0.8))  # fmt: skip
    broad = {g.mention.name: p.broad_party for p in found.parties for g in p.given}
    assert broad["Kedrovik LLC"] == broad["Kedrovik Machinery LLC"] != broad["Zvezdograd Optika"]
    assert set(broad.values()) <= {p.party_id for p in found.parties}
    (pair,) = found.uncertain
    assert (pair.left.name, pair.right.name, pair.same) == ("Kedrovik LLC", "Kedrovik Machinery LLC", False)


def test_a_file_more_keeps_old_ids() -> None:
    old = [Mention("Zvezdograd Optika LLC", "RU", "", 5, first=0), Mention("Lastok Trading", "AE", "", 2, first=0)]
    new = [*old, Mention("Aozvezdograd", "RU", "", 1, first=1), Mention("OOO Zvezdograd Optika", "RU", "", 30, first=1), Mention("ЗВЕЗДОГРАД ОПТИКА", "", "", 50, first=1)]  # fmt: skip
    before, after = parties(resolve(old, Judgements(), LEVELS)), parties(resolve(new, Judgements(), LEVELS))
    assert {n: after[n] for n in before} == before
    assert after["OOO Zvezdograd Optika"] == before["Zvezdograd Optika LLC"]


def test_what_stands_beside_is_weighed_and_bounded() -> None:
    here, there = "Testovaya str. 5, office 12, Zvezdograd", "Novaya str. 77, office 3, Lastok"
    same = {0: Profile({here}, {"A", "B"}, {"8525": 9}), 1: Profile({here}, {"A", "B"}, {"8525": 9})}
    ((odds, why),) = weigh(
        [(0, 1)], same, {("address", here): 2, ("partner", "A"): 2, ("partner", "B"): 2}, 1000
    ).values()
    assert odds == 2.4
    assert "same address" in why
    assert "same trading partners" in why
    ((farm, said),) = weigh([(0, 1)], {i: Profile({here}) for i in (0, 1)}, {("address", here): 300}, 1000).values()
    assert farm == 0.0
    assert "300 names" in said
    ((apart, _),) = weigh([(0, 1)], {0: Profile({here}), 1: Profile({there})}, {}, 1000).values()
    assert apart < 0
    assert weigh([(0, 1)], {0: Profile(), 1: Profile()}, {}, 10) == {}


def test_values_behind_a_pair_are_the_lesser_side() -> None:
    found = resolve([Mention("Kedrovik LLC", "", "", 9, Decimal(900)), Mention("Kedrovik Machinery LLC", "", "", 3, Decimal(30))], Judgements(), Levels(0.999, 0.998, 0.9))  # fmt: skip
    assert [(u.rows, u.usd) for u in found.uncertain] == [(3, Decimal(30))]
