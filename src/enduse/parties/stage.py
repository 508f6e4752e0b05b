"""The stage: mentions by SQL, parties by Python over distinct names, joined back by SQL; then every party against every list."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine import Context, Made, Stage, Step, sql_step
from enduse.parties.judgements import read
from enduse.parties.resolve import Mention, resolve
from enduse.parties.screening import Hit, Screener, decision

HERE = Path(__file__).parent


def _resolve(ctx: Context) -> Made:
    got = ctx.engine.fetch("SELECT name, country, identifier, row_count FROM mention").to_pydict()
    columns = (got["name"], got["country"], got["identifier"], got["row_count"])
    mentions = [Mention(n, c, i, int(r)) for n, c, i, r in zip(*columns, strict=True)]
    parties = resolve(mentions, read(ctx.folder), ctx.case.settings.parties.central, say=ctx.progress.say)
    ctx.progress.say(f"{len(mentions)} declared names, {len(parties)} parties")
    party = [
        {
            "party_id": p.party_id,
            "name": p.name,
            "country": p.country or None,
            "kind": p.kind,
            "identifiers": ";".join(p.identifiers),
        }
        for p in parties
    ]
    names = [
        {"party_id": p.party_id, "name": g.mention.name, "country": g.mention.country, "identifier": g.mention.identifier, "method": g.method, "score": g.score, "reasons": g.reasons, "rows": g.mention.rows}
        for p in parties
        for g in p.given
    ]  # fmt: skip
    return {"party": TABLES["party"].arrow(party), "party_name": TABLES["party_name"].arrow(names)}  # type: ignore[arg-type]


def list_label(case: CaseFile, alias: str) -> str:
    """`alias@` and the first eight hex digits of the list's SHA-256: which list, in which version."""
    digest = next((s.sha256 for s in case.source if s.alias == alias), "")
    return f"{alias}@{digest[:8]}" if digest else alias


def _screen(ctx: Context) -> Made:
    table = TABLES["screening"]
    columns = "source, entry_id, name, alias_kind, entry_kind, country, identifiers"
    entries = ctx.engine.fetch(f"SELECT {columns} FROM list_entry").to_pylist()
    if not entries:
        return {"screening": table.empty()}
    for entry in entries:
        entry["source"] = list_label(ctx.case, entry["source"])
    settings = ctx.case.settings.parties
    screener = Screener(entries)
    asked: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    got = ctx.engine.fetch("SELECT party_id, name, country, identifier FROM party_name").to_pydict()
    for party_id, name, country, number in zip(
        got["party_id"], got["name"], got["country"], got["identifier"], strict=True
    ):
        asked[party_id].add((name, country, number))
    main = dict(zip(*ctx.engine.fetch("SELECT party_id, name FROM party").to_pydict().values(), strict=True))
    every = ";".join(screener.lists)
    out: list[dict[str, object]] = []
    for party_id in sorted(asked):
        best: dict[tuple[str, str], tuple[str, Hit]] = {}
        for name, country, number in sorted(asked[party_id]):
            for hit in screener.hits(name, country, number, settings.review):
                at = (hit.entry.list, hit.entry.entry_id)
                if at not in best or hit.scored.probability > best[at][1].scored.probability:
                    best[at] = (name, hit)
        for (label, entry_id), (query, hit) in sorted(best.items()):
            p = hit.scored.probability
            out.append({"party_id": party_id, "query": query, "list": label, "entry_id": entry_id, "entry_name": hit.entry.name, "score": p, "decision": decision(p, settings.match), "reasons": hit.scored.reasons})  # fmt: skip
        if not best:
            out.append({"party_id": party_id, "query": main[party_id], "list": every, "entry_id": "", "entry_name": "", "score": None, "decision": "no_match", "reasons": ""})  # fmt: skip
    hits = sum(1 for r in out if r["decision"] != "no_match")
    ctx.progress.say(f"{len(asked)} parties asked against {len(screener.lists)} lists, {hits} hits")
    return {"screening": table.arrow(out)}


STAGE = Stage(
    "parties",
    (
        sql_step(HERE, "mention", ("shipment_row",)),
        Step("resolve", ("mention",), ("party", "party_name"), run=_resolve),
        sql_step(HERE, "shipment_party", ("shipment_row", "party_name")),
        Step("screening", ("party", "party_name", "list_entry"), ("screening",), run=_screen),
    ),
    # Besides the thresholds, the answer carries the digests of the lists; judgements are the case's own file.
    settings=lambda case: (
        case.settings.parties,
        tuple((s.alias, s.sha256) for s in case.source if s.kind == "watchlist"),
    ),
)
