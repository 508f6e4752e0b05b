"""The scorer, on tables of our own whose faults are known."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from enduse.simulate import score

TRUTH = {
    "files": {"a.csv": {"records": 6, "lot": 3, "exact": 1, "amended": 0, "batch": 0, "damaged": 1, "empty": 1}},
    "to_ru": {"all": {"evidence_of": {"a.csv:1": "named", "a.csv:2": "named", "a.csv:3": "code"}}},
    "elsewhere": {"evidence_of": {}},
    "early": ["a.csv:5"],
    "traders": {"F1": ["Aa", "AA"], "F2": ["Bb"]},
    "list_hits": [{"entry": 7, "names": ["Aa", "AA"]}, {"entry": 8, "names": ["Bb"]}],
    "near_misses": [{"entry": 9, "listed": "Bbb", "firm": "Bb"}],
}


class Found:
    """Tables of a run that missed record 2, took record 4 for a drone, split F1, and matched a near miss."""

    def __init__(self) -> None:
        rows = range(1, 6)
        self.tables = {
            "source": [{"source": "a.csv", "records_read": 6, "loaded": 3, "rejected": 2, "duplicates": 1}],
            "shipment": [{"shipment_id": f"s{n}", "source": "a.csv", "row": n} for n in rows],
            "duplicate": [{"shipment_id": "s6"}],
            "goods": [
                {"shipment_id": f"s{n}", "family": family, "confidence": 0.9 if family else None}
                for n, family in zip(rows, ("drone", "", "drone_part", "drone", "drone"), strict=True)
            ],
            "party_name": [{"party_id": p, "name": n} for p, n in (("P1", "Aa"), ("P2", "AA"), ("P2", "Bb"))],
            "screening": [
                {"party_id": p, "entry_id": e, "decision": d}
                for p, e, d in (
                    ("P1", "7", "match"),
                    ("P2", "7", "review"),
                    ("P2", "9", "match"),
                    ("P3", None, "no_match"),
                )
            ],
        }

    def table(self, name: str) -> pa.Table:
        return pa.Table.from_pylist(self.tables[name])


@pytest.fixture
def scored(tmp_path):
    path = tmp_path / "truth.json"
    path.write_text(json.dumps(TRUTH), encoding="utf-8")
    return score(path, Found())


def test_account_sets_found_beside_planted(scored):
    assert scored["account"]["a.csv"] == {"read": (6, 6), "loaded": (3, 3), "rejected": (2, 2), "duplicates": (1, 1)}


def test_goods_recall_by_evidence_and_precision(scored):
    goods = scored["goods"]
    assert goods["recall"] == {"code": 1.0, "named": 0.5}
    assert goods["precision"] == 0.75  # 1, 3 and the early 5 are right; 4 is not
    assert goods["missed"] == ["a.csv:2"]
    assert goods["wrong"] == ["a.csv:4"]


def test_parties_count_pairs_of_spellings(scored):
    assert scored["parties"] == {"recall": 0.0, "precision": 0.0}


def test_screening_takes_the_best_decision_for_each_entry(scored):
    assert scored["screening"] == {"decisions": {"7": "match", "8": "none"}, "found": 0.5, "near_misses_matched": ["9"]}
