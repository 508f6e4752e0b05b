"""Links: candidate pairs, their weights, the share among rivals on both sides, and what the decoys say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made

from .allocate import queue
from .amounts import Pairs, pairs, side
from .evidence import SCALE, monotone, unpacked
from .features import FEATURES, features_sql
from .learn import Lesson, by_firms, learn
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
BINS = 500  # of the share
DECOYED = 150_000  # purchases whose decoys are counted
NULL = 0.025  # weight of "from a purchase nobody declared" beside prior odds times likelihood ratio (decision 0006)
# Shares may add up to so many times the links by which pairs in the order of time outnumber decoys. That number is rough (it has been half of the
# truth), but where it is small most sales come from nothing on record, and shares among chance neighbors must not say otherwise.
MOST = 2.5
LEAST = SCALE // 2000  # a pair with less weight changes nobody's share
RIVAL = 0.05  # a rival is another pair of the same purchase or sale with at least this share


def _every(ctx: Context) -> int:
    """Decoys are only counted: in a large case those of every n-th firm stand for the rest."""
    lots = int(ctx.engine.fetch("SELECT count(*) AS n FROM bought")["n"][0].as_py())
    return max(1, lots // DECOYED)


def candidates(ctx: Context) -> Made:
    """Pairs of purchase and sale with their cells, target and both decoys."""
    engine = ctx.engine
    engine.make(STEPS_TABLE, steps_sql())
    longest = {"longest": ctx.case.settings.chains.longest_days}
    every = {"every": _every(ctx)}
    for name in ("bought", "sold", "sold_elsewhere"):
        engine.make(f"{name}_some", f"SELECT * FROM {name} WHERE firm % $every = 0", every)
    for name, ins, outs, back, decoy in (
        ("link_pair", "bought", "sold", 0, 0),
        ("link_reversed", "bought_some", "sold_some", 1, 1),
        ("link_permuted", "bought_some", "sold_elsewhere_some", 0, 2),
    ):
        when = "date" if back else "ready"
        engine.make("link_near", neighbours(ins, outs, CHANNELS, back, when))
        engine.make("stock_code", queue(ins, outs, ("firm", "hs6"), back, when))
        engine.make("stock_kind", queue(ins, outs, ("firm", "kind"), back, when))
        engine.make(name, features_sql("link_near", ins, outs, ("stock_code", "stock_kind"), decoy), longest)
    for name in (
        "link_near",
        "stock_code",
        "stock_kind",
        "sold_elsewhere",
        "bought_some",
        "sold_some",
        "sold_elsewhere_some",
    ):
        engine.drop(name)
    return {}


def _counts(ctx: Context) -> tuple[Ints, Floats, Floats]:
    got = ctx.engine.fetch(
        "SELECT code, sum(target) AS target, sum(decoy) * $every AS decoy FROM ("
        "SELECT code, count(*) AS target, 0 AS decoy FROM link_pair GROUP BY code "
        "UNION ALL SELECT code, 0 AS target, count(*) AS decoy FROM link_reversed GROUP BY code) AS both_ways GROUP BY code ORDER BY code",
        {"every": _every(ctx)},
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
        ctx.engine.put("link_expected", pa.table({"links": pa.array([0.0], pa.float64())}))
        return {"link_weight": empty}
    found = weigh(code, target, decoy)
    only = ctx.engine.fetch("SELECT DISTINCT code FROM link_permuted ORDER BY code")["code"].to_numpy().astype(np.int64)
    more = np.setdiff1d(only, code)
    every = np.concatenate([code, more])
    odds = np.concatenate([found.log_odds, _odds(found, more)])
    # Whole millionths, at most a million to one: sums over rivals then do not depend on their order.
    whole = np.round(np.exp(np.clip(odds, -14.0, 14.0)) * SCALE).astype(np.int64)
    ctx.engine.put("link_expected", pa.table({"links": pa.array([found.expected], pa.float64())}))
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


def _weighed(ctx: Context, table: str, sign: int, code: Ints, weight: Floats) -> tuple[Pairs, Floats]:
    """Pairs of a table worth looking at, and the weight of their cells."""
    found = pairs(ctx.engine, table, sign)
    w = weight[np.searchsorted(code, found.code)] if len(found) else np.zeros(0)
    keep = w >= LEAST
    return found.only(keep), w[keep] / SCALE


def shares(ctx: Context) -> Made:
    """LINK_SHARE: what is left of every pair beside its rivals; and what the decoys make of the same scale."""
    engine = ctx.engine
    got = engine.fetch("SELECT code, weight FROM link_weight ORDER BY code")
    code, weight = got["code"].to_numpy(), got["weight"].to_numpy().astype(np.float64)
    size = int(engine.fetch("SELECT coalesce(max(id), 0) AS n FROM consigned")["n"][0].as_py())
    bought, sold = side(engine, "bought", size), side(engine, "sold", size)
    target, w = _weighed(ctx, "link_pair", 1, code, weight)
    expected = float(engine.fetch("SELECT links FROM link_expected")["links"][0].as_py())
    lesson = learn(target, w, bought, sold, NULL, MOST * expected)
    share = _judged(lesson, target, w)
    ctx.progress.say(
        f"links: {len(target):,} pairs beside their rivals, {len(lesson.rounds)} rounds of learning, {int(share.sum()):,} links expected"
    )
    at = np.minimum((share * BINS).astype(np.int64), BINS - 1)
    counts: dict[str, Floats] = {
        "bin": np.arange(BINS, dtype=np.float64),
        "pairs": np.bincount(at, minlength=BINS).astype(np.float64),
        "expected": np.bincount(at, share, BINS).astype(np.float64),
    }
    total, every = {"link_pair": float(len(target))}, float(_every(ctx))
    for name, table, sign in (("reversed", "link_reversed", -1), ("permuted", "link_permuted", 1)):
        decoy, v = _weighed(ctx, table, sign, code, weight)
        found = np.minimum((_judged(lesson, decoy, v) * BINS).astype(np.int64), BINS - 1)
        counts[name] = np.bincount(found, minlength=BINS).astype(np.float64) * every
        total[table] = len(decoy) * every
    value, table_ = _calibrated(counts, total)
    continuity = np.minimum(np.round(value[at], 6), 1.0)
    _put(ctx, target, share, continuity)
    return {"chain_quality": table_}


def _judged(lesson: Lesson, p: Pairs, weight: Floats) -> Floats:
    parts = [lesson.judge(p.only(stretch), weight[stretch]) for stretch in by_firms(p)]
    return np.asarray(np.round(np.concatenate(parts), 6) if parts else np.zeros(0), dtype=np.float64)


def _put(ctx: Context, p: Pairs, share: Floats, continuity: Floats) -> None:
    """Pairs probable enough to be listed or to stand in a chain."""
    _, sale = np.unique(p.outb, return_inverse=True)
    rival = (share >= RIVAL).astype(np.int64)
    rivals = np.bincount(sale, rival)[sale].astype(np.int64) - rival if len(p) else np.zeros(0, np.int64)
    settings = ctx.case.settings.chains
    keep = continuity >= min(settings.least_link, settings.least_hop)
    ctx.engine.put(
        "link_share",
        pa.table(
            {
                "inb": p.inb[keep].astype(np.int64), "outb": p.outb[keep].astype(np.int64), "firm": p.firm[keep].astype(np.int64), "code": p.code[keep],
                "strength": share[keep], "continuity": continuity[keep], "rivals": rivals[keep],
            }
        ),
    )  # fmt: skip


def _calibrated(c: dict[str, Floats], total: dict[str, float]) -> tuple[Floats, pa.Table]:
    """Continuity by bin of the share: the mean share of the bin, made monotone; and the table of quality."""
    value = monotone(
        np.where(c["pairs"] > 0, c["expected"] / np.maximum(c["pairs"], 1.0), (c["bin"] + 0.5) / BINS),
        c["pairs"] + 1e-9,
    )
    # With n pairs in all nobody can know a probability closer to one than about one in n.
    value = np.clip(np.minimum(value, 1.0 - 1.0 / (float(c["pairs"].sum()) + 2.0)), 0.0, 1.0)
    return value, quality(value, c, total) if c["pairs"].sum() else TABLES["chain_quality"].empty()


def link_sql() -> str:
    """The contract's LINK: pairs worth a look, with their reasons."""
    return """
SELECT CAST(i.consignment_id AS VARCHAR) AS inbound, CAST(o.consignment_id AS VARCHAR) AS outbound, CAST(f.party_id AS VARCHAR) AS firm,
  CAST(date_diff('day', coalesce(i.arrived, i.sent), coalesce(o.sent, o.arrived)) AS BIGINT) AS lag_days,
  CAST(s.strength AS DOUBLE) AS strength, CAST(s.continuity AS DOUBLE) AS continuity, CAST(w.words AS VARCHAR) AS reasons
FROM link_share AS s
JOIN link_weight AS w ON w.code = s.code
JOIN consigned AS i ON i.id = s.inb
JOIN consigned AS o ON o.id = s.outb
JOIN chain_firm AS f ON f.firm = s.firm
WHERE s.continuity >= $least"""
