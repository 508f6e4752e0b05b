"""Candidate pairs of purchase and sale, a page of firms at a time, kept as Parquet: (inb, outb, firm, code) in order of firm, sale and purchase."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from .amounts import Pairs
from .levels import Lines, Told, coded_levels
from .nearest import earlier, joined, lines, nearest, together
from .neighbours import AFTER, Channel
from .pages import ask, coded, each, pages, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from enduse.engine.base import Engine

    from .pages import Array

_WORDS = ("unit", "mark", "container", "model", "kind", "hs6", "maker", "country", "origin")
_EPOCH = "CAST('1970-01-01' AS DATE)"
_KINDS = {name: pa.int32() for name in ("inb", "outb", "firm", "code")}


@dataclass(frozen=True)
class Kind:
    """Which pairs: tables of purchases and sales, the column of purchases that says from which day a sale may follow, and the way time runs."""

    name: str
    ins: str
    outs: str
    side: int

    @property
    def sign(self) -> int:
        return -1 if self.side == AFTER else 1

    @property
    def when(self) -> str:
        return "date" if self.side == AFTER else "ready"


def side_sql(table: str, when: str) -> str:
    """What a page holds of each purchase or sale; $every and $page pick its firms."""
    return f"""
SELECT CAST(id AS INTEGER) AS id, CAST(firm AS INTEGER) AS firm, CAST(date_diff('day', {_EPOCH}, date) AS INTEGER) AS day,
  CAST(date_diff('day', {_EPOCH}, {when}) AS INTEGER) AS ready, CAST(sure AS INTEGER) AS sure, {", ".join(_WORDS)},
  CAST(quantity AS DOUBLE) AS quantity, CAST(kg AS DOUBLE) AS kg, CAST(value_usd AS DOUBLE) AS value_usd, CAST(grams AS BIGINT) AS grams
FROM {table}
WHERE firm % nullif($every, 0) = $page"""


def _sorted(table: pa.Table) -> npt.NDArray[np.int64]:
    """Rows in order of firm, day from which they count, and number."""
    firm, ready, number = (table[n].to_numpy() for n in ("firm", "ready", "id"))
    return np.lexsort((number, ready, firm))


def _numbers(table: pa.Table, order: npt.NDArray[np.int64]) -> dict[str, Array]:
    whole = {n: plain(table, n, np.int32)[order] for n in ("id", "firm", "day", "ready", "sure")}
    real = {n: plain(table, n, np.float64)[order] for n in ("quantity", "kg", "value_usd")}
    return whole | real | {"grams": plain(table, "grams", np.int64)[order]}


class _Page:
    """Purchases and sales of the firms of a page, in order of firm and day, words as numbers."""

    def __init__(self, engine: Engine, kind: Kind, every: int, page: int) -> None:
        asked = {"every": every, "page": page}
        got = [ask(engine, side_sql(t, w), asked) for t, w in ((kind.ins, kind.when), (kind.outs, "date"))]
        orders = [_sorted(t) for t in got]
        both = {w: coded(got, w) for w in _WORDS}
        self.words = [{w: both[w][s][order] for w in _WORDS} for s, order in enumerate(orders)]
        self.i, self.o = (_numbers(t, order) for t, order in zip(got, orders, strict=True))
        amounts = np.concatenate([self.i["quantity"], self.o["quantity"]])
        self._amount = np.where(np.isnan(amounts), -1, np.unique(amounts, return_inverse=True)[1])
        self._firm = np.unique(np.concatenate([self.i["firm"], self.o["firm"]]), return_inverse=True)[1]

    def keys(self, names: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """One number a purchase and one a sale for what they are to agree on; -1 where it is not stated."""
        columns = []
        for name in names:
            if name == "firm":
                columns.append(self._firm)
            elif name == "quantity":
                columns.append(self._amount)
            else:
                columns.append(np.concatenate([self.words[0][name], self.words[1][name]]))
        found = joined(*columns)
        return found[: len(self.i["id"])], found[len(self.i["id"]) :]

    def order(self, *, back: bool) -> npt.NDArray[np.int64]:
        """The place of every purchase and then every sale among all, by day, purchases first; `back` from the last day to the first."""
        day = np.concatenate([self.i["ready"], self.o["day"]]).astype(np.int64)
        way = np.repeat([0, 1], [len(self.i["id"]), len(self.o["id"])])
        place = np.empty(len(day), dtype=np.int64)
        place[np.lexsort((way, -day if back else day))] = np.arange(len(day))
        return place

    def told(self, side: int, lines_: Sequence[Lines]) -> Told:
        n = (self.i, self.o)[side]
        amounts = (n["quantity"], n["kg"], n["value_usd"], n["grams"])
        return Told(n["id"], n["firm"], n["day"], n["sure"], self.words[side], *amounts, *lines_)


def page_of(engine: Engine, kind: Kind, channels: Sequence[Channel], every: int, page: int, longest: int) -> pa.Table:
    """The pairs of the firms whose number leaves `page` when divided by `every`."""
    p = _Page(engine, kind, every, page)
    seen = earlier(p.i["firm"], p.i["ready"], p.o["firm"], p.o["day"])
    at, to = together([nearest(*p.keys(c.keys), seen, c.reach, kind.side) for c in channels])
    order = p.order(back=kind.side == AFTER)
    grams = (p.i["grams"], p.o["grams"])
    stock = [lines(*p.keys(("firm", goods)), order, *grams) for goods in ("hs6", "kind")]
    bought, sold = (p.told(s, [(found[2 * s], found[2 * s + 1]) for found in stock]) for s in (0, 1))
    which, code = coded_levels(bought, sold, at, to, longest, kind.sign)
    at, to = at[which], to[which]
    columns = (bought.id[at], sold.id[to], sold.firm[to], code)
    return pa.table({n: pa.array(v, t) for (n, t), v in zip(_KINDS.items(), columns, strict=True)})


def write(engine: Engine, scratch: Path, kind: Kind, channels: Sequence[Channel], longest: int, every: int = 0) -> None:
    """Table `kind.name` of the pairs of all firms, a file a page; of every n-th firm only where `every` is given."""
    folder = scratch / f"{kind.name}.parquet"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    count = every or pages(engine, kind.ins, kind.outs)
    some = range(1 if every else count)
    for k, found in enumerate(each(lambda n: page_of(engine, kind, channels, count, n, longest), some)):
        pq.write_table(found, folder / f"page-{k:05d}.parquet", compression="lz4", use_dictionary=False, write_statistics=False)  # fmt: skip
    engine.attach(kind.name, folder)


def parts(scratch: Path, name: str, sign: int = 1) -> Iterator[Pairs]:
    """The pairs of a table page by page, whole firms in order."""
    for path in sorted((scratch / f"{name}.parquet").glob("*.parquet")):
        got = pq.read_table(path)
        inb, outb, firm, code = (got[c].to_numpy() for c in _KINDS)
        yield Pairs(inb, outb, firm, code, sign)


def codes(scratch: Path, name: str) -> Array:
    """Packed levels of all pairs of a table."""
    found = [
        pq.read_table(p, columns=["code"])["code"].to_numpy()
        for p in sorted((scratch / f"{name}.parquet").glob("*.parquet"))
    ]
    return np.concatenate(found)
