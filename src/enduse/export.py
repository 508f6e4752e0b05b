"""Export a case: the names of the formats, and the way to the module that writes each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enduse.errors import UsageError
from enduse.exports import SPREADSHEET, WRITERS

if TYPE_CHECKING:
    from enduse.case import Case

FORMATS: tuple[str, ...] = tuple(WRITERS)
FOLDERS: frozenset[str] = frozenset({"csv", "parquet", "crate"})


def default_place(case: Case, to: str) -> Path:
    """Where an export goes when nobody says: under `out/` of the case, SIMULATED in the name where the case is."""
    place = case.folder / "out"
    place.mkdir(parents=True, exist_ok=True)
    return place / f"{to}{'-SIMULATED' if case.file.simulated else ''}" if to in FOLDERS else place


def export(
    case: Case, to: str, out: Path | None = None, *, spreadsheet: bool = False, with_sources: bool = False
) -> list[Path]:
    """Write the case as `to` (one of FORMATS); returns the files made. Nothing half-written stands at `out` when it fails.

    `with_sources`, for `crate` alone: copy the sources that are not sealed into it.
    `spreadsheet`, for `csv` alone: guard every cell that a spreadsheet program would take for a formula. Raises UsageError
    for a format there is not, CaseError for a case that has not been run, EnduseError where `out` cannot be written.
    """
    if to not in WRITERS:
        raise UsageError(f"no export format {to!r}", fix=f"Formats are {', '.join(FORMATS)}")
    if spreadsheet and to != "csv":
        raise UsageError("--spreadsheet goes with --to csv", fix="Use --to xlsx for a workbook")
    if with_sources and to != "crate":
        raise UsageError("--with-sources goes with --to crate")
    case.need("intake")
    if out is None:
        out = default_place(case, to)
    if with_sources:
        from enduse.exports import crate

        return crate.write(case, out, with_sources=True)
    return (SPREADSHEET if spreadsheet else WRITERS[to])(case, out)
