"""Links: candidate pairs, their weights, the share among rivals on both sides, and what the decoys say about them.

Everything goes page by page: the firms of a page hold all their rivals, so what is gathered at once does not grow with the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made

from .amounts import Pairs, side
from .candidates import Kind, codes, parts, write
from .evidence import SCALE, level_of, monotone
from .features import FEATURES
from .learn import Lesson, by_firms, learn, sampled
from .neighbours import AFTER, BEFORE, STEPS_TABLE, Channel, steps_sql
from .pages import each
from .quality import quality
from .weigh import Weighed, weigh

if TYPE_CHECKING:
    from collections.abc import Iterator

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


# Tables nobody asks for once there are consignments: at ten million rows they are most of what the engine holds.
BEHIND = ("trade", "mirror_kept", "lot_told", "known_goods", "guessed_goods", "lot", "lot_session", "chain_text")
KINDS = (
    Kind("link_pair", "bought", "sold", BEFORE),
    Kind("link_reversed", "bought", "sold", AFTER),
    Kind("link_permuted", "bought", "sold_elsewhere", BEFORE),
)


def candidates(ctx: Context) -> Made:
    """Pairs of purchase and sale with their cells, target and both decoys."""
    longest, every = ctx.case.settings.chains.longest_days, _every(ctx)
    for name in BEHIND:
        ctx.engine.drop(name)
    ctx.engine.make(STEPS_TABLE, steps_sql())  # what affiliates count by
    for kind in KINDS:
        write(ctx.engine, ctx.scratch, kind, CHANNELS, longest, 0 if kind.name == "link_pair" else every)
    ctx.engine.drop("sold_elsewhere")
    return {}


def weights(ctx: Context) -> Made:
    """Fit the weights: how much each level of each feature says that a pair is real."""
    engine = ctx.engine
    target, decoy = (codes(ctx.scratch, t) for t in ("link_pair", "link_reversed"))
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


def _weighed(p: Pairs, found: Weighed) -> tuple[Pairs, Floats]:
    """Pairs worth looking at, and the weight of their cells."""
    # Whole millionths, at most a million to one: sums over rivals then do not depend on their order.
    weight = np.round(np.exp(np.clip(found.odds(p.code), -14.0, 14.0)) * SCALE)
    keep = np.flatnonzero(weight >= LEAST)
    return p.only(keep), weight[keep] / SCALE


def _sample(ctx: Context, fitted: Weighed, total: int) -> tuple[Pairs, Floats]:
    """The pairs of the firms that are learned from, and their weights."""
    some: list[tuple[Pairs, Floats]] = []
    for part in parts(ctx.scratch, "link_pair"):
        some.append(_weighed(part.only(np.flatnonzero(sampled(part.firm, total))), fitted))
    return Pairs.all([p for p, _ in some]), np.concatenate([w for _, w in some])


@dataclass(frozen=True)
class _Judged:
    """Pairs of a stretch of firms with their shares; `rivals` of each sale."""

    pairs: Pairs
    share: Floats
    rivals: Ints


def _judged(ctx: Context, lesson: Lesson, fitted: Weighed, kind: Kind) -> Iterator[_Judged]:
    """Every pair of a table beside its rivals, a stretch of firms at a time."""

    def stretches() -> Iterator[tuple[Pairs, Floats]]:
        for part in parts(ctx.scratch, kind.name, kind.sign):
            p, weight = _weighed(part, fitted)
            for stretch in by_firms(p):
                yield p.only(stretch), weight[stretch]

    def judge(given: tuple[Pairs, Floats]) -> _Judged:
        p, weight = given
        share = np.round(lesson.judge(p, weight), 6)
        rival, sale = (share >= RIVAL).astype(np.int64), p.sale
        return _Judged(p, share, np.bincount(sale, rival).astype(np.int64)[sale] - rival)

    yield from each(judge, stretches())


def shares(ctx: Context) -> Made:
    """LINK_SHARE: what is left of every pair beside its rivals; and what the decoys make of the same scale."""
    engine = ctx.engine
    fitted = _fitted(ctx)
    size = int(engine.fetch("SELECT coalesce(max(id), 0) AS n FROM consigned")["n"][0].as_py())
    bought, sold = side(engine, "bought", size), side(engine, "sold", size)
    pairs = sum(len(_weighed(part, fitted)[0]) for part in parts(ctx.scratch, "link_pair"))
    some, weight = _sample(ctx, fitted, pairs)
    most = MOST * fitted.expected * len(some) / max(pairs, 1)
    lesson = learn(some, weight, bought, sold, NULL, most)
    settings = ctx.case.settings.chains
    # The mean share of a bin lies in the bin: what lies below cannot be listed, and is only counted.
    low = max(0, int(min(settings.least_link, settings.least_hop) * BINS) - 1)
    listed: list[_Judged] = []
    counts: dict[str, Floats] = {"bin": np.arange(BINS, dtype=np.float64), "expected": np.zeros(BINS)}
    total, every = {"link_pair": float(pairs)}, float(_every(ctx))
    for column, kind in zip(("pairs", "reversed", "permuted"), KINDS, strict=True):
        counts[column], total[kind.name] = np.zeros(BINS), 0.0
        for found in _judged(ctx, lesson, fitted, kind):
            at = np.minimum((found.share * BINS).astype(np.int64), BINS - 1)
            times = 1.0 if column == "pairs" else every
            counts[column] += np.bincount(at, minlength=BINS) * times
            total[kind.name] += len(at) * times
            if column == "pairs":
                counts["expected"] += np.bincount(at, found.share, BINS)
                keep = np.flatnonzero(at >= low)
                listed.append(_Judged(found.pairs.only(keep), found.share[keep], found.rivals[keep]))
    ctx.progress.say(
        f"links: {pairs:,} pairs beside their rivals, {len(lesson.rounds)} rounds of learning, {int(counts['expected'].sum()):,} links expected"
    )
    value, table_ = _calibrated(counts, total)
    _put(ctx, fitted, listed, value)
    return {"chain_quality": table_}


def _put(ctx: Context, fitted: Weighed, listed: list[_Judged], value: Floats) -> None:
    """Pairs probable enough to be listed or to stand in a chain; `value` is the continuity of each bin of the share."""
    settings = ctx.case.settings.chains
    least = min(settings.least_link, settings.least_hop)
    made = [
        _listed(fitted, found, value, least)
        for found in listed or [_Judged(Pairs.all([]), np.zeros(0), np.zeros(0, np.int64))]
    ]
    ctx.engine.put("link_phrase", _phrases(fitted))
    ctx.engine.put("link_share", pa.concat_tables(made))


def _listed(fitted: Weighed, found: _Judged, value: Floats, least: float) -> pa.Table:
    at = np.minimum((found.share * BINS).astype(np.int64), BINS - 1)
    continuity = np.minimum(np.round(value[at], 6), 1.0)
    keep = np.flatnonzero(continuity >= least)
    p = found.pairs.only(keep)
    first, second, third = (s.astype(np.int64) for s in _loudest(fitted, p.code))
    return pa.table(
        {
            "inb": p.inb.astype(np.int64), "outb": p.outb.astype(np.int64), "firm": p.firm.astype(np.int64), "strength": found.share[keep],
            "continuity": continuity[keep], "rivals": found.rivals[keep], "first_said": first, "then_said": second, "last_said": third,
        }
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
