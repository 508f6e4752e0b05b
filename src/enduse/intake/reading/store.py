"""Where the records of one file are put: Parquet for the sound ones, Parquet for the refused, a sample for the mapper."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from enduse.contracts import TABLES

from .convert import Refused, schema

FIRST, SPREAD = 500, 1500
TRIED, FEW = 4000, 0.25  # a column with fewer different cells than a quarter of those tried gets a dictionary
GROUP = 120_000  # rows of a row group: few enough to stay small in memory, enough for DuckDB to share out


class Store:
    """Writes as it goes, in a thread of its own; memory stays flat. Files appear under their names only when all is written.

    The file is read again within the stage and then thrown away: it is not packed, and only columns that repeat their
    cells get a dictionary.
    """

    def __init__(self, scratch: Path, alias: str, name: str, columns: int) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self.path, self.rejected = scratch / f"{name}.parquet", scratch / f"{name}.rejected.parquet"
        self._alias, self._schema = alias, schema(columns)
        self._part = self.path.with_suffix(".part")
        self._writer: pq.ParquetWriter | None = None
        self._thread = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None
        self._buffer: list[pa.Table] = []
        self._waiting = self.rows = 0
        self._refused: list[Refused] = []
        self._head: list[pa.Table] = []
        self._spread: list[tuple[int, pa.Table]] = []
        self._step = 1

    def add(self, table: pa.Table, refused: list[Refused]) -> None:
        """The next records, in order."""
        self._refused += refused
        if not len(table):
            return
        self._choose(table)
        self.rows += len(table)
        self._buffer.append(table)
        self._waiting += len(table)
        if self._waiting >= GROUP or sum(t.nbytes for t in self._buffer) > 64 << 20:
            self._flush()

    def _flush(self) -> None:
        """Hand the waiting records to the thread, once it is done with those before."""
        self._settle()
        if self._buffer:
            self._writing = self._thread.submit(self._write, pa.concat_tables(self._buffer))
        self._buffer, self._waiting = [], 0

    def _settle(self) -> None:
        if self._writing is not None:
            self._writing.result()
        self._writing = None

    def _write(self, table: pa.Table) -> None:
        if self._writer is None:
            few = _repeating(table)
            self._writer = pq.ParquetWriter(
                self._part, self._schema, compression="none", use_dictionary=few or False, write_statistics=False
            )
        self._writer.write_table(table, row_group_size=GROUP)

    def _choose(self, table: pa.Table) -> None:
        """Records for the sample: the first ones, and each 2^k-th one, k growing with the file."""
        if self.rows < FIRST:
            self._head.append(table.slice(0, FIRST - self.rows))
        places = np.arange(-self.rows % self._step, len(table), self._step)
        places = places[places + self.rows >= FIRST]
        if len(places):
            self._spread.append(
                (self.rows, table.take(pa.array(places)).append_column("at", pa.array(places + self.rows)))
            )
        while sum(len(t) for _, t in self._spread) > 2 * SPREAD:
            self._step *= 2
            thin = pa.concat_tables([t for _, t in self._spread])
            kept = np.flatnonzero(thin.column("at").to_numpy() % self._step == 0)
            self._spread = [(0, thin.take(pa.array(kept)))]

    def sample(self) -> tuple[tuple[str | None, ...], ...]:
        """Up to 2000 records."""
        tables = [t.drop_columns("row") for t in self._head]
        if self._spread:
            spread = pa.concat_tables([t for _, t in self._spread]).drop_columns(["row", "at"])
            if len(spread) > SPREAD:
                spread = spread.take(pa.array(np.linspace(0, len(spread) - 1, SPREAD).astype(np.int64)))
            tables.append(spread)
        if not tables:
            return ()
        return tuple(zip(*(c.to_pylist() for c in pa.concat_tables(tables).columns), strict=True))

    def close(self) -> Path | None:
        """Finish; returns the file of the refused records, if there are any."""
        self._flush()
        self._settle()
        if self._writer is None:
            self._write(self._schema.empty_table())
        self._stop()
        self._part.replace(self.path)
        if not self._refused:
            self.rejected.unlink(missing_ok=True)
            return None
        refusals = TABLES["rejection"].arrow(
            [{"source": self._alias, "row": n, "reason": r, "excerpt": e} for n, r, e in self._refused]
        )
        pq.write_table(refusals, self.rejected)
        return self.rejected

    def abandon(self) -> None:
        """Leave nothing half-written."""
        self._stop()
        self._part.unlink(missing_ok=True)

    def _stop(self) -> None:
        self._thread.shutdown()
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def _repeating(table: pa.Table) -> list[str]:
    """The columns whose cells repeat, by the first records: a dictionary of unlike cells costs time and saves nothing."""
    head = table.slice(0, TRIED)
    return [
        name
        for name in head.column_names
        if name != "row" and pc.count_distinct(head.column(name)).as_py() < FEW * max(len(head), 1)
    ]
