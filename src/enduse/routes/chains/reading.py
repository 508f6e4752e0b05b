"""Distinct goods texts and brands read once: tables `chain_text` and `chain_brand`."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from enduse.engine.step import Context, Made

from .text import Reader, brand

_SCHEMA = pa.schema([(c, pa.string()) for c in ("description", "model", "mark", "maker")])


def texts(ctx: Context) -> Made:
    """Model, mark and maker of every distinct text that names one; brands of the case as words to look for."""
    cells = ctx.engine.fetch(
        "SELECT DISTINCT brand_declared AS brand FROM shipment_row WHERE brand_declared IS NOT NULL ORDER BY brand"
    )["brand"].to_pylist()
    words = [brand(c) for c in cells]
    reader = Reader(frozenset(w for w in words if w))
    target = ctx.scratch / "chain_text.parquet"
    with pq.ParquetWriter(target, _SCHEMA) as out:
        for batch in ctx.engine.stream("SELECT DISTINCT description FROM shipment_row WHERE description IS NOT NULL"):
            text = batch.column(0).cast(pa.string())
            told = reader.read(text.to_pylist())
            found = pa.record_batch([text, told.model, told.mark, told.maker], schema=_SCHEMA)
            named = pc.or_(pc.or_(pc.is_valid(told.model), pc.is_valid(told.mark)), pc.is_valid(told.maker))
            out.write_batch(found.filter(named))
    return {
        "chain_text": target,
        "chain_brand": pa.table({"brand": pa.array(cells, pa.string()), "word": pa.array(words, pa.string())}),
    }
