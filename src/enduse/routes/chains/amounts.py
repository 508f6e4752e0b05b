"""Days, amounts and lots of purchases and sales as arrays, and what pairs of them say in numbers rather than in levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from .evidence import Feature, Ints, level_of
from .features import FEATURES, GOODS, LAG, ORIGIN, PLACE, QUANTITY, STOCK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enduse.engine.base import Engine

# Single precision: at ten million rows these arrays are what a case holds in memory.
Floats = npt.NDArray[np.floating]
_AT = {f: n for n, f in enumerate(FEATURES)}
_DAYS = LAG.size // 4  # levels of days; the rest of LAG says from which side the days are known


@dataclass(frozen=True)
class Side:
    """One entry a consignment number: day, pieces, kilograms, dollars (NaN where not stated), lots."""

    day: Floats
    pieces: Floats
    kg: Floats
    usd: Floats
    lots: Floats


def side(engine: Engine, table: str, size: int) -> Side:
    """Arrays of `bought` or `sold`, as long as the largest consignment number."""
    got = engine.fetch(
        "SELECT CAST(id AS INTEGER) AS id, CAST(date_diff('day', CAST('1970-01-01' AS DATE), date) AS INTEGER) AS day, CAST(quantity AS FLOAT) AS pieces, "
        f"CAST(kg AS FLOAT) AS kg, CAST(value_usd AS FLOAT) AS usd, CAST(lots AS INTEGER) AS lots FROM {table} ORDER BY id"
    )
    at = got["id"].to_numpy()

    def column(name: str) -> Floats:
        out = np.full(size + 1, np.nan, dtype=np.float32)
        out[at] = got[name].to_numpy(zero_copy_only=False)
        return out

    return Side(*(column(n) for n in ("day", "pieces", "kg", "usd", "lots")))


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs in order of firm, sale and purchase; `code` packs the levels of FEATURES."""

    inb: Ints
    outb: Ints
    firm: Ints
    code: Ints
    sign: int = 1  # -1: time runs backwards

    def __len__(self) -> int:
        return len(self.inb)

    @property
    def sale(self) -> Ints:
        """The sale of each pair, numbered from 0: pairs stand in order of their sales."""
        return np.cumsum(np.concatenate([[0], self.outb[1:] != self.outb[:-1]])) if len(self) else np.zeros(0, np.int64)

    def only(self, keep: np.ndarray | slice) -> Pairs:
        return Pairs(self.inb[keep], self.outb[keep], self.firm[keep], self.code[keep], self.sign)

    @staticmethod
    def all(found: Sequence[Pairs]) -> Pairs:
        """Pairs of one kind, one after the other."""
        none = np.zeros(0, dtype=np.int32)
        inb, outb, firm, code = (
            np.concatenate([none, *(getattr(p, n) for p in found)]) for n in ("inb", "outb", "firm", "code")
        )
        return Pairs(inb, outb, firm, code, found[0].sign if found else 1)


def _log(values: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(values))


def part(p: Pairs, bought: Side, sold: Side) -> Floats:
    """Amount sold over amount bought, in pieces where both sides count the same unit, else in kilograms; 1 where neither is known."""
    same = level_of(p.code, _AT[QUANTITY], FEATURES) > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        by_pieces = sold.pieces[p.outb] / bought.pieces[p.inb]
        by_kg = sold.kg[p.outb] / bought.kg[p.inb]
    found = np.where(same & np.isfinite(by_pieces), by_pieces, by_kg)
    return np.where(np.isfinite(found) & (found > 0), found, 1.0)


def numbers(p: Pairs, bought: Side, sold: Side) -> dict[str, Floats]:
    """Columns of the classifier, NaN where a record does not say."""

    def level(feature: Feature) -> Ints:
        return level_of(p.code, _AT[feature], FEATURES)

    same = level(QUANTITY) > 0
    b, s = np.where(same, bought.pieces[p.inb], np.nan), np.where(same, sold.pieces[p.outb], np.nan)
    bk, sk = bought.kg[p.inb], sold.kg[p.outb]
    stock = level(STOCK) - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        price = _log((sold.usd[p.outb] / sk) / (bought.usd[p.inb] / bk))
        out = {
            "days": (sold.day[p.outb] - bought.day[p.inb]) * p.sign,
            "pieces": _log(s / b), "weight": _log(sk / bk), "piece": _log((sk / s) / (bk / b)), "price": price,
            "bought": b, "sold": s, "round": np.where(same, (b % 10 == 0).astype(np.float32), np.nan),
            # A lot sent on in two or three equal parts, or two lots sent on as one.
            "half": np.abs(b - 2 * s), "third": np.abs(b - 3 * s), "twice": np.abs(s - 2 * b),
            "kg_bought": bk, "kg_sold": sk, "lots_bought": bought.lots[p.inb], "lots_sold": sold.lots[p.outb],
            "sure": level(LAG) // _DAYS, "goods": level(GOODS), "place": level(PLACE), "origin": level(ORIGIN),
            "stock_sale": np.where(stock >= 0, stock // 5, np.nan), "stock_purchase": np.where(stock >= 0, stock % 5, np.nan),
        }  # fmt: skip
    return {k: v.astype(np.float32) for k, v in out.items()}


def habits(share: Floats, firm: Ints, said: Mapping[str, Floats]) -> dict[str, Floats]:
    """What the firm's other links are like, by their probability: days, amounts, equal amounts, price, and how this one differs."""
    _, at = np.unique(firm, return_inverse=True)

    def total(values: Floats) -> Floats:
        return np.asarray(np.bincount(at, values)[at] - values)

    weight = total(share)
    out: dict[str, Floats] = {}
    for name, values in (
        ("days", np.nan_to_num(said["days"])), ("pieces", np.nan_to_num(np.clip(said["pieces"], -3, 3))),
        ("equal", (said["pieces"] == 0).astype(np.float64)), ("price", np.nan_to_num(np.clip(said["price"], -2, 2))),
    ):  # fmt: skip
        out[f"usual_{name}"] = total(share * values) / np.maximum(weight, 0.1)
    usual = np.maximum(out["usual_days"] + 12, 1)
    out["days_beside"] = _log(np.maximum(np.nan_to_num(said["days"]) + 12, 1) / usual)
    out["days_more"] = np.nan_to_num(said["days"]) - out["usual_days"]
    out["price_more"] = np.nan_to_num(said["price"]) - out["usual_price"]
    return {k: v.astype(np.float32) for k, v in out.items()}
