"""One lot declared on the export side in one file and on the import side in another: matched one to one, counted once.

Candidates agree on both firms and on pieces, code or model. How well pieces, weight, goods and value must agree is not
set: pairs in which the import comes before the export show how often they agree by chance between two lots of the same
firms, and the rest is fitted against that. Days between are weighed afterwards, because the trade of two firms comes in
bursts and a burst on one side falls a voyage after the burst on the other whether or not the lots are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from enduse.engine.step import Context, Made

from .evidence import Feature, fit, unpacked
from .nearest import earlier, joined, nearest, together
from .neighbours import AROUND, Channel
from .pages import ask, coded, each, pages, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enduse.engine.base import Engine

    from .evidence import Floats, Ints
    from .pages import Array

LONGEST = 75  # days a lot may be on its way
SLACK = 3  # days an import may be dated before its export: clerks, time zones
_DAYS = (0, 3, 5, 8, 12, 17, 23, 31, 46, 61)
CHANNELS = (Channel(("unit", "quantity"), 3), Channel(("hs6",), 4), Channel(("model",), 3))  # beside both firms
DAYS = Feature("f_days", tuple(f"{d} days or more" for d in _DAYS), (0.5,) * 5 + (0.0,) * 3 + (-0.5, -1.0))
PIECES = Feature(
    "f_pieces", ("", "the same number of pieces", "pieces within 5 %", "other pieces"), (0.0, 2.5, 0.0, -3.0)
)
KILOS = Feature(
    "f_kilos",
    ("", "weight within .5 %", "weight within 3 %", "weight within 10 %", "another weight"),
    (0.0, 3.0, 1.5, -1.0, -3.0),
)
GOODS = Feature(
    "f_goods",
    ("the same model", "the same code", "the same heading", "another heading", "another model"),
    (1.0, 0.5, 0.0, -1.0, -2.0),
)
VALUE = Feature(
    "f_value", ("", "the same value", "value within a freight's width", "another value"), (0.0, 2.0, 1.0, -1.5)
)
FEATURES = (DAYS, PIECES, KILOS, GOODS, VALUE)
SWEEPS = 3  # rounds of mutual best
_WORDS = ("source", "unit", "hs6", "heading", "model")
_AMOUNTS = ("quantity", "kg", "value_usd")
_SIDE = f"""
SELECT CAST(id AS INTEGER) AS id, side, CAST(says AS INTEGER) AS says, CAST(seller AS INTEGER) AS seller, CAST(buyer AS INTEGER) AS buyer, source, unit, hs6, substr(hs6, 1, 4) AS heading, model,
  CAST(date_diff('day', CAST('1970-01-01' AS DATE), date) AS INTEGER) AS day, {", ".join(f"CAST({a} AS DOUBLE) AS {a}" for a in _AMOUNTS)}
FROM trade
WHERE seller % nullif($pages, 0) = $page"""
DUPLICATE = """
SELECT
  CAST(g.shipment_id AS VARCHAR) AS shipment_id,
  CAST(g.source AS VARCHAR) AS source,
  CAST(g.row AS BIGINT) AS row,
  CAST(k.shipment_id AS VARCHAR) AS of_shipment_id,
  CAST(g.value AS DECIMAL(18, 4)) AS value,
  CAST(CASE WHEN g.side = 'import' THEN date_diff('day', k.date, g.date) ELSE date_diff('day', g.date, k.date) END AS BIGINT) AS lag_days,
  CAST(t.p AS DOUBLE) AS score,
  CAST(w.words AS VARCHAR) AS reasons
FROM mirror_kept AS t
JOIN trade AS g ON g.id = t.gone
JOIN trade AS k ON k.id = t.kept
JOIN mirror_weight AS w ON w.code = t.code"""


@dataclass(frozen=True)
class Near:
    """Candidate pairs of a page: record numbers of the export and the import, days between, packed levels, which are decoys, and where the export says more."""

    inb: npt.NDArray[np.int32]
    outb: npt.NDArray[np.int32]
    days: npt.NDArray[np.int16]
    code: npt.NDArray[np.int16]
    decoy: npt.NDArray[np.bool_]
    fuller: npt.NDArray[np.bool_]

    def only(self, keep: Array) -> Near:
        return Near(
            self.inb[keep], self.outb[keep], self.days[keep], self.code[keep], self.decoy[keep], self.fuller[keep]
        )


def _page(engine: Engine, count: int, page: int) -> Near:
    """The candidate pairs of the sellers whose number leaves `page` when divided by `count`."""
    both = ask(engine, _SIDE, {"pages": count, "page": page})
    got = [both.filter(pc.equal(both["side"], s)) for s in ("export", "import")]
    firms = [(plain(t, "seller", np.int64) << 32) | plain(t, "buyer", np.int64) for t in got]
    group = np.unique(np.concatenate(firms), return_inverse=True)[1]
    groups = np.split(group, [got[0].num_rows])
    words = {w: coded(got, w) for w in _WORDS}
    # Whole ten-thousandths, as the tables hold them: what is a half per cent apart is so exactly.
    amounts = {a: [np.rint(plain(t, a, np.float64) * 10_000) for t in got] for a in _AMOUNTS}
    met = np.bincount(groups[0], minlength=len(group) + 1) > 0, np.bincount(groups[1], minlength=len(group) + 1) > 0
    sides: list[dict[str, Array]] = []
    for s in (0, 1):
        day, number = plain(got[s], "day", np.int64), plain(got[s], "id", np.int64)
        here = np.flatnonzero(met[1 - s][groups[s]])
        order = here[np.lexsort((number[here], day[here], groups[s][here]))]
        columns = {"group": groups[s], "day": day, "id": number, "says": plain(got[s], "says", np.int32)} | {w: words[w][s] for w in _WORDS} | {a: amounts[a][s] for a in _AMOUNTS}  # fmt: skip
        sides.append({n: c[order] for n, c in columns.items()})
    x, m = sides
    return _levelled(x, m, *_candidates(x, m))


def _candidates(x: dict[str, Array], m: dict[str, Array]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    at = len(x["id"])
    both = {n: np.concatenate([x[n], m[n]]) for n in ("group", "unit", "hs6", "model", "quantity")}
    stated = ~np.isnan(both["quantity"])
    both["quantity"] = np.where(stated, np.unique(both["quantity"], return_inverse=True)[1], -1)
    seen = earlier(x["group"], x["day"], m["group"], m["day"])
    found = []
    for channel in CHANNELS:
        key = joined(both["group"], *(both[n] for n in channel.keys))
        found.append(nearest(key[:at], key[at:], seen, channel.reach, AROUND))
    return together(found)


def _within(a: Floats, b: Floats, more: int, whole: int) -> npt.NDArray[np.bool_]:
    return np.asarray(a * whole <= b * more)


def _levelled(x: dict[str, Array], m: dict[str, Array], a: Array, b: Array) -> Near:
    """Levels of FEATURES of the pairs of different files not too far apart in time."""
    apart = np.flatnonzero(x["source"][a] != m["source"][b])
    after = (m["day"][b[apart]] - x["day"][a[apart]]).astype(np.int64)
    wrong = after < -SLACK
    days = np.where(wrong, -after, np.maximum(after, 0))
    near = days <= LONGEST
    apart, days, wrong = apart[near], days[near], wrong[near]
    a, b = a[apart], b[apart]
    one: dict[str, Floats] = {n: x[n][a] for n in _AMOUNTS}
    two: dict[str, Floats] = {n: m[n][b] for n in _AMOUNTS}

    def close(name: str, more: int, whole: int) -> npt.NDArray[np.bool_]:
        return _within(one[name], two[name], more, whole) & _within(two[name], one[name], more, whole)

    unit = x["unit"][a]
    pieces = np.full(len(a), 3, dtype=np.int8)
    pieces[close("quantity", 105, 100)] = 2
    pieces[one["quantity"] == two["quantity"]] = 1
    pieces[(unit < 0) | (unit != m["unit"][b]) | np.isnan(one["quantity"] + two["quantity"])] = 0
    kilos = np.full(len(a), 4, dtype=np.int8)
    for level, more, whole in ((3, 11, 10), (2, 103, 100), (1, 1005, 1000)):
        kilos[close("kg", more, whole)] = level
    kilos[np.isnan(one["kg"] + two["kg"])] = 0
    goods = np.full(len(a), 3, dtype=np.int8)
    for level, name in ((2, "heading"), (1, "hs6")):
        goods[(x[name][a] >= 0) & (x[name][a] == m[name][b])] = level
    model, other = x["model"][a], m["model"][b]
    named = (model >= 0) & (other >= 0)
    goods[named] = np.where(model == other, 0, 4)[named]
    value = np.full(len(a), 3, dtype=np.int8)
    v, w = one["value_usd"], two["value_usd"]
    value[_within(w, v, 125, 100) & _within(v, w, 11, 10)] = 2
    value[close("value_usd", 102, 100)] = 1
    value[np.isnan(v + w)] = 0
    code, base = np.zeros(len(a), dtype=np.int16), 1
    levels: tuple[Array, ...] = (np.searchsorted(_DAYS[1:], days, "right"), pieces, kilos, goods, value)
    for feature, at in zip(FEATURES, levels, strict=True):
        code += at.astype(np.int16) * np.int16(base)
        base *= feature.size
    return Near(
        x["id"][a].astype(np.int32),
        m["id"][b].astype(np.int32),
        days.astype(np.int16),
        code,
        wrong,
        x["says"][a] > m["says"][b],
    )


def best(inb: Ints, outb: Ints, rank: Ints) -> Ints:
    """Places of mutually best pairs, round by round: the lowest `rank` of both its records, of equals the lower number."""
    x, y = (np.unique(side, return_inverse=True)[1] for side in (inb, outb))
    left = np.arange(len(rank))
    taken: list[Ints] = []
    for _ in range(SWEEPS):
        of_x, of_y = (rank[left] << 32) | outb[left], (rank[left] << 32) | inb[left]
        first_x, first_y = (np.full(len(rank), np.iinfo(np.int64).max) for _ in range(2))
        np.minimum.at(first_x, x[left], of_x)
        np.minimum.at(first_y, y[left], of_y)
        mine = left[(of_x == first_x[x[left]]) & (of_y == first_y[y[left]])]
        taken.append(mine)
        used_x, used_y = np.zeros(len(rank), dtype=bool), np.zeros(len(rank), dtype=bool)
        used_x[x[mine]], used_y[y[mine]] = True, True
        left = left[~used_x[x[left]] & ~used_y[y[left]]]
    return np.concatenate(taken)


def _taken(near: Near, p: Floats, least: float) -> pa.Table:
    """(gone, kept, code, p) of the pairs of a page that are taken for one lot; the one that says more is kept."""
    likely = near.only(np.flatnonzero(~near.decoy & (p[near.code] >= least)))
    # A probability is known to a millionth: from the highest down, then by days.
    rank = (np.rint((1.0 - p[likely.code]) * 1_000_000).astype(np.int64) << 8) | likely.days
    one = likely.only(best(likely.inb.astype(np.int64), likely.outb.astype(np.int64), rank))
    gone, kept = np.where(one.fuller, one.outb, one.inb), np.where(one.fuller, one.inb, one.outb)
    columns = {"gone": gone, "kept": kept, "code": one.code}
    return pa.table(
        {n: pa.array(v, pa.int64()) for n, v in columns.items()} | {"p": pa.array(p[one.code], pa.float64())}
    )


def mirrors(ctx: Context) -> Made:
    """MIRROR_DUPLICATE, and MIRROR_KEPT, which says the same in numbers: mutually best pairs above the threshold; every record stands in one pair at most."""
    engine = ctx.engine
    count = pages(engine, "trade")
    found = list(each(lambda k: _page(engine, count, k), range(count)))
    p, words = _weigh(found)
    engine.put("mirror_weight", words)
    least = ctx.case.settings.chains.mirror
    engine.put("mirror_kept", pa.concat_tables([_taken(near, p, least) for near in found]))
    target = ctx.scratch / "mirror_duplicate.parquet"
    lots = engine.write(DUPLICATE, target)
    engine.drop("mirror_weight")
    ctx.progress.say(f"{lots:,} lots are declared on both sides")
    return {"mirror_duplicate": target}


def _weigh(found: Sequence[Near]) -> tuple[Floats, pa.Table]:
    """Probability of each cell that both records declare one lot, by packed levels; and (code, words) of the cells met."""
    size = int(np.prod([f.size for f in FEATURES]))
    all_target, all_decoy = np.zeros(size), np.zeros(size)
    for near in found:
        all_target += np.bincount(near.code[~near.decoy], minlength=size)
        all_decoy += np.bincount(near.code[near.decoy], minlength=size)
    code = np.flatnonzero(all_target + all_decoy)
    p = np.zeros(size)
    if not len(code):
        return p, pa.table({"code": pa.array([], pa.int64()), "words": pa.array([], pa.string())})
    target, decoy = all_target[code], all_decoy[code]
    levels = unpacked(code, FEATURES)
    rest = fit(levels[:, 1:], target, decoy, FEATURES[1:])
    odds = rest.log_odds(levels[:, 1:])
    real = target / (1.0 + np.exp(-np.clip(odds, -30, 30)))
    a = np.bincount(levels[:, 0], real, DAYS.size) + 1.0
    b = np.bincount(levels[:, 0], decoy, DAYS.size) + 5.0
    days = np.clip(np.log(a / a.sum()) - np.log(b / b.sum()), -2.0, 2.0)
    p[code] = np.round(1.0 / (1.0 + np.exp(-np.clip(odds + days[levels[:, 0]], -30, 30))), 6)
    words = [";".join(rest.said(row[1:], 0.2)) for row in levels.tolist()]
    return p, pa.table({"code": code, "words": pa.array(words, pa.string())})
