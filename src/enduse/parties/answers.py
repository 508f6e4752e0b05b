"""Answers of lists as tables: one row a hit of a party, and the log of every question with the negative answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enduse.contracts import TABLES
from enduse.parties.listed import Lists
from enduse.parties.ownership import Listed
from enduse.parties.screening import Hit, Query, decision, why_none

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Asked:
    """The lists asked, the hits of every question, and the probability from which a hit is a match."""

    lists: Lists
    hits: Mapping[Query, Sequence[Hit]]
    match: float


def screening_table(asked: Asked, parties: Sequence[tuple[str, Query]], main: Mapping[str, str]) -> pa.Table:
    """Contract SCREENING: for each party the best answer of each entry over all its names, or one `no_match` row.

    `parties` are (party_id, question) in order of party; `main` gives the name of each.
    """
    best: dict[str, dict[tuple[str, str], tuple[str, Hit]]] = {party: {} for party in sorted(main)}
    for party, query in parties:
        mine = best[party]
        for hit in asked.hits[query]:
            at = (hit.entry.list, hit.entry.entry_id)
            if at not in mine or hit.scored.probability > mine[at][1].scored.probability:
                mine[at] = (query.name, hit)
    every = ";".join(asked.lists.labels)
    rows: list[dict[str, object]] = []
    for party, mine in best.items():
        for (label, entry_id), (query_name, hit) in sorted(mine.items()):
            p = hit.scored.probability
            rows.append({"party_id": party, "query": query_name, "list": label, "entry_id": entry_id, "entry_name": hit.entry.name, "score": p, "decision": decision(p, asked.match), "reasons": hit.scored.reasons})  # fmt: skip
        if not mine:
            rows.append({"party_id": party, "query": main[party], "list": every, "entry_id": "", "entry_name": "", "score": None, "decision": "no_match", "reasons": why_none(main[party])})  # fmt: skip
    return TABLES["screening"].arrow(rows)


def log_table(asked: Asked, queries: Sequence[Query], digests: Mapping[str, str]) -> pa.Table:
    """Contract SCREENING_LOG: every question times every list. `digests` gives the SHA-256 of the file behind each label."""
    import pyarrow as pa

    labels = asked.lists.labels
    count = len(queries)
    entry: list[str] = []
    score: list[float | None] = []
    said: list[str] = []
    for query in queries:
        best: dict[str, Hit] = {}
        for hit in asked.hits[query]:
            best.setdefault(hit.entry.list, hit)  # hits come best first
        for label in labels:
            found = best.get(label)
            p = found.scored.probability if found else None
            entry.append(found.entry.entry_id if found else "")
            score.append(p)
            said.append(decision(p, asked.match) if p is not None else "no_match")
    each = pa.array([i for i in range(count) for _ in labels], pa.int64())
    columns = {
        "query": pa.array([q.name for q in queries], pa.string()).take(each),
        "country": pa.array([q.country for q in queries], pa.string()).take(each),
        "identifier": pa.array([q.number for q in queries], pa.string()).take(each),
        "list": pa.array([*labels] * count, pa.string()),
        "sha256": pa.array([digests.get(label) or None for label in labels] * count, pa.string()),
        "listed_names": pa.array([asked.lists.sizes[label] for label in labels] * count, pa.int64()),
        "entry_id": pa.array(entry, pa.string()),
        "score": pa.array(score, pa.float64()),
        "decision": pa.array(said, pa.string()),
    }
    return pa.table(columns, schema=TABLES["screening_log"].schema)


def listed_names(asked: Asked, queries: Sequence[Query], whose: Sequence[int]) -> dict[int, list[Listed]]:
    """The list entries that each asked node is taken for: matches only, for a review is no listing."""
    out: dict[int, list[Listed]] = {}
    for node, query in zip(whose, queries, strict=True):
        for hit in asked.hits[query]:
            one = Listed(hit.entry.list, hit.entry.entry_id, hit.entry.name)
            if hit.scored.probability >= asked.match and one not in out.setdefault(node, []):
                out[node].append(one)
    return out
