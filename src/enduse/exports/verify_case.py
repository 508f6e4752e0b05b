"""A case folder verified: sources as they were added, tables as the manifests have them, figures, accounts and ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from enduse.contracts import TABLES
from enduse.errors import EnduseError

from . import verify_figures, verify_links, verify_tables
from .crate_pack import digest
from .prov import manifests
from .verify_report import Check, Report

if TYPE_CHECKING:
    from pathlib import Path

    from enduse.case import Case

RUN = "Run the case again: enduse run CASE"


def _sources(case: Case, check: Check) -> None:
    """The bytes of every source, read again whole."""
    from enduse.intake import files, sealing

    for source in case.file.source:
        where = f"source {source.alias}"
        hidden = sealing.needles(case.folder / source.path, source.sheet) if source.sealed else []
        try:
            sealing.check(case.folder, source, files.digest(case.folder / source.path))
        except EnduseError as error:
            check.fault(where, sealing.hide(error.what, hidden, source.alias), fix=error.fix)
        except OSError as error:
            check.fault(where, f"cannot be read: {error.strerror}", fix="Check the file and its permissions")
    check.looked = f"{len(case.file.source)} sources read again"


def _parts(path: Path) -> list[Path]:
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]


def _stages(case: Case, check: Check) -> None:
    """The stored tables: columns of the contract, rows and digests of the manifest."""
    tables = hashed = 0
    for stage, manifest in manifests(case.folder).items():
        folder = case.folder / "work" / stage
        for name, rows in sorted(manifest.get("rows", {}).items()):
            where, path = f"work/{stage}/{name}.parquet", folder / f"{name}.parquet"
            try:
                found = sum(pq.ParquetFile(p).metadata.num_rows for p in _parts(path))
                faults = verify_tables.schema_faults(TABLES[name], pq.read_schema(_parts(path)[0]))
            except (OSError, pa.ArrowException, IndexError, KeyError) as error:
                check.fault(where, f"cannot be read ({str(error).splitlines()[0][:150]})", fix=RUN)
                continue
            tables += 1
            if found != rows:
                check.fault(where, "has another number of rows than its manifest", rows, found, RUN)
            if faults:
                check.fault(where, f"breaks its contract: {'; '.join(faults)}", fix=RUN)
        stated = manifest.get("files", {})
        for name in sorted(stated):
            path = folder / name
            again = digest(path) if path.is_file() else "no such file"
            hashed += 1
            if again != stated[name]:
                check.fault(f"work/{stage}/{name}", "is not the file the run wrote", stated[name], again, RUN)
        if not stated:
            check.left = "an older run wrote no digests of its files: only rows and columns are compared"
    check.looked = f"{tables} tables, {hashed} files by their digests"


def verify(case: Case) -> Report:
    """All checks of a case that was run. Raises CaseError where it was not."""
    case.need("intake")
    report = Report("case", str(case.folder))
    info = case.run_info()
    report.about = f"run {info.run_id}, enduse {info.version}{', SIMULATED' if case.file.simulated else ''}"
    _sources(case, report.check("sources"))
    stages = report.check("tables")
    _stages(case, stages)
    if stages.holds:
        with case.open() as engine:
            exported = dict.fromkeys((t.name for t in verify_tables.EXPORTED), 1)
            verify_tables.contracts(engine, exported, report.check("contracts"), lambda t: f"table {t.name}")
            verify_figures.accounts(engine, report.check("accounts"), "source")
            if "findings" in manifests(case.folder):
                verify_figures.figures(engine, report.check("figures"), report.check("readings"), "figure")
            else:
                report.notes.append("The case was not run to its findings: no figure to compute again")
            check = report.check("ids")
            verify_links.pointers(engine, check)
            verify_links.row_ids(engine, check)
    old = case.stale()
    if old:
        report.notes.append(
            f"The results of {', '.join(old)} are older than settings, sources or program: they hold as they are. Renew them: enduse run {case.folder}"
        )
    elif "findings" in manifests(case.folder) and stages.holds:
        _dossier(case, report.check("dossier"))
    return report


def _dossier(case: Case, check: Check) -> None:
    path = case.dossier_path
    if not path.is_file():
        check.left = "none was written"
        return
    again = case.dossier_html().encode("utf-8")
    check.looked = f"{len(again):,} bytes rendered again from the rows"
    if again != path.read_bytes():
        check.fault(path.name, "is not what the tables give", fix=RUN)
