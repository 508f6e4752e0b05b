"""The dossier as a file: one HTML page, or the same page on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enduse.exports.folder import file_place, whole_file

if TYPE_CHECKING:
    from enduse.case import Case


def _name(case: Case, suffix: str) -> str:
    return f"dossier{'-SIMULATED' if case.file.simulated else ''}.{suffix}"


def html(case: Case, out: Path) -> list[Path]:
    """The dossier as one self-contained page: the file `out`, or `dossier.html` in the folder `out`."""
    page = case.dossier_html()
    path = file_place(out, "dossier.html")
    with whole_file(path) as partial:
        partial.write_text(page, encoding="utf-8", newline="")
    return [path]


def pdf(case: Case, out: Path) -> list[Path]:
    """The dossier on A4: the file `out`, or `dossier.pdf` in the folder `out`."""
    from enduse.exports.printing import print_pdf

    path = file_place(out, _name(case, "pdf"))
    print_pdf(case.dossier_html(), path)
    return [path]
