"""A case: a folder with a question, sources, settings and results. The Python API; the command line is a thin shell over it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse import adding, case_store, pipeline, seen
from enduse._version import __version__
from enduse.adding import Added
from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.contracts.run import RunInfo
from enduse.errors import CaseError, EnduseError, UsageError
from enduse.question import scope_of, watch_of
from enduse.whole import write_text

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
class Why:
    """A figure with its rows: the value as stated, computed again from the rows listed, and whether both are equal."""

    figure: dict[str, Any]
    recomputed: str
    equal: bool
    rows: list[dict[str, Any]]
    rows_in_all: int


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
        out, good = adding.add(self.folder, self.file, paths, kind=kind, alias=alias, mapping=mapping, sealed=sealed)
        if good:
            case_store.append_sources(self.folder, good)
            seen.mark(self.folder, good)
            self.file = case_store.load(self.folder)
        return out

    # ---- running ---------------------------------------------------------------------------------------------------

    def _outside(self) -> dict[str, list[str]]:
        """Digests of the files beside case.toml that a stage reads."""
        # A saved mapping is recognized by its layout, so any of them can decide how a file is read.
        intake = [seen.sha256(p) for p in sorted((self.folder / "mappings").glob("*.toml"))]
        rates = self.file.settings.rates.file
        if rates and (self.folder / rates).is_file():
            intake.append(seen.sha256(self.folder / rates))
        # A profile may extend another, so any TOML file beside case.toml can change what is watched.
        watch = sorted(p for p in self.folder.glob("*.toml") if p.name != case_store.NAME)
        judgements = self.folder / "judgements.jsonl"
        return {
            "intake": intake,
            "goods": [seen.sha256(p) for p in watch],
            "parties": [seen.sha256(judgements)] if judgements.is_file() else [],
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
        seen.unchanged(self.folder, self.file)
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
            if source["sealed"]:  # its salted digest stands for the sheet too, whose name no digest shall confirm
                source.pop("sheet")
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
        write_text(path, self.dossier_html(engine))
        return path

    def export(
        self, to: str, out: str | Path | None = None, *, spreadsheet: bool = False, with_sources: bool = False
    ) -> list[Path]:
        """Write the case as `to` (see `enduse.export.FORMATS`) at `out`, under `out/` of the case by default; gives the files made."""
        from enduse.export import export

        return export(self, to, None if out is None else Path(out), spreadsheet=spreadsheet, with_sources=with_sources)
