"""How well a run found what was planted: its tables against the truth file, as shares between 0 and 1."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

CENTRAL = 0.5  # confidence from which the central reading counts a row


class Tables(Protocol):
    """Anything that gives contract tables by name, such as `enduse.Case`."""

    def table(self, name: str) -> pa.Table: ...


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 1.0


def _account(truth: dict[str, Any], tables: Tables) -> dict[str, Any]:
    """Per file: records read, loaded, rejected and repeated, as found and as planted."""
    files: dict[str, Any] = {}
    for row in tables.table("source").to_pylist():
        planted = truth["files"].get(row["source"])
        if planted is not None:
            files[row["source"]] = {
                "read": (row["records_read"], planted["records"]),
                "loaded": (row["loaded"], planted["lot"]),
                "rejected": (row["rejected"], planted["damaged"] + planted["empty"]),
                "duplicates": (row["duplicates"], planted["exact"] + planted["amended"] + planted["batch"]),
            }
    return files


def _goods(truth: dict[str, Any], tables: Tables) -> dict[str, Any]:
    """Watched rows to RU and elsewhere: recall by evidence, precision over all rows found."""
    where = {
        r["shipment_id"]: f"{r['source']}:{r['row']}"
        for r in tables.table("shipment").select(["shipment_id", "source", "row"]).to_pylist()
    }
    repeated = set(tables.table("duplicate")["shipment_id"].to_pylist())
    found = {
        where[row["shipment_id"]]
        for row in tables.table("goods").to_pylist()
        if row["family"] in ("drone", "drone_part") and (row["confidence"] or 0) >= CENTRAL and row["shipment_id"] not in repeated and row["shipment_id"] in where
    }  # fmt: skip
    planted = {**truth["to_ru"]["all"]["evidence_of"], **truth["elsewhere"]["evidence_of"]}
    # Watched rows before the window are planted too, but are no part of the truth about the window.
    early = set(truth["early"])
    by: dict[str, list[bool]] = defaultdict(list)
    for place, evidence in planted.items():
        by[evidence].append(place in found)
    wrong = sorted(found - set(planted) - early)
    return {
        "recall": {evidence: _share(sum(hits), len(hits)) for evidence, hits in sorted(by.items())},
        "precision": _share(len(found) - len(wrong), len(found)),
        "wrong": wrong[:20],
        "missed": sorted(place for place, evidence in planted.items() if evidence == "named" and place not in found)[
            :20
        ],
    }


def _pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def _parties(truth: dict[str, Any], tables: Tables) -> dict[str, float]:
    """Spellings of the trading firms: of the pairs that are one firm how many were merged, and of those merged how many are."""
    planted = _pairs(truth["traders"].values())
    known = {name for names in truth["traders"].values() for name in names}
    merged: dict[str, list[str]] = defaultdict(list)
    for row in tables.table("party_name").to_pylist():
        if row["name"] in known:
            merged[row["party_id"]].append(row["name"])
    found = _pairs(merged.values())
    return {"recall": _share(len(found & planted), len(planted)), "precision": _share(len(found & planted), len(found))}


def _screening(truth: dict[str, Any], tables: Tables) -> dict[str, Any]:
    """Planted list hits that were listed, those of them called a match, and near misses wrongly called one."""
    rows = tables.table("screening").to_pylist()
    parties_of: dict[str, set[str]] = defaultdict(set)
    for row in tables.table("party_name").to_pylist():
        parties_of[row["name"]].add(row["party_id"])
    listed = {
        (r["party_id"], r["entry_id"]): r["decision"]
        for r in sorted(rows, key=lambda r: r["decision"] != "review")
        if r["entry_id"]
    }
    decisions = {}
    for hit in truth["list_hits"]:
        parties = {party for name in hit["names"] for party in parties_of.get(name, ())}
        said = {listed.get((party, str(hit["entry"])), "none") for party in parties}
        decisions[str(hit["entry"])] = next((d for d in ("match", "review") if d in said), "none")
    near = {str(miss["entry"]) for miss in truth["near_misses"]}
    return {
        "decisions": decisions,
        "found": _share(sum(d != "none" for d in decisions.values()), len(decisions)),
        "near_misses_matched": sorted(
            {r["entry_id"] for r in rows if r["entry_id"] in near and r["decision"] == "match"}
        ),
    }


def score(truth: Path, tables: Tables) -> dict[str, Any]:
    """A run of the demonstration case against its truth: `account`, `goods`, `parties` and `screening`.

    Pairs in `account` are (found, planted). Nothing here raises when the run is wrong: it says how wrong.
    """
    planted = json.loads(truth.read_text(encoding="utf-8"))
    return {
        "account": _account(planted, tables),
        "goods": _goods(planted, tables),
        "parties": _parties(planted, tables),
        "screening": _screening(planted, tables),
    }
