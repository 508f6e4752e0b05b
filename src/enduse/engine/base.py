"""The Engine protocol: what a stage needs of DuckDB or Spark, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

import pyarrow as pa


@runtime_checkable
class Engine(Protocol):
    """Tables by name, SQL in the canonical dialect, Parquet at the borders.

    `sql` is text in the portable subset (see `dialect`); `params` fill `$name` placeholders with literals. Every
    method raises `QueryError` with the statement when the engine refuses it.
    """

    name: str

    def attach(self, table: str, path: Path) -> None:
        """Make the Parquet file or folder at `path` readable as `table`."""

    def view(self, table: str, sql: str) -> None:
        """Make `sql` readable as `table`, computed whenever it is read."""

    def put(self, table: str, data: pa.Table) -> None:
        """Make an Arrow table readable as `table` (for small ones: distinct values, lookups)."""

    def make(self, table: str, sql: str, params: Mapping[str, object] | None = None) -> None:
        """Compute `sql` now and keep it as `table` until the engine closes or `drop`."""

    def fetch(self, sql: str, params: Mapping[str, object] | None = None) -> pa.Table:
        """The result as an Arrow table."""

    def stream(self, sql: str, params: Mapping[str, object] | None = None) -> Iterator[pa.RecordBatch]:
        """The result in batches, for results that need not fit in memory."""

    def write(self, sql: str, path: Path, params: Mapping[str, object] | None = None) -> int:
        """Write the result as Parquet at `path` (a file or a folder of files); returns the number of rows."""

    def drop(self, table: str) -> None:
        """Forget a table made by `make`, `put` or `attach`."""

    def close(self) -> None:
        """Free everything."""
