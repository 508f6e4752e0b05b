"""Counter-evidence: what stands beside a figure, and that it stands once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from enduse.dossier.counter import SHOWN, counter_of
from enduse.dossier.model import Claims, Cluster, Figure, Span, Statement, Verdict


def _figure(fid, measure):
    return Figure(fid, "", "", Decimal(5), None, None, None, None, "USD", 3, "", "", "declared", measure)


def _said(cid, words, *, denial=False, verdict="", figure="", section="body", day=1, to=""):
    verdicts = (Verdict(verdict, "", "", figure, ""),) if verdict else ()
    return Statement(
        cid, "a.txt", dt.date(2024, 1, day), section, (Span(words),), (), 0, 9, "denial" if denial else "supply",
        "", "", "", "", (), "", "", (("recipient", to),) if to else (), denial, verdicts,
    )  # fmt: skip


def _claims(*said):
    return Claims((Cluster("K-1", "", len(said), 1, 1, "same", said, (), ()),), len(said), 1, 1, 0)


LEAD, FIRMS, ASKED = _figure("F-1", "value_usd"), _figure("F-2", "exporters"), _figure("F-9", "claim:exporters")


def test_nothing_where_no_press_is_held():
    assert counter_of(None, LEAD, [LEAD]) == {}


def test_a_denial_stands_beside_the_lead_once_and_the_headline_last():
    said = [
        _said("C-1", "Maker denies it", denial=True, section="headline"),
        _said("C-2", "The maker denied it.", denial=True, day=2),
        _said("C-3", "The maker denied it.", denial=True, day=2),
    ]
    found = counter_of(_claims(*said), LEAD, [LEAD, FIRMS])
    assert [s.id for s in found["F-1"].shown] == ["C-2", "C-1"]
    assert "F-2" not in found


def test_a_denial_about_another_country_stands_on_the_board_alone():
    said = [
        _said("C-1", "No shell went to Chad.", denial=True, to="Chad"),
        _said("C-2", "No drone went to Russia.", denial=True, to="Russia", day=2),
        _said("C-3", "Nothing went to either.", denial=True, to="Chad and Russia", day=3),
        _said("C-4", "The buyer denied it.", denial=True, to="Vostok LLC", day=4),
        _said("C-5", "We sell to nobody.", denial=True, day=5),
    ]
    held = _claims(*said)
    asked = counter_of(held, LEAD, [LEAD], ("RU",))["F-1"]
    assert ([s.id for s in asked.shown], asked.more) == (["C-2", "C-3"], 2)
    assert counter_of(_claims(said[0]), LEAD, [LEAD], ("RU",)) == {}
    assert counter_of(held, LEAD, [LEAD])["F-1"].shown[0].id == "C-1"


def test_a_contradicted_claim_stands_beside_the_total_of_its_measure():
    said = [
        _said("C-1", "Ninety firms.", verdict="contradicted", figure="F-9"),
        _said("C-2", "Forty.", verdict="supported", figure="F-9"),
    ]
    found = counter_of(_claims(*said), LEAD, [LEAD, FIRMS, ASKED])
    assert [s.id for s in found["F-2"].shown] == ["C-1"]
    assert "F-1" not in found


def test_what_is_not_shown_is_counted():
    said = [_said(f"C-{n}", f"No, {n}.", denial=True) for n in range(SHOWN + 3)]
    assert counter_of(_claims(*said), LEAD, [LEAD])["F-1"].more == 3
