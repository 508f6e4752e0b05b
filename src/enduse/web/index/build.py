"""Making a serving index from the tables of a run. It appears under its stamp when it is whole, and older ones go."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from enduse.contracts import TABLES, Table
from enduse.engine.duckdb import parquet_glob
from enduse.errors import EnduseError
from enduse.pipeline import ROOMS, Place
from enduse.web.index import bitmaps, columnar, strings, words
from enduse.web.index.layout import NO_AMOUNT, NO_DATE, ORDERS, SMALL, VERSION
from enduse.web.index.stamp import stamp_of

Tell = Callable[[str, int, int], None]
SQL = Path(__file__).with_name("tables.sql")
STRINGS = {
    "text": "SELECT word FROM d_text ORDER BY code",
    "name": "SELECT word FROM d_name ORDER BY code",
    "party": "SELECT word FROM d_party ORDER BY code",
    "party_name": "SELECT coalesce(name, '') FROM d_party ORDER BY code",
}
LABELS = {
    "d_text": "sorting the goods texts",
    "d_name": "sorting the names",
    "d_party": "gathering the firms",
}


def _quiet(_: str, __: int, ___: int) -> None:
    """No progress to show."""


def connect(path: Path, scratch: Path, *, memory: str, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A database file with bounded memory that loads nothing from anywhere."""
    config: dict[str, Any] = {
        "memory_limit": memory,
        "temp_directory": str(scratch),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
    }
    made = duckdb.connect(str(path), read_only=read_only, config=config)
    made.execute("SET enable_progress_bar = false")
    return made


def attach(db: duckdb.DuckDBPyConnection, place: Place, temporary: str = "TEMP") -> None:
    """Views over every table of the case; a table no stage has made is an empty one."""
    for table in sorted(TABLES.values(), key=lambda t: bool(t.view)):
        path = place.table(table.name)
        if table.view:
            db.execute(f"CREATE {temporary} VIEW {table.name} AS {table.view}")
        elif path is None or not _sound(table, path):
            db.execute(table.ddl().replace("CREATE TABLE", f"CREATE {temporary} TABLE", 1))
        else:
            where = parquet_glob(path).replace("'", "''")
            db.execute(f"CREATE {temporary} VIEW {table.name} AS SELECT * FROM read_parquet('{where}')")


def _sound(table: Table, path: Path) -> bool:
    """Whether a stored table has the columns this version knows; results of another version are as good as none."""
    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    return bool(parts) and set(pq.read_schema(parts[0]).names) == set(table.names)


def snapshot(work: Path, out: Path) -> None:
    """The tables of the run under `out`, as links to the same files: they stay readable while a new run takes their places."""
    for room in ROOMS:
        for path in sorted((work / room).rglob("*")):
            if path.is_file():
                target = out / path.relative_to(work)
                target.parent.mkdir(parents=True, exist_ok=True)
                try:
                    os.link(path, target)
                except OSError:
                    shutil.copyfile(path, target)


def tidy(root: Path, keep: Path) -> None:
    """Remove the indexes of older runs."""
    for other in root.iterdir():
        if other.is_dir() and other != keep and other.suffix != ".partial":
            shutil.rmtree(other, ignore_errors=True)


def build(folder: Path, tell: Tell = _quiet, *, memory: str = "1GB") -> Path:
    """The index of the case in `folder` as it stands now; built only where there is none with its stamp."""
    root = folder / "work" / "serve"
    stamp = stamp_of(folder)
    target = root / stamp
    if (target / "index.json").is_file():
        return target
    partial = root / f".{stamp}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    db = connect(partial / "index.duckdb", partial / "spill", memory=memory)
    try:
        snapshot(folder / "work", partial / "tables")
        _make(db, Place(partial / "tables"), partial, tell)
    finally:
        db.close()
    shutil.rmtree(partial / "spill", ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
    return target


def _make(db: duckdb.DuckDBPyConnection, place: Place, out: Path, tell: Tell) -> None:
    attach(db, place)
    body = "\n".join(line for line in SQL.read_text(encoding="utf-8").splitlines() if not line.startswith("-- "))
    statements = body.split("--------")
    of = len(statements) + 5
    for number, statement in enumerate(statements, 1):
        name = statement.split("CREATE TABLE ", 1)[1].split(" ", 1)[0]
        tell(LABELS.get(name, f"listing {name.removeprefix('d_')}"), number, of)
        db.execute(statement).fetchall()
    number = len(statements)
    tell("reading the records", number + 1, of)
    columns = columnar.rows(db, out)
    tell("joining firms, goods and marks", number + 2, of)
    columnar.join(db, place, columns, out)
    tell("ordering the columns", number + 3, of)
    _orders(columns, out)
    tell("making the bitmaps", number + 4, of)
    small = {
        name: ["", *(r[0] for r in db.execute(f"SELECT word FROM d_{name} ORDER BY code").fetchall())] for name in SMALL
    }
    bitmaps.write(columns, small, out)
    tell("indexing the words", number + 5, of)
    for name, sql in STRINGS.items():
        strings.write(db, sql, out, name)
    words.write(db, out)
    for name in ("text", "name"):
        db.execute(f"DROP TABLE d_{name}").fetchall()
    db.execute("CHECKPOINT").fetchall()
    prefixes = ["", *(r[0] for r in db.execute("SELECT prefix FROM d_source ORDER BY code").fetchall())]
    told = {"version": VERSION, "rows": len(columns["date"]), "words": small, "prefixes": prefixes}
    (out / "index.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _orders(columns: dict[str, NDArray[Any]], out: Path) -> None:
    """For each column people sort or look up by: the rows in its order, what is not stated last."""
    for name in ORDERS:
        keys = columns[name]
        order = np.argsort(keys, kind="stable").astype(np.uint32)
        if keys.dtype.kind == "u":
            counts = np.bincount(keys, minlength=1) if len(keys) else np.zeros(1, np.int64)
            empty = int(counts[0])
            # Where the rows of each code begin and end, in the order below: those of code 0 come last.
            ends = np.concatenate(([0], np.cumsum(counts))) - empty
            ends[0] = 0
            np.save(out / f"offset_{name}.npy", ends.astype(np.int64))
        else:
            empty = int(np.count_nonzero(keys == NO_AMOUNT))
        np.save(out / f"order_{name}.npy", np.concatenate((order[empty:], order[:empty])))
        np.save(out / f"stated_{name}.npy", np.array([len(order) - empty]))
    np.save(out / "dated.npy", np.array([int(np.count_nonzero(columns["date"] != NO_DATE))]))


def main(folder: str) -> None:
    """Build in a process of its own, so that its memory goes with it; progress as lines of JSON."""

    def tell(value: object) -> None:
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()

    try:
        build(Path(folder), lambda what, number, of: tell([what, number, of]))
    except EnduseError as error:
        tell({"what": error.what, "where": error.where, "fix": error.fix})
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main(sys.argv[1])
