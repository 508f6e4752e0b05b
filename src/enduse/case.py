"""A case: a folder with a question, sources, settings and results. The Python API; the command line is a thin shell over it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse import case_store, pipeline
from enduse._version import __version__
from enduse.contracts import KINDS, TABLES
from enduse.contracts.case_file import CaseFile, Source
from enduse.contracts.run import RunInfo
from enduse.errors import CaseError, EnduseError, SourceRefused, UsageError
from enduse.question import scope_of, watch_of

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.engine.base import Engine
    from enduse.engine.step import Progress


class Quiet:
    """Progress that says nothing."""

    def step(self, stage: str, name: str, number: int, of: int) -> None:
        """Nothing to show."""

    def say(self, line: str) -> None:
        """Nothing to show."""


@dataclass(frozen=True)
class Added:
    """What `add` made of one path: the sources it became, or why it was refused."""

    path: str
    sources: tuple[Source, ...] = ()
    why: str = ""
    refused: EnduseError | None = None


@dataclass(frozen=True)
class Why:
    """A figure with its rows: the value as stated, computed again from the rows listed, and whether both are equal."""

    figure: dict[str, Any]
    recomputed: str
    equal: bool
    rows: list[dict[str, Any]]
    rows_in_all: int


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class Case:
    """The case in `folder`. Reading a case that does not exist raises CaseError (exit code 3 on the command line)."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.file: CaseFile = case_store.load(self.folder)

    @classmethod
    def new(
        cls,
        folder: str | Path,
        *,
        question: str = "",
        watch: str | None = None,
        title: str = "",
        simulated: bool = False,
    ) -> Case:
        """Make a case. The watch profile comes from `watch`, or from the question's words, or is civil-drones."""
        from enduse.goods.watch import load as load_watch
        from enduse.reference.countries import code

        place = Path(folder)
        chosen = watch or watch_of(question) or "civil-drones"
        load_watch(chosen, place)
        case_store.create(
            place, question=question, watch=chosen, scope=scope_of(question, code), title=title, simulated=simulated
        )
        return cls(place)

    # ---- sources ---------------------------------------------------------------------------------------------------

    def _alias(self, wanted: str, taken: set[str]) -> str:
        if wanted not in taken:
            return wanted
        stem, suffix = Path(wanted).stem, Path(wanted).suffix
        number = 2
        while f"{stem}-{number}{suffix}" in taken:
            number += 1
        return f"{stem}-{number}{suffix}"

    def _sources_of(
        self, path: Path, kind: str | None, alias: str | None, taken: set[str], *, sealed: bool
    ) -> tuple[list[Source], str]:
        from enduse.intake import READ_KINDS, detect

        found = detect(path, kind)  # type: ignore[arg-type]
        use = kind or found.kind
        if use not in READ_KINDS:
            raise SourceRefused(
                f"taken for {use} ({found.reason}), which this version does not read yet",
                where=str(path), fix=f"Kinds read: {', '.join(READ_KINDS)}; if it is one of them, say so with --kind",
            )  # fmt: skip
        digest = _sha256(path)
        place = os.path.relpath(path.resolve(), self.folder.resolve())
        sheets: Sequence[str | None] = (found.sheets or (None,)) if use == "customs" else (None,)
        made = []
        for sheet in sheets:
            name = alias or (f"sealed-{len(taken) + 1}" if sealed else path.name)
            name = self._alias(f"{name}#{sheet}" if sheet is not None and len(sheets) > 1 else name, taken)
            taken.add(name)
            made.append(Source(alias=name, path=place, sha256=digest, kind=use, sheet=sheet, sealed=sealed))
        return made, found.reason

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        kind: str | None = None,
        alias: str | None = None,
        mapping: str | Path | None = None,
        sealed: bool = False,
    ) -> list[Added]:
        """Add files. The good ones go in; each refused one comes back with its error. Sources are never copied or written."""
        from enduse.intake.mapping import load as load_mapping

        if kind is not None and kind not in KINDS:
            raise UsageError(f"no kind {kind!r}", fix=f"Kinds are {', '.join(KINDS)}")
        if alias is not None and len(paths) > 1:
            raise UsageError("--as names one file, but several were given", fix="Add them one by one")
        if mapping is not None:
            if len(paths) > 1:
                raise UsageError("--mapping is for one file, but several were given", fix="Add them one by one")
            kind = kind or "customs"
            load_mapping(Path(mapping))
        taken = {s.alias for s in self.file.source}
        if alias is not None and alias in taken:
            raise CaseError(
                f"the case has a source named {alias!r} already",
                where=case_store.where(self.folder),
                fix="Choose another name after --as",
            )
        known = {(s.sha256, s.sheet): s.alias for s in self.file.source}
        out: list[Added] = []
        good: list[Source] = []
        for given in paths:
            try:
                made, why = self._sources_of(Path(given), kind, alias, taken, sealed=sealed)
                for source in made:
                    twin = known.get((source.sha256, source.sheet))
                    if twin is not None:
                        raise SourceRefused(
                            f"the same bytes stand in the case already, as {twin!r}",
                            where=str(given),
                            fix="Nothing to do",
                        )
                    known[source.sha256, source.sheet] = source.alias
                good += made
                out.append(Added(str(given), tuple(made), why))
            except EnduseError as error:
                out.append(Added(str(given), refused=error))
            except OSError as error:
                reason = error.strerror or type(error).__name__
                out.append(
                    Added(
                        str(given),
                        refused=SourceRefused(
                            f"cannot be read: {reason}", where=str(given), fix="Check the path and its permissions"
                        ),
                    )
                )
        if mapping is not None:
            good = [self._keep_mapping(Path(mapping), source) for source in good]
        if good:
            case_store.append_sources(self.folder, good)
            self._mark(good)
            self.file = case_store.load(self.folder)
        return out

    def _keep_mapping(self, mapping: Path, source: Source) -> Source:
        """Copy a mapping file into the case and name it in the source."""
        name = f"mappings/{source.alias.replace('/', '_')}.toml"
        (self.folder / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(mapping, self.folder / name)
        return source.model_copy(update={"mapping": name})

    # ---- running ---------------------------------------------------------------------------------------------------

    @property
    def _seen(self) -> Path:
        return self.folder / "work" / "seen.json"

    def _marks(self) -> dict[str, Any]:
        """Size, time and digest of each source when its bytes were last read whole, by path."""
        try:
            found: dict[str, Any] = json.loads(self._seen.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def _mark(self, sources: Sequence[Source]) -> None:
        """Note that the bytes of `sources` have just been read, so that a run need not read them again to know them."""
        marks = self._marks()
        for source in sources:
            stat = (self.folder / source.path).stat()
            marks[source.path] = [stat.st_size, stat.st_mtime_ns, source.sha256]
        self._seen.parent.mkdir(parents=True, exist_ok=True)
        self._seen.write_text(json.dumps(marks, indent=1, sort_keys=True), encoding="utf-8")

    def _unchanged(self) -> None:
        """Each source still has the bytes it was added with. Files whose size and time did not move are not read again."""
        marks = self._marks()
        read = []
        for source in self.file.source:
            path = self.folder / source.path
            try:
                stat = path.stat()
            except OSError as error:
                raise SourceRefused(
                    f"source {source.alias!r} is gone: {error.strerror}",
                    where=source.path, fix="Put the file back, or mend its path in case.toml",
                ) from error  # fmt: skip
            if marks.get(source.path) == [stat.st_size, stat.st_mtime_ns, source.sha256]:
                continue
            if _sha256(path) != source.sha256:
                raise SourceRefused(
                    f"source {source.alias!r} changed since it was added",
                    where=source.path, fix="Put the old file back, or remove its [[source]] from case.toml and add it again",
                )  # fmt: skip
            read.append(source)
        if read or not self._seen.exists():
            self._mark(read)

    def _outside(self) -> dict[str, list[str]]:
        """Digests of the files beside case.toml that a stage reads."""
        intake = [_sha256(p) for s in self.file.source if s.mapping and (p := self.folder / s.mapping).is_file()]
        # A profile may extend another, so any TOML file beside case.toml can change what is watched.
        watch = sorted(p for p in self.folder.glob("*.toml") if p.name != case_store.NAME)
        judgements = self.folder / "judgements.jsonl"
        return {
            "intake": intake,
            "goods": [_sha256(p) for p in watch],
            "parties": [_sha256(judgements)] if judgements.is_file() else [],
        }

    def run(
        self,
        *,
        engine: str = "duckdb",
        until: str | None = None,
        progress: Progress | None = None,
        timer: Callable[[str], None] = lambda _: None,
    ) -> list[pipeline.Done]:
        """Run what is not up to date, up to and with stage `until` (all of them by default)."""
        rooms = pipeline.up_to(until)
        self._unchanged()
        done = pipeline.run(
            self.file,
            self.folder,
            engine=engine,
            until=until,
            progress=progress or Quiet(),
            outside=self._outside(),
            timer=timer,
        )
        if until in (None, "dossier") and len(rooms) == len(pipeline.ROOMS):
            self.write_dossier(engine)
            timer("dossier")
        return done

    def stale(self) -> list[str]:
        """Stages whose results were made from other settings, sources or code than the case has now."""
        return pipeline.stale(self.file, self.folder, self._outside())

    @contextmanager
    def open(self, engine: str = "duckdb") -> Iterator[Engine]:
        """An engine with every table of the case attached; tables of stages that did not run are empty."""
        place = pipeline.Place(self.folder / "work")
        with pipeline.open_engine(engine, place.root / f".scratch-read-{os.getpid()}") as opened:
            pipeline.attach_all(opened, place)
            yield opened

    def need(self, stage: str) -> None:
        """Raise CaseError where the results of `stage` are not there, or of a version whose tables looked otherwise."""
        manifest = pipeline.Place(self.folder / "work").manifest(stage)
        if manifest and manifest.get("contracts") != pipeline.code_digest("contracts"):
            raise CaseError(
                f"the {stage} results are of another version of enduse ({manifest.get('version', 'unknown')})",
                where=str(self.folder),
                fix=f"Run the case again: enduse run {self.folder}",
            )
        if not manifest:
            raise CaseError(
                f"the case has not been run (no {stage} results)",
                where=str(self.folder),
                fix=f"Run it with: enduse run {self.folder}",
            )

    def run_info(self) -> RunInfo:
        """What identifies the results: inputs, settings and code, no clock and no machine."""
        place = pipeline.Place(self.folder / "work")
        keys = [place.manifest(room).get("key", {}) for room in pipeline.ROOMS]
        engine = next((k["engine"] for k in keys if k), "")
        plain = [{k: v for k, v in key.items() if k not in ("engine", "upstream")} for key in keys]
        case = self.file.model_dump(mode="json")
        for source in case["source"]:
            source.pop("path")
        text = json.dumps([plain, case], sort_keys=True, ensure_ascii=False)
        name = self.folder.resolve().name
        return RunInfo(
            run_id=hashlib.sha256(text.encode()).hexdigest()[:12],
            version=__version__,
            engine=engine,
            code_sha256=pipeline.code_digest(*pipeline.ROOMS, *pipeline.COMMON),
            case_sha256=hashlib.sha256(json.dumps(case, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
            replay=(f"pip install enduse=={__version__}", f"enduse run {name}", f"enduse figures {name}"),
        )

    # ---- reading ---------------------------------------------------------------------------------------------------

    def table(self, name: str) -> pa.Table:
        """A contract table as Arrow, in the order exports use."""
        if name not in TABLES:
            raise UsageError(
                f"no table {name!r}", fix=f"Tables are {', '.join(t for t, c in TABLES.items() if c.exported)}"
            )
        self.need("intake")
        with self.open() as engine:
            table = TABLES[name]
            order = ", ".join(f'"{k}"' for k in table.sort)
            return engine.fetch(f"SELECT {table.select} FROM {name} ORDER BY {order}").cast(table.schema)

    def figures(self) -> list[dict[str, Any]]:
        """Every figure as a dict with the columns of the contract."""
        self.need("findings")
        found: list[dict[str, Any]] = self.table("figure").to_pylist()
        return found

    def claims(self) -> list[dict[str, Any]]:
        """Every press claim as a dict with the columns of the contract."""
        self.need("press")
        found: list[dict[str, Any]] = self.table("claim").to_pylist()
        return found

    def why(self, figure_id: str, *, rows: int | None = None) -> Why:
        """A figure, its first `rows` rows (all by default), and its value computed again from all rows listed for it."""
        from enduse.findings import recompute

        self.need("findings")
        with self.open() as engine:
            found = engine.fetch("SELECT * FROM figure WHERE figure_id = $id", {"id": figure_id}).to_pylist()
            if not found:
                have = engine.fetch(
                    "SELECT min(figure_id) AS a, max(figure_id) AS b, count(*) AS n FROM figure"
                ).to_pylist()[0]
                fix = (
                    f"Figures run from {have['a']} to {have['b']}; list them with: enduse figures {self.folder}"
                    if have["n"]
                    else "The case has no figures"
                )
                raise EnduseError(f"no figure {figure_id!r}", where=str(self.folder), fix=fix)
            figure = found[0]
            again = recompute(engine, figure)
            count = engine.fetch("SELECT count(*) AS n FROM figure_row WHERE figure_id = $id", {"id": figure_id})["n"][
                0
            ].as_py()
            limit = f" LIMIT {int(rows)}" if rows is not None else ""
            listed = engine.fetch(
                "SELECT f.shipment_id, s.source, s.row, s.date, s.exporter_name, s.importer_name, s.description, s.hs_code, s.quantity, s.unit, "
                "s.net_kg, s.value, s.currency, s.value_usd, s.origin_country, s.departure_country, s.destination_country, f.amount, f.item "
                "FROM figure_row AS f JOIN shipment AS s ON s.shipment_id = f.shipment_id WHERE f.figure_id = $id "
                f"ORDER BY f.amount DESC NULLS LAST, f.shipment_id{limit}",
                {"id": figure_id},
            ).to_pylist()
        same = again == figure["value"] and count == figure["rows"]
        return Why(figure, again, same, listed, count)

    # ---- outputs ---------------------------------------------------------------------------------------------------

    def dossier_html(self, engine: str = "duckdb") -> str:
        """The dossier as one self-contained HTML text."""
        from enduse.dossier import build, render

        self.need("findings")
        with self.open(engine) as opened:
            return render(build(opened, self.file, self.run_info()))

    @property
    def dossier_path(self) -> Path:
        """Where `run` puts the dossier (SIMULATED stands in the name where the case is)."""
        return self.folder / "out" / ("dossier-SIMULATED.html" if self.file.simulated else "dossier.html")

    def write_dossier(self, engine: str = "duckdb") -> Path:
        """Write the dossier to `dossier_path`."""
        path = self.dossier_path
        path.parent.mkdir(exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        partial.write_text(self.dossier_html(engine), encoding="utf-8")
        partial.replace(path)
        return path

    def export(self, to: str, out: str | Path) -> list[Path]:
        """Write tables or dossier: `csv` and `parquet` fill the folder `out`, `html` writes the file `out`."""
        from enduse.export import export

        return export(self, to, Path(out))
