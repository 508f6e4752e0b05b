"""The step that reads: every file of the case, in its order, into the tables of its kind."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.contracts import TABLES
from enduse.errors import EnduseError, SourceRefused
from enduse.intake import documents, duplicates, files, lists, sealing
from enduse.intake.lists import aliases

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.contracts.case_file import Source
    from enduse.contracts.core import Table
    from enduse.engine.step import Context, Made, Progress
    from enduse.intake.lists import ListRead

# What the account needs of each file, besides the tables: a temporary table of the stage.
FILE_COLUMNS = ("source", "position", "sha256", "kind", "records", "loaded", "format", "layout", "raw", "rest", "as_of")

MADE = ("mapping", "shipment_row", "rejection", "list_entry", "ownership", "statistic", "document")


@dataclass
class Gathered:
    """The tables of the stage while they grow: Parquet parts where they can be large, Arrow where they cannot."""

    scratch: Path
    parts: dict[str, list[Path]] = field(default_factory=dict)
    tables: dict[str, list[pa.Table]] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    lists: list[ListRead] = field(default_factory=list)

    def add(self, name: str, made: pa.Table | Path | None) -> None:
        if isinstance(made, Path):
            # Taken over at once, so that the next file may write under the same name.
            parts = self.parts.setdefault(name, [])
            parts.append(made.rename(self.scratch / f"{name}-{len(parts) + 1:05d}.parquet"))
        elif made is not None and made.num_rows:
            self.tables.setdefault(name, []).append(made)

    def _folder(self, table: Table) -> Path:
        """The parts in one folder, in the order of the sources: nothing is read again to join them."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        folder = self.scratch / f"{table.name}.parquet"
        folder.mkdir()
        flat = [
            p
            for part in self.parts.get(table.name, [])
            for p in (sorted(part.glob("*.parquet")) if part.is_dir() else [part])
        ]
        for number, part in enumerate(flat, 1):
            shutil.move(part, folder / f"part-{number:05d}.parquet")
        if table.name in self.tables:
            pq.write_table(
                pa.concat_tables(self.tables[table.name]),
                folder / f"part-{len(flat) + 1:05d}.parquet",
                compression="zstd",
            )
        return folder

    def result(self, table: Table) -> pa.Table | Path:
        import pyarrow as pa

        if table.name in self.parts:
            return self._folder(table)
        return pa.concat_tables(self.tables[table.name]) if table.name in self.tables else table.empty()


def hint(source: Source) -> str:
    """The name that may say whose customs made a file and on which side: the file's, or the alias where it is sealed."""
    return source.alias if source.sealed else Path(source.path).name


def identity(context: Context, source: Source) -> str:
    """The digest that record ids begin with: the file's; of a further sheet of one workbook, that of file and sheet.

    That of a sealed source is salted, and stands for file and sheet already.
    """
    if source.sealed:
        return source.sha256
    first = next(s for s in context.case.source if s.sha256 == source.sha256)
    if first.sheet == source.sheet:
        return source.sha256
    return hashlib.sha256(f"{source.sha256}\0{source.sheet}".encode()).hexdigest()


def _customs(context: Context, source: Source, path: Path, gathered: Gathered) -> dict[str, Any]:
    from enduse.intake import mapping, reading, typing_rows

    settings = context.case.settings.intake
    raw = reading.read(path, alias=source.alias, scratch=gathered.scratch, settings=settings, sheet=source.sheet)
    gathered.add("rejection", raw.rejected)
    for note in raw.notes:
        context.progress.say(f"{source.alias}: {note}")
    name = hint(source)
    saved = None if source.mapping else mapping.recognized(context.folder / "mappings", raw.columns)
    if saved is not None:
        context.progress.say(f"{source.alias}: mapping {saved[0].name} recognized by its layout")
    roles = (
        mapping.load(context.folder / source.mapping)
        if source.mapping
        else saved[1]
        if saved is not None
        else mapping.propose(raw.columns, raw.sample, name=name)
    )
    found = mapping.side(name, raw.columns, raw.sample, roles)
    # What the case file says of a source is what counts; what the file says fills the rest.
    side = mapping.Side(source.direction or found.direction, source.country or found.country, found.reason)
    typed = typing_rows.type_rows(
        context, raw, alias=source.alias, sha256=identity(context, source), roles=roles, side=side
    )
    gathered.add("shipment_row", typed.shipments)
    gathered.add("rejection", typed.rejected)
    gathered.add("mapping", typed.mapping)
    played = [
        r["role"] for r in sorted(typed.mapping.select(["position", "role"]).to_pylist(), key=lambda r: r["position"])
    ]
    more = {
        "raw": raw.path.name,
        "layout": duplicates.layout_of(raw, played),
        "rest": ";".join(duplicates.rest_of(raw, played)),
    }
    return {"records": raw.records, "loaded": 0, "format": raw.format, **more}


def _watchlist(context: Context, source: Source, path: Path, gathered: Gathered) -> dict[str, Any]:
    read = lists.read(
        path, alias=source.alias, settings=context.case.settings.intake, scratch=gathered.scratch, sheet=source.sheet
    )
    gathered.lists.append(read)
    gathered.add("rejection", read.rejected)
    return {"records": read.records, "loaded": read.loaded, "format": read.format, "as_of": read.as_of}


def _ownership(context: Context, source: Source, path: Path, gathered: Gathered) -> dict[str, Any]:
    from enduse.intake import ownership

    read = ownership.read(
        path, alias=source.alias, settings=context.case.settings.intake, scratch=gathered.scratch, sheet=source.sheet
    )
    gathered.add("ownership", read.ownership)
    gathered.add("rejection", read.rejected)
    return {"records": read.records, "loaded": read.loaded, "format": read.format}


def _statistics(context: Context, source: Source, path: Path, gathered: Gathered) -> dict[str, Any]:
    from enduse.intake import statistics

    read = statistics.read(
        context, path, alias=source.alias, name=hint(source), scratch=gathered.scratch, sheet=source.sheet,
        country=source.country, direction=source.direction,
    )  # fmt: skip
    gathered.add("statistic", read.statistics)
    gathered.add("rejection", read.rejected)
    for note in read.notes:
        context.progress.say(f"{source.alias}: {note}")
    return {"records": read.records, "loaded": read.loaded, "format": read.format}


def _press(_: Context, source: Source, path: Path, gathered: Gathered) -> dict[str, Any]:
    text = documents.open_text(path, sheet=source.sheet)
    row: dict[str, object] = {
        "source": source.alias,
        "sha256": source.sha256,
        "content": text.content,
        "encoding": text.encoding,
    }
    gathered.add("document", TABLES["document"].arrow([row]))
    return {"records": 1, "loaded": 1, "format": text.format}


# An order is read as a declaration is: the same rows, under a source that is no declared trade.
_READERS = {
    "customs": _customs, "order": _customs, "watchlist": _watchlist, "ownership": _ownership, "statistics": _statistics, "press": _press,
}  # fmt: skip


def _read(context: Context, source: Source, gathered: Gathered) -> dict[str, Any]:
    reader = _READERS.get(source.kind)
    if reader is None:
        raise SourceRefused(
            f"files of kind {source.kind} are not read by this version", fix="Remove its [[source]] from case.toml"
        )
    path = context.folder / source.path
    if source.sealed:
        path = sealing.nameless(path, source.alias, context.scratch)
    # The digest is taken while the file is read: hashing does not hold the interpreter, so it costs next to no time of its own.
    with ThreadPoolExecutor(1) as pool:
        digest = pool.submit(files.digest, path)
        try:
            account = reader(context, source, path, gathered)
        except EnduseError:
            sealing.check(context.folder, source, digest.result())  # that the file changed is the better reason
            raise
        sealing.check(context.folder, source, digest.result())
    return account


@dataclass(frozen=True)
class _Discreet:
    """Progress that says nothing of a sealed file's name."""

    inner: Progress
    said: Callable[[str], str]

    def step(self, stage: str, name: str, number: int, of: int) -> None:
        self.inner.step(stage, name, number, of)

    def say(self, line: str) -> None:
        self.inner.say(self.said(line))


def read_source(context: Context, source: Source, position: int, gathered: Gathered) -> None:
    """One file into the tables of its kind. Raises SourceRefused that names it by its alias, never by its path."""
    hidden = sealing.needles(context.folder / source.path, source.sheet) if source.sealed else []

    def said(text: str) -> str:
        return sealing.hide(text, hidden, source.alias)

    if source.sealed:
        context = replace(context, progress=_Discreet(context.progress, said))
    try:
        account = _read(context, source, gathered)
    except SourceRefused as error:
        raise SourceRefused(said(error.what), where=f"source {source.alias}", fix=said(error.fix)) from error
    except EnduseError as error:
        where = f"source {source.alias}: {said(error.where)}" if error.where else f"source {source.alias}"
        raise type(error)(said(error.what), where=where, fix=said(error.fix)) from error
    if source.sealed:
        account["format"] = said(str(account["format"]))
    line = {"source": source.alias, "position": position, "sha256": source.sha256, "kind": source.kind}
    gathered.files.append(line | account)


def make(context: Context) -> Made:
    """The step: reads the sources of the case, makes the tables of `MADE` and intake_file."""
    import pyarrow as pa

    context.scratch.mkdir(parents=True, exist_ok=True)
    gathered = Gathered(context.scratch)
    for position, source in enumerate(context.case.source, 1):
        read_source(context, source, position, gathered)
    for entries in aliases.complete(gathered.lists):
        gathered.add("list_entry", entries)
    types = {"position": pa.int64(), "records": pa.int64(), "loaded": pa.int64()}
    made: dict[str, pa.Table | Path] = {name: gathered.result(TABLES[name]) for name in MADE}
    made["intake_file"] = pa.table(
        {c: pa.array([f.get(c) for f in gathered.files], types.get(c, pa.string())) for c in FILE_COLUMNS}
    )
    return made
