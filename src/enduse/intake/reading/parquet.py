"""Parquet: typed columns as the text they stand for, a batch at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from enduse.errors import SourceRefused

from .cells import MAX_COLUMNS, too_many_columns
from .convert import Refused, _drop, _trim, schema

BATCH = 65_536


def _open(path: Path, name: str) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise SourceRefused(
            f"the Parquet file is damaged or cut off ({str(error)[:120]})", where=name, fix="Get the file again"
        ) from error
    if len(file.schema_arrow) > MAX_COLUMNS:
        raise too_many_columns(len(file.schema_arrow), name)
    if not len(file.schema_arrow):
        raise SourceRefused("the Parquet file has no column", where=name, fix="Check that it is the right file")
    return file


def columns_of(path: Path, name: str) -> tuple[str, ...]:
    """Names of the columns."""
    names = _open(path, name).schema_arrow.names
    return tuple(n.strip() or f"column {i}" for i, n in enumerate(names, 1))


def batches(path: Path, name: str, max_cell: int, size: int = BATCH) -> Iterator[tuple[pa.Table, list[Refused], int]]:
    """Numbered text cells, refused records and the count of records, batch by batch."""
    file = _open(path, name)
    names = columns_of(path, name)
    number = 1
    try:
        for batch in file.iter_batches(batch_size=size):
            cells = _trim(
                pa.table(
                    [text_of(c) for c in batch.columns], names=[f"c{i + 1}" for i in range(len(names))]
                ).combine_chunks()
            )
            rows = pa.array(range(number, number + len(batch)), pa.int64())
            refused: list[Refused] = []
            table = pa.table([rows, *cells.columns], schema=schema(len(names)))
            yield _drop(table, names, refused, max_cell), sorted(refused), len(batch)
            number += len(batch)
    except (pa.ArrowException, OSError) as error:
        raise SourceRefused(
            f"the Parquet file is damaged or cut off ({str(error)[:120]})", where=name, fix="Get the file again"
        ) from error


def text_of(column: pa.Array) -> pa.Array:
    """A column as text: dates in ISO form, times of midnight without the time, lists and structures as JSON."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_boolean(kind):
        return pc.if_else(column, "TRUE", "FALSE").cast(pa.string())
    if pa.types.is_timestamp(kind):
        midnight = pc.all(pc.equal(pc.floor_temporal(column, unit="day"), column)).as_py()
        return column.cast(pa.date32(), safe=False).cast(pa.string()) if midnight else column.cast(pa.string())
    if pa.types.is_floating(kind):
        whole = pc.all(pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), 1e15))).as_py()
        if whole:
            return column.cast(pa.int64()).cast(pa.string())
        return pc.if_else(pc.is_nan(column), pa.scalar(None, pa.string()), column.cast(pa.string()))
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return pa.array([None if v is None else v.decode("utf-8", "replace") for v in column.to_pylist()], pa.string())
    if pa.types.is_nested(kind):
        return pa.array([_json(v) for v in column.to_pylist()], pa.string())
    return column.cast(pa.string())


def _json(value: Any) -> str | None:
    if value in (None, [], {}):
        return None
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False, default=str)
