"""The only module that knows the order of the stages, and how a stage becomes files.

A stage runs in a folder beside its place and is renamed into it when it is whole, with a manifest of what it was made
from. An equal manifest is a finished stage; an interrupted run resumes at the first stage without one.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from enduse._version import __version__
from enduse.contracts import STAGES, TABLES, Table
from enduse.engine.step import Context, Progress, Stage, Step
from enduse.errors import EnduseError, QueryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enduse.contracts.case_file import CaseFile
    from enduse.engine.base import Engine

PACKAGE = Path(__file__).parent
# Rooms whose stage makes tables; `dossier` only reads tables (see `case.py`).
ROOMS: tuple[str, ...] = ("intake", "goods", "parties", "routes", "press", "findings")
# Which rooms' tables a room reads: a change elsewhere leaves its results as they are.
READS: dict[str, tuple[str, ...]] = {
    "intake": (),
    "goods": ("intake",),
    "parties": ("intake",),
    "routes": ("intake", "goods", "parties"),
    "press": ("intake",),
    "findings": ("intake", "goods", "parties", "routes", "press"),
}
# What every stage's result may depend on beside its own folder.
COMMON: tuple[str, ...] = ("contracts", "engine", "reference", "pipeline.py")


@lru_cache
def stage(room: str) -> Stage:
    """The stage of a room, imported only when it is needed."""
    found: Stage = importlib.import_module(f"enduse.{room}").STAGE
    return found


def _files(part: str) -> list[Path]:
    root = PACKAGE / part
    found = [root] if root.is_file() else [p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return sorted(found, key=lambda p: p.relative_to(PACKAGE).as_posix())


@lru_cache
def code_digest(*parts: str) -> str:
    """SHA-256 over the names and bytes of the package's files in `parts` (folders or modules)."""
    digest = hashlib.sha256()
    for part in parts:
        for path in _files(part):
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _plain(value: object) -> Any:
    """A settings value as JSON-able data with a stable order."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(_plain(value), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Place:
    """Where a case keeps the results of its stages."""

    root: Path  # <case>/work

    def stage(self, name: str) -> Path:
        return self.root / name

    def table(self, name: str) -> Path | None:
        """The stored Parquet of a table (a file, or a folder of parts), or None."""
        path = self.root / TABLES[name].made_by / f"{name}.parquet"
        return path if path.exists() else None

    def manifest(self, name: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.stage(name) / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found


@contextmanager
def open_engine(name: str, scratch: Path) -> Iterator[Engine]:
    """The engine by its name, with a scratch folder that is gone afterwards."""
    if name not in ("duckdb", "spark"):
        raise UsageError(f"no engine {name!r}", fix="Use duckdb or spark")
    scratch.mkdir(parents=True, exist_ok=True)
    engine: Engine
    if name == "spark":
        from enduse.engine.spark import SparkEngine

        engine = SparkEngine(scratch)
    else:
        from enduse.engine.duckdb import DuckDBEngine

        engine = DuckDBEngine(scratch)
    try:
        yield engine
    finally:
        engine.close()
        shutil.rmtree(scratch, ignore_errors=True)


def attach_all(engine: Engine, place: Place) -> None:
    """Make every exported table readable: the stored one, or an empty one of its contract where a stage did not run."""
    for table in sorted(TABLES.values(), key=lambda t: bool(t.view)):
        path = place.table(table.name)
        if table.view:
            engine.view(table.name, table.view)
        elif path is None:
            engine.put(table.name, table.empty())
        else:
            engine.attach(table.name, path)


def _check(table: Table, schema: pa.Schema, step: str) -> None:
    """A stored table has exactly the columns and types of its contract."""
    wrong = [f"{c.name} is missing" for c in table.columns if c.name not in schema.names]
    wrong += [f"{n} is not in the contract" for n in schema.names if n not in table.names]
    for column in table.columns:
        if column.name in schema.names and schema.field(column.name).type != column.arrow.type:
            wrong.append(f"{column.name} is {schema.field(column.name).type}, not {column.arrow.type}")
    if wrong:
        raise EnduseError(
            f"table {table.name} breaks its contract: {'; '.join(wrong)}",
            where=f"step {step}",
            fix="This is a fault of enduse: please report it",
        )


def _parts(path: Path) -> list[Path]:
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]


def _schema(path: Path) -> pa.Schema:
    schema = pq.read_schema(_parts(path)[0])
    # Large strings and dictionaries are ways of storing the same text.
    plain = {pa.large_string(): pa.string(), pa.string_view(): pa.string()}
    return pa.schema([pa.field(f.name, plain.get(f.type, f.type)) for f in schema])


def rows(path: Path) -> int:
    """Number of rows of a stored table, from the Parquet footers."""
    return sum(pq.ParquetFile(p).metadata.num_rows for p in _parts(path))


def _store(context: Context, step: Step, name: str, made: pa.Table | Path, target: Path) -> None:
    """Put one output of a Python step where it belongs and make it readable."""
    if name not in TABLES:
        if isinstance(made, Path):
            context.engine.attach(name, made)
        else:
            context.engine.put(name, made)
        return
    if isinstance(made, Path):
        shutil.move(str(made), target)
    else:
        pq.write_table(made, target, compression="zstd", compression_level=1)
    _check(TABLES[name], _schema(target), step.name)
    context.engine.attach(name, target)


def run_step(context: Context, step: Step, folder: Path) -> None:
    """One step: its outputs stand in `folder` (contract tables) or in the engine (temporary ones) afterwards."""
    params = {name: give(context.case) for name, give in step.params.items()}
    try:
        if step.run is not None:
            made = step.run(context)
            if set(made) != set(step.outputs):
                raise EnduseError(f"made {sorted(made)}, not {sorted(step.outputs)}", where=f"step {step.name}")
            for name, data in made.items():
                _store(context, step, name, data, folder / f"{name}.parquet")
        elif step.sql is not None and step.outputs[0] in TABLES:
            name = step.outputs[0]
            target = folder / f"{name}.parquet"
            context.engine.write(step.sql, target, params)
            _check(TABLES[name], _schema(target), step.name)
            context.engine.attach(name, target)
        elif step.sql is not None:
            context.engine.make(step.outputs[0], step.sql, params)
    except QueryError as error:
        raise QueryError(error.what, where=f"step {step.name}: {error.where}", fix=error.fix) from error


def _rest(engine: Engine, room: str) -> None:
    """Make the other tables of `room` readable: empty where no step makes one, and views over what was just made."""
    made = stage(room).outputs
    for table in TABLES.values():
        if table.made_by == room and not table.view and table.name not in made:
            engine.put(table.name, table.empty())
    for table in TABLES.values():
        if table.view and table.made_by == room:
            engine.view(table.name, table.view)


def _key(room: str, case: CaseFile, engine: str, upstream: Iterable[str]) -> dict[str, Any]:
    """What a stage's result depends on."""
    made = stage(room)
    return {
        "stage": room,
        "engine": engine,
        "code": code_digest(room, *COMMON),
        "settings": _digest(made.settings(case)),
        "upstream": sorted(upstream),
    }


def _file_digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _run_stage(room: str, key: dict[str, Any], context: Context, place: Place) -> dict[str, Any]:
    made = stage(room)
    folder = place.root / f".{room}.partial"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, step in enumerate(made.steps, 1):
        context.progress.step(room, step.name, number, len(made.steps))
        run_step(context, step, folder)
    counts = {name: rows(folder / f"{name}.parquet") for name in made.outputs if name in TABLES}
    manifest = {"key": key, "rows": counts, "version": __version__, "contracts": code_digest("contracts")}
    manifest["digest"] = _digest([key, counts])
    # What `enduse verify CASE` holds the files to; not part of the digest, for two engines write other bytes for equal rows.
    manifest["files"] = {
        p.relative_to(folder).as_posix(): _file_digest(p) for p in sorted(folder.rglob("*.parquet")) if p.is_file()
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    for path in folder.rglob("*"):
        if path.is_file():
            _fsync(path)
    shutil.rmtree(place.stage(room), ignore_errors=True)
    folder.rename(place.stage(room))
    for name in counts:
        context.engine.attach(name, place.stage(room) / f"{name}.parquet")
    for name in made.outputs:
        if name not in TABLES:
            context.engine.drop(name)
    return manifest


def up_to(until: str | None) -> tuple[str, ...]:
    """The rooms to run, in order, up to and with the stage `until`."""
    if until is None:
        return ROOMS
    if until not in STAGES:
        raise UsageError(f"no stage {until!r}", fix=f"Stages are {', '.join(STAGES)}")
    return tuple(r for r in ROOMS if STAGES.index(r) <= STAGES.index(until))


def stale(case: CaseFile, folder: Path, outside: Mapping[str, Sequence[str]]) -> list[str]:
    """The stages whose stored results were made from other settings, sources or code than there are now."""
    place = Place(folder / "work")
    good: dict[str, str] = {}
    old: list[str] = []
    for room in ROOMS:
        manifest = place.manifest(room)
        key = manifest.get("key", {})
        upstream = [good.get(r, "") for r in READS[room]]
        if manifest and key == _key(room, case, key.get("engine", ""), [*upstream, *outside.get(room, ())]):
            good[room] = manifest["digest"]
        elif manifest:
            old.append(room)
    return old


@dataclass(frozen=True)
class Done:
    """What happened to one stage: `fresh` is False where the stored result was still good."""

    stage: str
    fresh: bool
    rows: dict[str, int]


def run(
    case: CaseFile,
    folder: Path,
    *,
    engine: str,
    until: str | None,
    progress: Progress,
    outside: Mapping[str, Sequence[str]],
    timer: Callable[[str], None] = lambda _: None,
) -> list[Done]:
    """Run what is not up to date. `outside` gives, by stage, digests of files beside the case file that the stage reads.

    `timer` is called with the name of each stage when it is done (the bench listens).
    """
    place = Place(folder / "work")
    place.root.mkdir(parents=True, exist_ok=True)
    done: list[Done] = []
    digests: dict[str, str] = {}
    with open_engine(engine, place.root / f".scratch-{os.getpid()}") as opened:
        for room in up_to(until):
            key = _key(room, case, engine, [*(digests[r] for r in READS[room]), *outside.get(room, ())])
            manifest = place.manifest(room)
            fresh = manifest.get("key") != key
            if fresh:
                scratch = place.root / f".scratch-{os.getpid()}" / room
                scratch.mkdir(parents=True, exist_ok=True)
                context = Context(opened, case, folder, scratch, progress)
                manifest = _run_stage(room, key, context, place)
            else:
                for name in manifest["rows"]:
                    opened.attach(name, place.stage(room) / f"{name}.parquet")
            _rest(opened, room)
            digests[room] = manifest["digest"]
            done.append(Done(room, fresh=fresh, rows=manifest["rows"]))
            timer(room)
    return done
