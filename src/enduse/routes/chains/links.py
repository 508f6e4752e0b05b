"""Links: candidate pairs, their weights, the share among rivals on both sides, and what the decoys say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made

from .allocate import queue
from .evidence import SCALE, monotone, unpacked
from .features import FEATURES, features_sql
from .neighbours import STEPS_TABLE, Channel, neighbours, steps_sql
from .quality import quality
from .weigh import Weighed, weigh

if TYPE_CHECKING:
    from .evidence import Floats, Ints

CHANNELS: tuple[Channel, ...] = (
    Channel(("firm", "hs6"), 12),
    Channel(("firm", "kind"), 12),
    Channel(("firm", "maker"), 6),
    Channel(("firm", "unit", "quantity"), 3),
    Channel(("firm", "mark"), 3),
    Channel(("firm", "container"), 3),
)
DECOYS = {1: "time reversal", 2: "partner permutation"}
BINS = 500  # of the score
NULL = 0.025  # weight of "from a purchase nobody declared" beside prior odds times likelihood ratio (decision 0006)
LEAST = SCALE // 2000  # a pair with less weight changes nobody's share
RIVAL = 0.05  # a rival is another pair of the same purchase or sale with at least this share


def candidates(ctx: Context) -> Made:
    """Pairs of purchase and sale with their cells, target and both decoys."""
    engine = ctx.engine
    engine.make(STEPS_TABLE, steps_sql())
    longest = {"longest": ctx.case.settings.chains.longest_days}
    for name, outs, back, decoy in (
        ("link_pair", "sold", 0, 0),
        ("link_reversed", "sold", 1, 1),
        ("link_permuted", "sold_elsewhere", 0, 2),
    ):
        engine.make("link_near", neighbours("bought", outs, CHANNELS, back))
        engine.make("stock_code", queue("bought", outs, ("firm", "hs6"), back))
        engine.make("stock_kind", queue("bought", outs, ("firm", "kind"), back))
        engine.make(name, features_sql("link_near", outs, ("stock_code", "stock_kind"), decoy), longest)
    for name in ("link_near", "stock_code", "stock_kind", "sold_elsewhere"):
        engine.drop(name)
    return {}


def _counts(ctx: Context) -> tuple[Ints, Floats, Floats]:
    got = ctx.engine.fetch(
        "SELECT code, sum(target) AS target, sum(decoy) AS decoy FROM ("
        "SELECT code, count(*) AS target, 0 AS decoy FROM link_pair GROUP BY code "
        "UNION ALL SELECT code, 0 AS target, count(*) AS decoy FROM link_reversed GROUP BY code) AS both_ways GROUP BY code ORDER BY code"
    )
    code = got["code"].to_numpy().astype(np.int64)
    target, decoy = (got[c].cast(pa.float64()).to_numpy() for c in ("target", "decoy"))
    return code, target, decoy


def weights(ctx: Context) -> Made:
    """Fit the cells and give each its weight; cells only the permuted decoy has are weighed with the same tables."""
    code, target, decoy = _counts(ctx)
    if not len(code):
        empty = pa.table(
            {"code": pa.array([], pa.int64()), "weight": pa.array([], pa.int64()), "words": pa.array([], pa.string())}
        )
        return {"link_weight": empty}
    found = weigh(code, target, decoy)
    only = ctx.engine.fetch("SELECT DISTINCT code FROM link_permuted ORDER BY code")["code"].to_numpy().astype(np.int64)
    more = np.setdiff1d(only, code)
    every = np.concatenate([code, more])
    odds = np.concatenate([found.log_odds, _odds(found, more)])
    # Whole millionths, at most a million to one: sums over rivals then do not depend on their order.
    whole = np.round(np.exp(np.clip(odds, -14.0, 14.0)) * SCALE).astype(np.int64)
    ctx.progress.say(
        f"links: {int(target.sum()):,} pairs in the order of time, {int(decoy.sum()):,} decoys, {found.anchors:,} anchors, about {int(found.expected):,} real"
    )
    return {"link_weight": pa.table({"code": every, "weight": whole, "words": _words(found, every)})}


def _odds(found: Weighed, code: Ints) -> Floats:
    levels = unpacked(code, FEATURES)
    out = np.full(len(code), found.bias)
    for column, table in enumerate(found.tables):
        out += table[levels[:, column]]
    return out


def _words(found: Weighed, code: Ints) -> pa.Array:
    """The three features that speak loudest in each cell, in words; built from columns, not row by row."""
    import pyarrow.compute as pc

    levels = unpacked(code, FEATURES)
    said = np.stack([table[levels[:, c]] for c, table in enumerate(found.tables)], axis=1)
    spoken = np.stack([np.array([bool(w) for w in f.levels])[levels[:, c]] for c, f in enumerate(FEATURES)], axis=1)
    loud = np.where(spoken, np.abs(said), 0.0)
    order = np.argsort(-loud, axis=1, kind="stable")[:, :3]
    base = np.concatenate([[0], np.cumsum([f.size for f in FEATURES])])
    phrases = pa.array(
        [""]
        + [
            f"{'for' if v > 0 else 'against'}: {w}"
            for f, t in zip(FEATURES, found.tables, strict=True)
            for w, v in zip(f.levels, t.tolist(), strict=True)
        ]
    )
    parts = []
    for k in range(3):
        column = order[:, k]
        rows = np.arange(len(code))
        at = 1 + base[column] + levels[rows, column]
        at[loud[rows, column] < 0.35] = 0
        parts.append(phrases.take(pa.array(at)))
    joined = pc.binary_join_element_wise(*parts, ";")
    return pc.utf8_trim(joined, ";").cast(pa.string())


def _shares(table: str) -> str:
    """Each pair with its share among the purchases of its sale, among the sales of its purchase, and the lesser of both."""
    return f"""
SELECT inb, outb, firm, code, of_sale, of_purchase, rivals,
  CAST(floor(CASE WHEN of_sale < of_purchase THEN of_sale ELSE of_purchase END * {BINS - 1}) AS BIGINT) AS bin
FROM (
  SELECT inb, outb, firm, code,
    CAST(weight AS DOUBLE) / nullif({int(NULL * SCALE)} + sum(weight) OVER (PARTITION BY outb), 0) AS of_sale,
    CAST(weight AS DOUBLE) / nullif({int(NULL * SCALE)} + sum(weight) OVER (PARTITION BY inb), 0) AS of_purchase,
    sum(CASE WHEN weight >= {int(RIVAL * SCALE)} THEN 1 ELSE 0 END) OVER (PARTITION BY outb) - 1 AS rivals
  FROM (
    SELECT p.inb, p.outb, p.firm, p.code, w.weight FROM {table} AS p JOIN link_weight AS w ON w.code = p.code WHERE w.weight >= {LEAST}
  ) AS weighed
) AS shared"""


def shares(ctx: Context) -> Made:
    """Shares of the target pairs, and how many pairs of each kind fall into each bin of the score."""
    ctx.engine.make("link_share", _shares("link_pair"))
    for name, table in (("link_share_1", "link_reversed"), ("link_share_2", "link_permuted")):
        ctx.engine.make(name, f"SELECT bin, count(*) AS pairs FROM ({_shares(table)}) AS s GROUP BY bin")
    got = ctx.engine.fetch(
        "SELECT t.bin, t.pairs, t.expected, coalesce(a.pairs, 0) AS reversed, coalesce(b.pairs, 0) AS permuted FROM ("
        "SELECT bin, count(*) AS pairs, sum(CAST(floor(of_sale * 1000000) AS BIGINT)) AS expected FROM link_share GROUP BY bin) AS t "
        "LEFT JOIN link_share_1 AS a ON a.bin = t.bin LEFT JOIN link_share_2 AS b ON b.bin = t.bin ORDER BY t.bin"
    )
    columns = {c: got[c].cast(pa.float64()).to_numpy() for c in got.column_names}
    total = {
        name: float(ctx.engine.fetch(f"SELECT count(*) AS n FROM {name}")["n"][0].as_py())
        for name in ("link_pair", "link_reversed", "link_permuted")
    }
    curve, table = _calibrated(columns, total)
    return {"link_curve": curve, "chain_quality": table}


def _calibrated(c: dict[str, Floats], total: dict[str, float]) -> tuple[pa.Table, pa.Table]:
    """Continuity by bin: the share of its sale, averaged over all pairs of the bin and made monotone."""
    if not len(c["bin"]):
        curve = pa.table({"bin": pa.array([], pa.int64()), "continuity": pa.array([], pa.float64())})
        return curve, TABLES["chain_quality"].empty()
    value = monotone(c["expected"] / SCALE / np.maximum(c["pairs"], 1.0), c["pairs"])
    # With n pairs in all nobody can know a probability closer to one than about one in n.
    value = np.minimum(value, 1.0 - 1.0 / (float(c["pairs"].sum()) + 2.0))
    curve = pa.table({"bin": c["bin"].astype(np.int64), "continuity": np.round(np.clip(value, 0.0, 1.0), 6)})
    return curve, quality(value, c, total)


def link_sql() -> str:
    """The contract's LINK: pairs worth a look, with their reasons."""
    return """
SELECT CAST(i.consignment_id AS VARCHAR) AS inbound, CAST(o.consignment_id AS VARCHAR) AS outbound, CAST(f.party_id AS VARCHAR) AS firm,
  CAST(date_diff('day', coalesce(i.arrived, i.sent), coalesce(o.sent, o.arrived)) AS BIGINT) AS lag_days,
  CAST(CASE WHEN s.of_sale < s.of_purchase THEN s.of_sale ELSE s.of_purchase END AS DOUBLE) AS strength,
  CAST(k.continuity AS DOUBLE) AS continuity, CAST(w.words AS VARCHAR) AS reasons
FROM link_share AS s
JOIN link_curve AS k ON k.bin = s.bin
JOIN link_weight AS w ON w.code = s.code
JOIN consigned AS i ON i.id = s.inb
JOIN consigned AS o ON o.id = s.outb
JOIN chain_firm AS f ON f.firm = s.firm
WHERE k.continuity >= $least"""
