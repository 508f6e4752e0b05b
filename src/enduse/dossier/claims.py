"""The claims board: each deal with who says so, back to the root, what changed on the way, and denials in full."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from enduse.dossier.ask import Record, ask, listed
from enduse.dossier.model import Claims, Cluster, Difference, Link, Statement, Verdict
from enduse.dossier.text import find_all, marked

if TYPE_CHECKING:
    from enduse.engine.base import Engine

CLUSTERS = 40


def _json(text: str | None) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def figures_in(row: Record) -> list[str]:
    """The words of the figures a claim states, as they stand in its sentence."""
    found = []
    for column in ("quantity", "value", "counts"):
        value = _json(row[column])
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and isinstance(item.get("raw"), str):
                found.append(item["raw"])
    return found


def denies(row: Record) -> bool:
    return row["kind"] == "denial" or "denied" in (row["polarity"], row["stance"], row["status"])


def _slots(row: Record) -> tuple[tuple[str, str], ...]:
    via, time = _json(row["via"]), _json(row["time"])
    words = {
        "supplier": row["supplier"],
        "recipient": row["recipient"],
        "via": ", ".join(str(v) for v in via) if isinstance(via, list) else via if isinstance(via, str) else None,
        "goods": row["goods"],
        "model": row["model"],
        "time": time.get("raw") if isinstance(time, dict) else None,
    }
    return tuple((k, str(v)) for k, v in words.items() if v)


def _statement(row: Record, chain: list[Record], verdicts: list[Record]) -> Statement:
    sentence = row["sentence"] or ""
    spans = find_all(sentence, figures_in(row))
    return Statement(
        id=row["id"],
        doc=row["doc"],
        ref_date=row["ref_date"],
        section=row["section"] or "",
        sentence=marked(sentence, spans),
        figures=tuple(sentence[a:b] for a, b in spans),
        start=row["char_start"] or 0,
        end=row["char_end"] or 0,
        kind=row["kind"] or "",
        status=row["status"] or "",
        stage=row["stage"] or "",
        stance=row["stance"] or "",
        polarity=row["polarity"] or "",
        chain=tuple(Link(r["name"] or "", r["type"] or "", r["cue"] or "", bool(r["explicit"])) for r in chain),
        root=row["root"] or "",
        root_key=row["independent_root_key"] or "",
        slots=_slots(row),
        denial=denies(row),
        verdicts=tuple(
            Verdict(v["verdict"], v["reason"] or "", v["scope"] or "", v["figure_id"] or "", v["would_refute"] or "")
            for v in verdicts
        ),
    )


def _differences(rows: list[Record]) -> list[Difference]:
    return [Difference(r["id"], r["type"] or "", listed(r["left"]), listed(r["right"]), r["why"] or "") for r in rows]


def _touching(differences: list[Difference], ids: set[str]) -> tuple[Difference, ...]:
    return tuple(d for d in differences if ids.intersection((*d.left, *d.right)))


def claims_of(engine: Engine) -> Claims | None:
    """None where no press text was read or none claims anything. Clusters with a denial are never left out."""
    total = ask(engine, "claim_total")[0]
    if not total["claims"]:
        return None
    clusters = {r["cluster"]: r for r in ask(engine, "cluster", {"few": CLUSTERS})}
    rows = ask(engine, "claim", {"clusters": sorted(clusters)})
    chains: dict[str, list[Record]] = {}
    for link in ask(engine, "attribution", {"ids": [r["id"] for r in rows]}):
        chains.setdefault(link["claim_id"], []).append(link)
    judged: dict[str, list[Record]] = {}
    for verdict in ask(engine, "verdict", {"ids": [r["id"] for r in rows]}):
        judged.setdefault(verdict["claim_id"], []).append(verdict)
    drifts, contradictions = _differences(ask(engine, "drift")), _differences(ask(engine, "contradiction"))
    grouped: dict[str, list[Statement]] = {}
    for row in rows:
        grouped.setdefault(row["cluster"], []).append(
            _statement(row, chains.get(row["id"], []), judged.get(row["id"], []))
        )
    out = []
    for cluster in [*(c for c in clusters if c in grouped), *(c for c in grouped if c not in clusters)]:
        said = grouped[cluster]
        ids = {s.id for s in said}
        about = clusters.get(cluster, {})
        out.append(
            Cluster(
                id=cluster,
                label=about.get("label") or "",
                claims=about.get("claims") or len(said),
                docs=about.get("docs") or len({s.doc for s in said}),
                roots=about.get("roots") or len({s.root_key for s in said}),
                independence=about.get("independence") or "unknown",
                statements=tuple(sorted(said, key=lambda s: (s.ref_date or dt.date.max, s.doc, s.start, s.id))),
                drifts=_touching(drifts, ids),
                contradictions=_touching(contradictions, ids),
            ),
        )
    return Claims(tuple(out), total["claims"], total["clusters"], total["docs"], total["denials"] or 0)
