"""Chains and their hops from the links: which, in what order, with what they may have carried and where they are weakest."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made

from .concern import REASONS, concern, flags_sql, params
from .paths import disjoint, graph
from .rules import touched

if TYPE_CHECKING:
    from .paths import Floats, Ints

# Rank: how probable, lifted by how much it should interest. At equal concern the more probable chain comes first.
LIFT = 0.5


def linked_sql() -> str:
    """Links probable enough for a chain, as numbers."""
    return """
SELECT s.inb, s.outb, s.continuity, s.rivals
FROM link_share AS s
WHERE s.continuity >= $least"""


HOPS = """
SELECT r.chain, r.position, r.hops, r.strength, r.rivals, c.consignment_id, a.party_id AS from_party, b.party_id AS to_party, c.first_date, c.last_date,
  c.from_country, c.to_country, coalesce(c.kind, c.hs6) AS goods, CASE WHEN c.unit = 'C62' THEN c.quantity END AS quantity, c.kg, c.value_usd, c.lots, n.name AS firm
FROM chain_step_row AS r
JOIN consigned AS c ON c.id = r.id
JOIN chain_firm AS a ON a.firm = c.seller
JOIN chain_firm AS b ON b.firm = c.buyer
LEFT JOIN party AS n ON n.party_id = a.party_id"""


def _steps(paths: list[list[int]], nodes: Ints, strength: dict[tuple[int, int], tuple[float, int]]) -> pa.Table:
    """One row a hop: chain number, position, consignment, probability of the link before it and its rivals."""
    rows: tuple[list[object], ...] = ([], [], [], [], [], [])
    for chain, path in enumerate(paths):
        for position, node in enumerate(path, 1):
            p, rivals = strength[path[position - 2], node] if position > 1 else (None, None)
            for column, value in zip(rows, (chain, position, len(path), int(nodes[node]), p, rivals), strict=True):
                column.append(value)
    types = (pa.int64(), pa.int64(), pa.int64(), pa.int64(), pa.float64(), pa.int64())
    names = ("chain", "position", "hops", "id", "strength", "rivals")
    return pa.table({n: pa.array(v, t) for n, v, t in zip(names, rows, types, strict=True)})


def _ends(ctx: Context, nodes: Ints) -> np.ndarray | None:
    """Which consignments may end a chain: those to the destinations of the question, where it names some."""
    wanted = list(ctx.case.scope.destination)
    if not wanted:
        return None
    got = ctx.engine.fetch("SELECT id FROM consigned WHERE to_country IN ($wanted)", {"wanted": wanted})
    return np.isin(nodes, got["id"].to_numpy().astype(np.int64))


def _found(ctx: Context, inbound: Ints, outbound: Ints, p: Floats) -> tuple[list[list[int]], Ints]:
    """Disjoint chains: those that end where the question asks first, then the rest of the trade."""
    settings = ctx.case.settings.chains
    g = graph(inbound, outbound, p)
    most = settings.most_firms - 1
    last = _ends(ctx, g.nodes)
    if last is None:
        return disjoint(g, settings.least_hop, most - 1), g.nodes
    first = disjoint(g, settings.least_hop, most - 1, last)
    used = np.zeros(len(g.nodes), dtype=bool)
    for path in first:
        used[path] = True
    free = ~(used[g.start] | used[g.end])
    rest = type(g)(g.nodes, g.start[free], g.end[free], g.p[free])
    return first + disjoint(rest, settings.least_hop, most - 1), g.nodes


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
    paths, nodes = _found(ctx, inbound, outbound, np.maximum(p, least * (1 + 1e-9)))
    if not paths:
        return _empty()
    start, end = np.searchsorted(nodes, inbound), np.searchsorted(nodes, outbound)
    wanted = {(a, b) for path in paths for a, b in pairwise(path)}
    strength = {
        (a, b): (round(float(q), 6), int(r))
        for a, b, q, r in zip(start.tolist(), end.tolist(), p.tolist(), rivals.tolist(), strict=True)
        if (a, b) in wanted
    }
    ctx.engine.put("chain_step_row", _steps(paths, nodes, strength))
    return _tables(ctx, _alternatives(inbound, outbound, p, paths, nodes))


def _alternatives(
    inbound: Ints, outbound: Ints, p: Floats, paths: list[list[int]], nodes: Ints
) -> dict[tuple[int, int], tuple[int, float]]:
    """For the links on chains: the next best way on from the same purchase, as consignment number and probability."""
    order = np.lexsort((outbound, -p, inbound))
    a, b, q = inbound[order], outbound[order], p[order]
    first = np.searchsorted(a, nodes)
    out: dict[tuple[int, int], tuple[int, float]] = {}
    for path in paths:
        for x, y in pairwise(path):
            at = int(first[x])
            for k in (at, at + 1):
                if k < len(a) and a[k] == nodes[x] and b[k] != nodes[y]:
                    out[int(nodes[x]), int(nodes[y])] = (int(b[k]), round(float(q[k]), 3))
                    break
    return out


def _concern(ctx: Context, size: int) -> tuple[Floats, list[str]]:
    """Concern of each chain and its reasons in words."""
    touched(ctx)
    flags = ctx.engine.fetch(f"SELECT * FROM ({flags_sql()}) AS flags ORDER BY chain", params(ctx.case))
    order = flags["chain"].to_numpy().astype(np.int64)
    met = {name: order[flags[name].cast(pa.int64()).to_numpy() == 1] for name in REASONS}
    words: list[list[str]] = [[] for _ in range(size)]
    for name, (_, _, text) in REASONS.items():
        for chain in met[name].tolist():
            words[chain].append(text)
    ruled = int(flags["ruled"].cast(pa.int64()).to_numpy().sum())
    return concern(met, size, ruled), [";".join(w) for w in words]


def _tables(ctx: Context, other: dict[tuple[int, int], tuple[int, float]]) -> Made:
    import pyarrow.compute as pc

    engine = ctx.engine
    hops = engine.fetch(
        f"SELECT h.*, r.id FROM ({HOPS}) AS h JOIN chain_step_row AS r ON r.chain = h.chain AND r.position = h.position ORDER BY h.chain, h.position"
    )
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
    filled = np.where(np.isnan(strength), 1.0, strength)
    continuity = np.round(np.multiply.reduceat(filled, first), 6)
    worry, reasons = _concern(ctx, size)
    # The weakest link: the lowest probability of a chain, the first of equals.
    low = np.minimum.reduceat(filled, first)
    at = np.array([a + int(np.argmin(filled[a : b + 1])) for a, b in zip(first.tolist(), last.tolist(), strict=True)])
    node = hops["id"].to_numpy().astype(np.int64)
    position, firm, rivals = (hops[c].take(pa.array(at)).to_pylist() for c in ("position", "firm", "rivals"))
    kept = set(node.tolist()) | {v[0] for v in other.values()}
    named = (
        dict(
            zip(
                *engine.fetch("SELECT id, consignment_id FROM consigned WHERE id IN (SELECT id FROM chain_wanted)")
                .to_pydict()
                .values(),
                strict=True,
            )
        )
        if _want(ctx, kept)
        else {}
    )
    alternative = []
    for k in at.tolist():
        found = other.get((int(node[k - 1]), int(node[k])))
        alternative.append(f"{named[found[0]]} {found[1]:.3f}" if found and found[0] in named else None)
    rank_of = np.lexsort((np.array(names), -np.round(continuity * (LIFT + worry), 9)))
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
        "from_party": take("from_party", first), "to_party": take("to_party", last), "net_kg": least_of("kg"), "reasons": pa.array(reasons),
        "alternative": pa.array(alternative, pa.string()),
    }  # fmt: skip
    at_chain = pa.array(names).take(pa.array(np.repeat(np.arange(size), last - first + 1)))
    step = {
        "chain_id": at_chain, "position": hops["position"], "shipment_id": hops["consignment_id"], "from_party": hops["from_party"], "to_party": hops["to_party"],
        "strength": pc.if_else(pc.is_nan(hops["strength"]), pa.scalar(None, pa.float64()), hops["strength"]), "date": hops["first_date"], "from_country": hops["from_country"],
        "to_country": hops["to_country"], "goods": hops["goods"], "quantity": hops["quantity"], "net_kg": hops["kg"], "value_usd": hops["value_usd"],
        "basis": pa.array(["declared"] * len(chain)), "rows": hops["lots"],
    }  # fmt: skip
    out: dict[str, pa.Table] = {}
    for name, columns in (("chain", made), ("hop", step)):
        table = TABLES[name]
        out[name] = pa.table({c.name: columns[c.name].cast(c.arrow.type) for c in table.columns})
    alerts = int(np.sum((continuity >= 0.5) & (worry >= 0.5)))
    ctx.progress.say(f"{size:,} chains, {alerts:,} of them with continuity and concern of one half or more")
    order = pa.array(rank_of)
    return {"chain": out["chain"].take(order), "hop": out["hop"]}


def _want(ctx: Context, kept: set[int]) -> bool:
    ctx.engine.put("chain_wanted", pa.table({"id": pa.array(sorted(kept), pa.int64())}))
    return bool(kept)
