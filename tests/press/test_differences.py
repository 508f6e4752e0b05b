"""Drift, contradiction, and what is neither."""

import datetime as dt

from enduse import press

REF = dt.date(2024, 6, 14)


def differences(*texts):
    found = press.extract([(f"d{i}", t) for i, t in enumerate(texts)], ref_date=REF)
    return [(r["record"], r["type"]) for r in found if r["record"] != "claim"]


def test_one_root_told_differently_is_drift():
    assert ("drift", "status") in differences(
        "Der Spiegel reported that Serbia is in talks with Turkey about buying 100 TB2 drones.",
        "Der Spiegel reported that Turkey agreed to send 100 TB2 drones to Serbia.",
    )
    assert differences(
        "Turkey sold nearly 70 drones to Serbia in May, Le Monde reported.",
        "Turkey sold more than 70 drones to Serbia in May, Le Monde reported.",
    ) == [("drift", "precision")]


def test_two_roots_with_two_figures_contradict():
    assert differences(
        "Turkey sold 100 drones to Serbia in May, Le Monde reported.",
        "Turkey sold 160 drones to Serbia in May, The Guardian reported.",
    ) == [("contradiction", "quantity")]


def test_a_denial_contradicts():
    assert differences(
        "Turkey sold 100 drones to Serbia in May, Le Monde reported. Turkey denied selling drones to Serbia."
    ) == [("contradiction", "denial")]


def test_what_can_hold_together_is_not_reported():
    rate = differences(
        "Turkey sold 100 drones to Serbia, Le Monde reported.",
        "Turkey sells 10 drones a month to Serbia, The Guardian reported.",
    )
    later = differences(
        "Turkey sold 100 drones to Serbia in 2022, Le Monde reported.",
        "Turkey sold 160 drones to Serbia in 2023, The Guardian reported.",
    )
    other = differences(
        "Turkey sold 100 drones to Serbia, Le Monde reported.", "Turkey sold 160 drones to Mali, The Guardian reported."
    )
    rounded = differences(
        "Turkey sold about 100 drones to Serbia, Le Monde reported.",
        "Turkey sold 98 drones to Serbia, The Guardian reported.",
    )
    part = differences(
        "Turkey sold 100 drones to Serbia, Le Monde reported.",
        "Baykar sold 60 drones to Serbia, The Guardian reported.",
    )
    assert rate == later == other == rounded == part == []
