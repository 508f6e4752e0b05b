"""A crate verified from its own files, offline: digests, contracts, accounts, figures, ids, dossier, and the sources beside it."""

from __future__ import annotations

import contextlib
import csv
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.contracts.run import RunInfo
from enduse.engine.base import Engine
from enduse.engine.duckdb import DuckDBEngine
from enduse.errors import QueryError

from . import verify_figures, verify_links, verify_pack, verify_sources, verify_tables
from .crate_case import dossier_code
from .crate_pack import MANIFEST, digest
from .verify_report import Check, Report

AGAIN = "Get the crate again from where it came"
MEMORY = "2GB"


def _settings(folder: Path, check: Check) -> CaseFile | None:
    path = folder / "case.toml"
    if path.is_symlink() or not path.is_file() or path.stat().st_size > verify_pack.MOST_JSON:
        check.fault("case.toml", "is missing, or no settings file", fix=AGAIN)
        return None
    try:
        return CaseFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        check.fault("case.toml", f"cannot be read ({str(error).splitlines()[0][:120]})", fix=AGAIN)
        return None


def inside(engine: Engine) -> None:
    """Stand-ins for the tables inside the house, which a crate does not hold: `shipment` as intake wrote it, and so on."""
    for name, of in (("shipment_row", "shipment"), ("source_row", "source"), ("duplicate_row", "duplicate")):
        engine.view(name, f"SELECT {TABLES[name].select} FROM {of}")
    for table in TABLES.values():
        if not table.exported and table.name not in ("shipment_row", "source_row", "duplicate_row"):
            engine.put(table.name, table.empty())


def _dossier(
    engine: Engine, folder: Path, file: CaseFile, identity: dict[str, Any], check: Check, names: set[str]
) -> None:
    """The dossier rendered again from the rows must have the same bytes, where this is the program that made it."""
    from enduse._version import __version__
    from enduse.dossier import build, render

    name = "dossier-SIMULATED.html" if file.simulated else "dossier.html"
    if name not in names:
        check.fault(name, "is missing", fix=AGAIN)
        return
    if identity.get("version") != __version__ or identity.get("dossier_code_sha256") != dossier_code():
        check.left = (
            f"made by enduse {identity.get('version')}, by another build than this ({__version__}): not rendered again"
        )
        return
    try:
        texts = {k: str(identity[k]) for k in ("run_id", "version", "engine", "code_sha256", "case_sha256")}
        info = RunInfo(**texts, replay=tuple(str(r) for r in identity["replay"]))
        again = render(build(engine, file, info)).encode("utf-8")
    except Exception as error:  # noqa: BLE001 - made-up tables can make the templates stumble anywhere
        check.fault(
            name, f"cannot be rendered again from the tables ({type(error).__name__}: {str(error)[:120]})", fix=AGAIN
        )
        return
    check.looked = f"{len(again):,} bytes rendered again from the rows"
    if again != (folder / name).read_bytes():
        check.fault(
            name, "is not what its tables give: a word or number in it was changed, or another build made it", fix=AGAIN
        )


def _places(folder: Path, sources: Path | None) -> dict[str, Path]:
    places = verify_sources.by_digest(sources) if sources is not None else {}
    own = folder / "sources"
    if own.is_dir() and not own.is_symlink():
        places = verify_sources.by_digest(own) | places
    return places


@contextlib.contextmanager
def _guarded(check: Check, where: str) -> Any:
    """What a hostile table makes the engine refuse is a fault of the crate, not an error of the program."""
    try:
        yield
    except QueryError as error:
        check.fault(where, f"the tables cannot be asked ({error.what[:200]})", fix=AGAIN)
    except (KeyError, IndexError, TypeError, ValueError, OverflowError, OSError, ArithmeticError, csv.Error) as error:
        check.fault(where, f"the tables hold what no case has ({type(error).__name__}: {str(error)[:120]})", fix=AGAIN)


def verify(path: Path, *, sources: Path | None = None, scratch: Path | None = None) -> Report:
    """All checks of the crate at `path` (folder or zip). Raises EnduseError where it is no crate of enduse.

    `sources` is a folder in which every source is looked for by its digest, and the listed records in its bytes.
    """
    report = Report("crate", str(path))
    with tempfile.TemporaryDirectory(prefix="enduse-verify-", dir=scratch) as name:
        place = Path(name)
        files = report.check("files")
        folder = verify_pack.opened(path, place, files)
        link = place / "crate"  # a name without characters that mean something to the engine
        with contextlib.suppress(OSError):
            link.symlink_to(folder.resolve(), target_is_directory=True)
            folder = link
        found = verify_pack.digests(folder, files)
        if (folder / MANIFEST).is_file():
            report.digest = digest(folder / MANIFEST)
        identity = verify_pack.described(folder, found, report.check("description"))
        simulated = ", SIMULATED" if identity.get("simulated") else ""
        report.about = f"run {str(identity.get('run_id', 'unknown'))[:40]}, enduse {str(identity.get('version', 'unknown'))[:40]}{simulated}"
        engine = DuckDBEngine(place / "spill", memory=MEMORY)
        try:
            _tables(engine, folder, report, identity, set(found), sources)
        finally:
            engine.close()
    return report


def _tables(
    engine: Engine, folder: Path, report: Report, identity: dict[str, Any], names: set[str], sources: Path | None
) -> None:
    tables = report.check("tables")
    whole = verify_tables.attach(engine, folder / "data", tables)
    with _guarded(tables, "data"):
        verify_tables.contracts(engine, whole, tables, lambda t: f"data/{t.name}.parquet")
    with _guarded(check := report.check("csv"), "tables"):
        verify_tables.twins(engine, folder / "tables", whole, check)
    with _guarded(check := report.check("accounts"), "data/source.parquet"):
        verify_figures.accounts(engine, check, "source")
    rows, readings = report.check("figures"), report.check("readings")
    with _guarded(rows, "data/figure.parquet"):
        verify_figures.figures(engine, rows, readings, "figure")
    with _guarded(check := report.check("ids"), "data"):
        verify_links.pointers(engine, check)
        verify_links.row_ids(engine, check)
    check = report.check("settings")
    file = _settings(folder, check)
    if file is None:
        return
    with _guarded(check, "case.toml"):
        _same_sources(engine, file, check)
    with _guarded(check := report.check("dossier"), "dossier"):
        inside(engine)
        _dossier(engine, folder, file, identity, check, names)
    places = _places(folder, sources)
    if places or sources is not None:
        with _guarded(check := report.check("sources"), "sources"):
            verify_sources.check_all(engine, file, places, check, whole=sources is not None)
    else:
        report.notes.append("The sources were not looked at: name their folder with --sources")


def _same_sources(engine: Engine, file: CaseFile, check: Check) -> None:
    """The settings name the sources of the tables, with their digests; every sealed one has its commitment."""
    tables = {r["source"]: r["sha256"] for r in engine.fetch("SELECT source, sha256 FROM source").to_pylist()}
    settings = {s.alias: s.sha256 for s in file.source}
    for alias in sorted(set(tables) | set(settings)):
        if tables.get(alias) != settings.get(alias):
            check.fault(f"source {alias}", "stands otherwise in case.toml and in the tables", settings.get(alias, "not there"), tables.get(alias, "not there"), AGAIN)  # fmt: skip
    sealed = {s.alias for s in file.source if s.sealed}
    committed = set(engine.fetch("SELECT source FROM seal")["source"].to_pylist())
    for alias in sorted(sealed ^ committed):
        check.fault(f"source {alias}", "is sealed without a commitment, or has one without being sealed", fix=AGAIN)
    check.looked = f"{len(settings)} sources, {len(sealed)} of them sealed"


def child(path: str, sources: str | None) -> dict[str, Any]:
    """`verify` in a process of its own, as plain data (see `enduse.intake.child`)."""
    return verify(Path(path), sources=None if sources is None else Path(sources)).data()
