"""Independence of clusters and pairs: named roots that tell one thing, and everything that is no second root."""

import datetime as dt
from itertools import combinations

import pytest

from enduse import press
from enduse.press import independence
from enduse.press.stage import clusters

REF = dt.date(2024, 6, 14)


def read(*texts):
    found = press.extract([(f"d{i}", t) for i, t in enumerate(texts)], ref_date=REF)
    return [r for r in found if r["record"] == "claim"]


def largest(*texts):
    return max(clusters(read(*texts)), key=lambda k: k["claims"])


def test_two_reports_of_one_root_are_the_same():
    row = largest(
        "Der Spiegel reported that Serbia is in talks with Turkey about buying 100 TB2 drones.",
        "Turkey agreed to send 100 TB2 drones to Serbia, Der Spiegel reported.",
    )
    assert (row["docs"], row["roots"], row["independence"]) == (2, 1, "same")


def test_two_named_roots_are_different():
    assert (
        largest(
            "Turkey sold 100 drones to Serbia in May, Le Monde reported.",
            "Turkey sold 100 drones to Serbia in May, The Guardian reported.",
        )["independence"]
        == "different"
    )


@pytest.mark.parametrize(
    "texts",
    [
        (
            "Turkey sold 100 drones to Serbia in May, two people familiar with the matter told CNN.",
            "Turkey sold 100 drones to Serbia in May, intelligence sources told The Wall Street Journal.",
        ),
        (
            "Turkey sold 100 drones to Serbia in May, two people familiar with the matter told CNN.",
            "Turkey sold 100 drones to Serbia in May, Le Monde reported.",
        ),
    ],
)
def test_an_unnamed_source_is_never_known_to_be_another(texts):
    row = largest(*texts)
    assert row["claims"] == 2
    assert row["independence"] == "unknown"


def test_a_denial_is_no_second_root():
    claims = read("Turkey sold 100 drones to Serbia in May, Le Monde reported. Turkey denied selling drones to Serbia.")
    (row,) = clusters(claims)
    assert (row["claims"], row["roots"], row["independence"]) == (2, 1, "same")
    assert {independence.pair(a, b) for a, b in combinations(claims, 2)} == {"unknown"}


def test_an_outlet_in_its_own_voice_is_no_second_root():
    row = largest(
        "Turkey sells drones to Serbia\n\nTurkey sold 100 drones to Serbia in May, Le Monde reported. "
        "Turkey has sold drones to Serbia."
    )
    assert row["independence"] == "same"


def test_other_goods_do_not_confirm():
    a, b = read(
        "Turkey supplied drones to Serbia, Le Monde reported.",
        "Turkey supplied weapons to Serbia, The Guardian reported.",
    )
    assert independence.pair(a, b) == "unknown"
    assert independence.pair(a, a) == "same"


@pytest.mark.shared
def test_the_five_shared_articles(shared):
    docs = [(p.name, p.read_text(encoding="utf-8")) for p in sorted((shared / "data" / "press").glob("*.txt"))]
    if not docs:
        pytest.skip("the shared articles are not here")
    records = press.extract(docs)
    claims = [r for r in records if r["record"] == "claim"]
    rows = {k["cluster"]: k for k in clusters(claims)}
    deal = {c["cluster"] for c in claims if c["model"] and c["model"].startswith("ZT") and c["quantity"]}
    customs = {c["cluster"] for c in claims if c["value"] and c["value"]["amount"] == 12_000_000}
    assert {rows[k]["independence"] for k in deal} == {"same"}
    assert {rows[k]["independence"] for k in customs} == {"same"}
    assert max(rows[k]["docs"] for k in deal) == max(rows[k]["docs"] for k in customs) == 2
    intelligence = {
        c["cluster"] for c in claims if c["independent_root_key"].endswith(("@cnn", "@wall-street-journal"))
    }
    assert {rows[k]["independence"] for k in intelligence} == {"unknown"}
    denials = {c["id"] for c in claims if c["polarity"] == "denied"}
    told = [r for r in records if r["record"] == "contradiction" and r["type"] == "denial"]
    assert any(denials & set(r["right"] + r["left"]) for r in told)
