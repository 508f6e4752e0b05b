"""Exports: a case as tables, workbook, document, graph or package, for other programs and other people.

Each format is one module that takes the case and a place and gives back the files it made. All of them read the case
through `Case.open`, name sources by their alias and nothing else, and write whole or not at all. Equal results give equal
bytes: no clock, no machine, no user name stands in any of them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enduse.case import Case

Writer = Callable[["Case", Path], list[Path]]


def _lazy(module: str, function: str) -> Writer:
    """The writer in `enduse.exports.<module>`, imported when it is called: `enduse --help` needs none of the libraries."""

    def write(case: Case, out: Path) -> list[Path]:
        made: list[Path] = getattr(import_module(f"enduse.exports.{module}"), function)(case, out)
        return made

    return write


WRITERS: dict[str, Writer] = {
    "csv": _lazy("tables", "csv"),
    "parquet": _lazy("tables", "parquet"),
    "xlsx": _lazy("xlsx", "write"),
    "html": _lazy("pages", "html"),
    "pdf": _lazy("pages", "pdf"),
    "ftm": _lazy("ftm", "write"),
    "crate": _lazy("crate", "write"),
    "prov": _lazy("prov", "write"),
    "graphml": _lazy("graph", "write"),
}
# The same tables with cells that no spreadsheet program takes for a formula: `--to csv --spreadsheet`.
SPREADSHEET: Writer = _lazy("tables", "spreadsheet_csv")

__all__ = ["SPREADSHEET", "WRITERS", "Writer"]
