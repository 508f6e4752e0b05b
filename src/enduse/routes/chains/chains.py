"""Chains and their hops from the links: which, in what order, with what they may have carried and where they are weakest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made

from .concern import REASONS, concern, flags_sql, interest, params
from .order import middlemen, ranked
from .paths import Graph, Paths, disjoint, graph
from .rules import touched

if TYPE_CHECKING:
    from .paths import Floats, Ints

ALERT = 0.5  # continuity and concern from which on a chain is an alert


def linked_sql() -> str:
    """Links probable enough for a chain, as numbers. One across affiliates is two: to the hand-over and on from it; `whole` is the probability of both."""
    return """
SELECT s.inb, s.outb, CAST(s.continuity AS DOUBLE) AS continuity, CAST(s.continuity AS DOUBLE) AS whole, s.rivals, 0 AS hand
FROM link_share AS s
LEFT JOIN hand_over AS h ON h.inb = s.inb AND h.outb = s.outb
WHERE s.continuity >= $least AND h.via IS NULL
UNION ALL
SELECT h.inb, h.via AS outb, max(h.hand) AS continuity, max(h.hand * h.onward) AS whole, CAST(0 AS BIGINT) AS rivals, 1 AS hand
FROM hand_over AS h
WHERE h.hand * h.onward >= $least
GROUP BY h.inb, h.via
UNION ALL
SELECT h.via AS inb, h.outb, h.onward AS continuity, h.hand * h.onward AS whole, h.rivals, 1 AS hand
FROM hand_over AS h
WHERE h.hand * h.onward >= $least"""


HOPS = """
SELECT r.chain, r.position, r.hops, r.strength, r.rivals, r.id, c.consignment_id, a.party_id AS from_party, b.party_id AS to_party, c.first_date, c.last_date,
  c.from_country, c.to_country, coalesce(c.kind, c.hs6) AS goods, CASE WHEN c.unit = 'C62' THEN c.quantity END AS quantity, c.kg, c.value_usd, c.lots, n.name AS firm
FROM chain_step_row AS r
JOIN consigned AS c ON c.id = r.id
JOIN chain_firm AS a ON a.firm = c.seller
JOIN chain_firm AS b ON b.firm = c.buyer
LEFT JOIN party AS n ON n.party_id = a.party_id"""
# The inferred hop: no record states it. It is named by the consignment that is taken to have changed hands.
HANDED = """
SELECT r.chain, r.position, r.hops, r.strength, r.rivals, r.id, c.consignment_id, a.party_id AS from_party, b.party_id AS to_party, CAST(NULL AS DATE) AS first_date, CAST(NULL AS DATE) AS last_date,
  a.country AS from_country, b.country AS to_country, coalesce(c.kind, c.hs6) AS goods, CAST(NULL AS DECIMAL(18, 4)) AS quantity, CAST(NULL AS DECIMAL(18, 4)) AS kg, CAST(NULL AS DECIMAL(18, 4)) AS value_usd,
  CAST(0 AS BIGINT) AS lots, n.name AS firm
FROM chain_step_row AS r
JOIN (SELECT via, min(inb) AS inb, min(pair) AS pair FROM hand_over GROUP BY via) AS h ON h.via = r.id
JOIN consigned AS c ON c.id = h.inb
JOIN affiliate AS p ON p.pair = h.pair
JOIN chain_firm AS a ON a.firm = p.buyer
JOIN chain_firm AS b ON b.firm = p.seller
LEFT JOIN party AS n ON n.party_id = a.party_id"""


def _steps(paths: Paths, links: _Links) -> pa.Table:
    """One row a hop: chain number, position, consignment, probability of the link before it and its rivals."""
    chain = np.repeat(np.arange(len(paths)), paths.length)
    begins = np.cumsum(paths.length) - paths.length
    position = np.arange(len(paths.nodes)) - begins[chain] + 1
    later = position > 1
    at = links.find(paths.nodes[:-1][later[1:]], paths.nodes[1:][later[1:]])
    p, rivals = np.zeros(len(chain)), np.zeros(len(chain), dtype=np.int64)
    p[later], rivals[later] = np.round(links.p[at], 6), links.rivals[at]
    first = ~later
    return pa.table(
        {
            "chain": chain, "position": position, "hops": paths.length[chain], "id": links.nodes[paths.nodes],
            "strength": pa.array(p, pa.float64(), mask=first), "rivals": pa.array(rivals, pa.int64(), mask=first),
        }
    )  # fmt: skip


def _ends(ctx: Context, nodes: Ints) -> np.ndarray | None:
    """Which consignments may end a chain: those to the destinations of the question, where it names some."""
    wanted = list(ctx.case.scope.destination)
    if not wanted:
        return None
    got = ctx.engine.fetch("SELECT id FROM consigned WHERE to_country IN ($wanted)", {"wanted": wanted})
    return np.isin(nodes, got["id"].to_numpy().astype(np.int64))


def _found(ctx: Context, g: Graph) -> Paths:
    """Disjoint chains: those that end where the question asks first, then the rest of the trade."""
    settings = ctx.case.settings.chains
    most = settings.most_firms - 1
    last = _ends(ctx, g.nodes)
    if last is None:
        return disjoint(g, settings.least_hop, most - 1)
    first = disjoint(g, settings.least_hop, most - 1, last)
    used = np.zeros(len(g.nodes), dtype=bool)
    used[first.nodes] = True
    free = ~(used[g.start] | used[g.end])
    rest = type(g)(g.nodes, g.start[free], g.end[free], g.p[free])
    return first + disjoint(rest, settings.least_hop, most - 1)


def _empty() -> Made:
    return {"chain": TABLES["chain"].empty(), "hop": TABLES["hop"].empty()}


def chains(ctx: Context) -> Made:
    """CHAIN and HOP."""
    least = ctx.case.settings.chains.least_hop
    got = ctx.engine.fetch(f"SELECT * FROM ({linked_sql()}) AS linked ORDER BY inb, outb", {"least": least})
    if not got.num_rows:
        return _empty()
    inbound, outbound = (got[c].to_numpy().astype(np.int64) for c in ("inb", "outb"))
    p = np.minimum(got["continuity"].cast(pa.float64()).to_numpy(), 1.0 - 1e-9)
    rivals = got["rivals"].cast(pa.int64()).to_numpy()
    # A hand-over is one link's worth in two steps: it must not win a chain by being counted twice.
    whole = np.minimum(got["whole"].cast(pa.float64()).to_numpy(), 1.0 - 1e-9)
    handed = got["hand"].cast(pa.int64()).to_numpy() == 1
    worth = np.where(handed, np.sqrt(least * np.maximum(whole, least)), p)
    g = graph(inbound, outbound, np.maximum(worth, least * (1 + 1e-9)))
    paths = _found(ctx, g)
    if not len(paths):
        return _empty()
    links = _Links(g.nodes, np.searchsorted(g.nodes, inbound), np.searchsorted(g.nodes, outbound), p, rivals)
    ctx.engine.put("chain_step_row", _steps(paths, links))
    return _tables(ctx, links)


@dataclass(frozen=True)
class _Links:
    """Links in order of purchase and sale, as places in `nodes`."""

    nodes: Ints
    start: Ints
    end: Ints
    p: Floats
    rivals: Ints

    def find(self, start: Ints, end: Ints) -> Ints:
        """Place of each link among them all."""
        size = len(self.nodes)
        return np.searchsorted(self.start * size + self.end, start * size + end)

    def other(self, start: Ints, end: Ints) -> tuple[Ints, Floats]:
        """The next best way on from the purchase of each link: consignment (-1 where there is none) and probability."""
        order = np.lexsort((self.end, -self.p, self.start))
        a, b, q = (np.append(v[order], -1) for v in (self.start, self.end, self.p))
        at = np.searchsorted(a[:-1], start)
        at = at + (b[at] == end)
        none = a[at] != start
        return np.where(none, -1, self.nodes[np.where(none, 0, b[at])]), np.round(q[at], 3)


def _concern(ctx: Context, hops: Ints) -> tuple[Floats, Floats, pa.Array]:
    """Concern of each chain, what lifts it in the order, and its reasons in words, from `chain_step_row`."""
    size = len(hops)
    touched(ctx)
    flags = ctx.engine.fetch(f"SELECT * FROM ({flags_sql()}) AS flags ORDER BY chain", params(ctx.case))
    order = flags["chain"].to_numpy().astype(np.int64)
    met = {name: order[flags[name].cast(pa.int64()).to_numpy() == 1] for name in REASONS}
    mask = np.zeros(size, dtype=np.int64)
    for bit, name in enumerate(REASONS):
        mask[met[name]] |= 1 << bit
    kinds, kind = np.unique(mask, return_inverse=True)
    texts = [text for _, _, text in REASONS.values()]
    words = [";".join(t for bit, t in enumerate(texts) if k >> bit & 1) for k in kinds.tolist()]
    ruled = int(flags["ruled"].cast(pa.int64()).to_numpy().sum())
    return concern(met, size, ruled), interest(met, hops, ruled), pa.array(words, pa.string()).take(pa.array(kind))


def _weakest(filled: Floats, first: Ints, chain: Ints) -> Ints:
    """The hop of each chain with the lowest probability, the first of equals."""
    low = np.minimum.reduceat(filled, first)
    lowest = np.flatnonzero(filled == low[chain])
    return lowest[np.unique(chain[lowest], return_index=True)[1]]


def _alternatives(ctx: Context, links: _Links, before: Ints, after: Ints) -> list[str | None]:
    """For each weakest link the next best way on: consignment and probability."""
    found, p = links.other(*(np.searchsorted(links.nodes, side) for side in (before, after)))
    ctx.engine.put("chain_wanted", pa.table({"id": pa.array(np.unique(found), pa.int64())}))
    got = ctx.engine.fetch(
        "SELECT c.id, c.consignment_id FROM consigned AS c JOIN chain_wanted AS w ON w.id = c.id ORDER BY c.id"
    )
    named = dict(zip(got["id"].to_pylist(), got["consignment_id"].to_pylist(), strict=True))
    return [f"{named[f]} {q:.3f}" if f in named else None for f, q in zip(found.tolist(), p.tolist(), strict=True)]


def _tables(ctx: Context, links: _Links) -> Made:
    import pyarrow.compute as pc

    engine = ctx.engine
    hops = engine.fetch(f"SELECT * FROM ({HOPS}\nUNION ALL\n{HANDED}) AS h ORDER BY chain, position")
    chain = hops["chain"].to_numpy().astype(np.int64)
    first = np.flatnonzero(np.concatenate([[True], chain[1:] != chain[:-1]]))
    last = np.concatenate([first[1:], [len(chain)]]) - 1
    size = len(first)
    ids = hops["consignment_id"].to_pylist()
    names = [
        "H-" + hashlib.sha256("|".join(ids[a : b + 1]).encode()).hexdigest()[:10]
        for a, b in zip(first.tolist(), last.tolist(), strict=True)
    ]
    strength = hops["strength"].to_numpy(zero_copy_only=False)
    continuity = np.asarray(
        np.round(np.multiply.reduceat(np.where(np.isnan(strength), 1.0, strength), first), 6), np.float64
    )
    worry, lift, reasons = _concern(ctx, last - first + 1)
    at = _weakest(np.where(np.isnan(strength), 2.0, strength), first, chain)
    low = strength[at]
    node = hops["id"].to_numpy().astype(np.int64)
    position, firm, rivals = (hops[c].take(pa.array(at)).to_pylist() for c in ("position", "firm", "rivals"))
    alternative = _alternatives(ctx, links, node[at - 1], node[at])
    seller = (
        hops["from_party"]
        .combine_chunks()
        .dictionary_encode(null_encoding="encode")
        .indices.to_numpy()
        .astype(np.int64)
    )
    middle = middlemen(np.repeat(np.arange(size), last - first + 1), hops["position"].to_numpy(), seller, size)
    alert = (continuity >= ALERT) & (worry >= ALERT)
    rank_of = ranked(continuity, lift, np.array(names), middle, alert)
    rank = np.empty(size, dtype=np.int64)
    rank[rank_of] = np.arange(1, size + 1)

    def take(column: str, where: np.ndarray) -> pa.ChunkedArray:
        return hops[column].take(pa.array(where))

    def least_of(column: str) -> pa.Array:
        grouped = (
            pa.table({"chain": hops["chain"], "v": hops[column]})
            .group_by("chain", use_threads=False)
            .aggregate([("v", "min")])
        )
        return grouped.sort_by("chain")["v_min"]

    made = {
        "chain_id": pa.array(names), "rank": pa.array(rank), "continuity": pa.array(continuity), "concern": pa.array(worry),
        "hops": take("hops", first), "goods": take("goods", last), "quantity": least_of("quantity"), "value_usd": take("value_usd", last),
        "first_date": take("first_date", first), "last_date": take("last_date", last),
        "weakest_link": pa.array([f"hop {n} through {f or 'a firm without a name'}: {v:.3f}" for n, f, v in zip(position, firm, low.tolist(), strict=True)]),
        "rivals": pa.array([r or 0 for r in rivals], pa.int64()), "from_country": take("from_country", first), "to_country": take("to_country", last),
        "from_party": take("from_party", first), "to_party": take("to_party", last), "net_kg": least_of("kg"), "reasons": reasons,
        "alternative": pa.array(alternative, pa.string()),
    }  # fmt: skip
    at_chain = pa.array(names).take(pa.array(np.repeat(np.arange(size), last - first + 1)))
    step = {
        "chain_id": at_chain, "position": hops["position"], "shipment_id": hops["consignment_id"], "from_party": hops["from_party"], "to_party": hops["to_party"],
        "strength": pc.if_else(pc.is_nan(hops["strength"]), pa.scalar(None, pa.float64()), hops["strength"]), "date": hops["first_date"], "from_country": hops["from_country"],
        "to_country": hops["to_country"], "goods": hops["goods"], "quantity": hops["quantity"], "net_kg": hops["kg"], "value_usd": hops["value_usd"],
        "basis": pc.if_else(pc.equal(hops["lots"], 0), "inferred", "declared"), "rows": hops["lots"],
    }  # fmt: skip
    out: dict[str, pa.Table] = {}
    for name, columns in (("chain", made), ("hop", step)):
        table = TABLES[name]
        out[name] = pa.table({c.name: columns[c.name].cast(c.arrow.type) for c in table.columns})
    ctx.progress.say(f"{size:,} chains, {int(alert.sum()):,} of them with continuity and concern of one half or more")
    order = pa.array(rank_of)
    return {"chain": out["chain"].take(order), "hop": out["hop"]}
