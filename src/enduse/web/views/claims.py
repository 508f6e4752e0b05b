"""The claims board, the ledger, and the documents the claims stand in."""

from __future__ import annotations

from typing import Any

from enduse.contracts import TABLES
from enduse.errors import EnduseError
from enduse.web.desk import Desk, Opened
from enduse.web.views.words import listed, marks, parsed

WEIGHT = ("contradicted", "supported", "consistent", "outside_coverage", "not_testable")


def claims_of(now: Opened, *, offset: int, limit: int) -> dict[str, Any]:
    """A page of deals with who says so, what changed on the way, and what the records say."""
    total = now.ask("SELECT count(DISTINCT cluster) AS n FROM claim")[0]["n"]
    clusters = now.ask(
        "SELECT c.cluster, min(k.label) AS label, min(k.independence) AS independence, min(k.docs) AS docs, min(k.roots) AS roots FROM claim AS c "
        "LEFT JOIN claim_cluster AS k ON k.cluster = c.cluster GROUP BY c.cluster ORDER BY min(k.docs) DESC NULLS LAST, count(*) DESC, c.cluster LIMIT ? OFFSET ?",
        [limit, offset],
    )
    ids = [c["cluster"] for c in clusters]
    said = (
        now.ask(
            f"SELECT * FROM claim WHERE cluster IN ({marks(ids)}) ORDER BY ref_date NULLS LAST, doc, char_start, id",
            ids,
        )
        if ids
        else []
    )
    claims = [c["id"] for c in said]
    verdicts = _by(
        "claim_id",
        now.ask(
            f"SELECT {TABLES['verdict'].select} FROM verdict WHERE claim_id IN ({marks(claims)}) ORDER BY claim_id, scope",
            claims,
        )
        if claims
        else [],
    )
    chains = _by(
        "claim_id",
        now.ask(f"SELECT * FROM attribution WHERE claim_id IN ({marks(claims)}) ORDER BY claim_id, position", claims)
        if claims
        else [],
    )
    differences = {
        t: now.ask(f'SELECT id, type, "left", "right", why FROM {t} ORDER BY id') for t in ("drift", "contradiction")
    }
    for cluster in clusters:
        own = [c for c in said if c["cluster"] == cluster["cluster"]]
        names = {c["id"] for c in own}
        cluster["root"] = next((c["root"] for c in own if c["root"]), None)
        cluster["claims"] = [_claim(c, chains.get(c["id"], []), verdicts.get(c["id"], [])) for c in own]
        for kind, found in differences.items():
            cluster[kind] = [_difference(d) for d in found if names & {*listed(d["left"]), *listed(d["right"])}]
        cluster["verdict"] = _strongest([v for c in own for v in verdicts.get(c["id"], [])])
        cluster["independence"] = cluster["independence"] or "unknown"
    return {
        "total": total,
        "offset": offset,
        "clusters": clusters,
        "ledger": now.ask(
            f"SELECT {TABLES['ledger'].select} FROM ledger ORDER BY supplier, recipient, goods, kind, claim_id"
        ),
    }


def _by(key: str, rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        out.setdefault(row[key], []).append(row)
    return out


def _claim(row: dict[str, Any], chain: list[dict[str, Any]], verdicts: list[dict[str, Any]]) -> dict[str, Any]:
    from enduse.dossier.claims import denies, figures_in
    from enduse.dossier.text import find_all

    sentence = row["sentence"] or ""
    plain = {
        k: row[k]
        for k in (
            "kind",
            "supplier",
            "recipient",
            "goods",
            "model",
            "status",
            "stage",
            "stance",
            "polarity",
            "root",
            "section",
        )
    }
    return {
        "claim_id": row["id"],
        "text": sentence,
        "spans": [list(s) for s in find_all(sentence, figures_in(row))],
        "outlet": next(
            (link["name"] for link in chain if link["type"] == "outlet"), chain[0]["name"] if chain else None
        ),
        "date": row["ref_date"],
        "document": row["doc"],
        "start": row["char_start"],
        "end": row["char_end"],
        "root_key": row["independent_root_key"],
        "denial": denies(row),
        **plain,
        **{k: parsed(row[k]) for k in ("quantity", "value", "counts", "time", "via")},
        "attribution": [{k: link[k] for k in ("name", "type", "cue", "explicit")} for link in chain],
        "verdicts": [{k: v for k, v in verdict.items() if k != "claim_id"} for verdict in verdicts],
    }


def _difference(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"left": listed(row["left"]), "right": listed(row["right"])}


def _strongest(verdicts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The verdict that says most, with its claim; all of them stand at the claims."""
    known = [v for v in verdicts if v["verdict"] in WEIGHT]
    return min(known, key=lambda v: (WEIGHT.index(v["verdict"]), v["claim_id"], v["scope"])) if known else None


def document_of(desk: Desk, source: str) -> dict[str, Any]:
    """A press text with the places of its claims."""
    found = desk.now.ask("SELECT source, sha256, content, encoding FROM document WHERE source = ?", [source])
    if not found:
        raise EnduseError(f"no document {source[:80]!r}", fix="Documents stand at the claims that name them")
    claims = desk.now.ask(
        'SELECT id AS claim_id, char_start AS start, char_end AS "end", kind, ref_date, section FROM claim WHERE doc = ? ORDER BY char_start, id',
        [source],
    )
    outlet = desk.now.ask(
        "SELECT a.name FROM attribution AS a JOIN claim AS c ON c.id = a.claim_id WHERE c.doc = ? AND a.type = 'outlet' ORDER BY a.claim_id, a.position LIMIT 1",
        [source],
    )
    text = found[0]["content"] or ""
    headline = next((text[c["start"] : c["end"]] for c in claims if c["section"] == "headline"), None)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    sealed = any(s.alias == source and s.sealed for s in desk.case.file.source)
    return {
        "source": source,
        "sha256": found[0]["sha256"],
        "encoding": found[0]["encoding"],
        "outlet": outlet[0]["name"] if outlet and not sealed else None,
        "date": next((c["ref_date"] for c in claims if c["ref_date"]), None),
        "title": source if sealed else (headline or first)[:300],  # the title would tell what a sealed file is
        "text": text,
        "claims": [{k: c[k] for k in ("claim_id", "start", "end", "kind")} for c in claims],
    }
