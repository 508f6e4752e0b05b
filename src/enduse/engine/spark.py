"""Apache Spark 4 in local mode or on a cluster: the engine for files that outgrow one machine (`pip install enduse[spark]`)."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from enduse.engine.dialect import render
from enduse.errors import EnduseError, QueryError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@lru_cache
def _local() -> Path:
    """Where Spark keeps blocks: one folder a process, since a session outlives the engine that began it."""
    folder = Path(tempfile.mkdtemp(prefix="enduse-spark-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _cause(error: Exception) -> str:
    """The first line that says what went wrong; Py4J hides it behind the name of the call."""
    java = getattr(error, "java_exception", None)
    text = str(java.getMessage()) if java is not None else str(error)
    return next((line for line in text.splitlines() if line.strip()), type(error).__name__)


def _session(memory: str) -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EnduseError(
            "the Spark engine is not installed", fix="Install it with: pip install 'enduse[spark]' (needs Java 17)"
        ) from error
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"--driver-memory {memory} pyspark-shell")
    cores = len(os.sched_getaffinity(0))
    builder = (
        SparkSession.builder.appName("enduse")
        .master(os.environ.get("ENDUSE_SPARK_MASTER", f"local[{cores}]"))
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", str(2 * cores))
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.caseSensitive", "false")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.sql.warehouse.dir", str(_local() / "warehouse"))
        .config("spark.local.dir", str(_local()))
        .config("spark.log.level", "OFF")
    )
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


class SparkEngine:
    """Every table is a temporary view; what `make` keeps is written to Parquet in `scratch`, so plans stay short."""

    name = "spark"

    def __init__(self, scratch: Path, *, memory: str = "2g") -> None:
        self._scratch = scratch.resolve()
        self._scratch.mkdir(parents=True, exist_ok=True)
        self._spark = _session(memory)
        self._made = 0

    def _frame(self, sql: str, params: Mapping[str, object] | None) -> DataFrame:
        statement = render(sql, "spark", params)
        try:
            return self._spark.sql(statement)
        except Exception as error:  # pyspark raises many unrelated classes; all become one
            raise QueryError(f"{type(error).__name__}: {_cause(error)}", where=statement[:1500]) from error

    def _guard(self, sql: str, error: Exception) -> QueryError:
        return QueryError(f"{type(error).__name__}: {_cause(error)}", where=sql[:1500])

    def attach(self, table: str, path: Path) -> None:
        self._spark.read.parquet(str(path.resolve())).createOrReplaceTempView(table)

    def view(self, table: str, sql: str) -> None:
        self._frame(sql, None).createOrReplaceTempView(table)

    def _next(self) -> Path:
        self._made += 1
        return self._scratch / f"made-{self._made:04d}.parquet"

    def put(self, table: str, data: pa.Table) -> None:
        path = self._next()
        pq.write_table(data, path)
        self.attach(table, path)

    def make(self, table: str, sql: str, params: Mapping[str, object] | None = None) -> None:
        path = self._next()
        self.write(sql, path, params)
        self.attach(table, path)

    def fetch(self, sql: str, params: Mapping[str, object] | None = None) -> pa.Table:
        frame = self._frame(sql, params)
        try:
            return frame.toArrow()
        except Exception as error:
            raise self._guard(sql, error) from error

    def stream(self, sql: str, params: Mapping[str, object] | None = None) -> Iterator[pa.RecordBatch]:
        path = self._next()
        self.write(sql, path, params)
        for part in sorted(path.glob("*.parquet")):
            yield from pq.ParquetFile(part).iter_batches()

    def write(self, sql: str, path: Path, params: Mapping[str, object] | None = None) -> int:
        frame = self._frame(sql, params)
        try:
            frame.write.mode("overwrite").parquet(str(path.resolve()))
        except Exception as error:
            raise self._guard(sql, error) from error
        return sum(pq.ParquetFile(part).metadata.num_rows for part in path.glob("*.parquet"))

    def drop(self, table: str) -> None:
        self._spark.catalog.dropTempView(table)

    def close(self) -> None:
        for view in self._spark.catalog.listTables():
            if view.isTemporary:
                self._spark.catalog.dropTempView(view.name)
