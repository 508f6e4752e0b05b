"""The stage: mentions by SQL, parties by Python over distinct names, joined back by SQL; then lists, owners and addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine import Context, Made, Stage, Step, sql_step
from enduse.parties.answers import Parties, Written, best, listed_names, log_pages, matches, screening_pages
from enduse.parties.asking import ask, distinct, gathered
from enduse.parties.beside import asker
from enduse.parties.judgements import read
from enduse.parties.links import Cell, attach, declared, inferred
from enduse.parties.links import asked as node_queries
from enduse.parties.listed import lists
from enduse.parties.ownership import Graph, Listed, behind, graph
from enduse.parties.resolve import Levels, Mention, resolve
from enduse.parties.roles import role
from enduse.parties.workers import kept

if TYPE_CHECKING:
    import pyarrow as pa

HERE = Path(__file__).parent


def _source_place(ctx: Context) -> Made:
    """Files in the order in which they were added: party ids hang on the first file that names a party."""
    import pyarrow as pa

    aliases = [s.alias for s in ctx.case.source]
    columns = {"source": pa.array(aliases, pa.string()), "place": pa.array(range(len(aliases)), pa.int64())}
    return {"source_place": pa.table(columns)}


def _resolve(ctx: Context) -> Made:
    got = ctx.engine.fetch(
        "SELECT name, country, identifier, row_count, value_usd, first_place FROM mention"
    ).to_pydict()
    mentions = [
        Mention(n, c, i, int(r), usd or Decimal(0), int(p or 0))
        for n, c, i, r, usd, p in zip(*got.values(), strict=True)
    ]
    settings = ctx.case.settings.parties
    levels = Levels(settings.strict, settings.central, settings.broad)
    names = len({m.name for m in mentions})
    found = resolve(mentions, read(ctx.folder), levels, beside=asker(ctx.engine, names), say=ctx.progress.say)
    ctx.progress.say(f"{len(mentions)} declared names, {len(found.parties)} parties")
    party: list[dict[str, object]] = [
        {"party_id": p.party_id, "name": p.name, "country": p.country or None, "kind": p.kind, "identifiers": ";".join(p.identifiers),
         "role": (role(p.name) if p.kind == "organization" else "") or None, "broad_party": p.broad_party}
        for p in found.parties
    ]  # fmt: skip
    given: list[dict[str, object]] = [
        {"party_id": p.party_id, "name": g.mention.name, "country": g.mention.country, "identifier": g.mention.identifier, "method": g.method,
         "score": g.score, "reasons": g.reasons, "rows": g.mention.rows, "strict_party": g.strict_party}
        for p in found.parties
        for g in p.given
    ]  # fmt: skip
    pairs: list[dict[str, object]] = [
        {"left_name": u.left.name, "left_country": u.left.country, "left_identifier": u.left.identifier, "right_name": u.right.name,
         "right_country": u.right.country, "right_identifier": u.right.identifier, "left_party": u.left_party, "right_party": u.right_party,
         "score": u.probability, "reasons": u.reasons, "rows": u.rows, "value_usd": u.usd}
        for u in found.uncertain
    ]  # fmt: skip
    made = {"party": party, "party_name": given, "party_pair": pairs}
    return {name: TABLES[name].arrow(rows) for name, rows in made.items()}


def _owner_party(ctx: Context) -> Made:
    """The party behind each node of the ownership files (see `ownership.graph`)."""
    import pyarrow as pa

    rows = _ownership(ctx)
    found: dict[int, tuple[str, float]] = {}
    if rows:
        names = ctx.engine.fetch(
            "SELECT n.party_id, n.name, n.country, n.identifier, p.kind FROM party_name AS n JOIN party AS p ON p.party_id = n.party_id"
        ).to_pylist()
        found = attach(graph(rows), names, ctx.case.settings.parties.central)
        ctx.progress.say(f"{len(rows)} lines on owners, {len({p for p, _ in found.values()})} parties among them")
    some = sorted(found.items())
    columns = {
        "node": pa.array([n for n, _ in some], pa.int64()),
        "party_id": pa.array([p for _, (p, _) in some], pa.string()),
        "score": pa.array([s for _, (_, s) in some], pa.float64()),
    }
    return {"owner_party": pa.table(columns)}


def _ownership(ctx: Context) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = ctx.engine.fetch(f"SELECT {TABLES['ownership'].select} FROM ownership").to_pylist()
    return rows


def _nodes(ctx: Context) -> dict[int, tuple[str, float]]:
    got = ctx.engine.fetch("SELECT node, party_id, score FROM owner_party").to_pydict()
    return {n: (p, s) for n, p, s in zip(got["node"], got["party_id"], got["score"], strict=True)}


def list_label(case: CaseFile, alias: str) -> str:
    """`alias@` and the first eight hex digits of the list's SHA-256: which list, in which version."""
    digest = _digests(case).get(alias, "")
    return f"{alias}@{digest[:8]}" if digest else alias


def _digests(case: CaseFile) -> dict[str, str]:
    return {s.alias: s.sha256 for s in case.source}


def _screen(ctx: Context) -> Made:
    import pyarrow as pa

    aliases = ctx.engine.fetch("SELECT DISTINCT source FROM list_entry")["source"].to_pylist()
    if not aliases:
        return {name: TABLES[name].empty() for name in ("screening", "screening_log", "listed_link")}
    labels = {alias: list_label(ctx.case, alias) for alias in aliases}
    settings = ctx.case.settings.parties
    got = ctx.engine.fetch("SELECT party_id, name, country, identifier FROM party_name")
    owners = graph(_ownership(ctx))
    extra, whose = node_queries(owners.nodes)
    columns = [
        pa.chunked_array([*got[label].cast(pa.string()).chunks, pa.array([q[n] for q in extra], pa.string())])
        for n, label in enumerate(("name", "country", "identifier"))
    ]
    questions, place = distinct(*columns)
    digests = {labels[alias]: digest for alias, digest in _digests(ctx.case).items() if alias in labels}
    with kept():
        made = lists(_entries(ctx, labels))
        book, pages = made.book, ask(made, questions, settings.review)
        del made
        log, parts = Written(ctx.scratch / "screening_log.parquet", TABLES["screening_log"].schema), []
        with log:
            for page, rows in log_pages(book, questions, pages, digests, settings.match):
                parts.append(page._replace(reasons=pa.array(page.reasons, pa.string())))
                log.add(rows)
    answers = gathered(parts)
    main = ctx.engine.fetch("SELECT party_id, name FROM party").sort_by("party_id")
    parties = Parties(got["party_id"], place[: got.num_rows], main["party_id"], main["name"])
    found = best(book, answers, parties)
    with Written(ctx.scratch / "screening.parquet", TABLES["screening"].schema) as screening:
        for rows in screening_pages(book, answers, questions, parties, found, settings.match):
            screening.add(rows)
    ctx.progress.say(f"{main.num_rows} parties asked against {len(book.labels)} lists, {len(found.at)} hits")
    by_name = listed_names(book, answers, place[got.num_rows :].tolist(), whose, settings.match)
    linked = _listed(ctx, owners, by_name, matches(book, answers, parties, found, settings.match))
    return {"screening": screening.path, "screening_log": log.path, "listed_link": linked}


def _entries(ctx: Context, labels: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """The lines of all lists by the labels to answer with, a batch at a time."""
    columns = "source, entry_id, name, alias_kind, entry_kind, country, identifiers"
    for batch in ctx.engine.stream(f"SELECT {columns} FROM list_entry"):
        for entry in batch.to_pylist():
            yield entry | {"source": labels[entry["source"]]}


def _listed(
    ctx: Context, owners: Graph, by_name: Mapping[int, list[Listed]], match: Mapping[str, list[Listed]]
) -> pa.Table:
    """Parties held by listed owners. A node is listed by its own names, or as a party that is (`match`)."""
    if not owners.nodes:
        return TABLES["listed_link"].empty()
    parties = _nodes(ctx)
    listed = {n: list(some) for n, some in by_name.items()}
    for node, (party, _) in parties.items():
        for one in match.get(party, ()):
            if one not in listed.setdefault(node, []):
                listed[node].append(one)
    since = ctx.engine.fetch("SELECT MIN(date) AS first FROM shipment_row")["first"][0].as_py()
    best: dict[tuple[str, str, str], dict[str, object]] = {}
    for b in behind(
        owners, {n: s for n, s in listed.items() if s}, since=since if isinstance(since, dt.date) else None
    ):
        if b.node in parties:
            at = (parties[b.node][0], b.owner.list, b.owner.entry_id)
            known = best.get(at)
            if known is None or (known["share"] is None and b.share is not None):
                best[at] = {"party_id": at[0], "list": at[1], "entry_id": at[2], "entry_name": b.owner.entry_name, "share": b.share, "rule": b.rule, "path": b.path}  # fmt: skip
    ctx.progress.say(f"{len({p for p, _, _ in best})} parties linked to listed owners")
    return TABLES["listed_link"].arrow([best[at] for at in sorted(best)])


def _link(ctx: Context) -> Made:
    got = ctx.engine.fetch("SELECT party_id, address, row_count FROM party_address").to_pydict()
    nobody = set(ctx.engine.fetch("SELECT party_id FROM party WHERE kind = 'unnamed'")["party_id"].to_pylist())
    cells = [Cell(p, a, int(r)) for p, a, r in zip(*got.values(), strict=True) if p not in nobody]
    found, left_out = inferred(cells)
    stated, more = declared(graph(_ownership(ctx)), _nodes(ctx))
    for line in (*left_out, *more):
        ctx.progress.say(line)
    rows: list[dict[str, object]] = [link._asdict() for link in sorted([*found, *stated])]
    return {"party_link": TABLES["party_link"].arrow(rows)}


STAGE = Stage(
    "parties",
    (
        Step("source_place", (), ("source_place",), run=_source_place),
        sql_step(HERE, "mention", ("shipment_row", "source_place")),
        Step("resolve", ("mention", "shipment_row"), ("party", "party_name", "party_pair"), run=_resolve),
        sql_step(HERE, "shipment_party", ("shipment_row", "party_name")),
        Step("owner_party", ("party", "party_name", "ownership"), ("owner_party",), run=_owner_party),
        Step(
            "screening",
            ("party", "party_name", "list_entry", "ownership", "owner_party", "shipment_row"),
            ("screening", "screening_log", "listed_link"),
            run=_screen,
        ),
        sql_step(HERE, "party_address", ("shipment_row", "shipment_party")),
        Step("party_link", ("party", "party_address", "ownership", "owner_party"), ("party_link",), run=_link),
    ),
    # Besides the thresholds, the answer carries the digests of the lists, and ids hang on the order of the files; judgements are the case's own file.
    settings=lambda case: (
        case.settings.parties,
        tuple((s.alias, s.sha256) for s in case.source if s.kind == "watchlist"),
        tuple(s.alias for s in case.source),
    ),
)
