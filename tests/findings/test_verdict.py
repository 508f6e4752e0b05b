"""Claims against records: which can be tested, what each of the five words needs, and the ledger's arithmetic."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from conftest_findings import fill, find, goods, shipment
from hypothesis import given
from hypothesis import strategies as st

from enduse.contracts.case_file import CaseFile, Scope
from enduse.findings import recompute
from enduse.findings.claimed import Interval, interval
from enduse.findings.ledger import lines
from enduse.findings.questions import Refusal, questions
from enduse.findings.verdict import Seen, judge, months

CASE = CaseFile(scope=Scope(destination=("RU",)))
FAMILIES = frozenset({"drone", "drone_part"})


def claim(number: int = 1, **more):
    plain = {
        "id": f"C-{number:010x}", "doc": "note.txt", "ref_date": dt.date(2023, 12, 31), "section": "body", "sentence": "s", "char_start": number,
        "char_end": number + 1, "kind": "supply", "supplier": "China", "recipient": "Russia", "via": None, "goods": "drones", "model": None,
        "quantity": None, "value": None, "counts": None, "time": None, "status": "alleged", "stage": "delivered", "stance": "alleged",
        "polarity": "asserted", "cues": None, "attribution": None, "root": "r", "independent_root_key": "outlet:a", "cluster": "K-1",
    }  # fmt: skip
    return plain | {k: json.dumps(v) if isinstance(v, dict | list) else v for k, v in more.items()}


def money(amount, modifier="="):
    return {"raw": f"{modifier}{amount}", "amount": amount, "currency": "USD", "modifier": modifier}


YEAR = {"raw": "in 2023", "start": "2023-01-01", "end": "2023-12-31"}


def rows():
    """Twelve lots of 100 dollars, one a month of 2023, from China to Russia; the last one from Turkey."""
    out = [shipment(i, date=dt.date(2023, i, 15)) for i in range(1, 13)]
    out[-1] |= {"departure_country": "TR", "origin_country": "TR", "exporter_country": "TR"}
    return out


def judged(duck, tmp_path, *claims):
    lots = rows()
    fill(duck, lots, [goods(r) for r in lots], claims=list(claims))
    tables = find(duck, CASE, tmp_path)
    return tables, tables["verdict"].to_pylist()


@pytest.mark.parametrize(
    ("value", "time", "word"),
    [
        (money(1100), YEAR, "supported"),
        (money(1000, ">"), YEAR, "supported"),
        (money(5000), YEAR, "contradicted"),
        (money(500, "<"), YEAR, "contradicted"),
        (money(5000), None, "consistent"),
        (money(1100), {"raw": "in 2019", "start": "2019-01-01", "end": "2019-12-31"}, "outside_coverage"),
    ],
)
def test_a_sum_is_judged_by_its_range_and_what_the_files_see(duck, tmp_path, value, time, word):
    tables, found = judged(duck, tmp_path, claim(value=value, time=time))
    assert {v["verdict"] for v in found} == {word}
    assert all(v["would_refute"] for v in found)
    by_id = {f["figure_id"]: f for f in tables["figure"].to_pylist()}
    for v in found:
        if v["figure_id"]:
            figure = by_id[v["figure_id"]]
            assert figure["measure"] == "claim:value_usd"
            assert recompute(duck, figure) == figure["value"] == "1100"


def test_counts_denials_and_stops_are_questions_too(duck, tmp_path):
    _, found = judged(
        duck,
        tmp_path,
        claim(1, counts=[{"raw": "1 exporter", "value": 1, "noun": "exporter", "modifier": "="}], time=YEAR),
        claim(2, kind="denial", polarity="denied", stage="n/a"),
        claim(3, kind="denial", polarity="denied", stage="n/a", supplier="Iran"),
        claim(4, stage="ceased", time={"raw": "since June 2023", "start": "2023-06-01", "end": None}),
        claim(5, stage="ceased", time={"raw": "since December", "start": "2023-12-20", "end": None}),
        claim(6),
        claim(7, supplier="North Aero"),
        claim(8, supplier="Unheard Of Works"),
    )
    words = {v["claim_id"][-1]: v["verdict"] for v in found}
    assert words == {
        "1": "supported", "2": "contradicted", "3": "consistent", "4": "contradicted", "5": "consistent", "6": "supported",
        "7": "supported", "8": "outside_coverage",
    }  # fmt: skip


def test_a_word_with_two_meanings_is_tried_both_ways(duck, tmp_path):
    lots = rows()
    kinds = [goods(r, family="drone" if i < 6 else "drone_part") for i, r in enumerate(lots)]
    fill(duck, lots, kinds, claims=[claim(value=money(1100), time=YEAR)])
    found = {v["scope"].split(":")[0]: v for v in find(duck, CASE, tmp_path)["verdict"].to_pylist()}
    assert found["drones and parts"]["verdict"] == "supported"
    assert found["drones alone"]["verdict"] == "contradicted"
    assert "Read as drones alone: contradicted" in found["drones and parts"]["reason"]


def test_goods_named_with_their_parts_have_one_scope():
    found = questions(claim(goods="drones and drone parts", value=money(10)), FAMILIES)
    assert [q.scope.label for q in found] == ["drones and parts"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "production"}, "what is made"),
        ({"stage": "in_talks"}, "in talks"),
        ({"goods": "artillery shells"}, "does not watch"),
        ({"goods": None}, "which goods"),
        ({"supplier": None, "recipient": None}, "neither sender nor recipient"),
        (
            {"quantity": {"raw": "100 a month", "value": 100, "per": "month", "modifier": "=", "unit": "drones"}},
            "a rate",
        ),
        ({"value": {"raw": "5 million yuan", "amount": 5e6, "currency": "CNY", "modifier": "="}}, "US dollars"),
        ({"section": "related_link"}, "teaser"),
    ],
)
def test_what_records_cannot_answer_says_why(more, words):
    found = questions(claim(**more), FAMILIES)
    assert len(found) == 1
    assert isinstance(found[0], Refusal)
    assert words in found[0].reason


def test_a_maker_counts_by_its_brand_and_a_model_by_its_beginning(duck, tmp_path):
    _, found = judged(duck, tmp_path, claim(1, supplier="DJI"), claim(2, supplier="Autel"), claim(3, model="Mavic 3"))
    words = {(v["claim_id"][-1], v["verdict"]) for v in found}
    assert words == {("1", "supported"), ("2", "outside_coverage"), ("3", "supported")}


@given(st.floats(1, 1e9), st.sampled_from(["=", ">", "<", "~", "<~", "vague", ">=", "<="]))
def test_an_interval_holds_what_it_states(value, modifier):
    found = interval({"value": value, "modifier": modifier})
    assert found is not None
    assert found.holds(value)
    assert found.high is None or found.low <= found.high


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_overlap_is_a_share(a, b, c, d):
    stated = Interval(min(a, b), max(a, b))
    assert 0 <= stated.overlap(min(c, d), max(c, d)) <= 1
    assert stated.overlap(stated.low, stated.high) == 1


def test_numbers_round_as_they_are_printed():
    assert interval({"amount": 12_000_000, "modifier": "="}) == Interval(
        11_500_000, 12_500_000, "read with the rounding its zeros imply"
    )
    assert interval({"value": 70, "modifier": "="}) == Interval(70, 70)
    assert interval({"min": 35, "max": 50}) == Interval(35, 50)
    assert interval(None) is None
    assert interval({"raw": "many", "value": None, "modifier": "vague"}) is None


def test_months_asked_and_seen():
    have = ["2023-01", "2023-02", "2023-04"]
    assert months(dt.date(2023, 1, 5), dt.date(2023, 4, 1), have) == Seen(3, 4, closed=True)
    assert months(None, dt.date(2023, 2, 1), have) == Seen(2, 2, closed=False)
    assert months(dt.date(2020, 1, 1), dt.date(2020, 3, 1), have).months == 0
    assert Seen(2, 3, closed=True).at_most(100.0) == 250.0
    assert Seen(2, 2, closed=False).at_most(100.0) is None


def test_no_records_of_the_lane_is_never_a_contradiction():
    found = [t for t in questions(claim(value=money(10)), FAMILIES) if not isinstance(t, Refusal)]
    nothing = {"strict": None, "central": None, "broad": None}
    assert {judge(t, nothing, Seen(0, 12, closed=True)).verdict for t in found} == {"outside_coverage"}


def test_the_ledger_keeps_kinds_apart_and_its_arithmetic_can_be_checked():
    order = claim(1, kind="order", stage="in_talks", supplier="Maker", quantity={"raw": "15,000", "value": 15000, "modifier": "=", "per": None, "unit": "drones"})  # fmt: skip
    rate = claim(2, kind="production", stage="unspecified", supplier="Maker", quantity={"raw": "100 a month", "value": 100, "modifier": "=", "per": "month", "unit": "drones"})  # fmt: skip
    sent = claim(
        3, supplier="Maker", quantity={"raw": "3,000", "value": 3000, "modifier": ">", "per": None, "unit": "drones"}
    )
    spent = claim(4, kind="use", stage="used", supplier=None, quantity={"raw": "dozens", "value": 12, "modifier": "vague", "per": None, "unit": "drones"})  # fmt: skip
    rule = claim(5, kind="restriction", stage="n/a")
    found = {line["claim_id"][-1]: line for line in lines([order, rate, sent, spent, rule])}
    assert {k: v["kind"] for k, v in found.items()} == {"1": "order", "2": "capacity", "3": "delivery", "4": "loss"}
    assert "15,000 at 100 a month (C-0000000002) is 150 months" in found["1"]["note"]
    assert "12,000 outstanding" in found["1"]["note"] or "0 to 12,000 outstanding" in found["1"]["note"]
    assert (found["3"]["quantity_low"], found["3"]["quantity_high"]) == (3000, None)
    assert found["4"]["quantity_high"] is None
    assert found["1"]["certainty"] == "asserted, in talks; 1 root"


def test_amounts_stay_decimal_in_the_rows_behind_a_claim(duck, tmp_path):
    tables, found = judged(duck, tmp_path, claim(value=money(1100), time=YEAR))
    number = found[0]["figure_id"]
    listed = [r for r in tables["figure_row"].to_pylist() if r["figure_id"] == number]
    assert sum((r["amount"] for r in listed), Decimal(0)) == Decimal(1100)
