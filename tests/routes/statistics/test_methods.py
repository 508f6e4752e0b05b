"""The arithmetic of rates, fits and steps against cases with a known answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.reference.areas import area, system_of
from enduse.reference.route_tables import amended, contiguous, distance_km, rules
from enduse.routes.statistics import levels, margins, ppml, rates


def test_q_values_by_hand():
    assert rates.q_values(np.array([0.01, 0.02, 0.5, np.nan]), 1.0)[:3] == pytest.approx([0.03, 0.03, 0.5])


@given(st.lists(st.floats(0.001, 1), min_size=2, max_size=40))
def test_q_values_rise_with_p(values):
    p = np.array(values)
    q = rates.q_values(p)
    order = np.argsort(p, kind="stable")
    assert (np.diff(q[order]) >= -1e-12).all()
    assert ((q >= 0) & (q <= 1)).all()


def test_joint_states_the_share_of_false_pairs():
    """Pairs with one true leg, the other, both or none: what is stated must be near what is true."""
    rng = np.random.default_rng(1)
    n = 4000
    kind = rng.choice(4, n, p=[0.7, 0.12, 0.12, 0.06])
    true1, true2 = np.isin(kind, (1, 3)), np.isin(kind, (2, 3))
    p1 = np.where(true1, rng.beta(0.15, 12, n), rng.random(n))
    p2 = np.where(true2, rng.beta(0.15, 12, n), rng.random(n))
    for bound in (0.05, 0.1, 0.2):
        claimed = rates.joint(p1, p2) <= bound
        false = 1 - (true1 & true2)[claimed].mean()
        assert abs(false - bound) < 0.05


def test_poisson_fit_of_one_lane_is_the_ratio_of_ratios():
    y = np.array([[10.0, 20, 10, 20, 5, 10], [100, 200, 100, 200, 100, 200]])
    made = ppml.fit(y, [False] * 4 + [True] * 2, 0, errors=False)
    assert made is not None
    assert made.ratio == pytest.approx(0.5, abs=1e-4)
    assert ppml.fit(y[:1], [False] * 4 + [True] * 2, 0, errors=False) is None


def test_poisson_fit_equals_pyfixest():
    pytest.importorskip("pyfixest")
    rng = np.random.default_rng(4)
    y = rng.poisson(rng.uniform(5, 50, (8, 1)) * rng.uniform(0.5, 1.5, (1, 30))).astype(float)
    late = [n >= 20 for n in range(30)]
    own, other = ppml.fit(y, late, 2, errors=False), ppml.fit(y, late, 2, errors=True)
    assert own is not None
    assert other is not None
    assert own.ratio == pytest.approx(other.ratio, abs=2e-4)
    assert other.low is not None


def test_a_step_is_dated_and_a_still_series_claims_none():
    season = np.array([n % 12 for n in range(72)])
    rng = np.random.default_rng(0)
    scan = levels.Scan(season)
    noise = rng.normal(0, 0.1, 72)
    stepped = noise + 0.8 * (np.arange(72) >= 40) + 0.3 * np.cos(season / 12 * 2 * np.pi)
    found = scan.best(stepped)
    assert found is not None
    assert found.low <= 40 <= found.high
    assert found.size == pytest.approx(0.8, abs=0.15)
    assert scan.p(stepped, found, np.random.default_rng(1)) <= 0.01
    still = scan.best(noise)
    assert still is not None
    assert scan.p(noise, still, np.random.default_rng(1)) > 0.02


def test_margins_grow_with_distance_and_stay_in_bounds():
    made = margins.fit([])
    assert not made.fitted
    near, far = made.of("DE", "FR"), made.of("DE", "AU")
    assert 0 <= near[1] <= near[0] < far[0] <= far[2] <= margins.CEILING


def test_reliability_of_an_honest_and_a_careless_reporter():
    pairs = [
        {"exporter": x, "importer": m, "cells": 100, "apart_sum": 40.0 if "CY" in (x, m) else 2.0}
        for x in ("DE", "FR", "CY", "IT") for m in ("DE", "FR", "CY", "IT") if x != m
    ]  # fmt: skip
    made = {(r["reporter"], r["role"]): r for r in margins.reliability(pairs)}
    assert made["CY", "exporter"]["reliability"] < made["DE", "exporter"]["reliability"]
    assert all(r["low"] <= r["reliability"] <= r["high"] for r in made.values())


def test_areas_in_three_systems_and_four_languages():
    assert system_of(["842", "156", "643"]) == "un"
    assert system_of(["400", "720", "732", "0075"]) == "geonom"
    codes = [
        ("842", "un", "US"),
        ("840", "un", "US"),
        ("400", "geonom", "US"),
        ("004", "geonom", "DE"),
        ("4", "un", "AF"),
        ("490", "un", "TW"),
    ]
    assert [area(text, system).code for text, system, _ in codes] == [code for *_, code in codes]
    assert area("Страны СНГ").kind == "group"
    assert area("Всего\nв том числе").kind == "world"
    assert area("Corée, République populaire démocratique de (Corée du Nord)").code == "KP"
    assert area("Areas, nes").kind == "unspecified"
    assert area("Atlantis") is None


def test_facts_are_whole():
    assert all(d.date for d in rules())
    assert [r.name for r in rules() if r.kind == "denied"] == ["Kazakh ban of 106 goods (denied)"]
    assert not any(r.start for r in rules() if r.kind != "control")
    assert (2022, "new") in amended()["880622"]
    assert contiguous("KZ", "RU")
    assert contiguous("RU", "KZ")
    assert not contiguous("AM", "RU")
    assert distance_km("DE", "FR") < distance_km("DE", "CN")
