"""Lots declared twice under one firm that both files name alike and one that they do not.

Files of two countries write one firm's name in two scripts, and where the names were not recognized as one, each lot between it and its
partners seems to be two lots. Records that no pair of equal firms explains are compared where one side's firm is the same: by code, pieces, weight, value and days. One such
pair is chance; a pair of names that agrees lot after lot is one firm. How often is estimated as for hand-overs (`handover`), with imports that
come before the export as decoys. Parties are not merged: the record of the office that knows the firm (an export's seller, an import's buyer) is the one counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from .evidence import Feature, fit, packed, unpacked
from .handover import Beside, estimate
from .mirrors import LONGEST, SLACK
from .neighbours import AROUND, STEPS_TABLE, Channel, neighbours, steps_sql

if TYPE_CHECKING:
    from pathlib import Path

    from enduse.engine.step import Context

    from .evidence import Floats, Ints

CHANNELS = (Channel(("firm", "hs6", "unit", "quantity"), 3),)
_AGREE = ("", "within half a per cent", "within 2 %", "within 6 %", "otherwise")
DAYS = Feature(
    "f_days",
    ("up to 7 days", "up to 15 days", "up to 30 days", "up to 45 days", "more days"),
    (0.4, 0.4, 0.2, 0.0, -0.5),
)
KILOS = Feature("f_kilos", tuple(f"weight {w}" if w else "" for w in _AGREE), (0.0, 2.0, 1.2, 0.0, -2.5))
VALUE = Feature(
    "f_value",
    ("", "value as an import's beside its export's", "value within a third", "another value"),
    (0.0, 1.0, 0.0, -1.5),
)
MODEL = Feature("f_model", ("", "the same model", "another model"), (0.0, 0.8, -2.5))
FEATURES = (DAYS, KILOS, VALUE, MODEL)
SWEEPS = 3
ALIKE = 0.5  # two names at least so probably one firm may pass goods on to each other
BONDS = 3  # names the resolver thinks may be one, names of firms that are linked, others
LEVELS = """
SELECT *,
  CASE WHEN abs(days) <= 7 THEN 0 WHEN abs(days) <= 15 THEN 1 WHEN abs(days) <= 30 THEN 2 WHEN abs(days) <= 45 THEN 3 ELSE 4 END AS f_days,
  CASE WHEN x_kg IS NULL OR m_kg IS NULL THEN 0 WHEN abs(x_kg - m_kg) * 200 <= m_kg THEN 1 WHEN abs(x_kg - m_kg) * 50 <= m_kg THEN 2 WHEN abs(x_kg - m_kg) * 16 <= m_kg THEN 3 ELSE 4 END AS f_kilos,
  CASE WHEN x_usd IS NULL OR m_usd IS NULL THEN 0 WHEN m_usd * 100 >= x_usd * 98 AND m_usd * 100 <= x_usd * 115 THEN 1 WHEN m_usd * 3 >= x_usd * 2 AND m_usd * 2 <= x_usd * 3 THEN 2 ELSE 3 END AS f_value,
  CASE WHEN x_model IS NULL OR m_model IS NULL THEN 0 WHEN x_model = m_model THEN 1 ELSE 2 END AS f_model
FROM (
  SELECT p.inb, p.outb, x.other AS one, m.other AS two, date_diff('day', x.date, m.date) AS days, x.kg AS x_kg, m.kg AS m_kg, x.value_usd AS x_usd, m.value_usd AS m_usd, x.model AS x_model, m.model AS m_model
  FROM half_near AS p
  JOIN half_x AS x ON x.id = p.inb
  JOIN half_m AS m ON m.id = p.outb
  JOIN chain_firm AS a ON a.firm = x.other
  JOIN chain_firm AS b ON b.firm = m.other
  WHERE x.other <> m.other AND x.source <> m.source AND coalesce(a.country, b.country, '') = coalesce(b.country, a.country, '')
) AS near
WHERE days BETWEEN $least AND $most"""
FETCH = f"""
SELECT CAST(l.inb AS BIGINT) AS inb, CAST(l.outb AS BIGINT) AS outb, CAST(l.one AS BIGINT) AS one, CAST(l.two AS BIGINT) AS two, CAST(l.days AS BIGINT) AS days,
  CAST({packed(FEATURES)} AS BIGINT) AS code, CAST(coalesce(b.bond, 2) AS BIGINT) AS bond
FROM half_level AS l
LEFT JOIN half_bond AS b ON b.one = l.one AND b.two = l.two
ORDER BY outb, inb"""
BOND = """
SELECT one, two, min(bond) AS bond FROM (
  SELECT a.firm AS one, b.firm AS two, 0 AS bond FROM party_pair AS p JOIN chain_firm AS a ON a.party_id = p.left_party JOIN chain_firm AS b ON b.party_id = p.right_party
  UNION ALL SELECT b.firm AS one, a.firm AS two, 0 AS bond FROM party_pair AS p JOIN chain_firm AS a ON a.party_id = p.left_party JOIN chain_firm AS b ON b.party_id = p.right_party
  UNION ALL SELECT a.firm AS one, b.firm AS two, 1 AS bond FROM party_link AS p JOIN chain_firm AS a ON a.party_id = p.left_party JOIN chain_firm AS b ON b.party_id = p.right_party
  UNION ALL SELECT b.firm AS one, a.firm AS two, 1 AS bond FROM party_link AS p JOIN chain_firm AS a ON a.party_id = p.left_party JOIN chain_firm AS b ON b.party_id = p.right_party
) AS tied
WHERE one <> two
GROUP BY one, two"""
# Counted is the record of the office where the firm that the files name otherwise is at home.
TAKEN = """
SELECT CAST(o.shipment_id AS VARCHAR) AS shipment_id, CAST(o.source AS VARCHAR) AS source, CAST(o.row AS BIGINT) AS row, CAST(k.shipment_id AS VARCHAR) AS of_shipment_id, CAST(o.value AS DECIMAL(18, 4)) AS value,
  CAST(t.days AS BIGINT) AS lag_days, CAST(t.p AS DOUBLE) AS score, CAST(concat_ws(';', w.words, t.named) AS VARCHAR) AS reasons
FROM half_taken AS t
JOIN trade AS k ON k.id = t.kept
JOIN trade AS o ON o.id = t.gone
JOIN half_word AS w ON w.code = t.code"""


def _side(side: str, same: str, other: str) -> str:
    return f"""
SELECT t.id, t.date, t.source, t.{same} AS firm, t.{other} AS other, t.hs6, t.unit, t.quantity, t.kg, t.value_usd, t.model
FROM trade AS t
LEFT JOIN mirror_kept AS a ON a.gone = t.id
LEFT JOIN mirror_kept AS b ON b.kept = t.id
WHERE t.side = '{side}' AND t.quantity IS NOT NULL AND t.hs6 IS NOT NULL AND a.gone IS NULL AND b.kept IS NULL"""


def _beside(c: dict[str, np.ndarray], odds: Floats) -> Beside:
    size = int(max(c["one"].max(initial=0), c["two"].max(initial=0))) + 1
    _, first, pair = np.unique(c["one"] * size + c["two"], return_index=True, return_inverse=True)
    sale = np.unique(c["outb"] * len(first) + pair, return_inverse=True)[1]
    # Sales are numbered inside their pair: a record stands with every firm it is compared with.
    return Beside(pair, sale, odds, np.ones(len(pair)), c["bond"][first], np.ones(len(first)))


@dataclass(frozen=True)
class _Matched:
    """Candidates in the order of time (`at`) with the probability `p` of being one lot; pairs of names with theirs; codes met and their words."""

    at: Ints
    p: Floats
    names: Floats  # of the pair of each of them, that both are one firm
    code: Ints
    words: list[str]


def _matched(c: dict[str, np.ndarray]) -> _Matched:
    code = np.unique(c["code"])
    levels = unpacked(code, FEATURES)
    late = c["days"] >= -SLACK
    target, decoy = (
        np.bincount(np.searchsorted(code, c["code"][m]), minlength=len(code)).astype(np.float64) for m in (late, ~late)
    )
    weights = fit(levels, target, decoy, FEATURES)
    odds = (weights.log_odds(levels) - weights.bias)[np.searchsorted(code, c["code"])]
    sides = [{n: v[m] for n, v in c.items()} for m in (late, ~late)]
    linked, strangers = (_beside(s, o) for s, o in zip(sides, (odds[late], odds[~late]), strict=True))
    found = estimate(linked, strangers, BONDS)
    names = np.round(found.pair[linked.pair], 6)
    words = [";".join(weights.said(r, 0.2)) for r in levels.tolist()]
    return _Matched(np.flatnonzero(late), np.round(names * found.link, 6), names, code, words)


def _one_to_one(inb: Ints, outb: Ints, order: Ints) -> Ints:
    """Places of pairs that are the first in `order` of both their records; then again among what is left."""
    taken: list[Ints] = []
    for _ in range(SWEEPS):
        first = np.zeros((2, len(inb)), dtype=bool)
        for side, number in enumerate((inb, outb)):
            first[side, order[np.unique(number[order], return_index=True)[1]]] = True
        mine = order[(first[0] & first[1])[order]]
        taken.append(mine)
        order = order[~np.isin(inb[order], inb[mine]) & ~np.isin(outb[order], outb[mine])]
    return np.concatenate(taken)


def _alike(ctx: Context, c: dict[str, np.ndarray], said: _Matched) -> None:
    """Keep the pairs of names that are probably one firm, both ways round."""
    sure = said.names >= ALIKE
    rows = np.unique(
        np.stack([c["one"][said.at[sure]], c["two"][said.at[sure]], np.rint(said.names[sure] * 1e6).astype(np.int64)]),
        axis=1,
    )
    both = np.concatenate([rows, rows[[1, 0, 2]]], axis=1)
    ctx.engine.put("half_more", pa.table({"one": both[0], "two": both[1], "p": both[2] / 1e6}))
    ctx.engine.make(
        "half_all",
        "SELECT one, two, max(p) AS p FROM (SELECT * FROM half_name UNION ALL SELECT * FROM half_more) AS h GROUP BY one, two",
    )
    ctx.engine.make("half_name", "SELECT * FROM half_all")


def _half(ctx: Context, same: str, other: str) -> int:
    """Extend `mirror_found` by lots of which only the firm in column `same` is named alike."""
    engine = ctx.engine
    engine.make("half_x", _side("export", same, other))
    engine.make("half_m", _side("import", same, other))
    engine.make("half_near", neighbours("half_x", "half_m", CHANNELS, AROUND))
    engine.make("half_level", LEVELS, {"least": -SLACK - LONGEST, "most": LONGEST})
    got = engine.fetch(FETCH)
    c = {n: got[n].to_numpy() for n in got.column_names}
    if not len(c["inb"]):
        return 0
    said = _matched(c)
    _alike(ctx, c, said)
    keep = said.p >= ctx.case.settings.chains.mirror
    at, p = said.at[keep], said.p[keep]
    one = _one_to_one(c["inb"][at], c["outb"][at], np.lexsort((c["inb"][at], c["outb"][at], np.abs(c["days"][at]), -p)))
    at, p = at[one], p[one]
    kept, gone = ("inb", "outb") if other == "seller" else ("outb", "inb")
    named = f"the two files name the {other} otherwise"
    engine.put("half_word", pa.table({"code": said.code, "words": pa.array(said.words, pa.string())}))
    engine.put(
        "half_taken",
        pa.table(
            {
                "kept": c[kept][at],
                "gone": c[gone][at],
                "days": c["days"][at],
                "code": c["code"][at],
                "p": p,
                "named": pa.array([named] * len(at), pa.string()),
            }
        ),
    )
    engine.make("mirror_more", f"SELECT * FROM mirror_found UNION ALL {TAKEN}")
    engine.make("mirror_found", "SELECT * FROM mirror_more")
    # The same pairs as numbers, for the steps after this one.
    engine.make("mirror_more", "SELECT gone, kept FROM mirror_kept UNION ALL SELECT gone, kept FROM half_taken")
    engine.make("mirror_kept", "SELECT * FROM mirror_more")
    return len(at)


def halves(ctx: Context, found: pa.Table | Path) -> Path:
    """MIRROR_DUPLICATE with the lots of which the two files name one firm otherwise."""
    engine = ctx.engine
    if isinstance(found, pa.Table):
        engine.put("mirror_first", found)
    else:
        engine.attach("mirror_first", found)
    engine.put(
        "half_name",
        pa.table({"one": pa.array([], pa.int64()), "two": pa.array([], pa.int64()), "p": pa.array([], pa.float64())}),
    )
    engine.make(STEPS_TABLE, steps_sql())
    names = "shipment_id, source, row, of_shipment_id, value, lag_days, score, reasons"
    engine.make("mirror_found", f"SELECT {names} FROM mirror_first")
    engine.make("half_bond", BOND)
    more = {other: _half(ctx, same, other) for same, other in (("buyer", "seller"), ("seller", "buyer"))}
    target = ctx.scratch / "mirror_both.parquet"
    engine.write("SELECT * FROM mirror_found", target)
    for name in (
        "mirror_first",
        "mirror_found",
        "mirror_more",
        "half_bond",
        "half_x",
        "half_m",
        "half_near",
        "half_level",
        "half_word",
        "half_taken",
        "half_more",
        "half_all",
    ):
        engine.drop(name)
    ctx.progress.say(f"{more['seller']:,} more under two names of the seller, {more['buyer']:,} of the buyer")
    return target
