"""Hand-overs: goods that one firm bought and an affiliate of it sold, with no declared shipment between the two.

Candidates exist for linked firms only (`party_link`: an owner, a person, an address; `party_pair`: perhaps one firm). They get what links through one and the same firm have left: a sale that its own
firm's purchase explains, or a purchase that its own firm sold, has nothing to give. The tables `link_share` and `link_phrase` are
extended; `hand_over` holds the inferred hop of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from enduse.engine.step import Context, Made

from .evidence import level_of
from .features import FEATURES, LAG, PLACE, features_sql, told_sql
from .handover import Beside, estimate
from .neighbours import BEFORE, STEPS_TABLE, Channel, neighbours, steps_sql

if TYPE_CHECKING:
    from .evidence import Floats, Ints

CHANNELS = (
    Channel(("firm", "hs6"), 6), Channel(("firm", "kind"), 6), Channel(("firm", "unit", "quantity"), 3), Channel(("firm", "mark"), 3), Channel(("firm", "container"), 3),
)  # fmt: skip
SLOWER = 0.5  # a hand-over takes time of its own: days between say half of what they say through one firm
RIVAL = 0.05
_WAYS = {"owns": "one owns the other", "same_owner": "one owner", "same_person": "one person", "same_address": "one address", "same_contact": "one contact", "same_firm": "perhaps one firm under two names"}  # fmt: skip
_SIDES = """
SELECT a.pair AS firm, c.id, c.date, {more}c.hs6, c.kind, c.mark, c.container, c.unit, c.quantity
FROM {pairs} AS a
JOIN {lots} AS c ON c.firm = a.{side}"""
_CANDIDATES = """
SELECT CAST(a.pair AS BIGINT) AS pair, CAST(p.inb AS BIGINT) AS inb, CAST(p.outb AS BIGINT) AS outb, CAST(p.code AS BIGINT) AS code, CAST(a.bond AS BIGINT) AS bond, CAST(a.score AS DOUBLE) AS score
FROM hand_pair AS p
JOIN affiliate_sold AS o ON o.id = p.outb
JOIN {pairs} AS a ON a.buyer = p.firm AND a.seller = o.firm
ORDER BY pair, outb, inb"""
_MADE = (
    "hand_in", "hand_out", "hand_near", "hand_stock", "hand_in_told", "hand_out_told", "hand_pair", "affiliate_bought", "affiliate_sold", "affiliate_stranger",
)  # fmt: skip


def _candidates(ctx: Context, pairs: str) -> dict[str, np.ndarray]:
    """Purchases and later sales of pairs of firms that agree on something."""
    engine = ctx.engine
    engine.make("hand_in", _SIDES.format(pairs=pairs, lots="affiliate_bought", side="buyer", more="c.ready, "))
    engine.make("hand_out", _SIDES.format(pairs=pairs, lots="affiliate_sold", side="seller", more=""))
    engine.make("hand_near", neighbours("hand_in", "hand_out", CHANNELS, BEFORE, "ready"))
    longest = {"longest": ctx.case.settings.chains.longest_days}
    engine.make("hand_pair", features_sql("hand_near", "hand_in_told", "hand_out_told", 0), longest)
    got = engine.fetch(_CANDIDATES.format(pairs=pairs))
    return {name: got[name].to_numpy() for name in got.column_names}


def _odds(ctx: Context, code: Ints) -> Floats:
    """What purchase and sale say of each other, in log likelihood ratios fitted on links through one firm. Where the goods lie says nothing here."""
    got = ctx.engine.fetch("SELECT feature, weight FROM link_weight ORDER BY feature, level")
    feature, weight = got["feature"].to_numpy(), got["weight"].to_numpy()
    out = np.zeros(len(code))
    for column, f in enumerate(FEATURES):
        if f is not PLACE:
            out += (SLOWER if f is LAG else 1.0) * weight[feature == column][level_of(code, column, FEATURES)]
    return out


class _Left:
    """What links through one firm leave unexplained of each consignment."""

    def __init__(self, ctx: Context) -> None:
        size = int(ctx.engine.fetch("SELECT coalesce(max(id), 0) AS n FROM consigned")["n"][0].as_py()) + 1
        got = ctx.engine.fetch(
            "SELECT CAST(s.inb AS BIGINT) AS inb, CAST(s.outb AS BIGINT) AS outb, s.strength, CAST(i.quantity AS DOUBLE) AS bought, CAST(o.quantity AS DOUBLE) AS sold "
            "FROM link_share AS s JOIN consigned AS i ON i.id = s.inb JOIN consigned AS o ON o.id = s.outb ORDER BY s.outb, s.inb"
        )
        inb, outb, share, bought, sold = (got[c].to_numpy() for c in got.column_names)
        with np.errstate(divide="ignore", invalid="ignore"):
            part = sold / bought
        part = np.where(np.isfinite(part) & (part > 0), np.minimum(part, 1.0), 1.0)
        self.sale = np.maximum(0.0, 1.0 - np.bincount(outb, share, size))
        self.purchase = np.maximum(0.0, 1.0 - np.bincount(inb, share * part, size))
        self.rivals = np.bincount(outb, share >= RIVAL, size).astype(np.int64)

    def of(self, c: dict[str, np.ndarray]) -> Floats:
        return np.asarray(self.sale[c["outb"]] * self.purchase[c["inb"]])


def _beside(ctx: Context, left: _Left, c: dict[str, np.ndarray]) -> tuple[Beside, Ints]:
    """The candidates as the estimate wants them, and the number of each of its pairs."""
    pairs, first, pair = np.unique(c["pair"], return_index=True, return_inverse=True)
    size = int(c["outb"].max(initial=0)) + 1
    sale = np.unique(pair * size + c["outb"], return_inverse=True)[1]
    beside = Beside(pair, sale, _odds(ctx, c["code"]), left.of(c), c["bond"][first], c["score"][first])
    return beside, pairs


def affiliates(ctx: Context) -> Made:
    """Extend the links by those across affiliates, and say of each which hand-over it needs."""
    engine = ctx.engine
    engine.put("hand_over", _EMPTY)
    if not int(engine.fetch("SELECT count(*) AS n FROM affiliate")["n"][0].as_py()):
        return {}
    engine.make(STEPS_TABLE, steps_sql())
    engine.make("hand_stock", "SELECT id, 0 AS way, id AS begins, id AS ends FROM affiliate_bought WHERE id < 0")
    engine.make("hand_in_told", told_sql("affiliate_bought", 0, "hand_stock", "hand_stock"))
    engine.make("hand_out_told", told_sql("affiliate_sold", 1, "hand_stock", "hand_stock"))
    c = _candidates(ctx, "affiliate")
    if len(c["pair"]):
        left = _Left(ctx)
        linked, pairs = _beside(ctx, left, c)
        found = estimate(linked, _beside(ctx, left, _candidates(ctx, "affiliate_stranger"))[0])
        _extend(ctx, left, c, pairs[linked.pair], found.pair[linked.pair], found.link)
    for name in _MADE:
        engine.drop(name)
    return {}


_EMPTY = pa.table(
    {n: pa.array([], t) for n, t in (("via", pa.int64()), ("inb", pa.int64()), ("outb", pa.int64()), ("pair", pa.int64()), ("hand", pa.float64()), ("onward", pa.float64()), ("rivals", pa.int64()))}
)  # fmt: skip


def _fitting(p: Floats, side: Ints, room: Floats) -> Floats:
    """Probabilities scaled down where those of one consignment add up to more than is left of it."""
    total = np.bincount(side, p, len(room))
    return np.asarray(p * np.minimum(1.0, room[side] / np.maximum(total[side], 1e-12)))


def _extend(ctx: Context, left: _Left, c: dict[str, np.ndarray], pair: Ints, hand: Floats, link: Floats) -> None:
    """Put the probable ones beside the other links. A number above all consignments stands for the hand-over of one purchase to one firm."""
    engine, settings = ctx.engine, ctx.case.settings.chains
    p = _fitting(hand * link, c["outb"], left.sale)
    p = np.round(_fitting(p, c["inb"], left.purchase), 6)
    rivals = (
        left.rivals[c["outb"]]
        + np.bincount(c["outb"], p >= RIVAL, len(left.rivals)).astype(np.int64)[c["outb"]]
        - (p >= RIVAL)
    )
    keep = p >= min(settings.least_link, settings.least_hop)
    ctx.progress.say(
        f"hand-overs between affiliates: {len(np.unique(pair)):,} linked pairs with like goods, {len(p):,} candidates, {p.sum():,.1f} expected"
    )
    if not keep.any():
        return
    inb, outb, pair, p, hand, rivals = (
        c["inb"][keep],
        c["outb"][keep],
        pair[keep],
        p[keep],
        np.round(hand[keep], 6),
        rivals[keep],
    )
    via = len(left.sale) + np.unique(np.stack([inb, pair]), axis=1, return_inverse=True)[1].reshape(-1)
    hand = np.maximum(hand, p)
    engine.put(
        "hand_over",
        pa.table({"via": via, "inb": inb, "outb": outb, "pair": pair, "hand": hand, "onward": np.round(p / hand, 6), "rivals": rivals}, schema=_EMPTY.schema),
    )  # fmt: skip
    first = int(engine.fetch("SELECT coalesce(max(phrase), 0) AS n FROM link_phrase")["n"][0].as_py())
    words = pa.table({"kind": list(_WAYS), "phrase": pa.array(range(first + 1, first + 1 + len(_WAYS)), pa.int64()), "words": [f"inferred: sold by an affiliate of the buyer ({w})" for w in _WAYS.values()]})  # fmt: skip
    engine.put("hand_phrase", words)
    engine.make(
        "link_phrase_all", "SELECT phrase, words FROM link_phrase UNION ALL SELECT phrase, words FROM hand_phrase"
    )
    engine.make(
        "link_share_all",
        "SELECT inb, outb, firm, strength, continuity, rivals, first_said, then_said, last_said FROM link_share "
        "UNION ALL SELECT h.inb, h.outb, a.buyer AS firm, h.onward AS strength, CAST(round(h.hand * h.onward, 6) AS DOUBLE) AS continuity, h.rivals, w.phrase AS first_said, "
        "CAST(0 AS BIGINT) AS then_said, CAST(0 AS BIGINT) AS last_said FROM hand_over AS h JOIN affiliate AS a ON a.pair = h.pair JOIN hand_phrase AS w ON w.kind = a.kind",
    )
    for name in ("link_phrase", "link_share"):
        engine.make(name, f"SELECT * FROM {name}_all")
        engine.drop(f"{name}_all")
    engine.drop("hand_phrase")
