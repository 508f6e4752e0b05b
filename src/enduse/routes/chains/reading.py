"""Distinct goods texts and brands read once: tables `chain_text` and `chain_brand`."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from enduse.engine.step import Context, Made

from .text import brand, told

_SCHEMA = pa.schema([(c, pa.string()) for c in ("description", "model", "mark", "maker")])


def texts(ctx: Context) -> Made:
    """Model, mark and maker of every distinct text that names one; brands of the case as words to look for."""
    cells = ctx.engine.fetch(
        "SELECT DISTINCT brand_declared AS brand FROM shipment_row WHERE brand_declared IS NOT NULL ORDER BY brand"
    )["brand"].to_pylist()
    words = [brand(c) for c in cells]
    makers = frozenset(w for w in words if w)
    target = ctx.scratch / "chain_text.parquet"
    with pq.ParquetWriter(target, _SCHEMA) as out:
        for batch in ctx.engine.stream("SELECT DISTINCT description FROM shipment_row WHERE description IS NOT NULL"):
            found: tuple[list[str], ...] = ([], [], [], [])
            for text in batch.column(0).to_pylist():
                model, mark, by = told(text, makers)
                if model or mark or by:
                    for values, value in zip(found, (text, model, mark, by), strict=True):
                        values.append(value)
            out.write_batch(pa.record_batch([pa.array(v, pa.string()) for v in found], schema=_SCHEMA))
    return {
        "chain_text": target,
        "chain_brand": pa.table({"brand": pa.array(cells, pa.string()), "word": pa.array(words, pa.string())}),
    }
