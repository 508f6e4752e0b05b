"""DuckDB, embedded: the default engine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from enduse.engine.dialect import render
from enduse.errors import QueryError

BATCH = 65_536


def parquet_glob(path: Path) -> str:
    """What to read at `path`: a single file, or the part files of a folder as Spark writes them. A case may lie in `[2023] *`."""
    plain = "".join(f"[{c}]" if c in "*?[" else c for c in str(path))
    return f"{plain}/*.parquet" if path.is_dir() else plain


class DuckDBEngine:
    """One in-memory database that spills to `scratch`. `memory` is a DuckDB size such as 2GB."""

    name = "duckdb"

    def __init__(self, scratch: Path | None = None, *, memory: str = "2GB", threads: int | None = None) -> None:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "threads": threads or len(os.sched_getaffinity(0)),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if scratch is not None:
            scratch.mkdir(parents=True, exist_ok=True)
            config["temp_directory"] = str(scratch)
        self._db = duckdb.connect(":memory:", config=config)
        self._db.execute("SET enable_progress_bar = false")

    def _run(self, statement: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._db.execute(statement)
        except duckdb.Error as error:
            raise QueryError(f"{type(error).__name__}: {str(error).splitlines()[0]}", where=statement[:1500]) from error

    def _select(self, sql: str, params: Mapping[str, object] | None) -> str:
        return render(sql, "duckdb", params)

    def attach(self, table: str, path: Path) -> None:
        self.drop(table)
        where = parquet_glob(path).replace("'", "''")
        self._run(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{where}')")

    def view(self, table: str, sql: str) -> None:
        self.drop(table)
        self._run(f"CREATE VIEW {table} AS {self._select(sql, None)}")

    def put(self, table: str, data: pa.Table) -> None:
        self.drop(table)
        self._db.register("_incoming", data)
        try:
            self._run(f"CREATE TABLE {table} AS SELECT * FROM _incoming")
        finally:
            self._db.unregister("_incoming")

    def make(self, table: str, sql: str, params: Mapping[str, object] | None = None) -> None:
        self.drop(table)
        self._run(f"CREATE TABLE {table} AS {self._select(sql, params)}")

    def fetch(self, sql: str, params: Mapping[str, object] | None = None) -> pa.Table:
        statement = self._select(sql, params)
        try:
            return self._db.sql(statement).to_arrow_table()
        except duckdb.Error as error:
            raise QueryError(f"{type(error).__name__}: {str(error).splitlines()[0]}", where=statement[:1500]) from error

    def stream(self, sql: str, params: Mapping[str, object] | None = None) -> Iterator[pa.RecordBatch]:
        cursor = self._db.cursor()
        try:
            yield from cursor.sql(self._select(sql, params)).to_arrow_reader(BATCH)
        except duckdb.Error as error:
            raise QueryError(str(error).splitlines()[0], where=sql[:1500]) from error
        finally:
            cursor.close()

    def write(self, sql: str, path: Path, params: Mapping[str, object] | None = None) -> int:
        where = str(path).replace("'", "''")
        row = self._run(
            f"COPY ({self._select(sql, params)}) TO '{where}' (FORMAT parquet, COMPRESSION snappy)"
        ).fetchone()
        return int(row[0]) if row else 0

    def copy_csv(self, sql: str, path: Path) -> None:
        """Write the result as CSV in UTF-8 with a header and commas; null is an empty cell."""
        where = str(path).replace("'", "''")
        self._run(f"COPY ({self._select(sql, None)}) TO '{where}' (FORMAT csv, HEADER true, NULL '')")

    def drop(self, table: str) -> None:
        for kind in ("VIEW", "TABLE"):
            try:
                self._db.execute(f"DROP {kind} IF EXISTS {table}")
            except duckdb.Error:
                continue  # it is of the other kind

    def close(self) -> None:
        self._db.close()
