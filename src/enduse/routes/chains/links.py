"""Links: candidate pairs, their weights, the share among rivals on both sides, and what the decoys say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made

from .allocate import queue
from .amounts import Pairs, pairs, side
from .evidence import SCALE, level_of, monotone
from .features import FEATURES, features_sql, told_sql
from .learn import Lesson, by_firms, learn
from .neighbours import AFTER, BEFORE, STEPS_TABLE, Channel, neighbours, steps_sql
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
DECOYED = 75_000  # purchases whose decoys are counted
NULL = 0.025  # weight of "from a purchase nobody declared" beside prior odds times likelihood ratio (decision 0006)
# Shares may add up to so many times the links by which pairs in the order of time outnumber decoys. That number is rough (it has been half of the
# truth), but where it is small most sales come from nothing on record, and shares among chance neighbors must not say otherwise.
MOST = 2.5
LEAST = SCALE // 2000  # a pair with less weight changes nobody's share
QUIET = 0.35  # a feature with less weight is not worth a word
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
    for name, ins, outs, where, decoy in (
        ("link_pair", "bought", "sold", BEFORE, 0),
        ("link_reversed", "bought_some", "sold_some", AFTER, 1),
        ("link_permuted", "bought_some", "sold_elsewhere_some", BEFORE, 2),
    ):
        back, when = int(where == AFTER), "date" if where == AFTER else "ready"
        engine.make("link_near", neighbours(ins, outs, CHANNELS, where, when))
        engine.make("stock_code", queue(ins, outs, ("firm", "hs6"), back, when))
        engine.make("stock_kind", queue(ins, outs, ("firm", "kind"), back, when))
        engine.make("in_told", told_sql(ins, 0, "stock_code", "stock_kind"))
        engine.make("out_told", told_sql(outs, 1, "stock_code", "stock_kind"))
        engine.make(name, features_sql("link_near", "in_told", "out_told", decoy), longest)
    for name in (
        "link_near",
        "stock_code",
        "stock_kind",
        "in_told",
        "out_told",
        "sold_elsewhere",
        "bought_some",
        "sold_some",
        "sold_elsewhere_some",
    ):
        engine.drop(name)
    return {}


def weights(ctx: Context) -> Made:
    """Fit the weights: how much each level of each feature says that a pair is real."""
    engine = ctx.engine
    target, decoy = (engine.fetch(f"SELECT code FROM {t}")["code"].to_numpy() for t in ("link_pair", "link_reversed"))
    every = _every(ctx)
    found = weigh(target, decoy, float(every))
    engine.put(
        "link_expected",
        pa.table({"links": pa.array([found.expected], pa.float64()), "bias": pa.array([found.bias], pa.float64())}),
    )
    if len(target):
        ctx.progress.say(
            f"links: {len(target):,} pairs in the order of time, {len(decoy) * every:,} decoys, {found.anchors:,} anchors, about {int(found.expected):,} real"
        )
    rows = [
        (c, n, float(v), w)
        for c, (f, t) in enumerate(zip(FEATURES, found.tables, strict=True))
        for n, (w, v) in enumerate(zip(f.levels, t, strict=True))
    ]
    columns = zip(
        ("feature", "level", "weight", "words"),
        (pa.int64(), pa.int64(), pa.float64(), pa.string()),
        zip(*rows, strict=True),
        strict=True,
    )
    return {"link_weight": pa.table({name: pa.array(list(values), kind) for name, kind, values in columns})}


def _fitted(ctx: Context) -> Weighed:
    """The weights as the step before left them."""
    got = ctx.engine.fetch("SELECT feature, weight FROM link_weight ORDER BY feature, level")
    feature, weight = got["feature"].to_numpy(), got["weight"].to_numpy()
    said = ctx.engine.fetch("SELECT links, bias FROM link_expected")
    tables = tuple(weight[feature == c] for c in range(len(FEATURES)))
    return Weighed(tables, float(said["bias"][0].as_py()), 0, float(said["links"][0].as_py()))


def _loudest(found: Weighed, code: Ints) -> list[Ints]:
    """The three features that speak loudest in each cell, as rows of `link_phrase`; 0 says nothing."""
    base = np.concatenate([[0], np.cumsum([f.size for f in FEATURES])])
    at = np.stack([base[c] + level_of(code, c, FEATURES) for c in range(len(FEATURES))], axis=1)
    loud = np.concatenate(
        [np.where([bool(w) for w in f.levels], np.abs(t), 0.0) for f, t in zip(FEATURES, found.tables, strict=True)]
    )
    spoken = loud[at]
    order = np.argsort(-spoken, axis=1, kind="stable")[:, :3]
    rows = np.arange(len(code))
    return [np.where(spoken[rows, order[:, k]] < QUIET, 0, 1 + at[rows, order[:, k]]) for k in range(3)]


def _phrases(found: Weighed) -> pa.Table:
    """(phrase, words): every level of every feature in words, numbered from 1."""
    words = [
        f"{'for' if v > 0 else 'against'}: {w}"
        for f, t in zip(FEATURES, found.tables, strict=True)
        for w, v in zip(f.levels, t.tolist(), strict=True)
    ]
    return pa.table({"phrase": pa.array(range(1, len(words) + 1), pa.int64()), "words": pa.array(words, pa.string())})


def _weighed(ctx: Context, table: str, sign: int, found: Weighed) -> tuple[Pairs, Floats]:
    """Pairs of a table worth looking at, and the weight of their cells."""
    got = pairs(ctx.engine, table, sign)
    # Whole millionths, at most a million to one: sums over rivals then do not depend on their order.
    weight = np.round(np.exp(np.clip(found.odds(got.code), -14.0, 14.0)) * SCALE)
    keep = weight >= LEAST
    return got.only(keep), weight[keep] / SCALE


def shares(ctx: Context) -> Made:
    """LINK_SHARE: what is left of every pair beside its rivals; and what the decoys make of the same scale."""
    engine = ctx.engine
    fitted = _fitted(ctx)
    size = int(engine.fetch("SELECT coalesce(max(id), 0) AS n FROM consigned")["n"][0].as_py())
    bought, sold = side(engine, "bought", size), side(engine, "sold", size)
    target, w = _weighed(ctx, "link_pair", 1, fitted)
    lesson = learn(target, w, bought, sold, NULL, MOST * fitted.expected)
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
        decoy, v = _weighed(ctx, table, sign, fitted)
        found = np.minimum((_judged(lesson, decoy, v) * BINS).astype(np.int64), BINS - 1)
        counts[name] = np.bincount(found, minlength=BINS).astype(np.float64) * every
        total[table] = len(decoy) * every
    value, table_ = _calibrated(counts, total)
    continuity = np.minimum(np.round(value[at], 6), 1.0)
    _put(ctx, fitted, target, share, continuity)
    return {"chain_quality": table_}


def _judged(lesson: Lesson, p: Pairs, weight: Floats) -> Floats:
    parts = [lesson.judge(p.only(stretch), weight[stretch]) for stretch in by_firms(p)]
    return np.asarray(np.round(np.concatenate(parts), 6) if parts else np.zeros(0), dtype=np.float64)


def _put(ctx: Context, fitted: Weighed, p: Pairs, share: Floats, continuity: Floats) -> None:
    """Pairs probable enough to be listed or to stand in a chain."""
    rival = (share >= RIVAL).astype(np.int64)
    rivals = np.bincount(p.outb, rival).astype(np.int64)[p.outb] - rival if len(p) else np.zeros(0, np.int64)
    settings = ctx.case.settings.chains
    keep = continuity >= min(settings.least_link, settings.least_hop)
    first, second, third = _loudest(fitted, p.code[keep])
    ctx.engine.put("link_phrase", _phrases(fitted))
    ctx.engine.put(
        "link_share",
        pa.table(
            {
                "inb": p.inb[keep].astype(np.int64), "outb": p.outb[keep].astype(np.int64), "firm": p.firm[keep].astype(np.int64), "strength": share[keep],
                "continuity": continuity[keep], "rivals": rivals[keep], "first_said": first, "then_said": second, "last_said": third,
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
  CAST(s.strength AS DOUBLE) AS strength, CAST(s.continuity AS DOUBLE) AS continuity, CAST(concat_ws(';', v.words, w.words, x.words) AS VARCHAR) AS reasons
FROM link_share AS s
LEFT JOIN link_phrase AS v ON v.phrase = s.first_said
LEFT JOIN link_phrase AS w ON w.phrase = s.then_said
LEFT JOIN link_phrase AS x ON x.phrase = s.last_said
JOIN consigned AS i ON i.id = s.inb
JOIN consigned AS o ON o.id = s.outb
JOIN chain_firm AS f ON f.firm = s.firm
WHERE s.continuity >= $least"""
