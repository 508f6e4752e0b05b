"""Lots of one seller to one buyer in the same goods, a few days from the one before, are one consignment: table `lot_session`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .nearest import joined
from .pages import ask, coded, each, pages, plain

if TYPE_CHECKING:
    from enduse.engine.base import Engine
    from enduse.engine.step import Context, Made

SIDE = """
SELECT CAST(id AS INTEGER) AS id, CAST(seller AS INTEGER) AS seller, CAST(buyer AS INTEGER) AS buyer, hs6, kind, unit,
  CAST(date_diff('day', CAST('1970-01-01' AS DATE), date) AS INTEGER) AS day
FROM lot
WHERE seller % nullif($pages, 0) = $page"""


def _page(engine: Engine, count: int, page: int, gap: int) -> pa.Table:
    """(id, consignment, lots) of the lots of the sellers whose number leaves `page`: the first lot of each one's consignment, and how many it has."""
    got = ask(engine, SIDE, {"pages": count, "page": page})
    number, day = plain(got, "id", np.int64), plain(got, "day", np.int64)
    # What is not stated is a kind of goods of its own.
    words = [coded([got], w)[0] + 1 for w in ("hs6", "kind", "unit")]
    trade = joined(plain(got, "seller", np.int64), plain(got, "buyer", np.int64), *words)
    order = np.lexsort((number, day, trade))
    number, day, trade = number[order], day[order], trade[order]
    begins = np.ones(len(number), dtype=bool)
    begins[1:] = (trade[1:] != trade[:-1]) | (day[1:] - day[:-1] > gap)
    run = np.cumsum(begins) - 1
    first, lots = number[begins], np.bincount(run)
    made = {"id": number, "consignment": first[run], "lots": lots[run]}
    return pa.table({n: pa.array(v, pa.int64()) for n, v in made.items()})


def sessions(ctx: Context) -> Made:
    """LOT_SESSION, a temporary table: every lot with the number of the first lot of its consignment."""
    folder = ctx.scratch / "lot_session.parquet"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    count, gap = pages(ctx.engine, "lot"), ctx.case.settings.chains.gap_days
    for k, found in enumerate(each(lambda n: _page(ctx.engine, count, n, gap), range(count))):
        pq.write_table(found, folder / f"page-{k:05d}.parquet", compression="lz4")
    return {"lot_session": folder}
