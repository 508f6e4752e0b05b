"""The workbook: figures with their readings, who, how and what was said, and a sheet of evidence every figure leads to."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.contracts import TABLES
from enduse.exports.folder import file_place, whole_file
from enduse.exports.xlsx_contents import AFTER_FIGURES, EVIDENCE, EVIDENCE_SQL, FIGURES, FIGURES_SQL, Content
from enduse.exports.xlsx_sheet import HEAD, ROWS, Changed, Sheet, Styles

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from enduse.case import Case
    from enduse.engine.base import Engine

MOST_EVIDENCE = 200_000  # rows of evidence in a book: more would take minutes to write and to open
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(
    tzinfo=None
)  # a book has to say when it was made; equal books are equal files
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def value(text: str | None) -> Any:
    """A figure's value, which the table keeps as text: a number, a day, or the text itself."""
    if text is None or text == "":
        return None
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    return dt.date.fromisoformat(text) if _DAY.fullmatch(text) else text


def share_out(counts: Sequence[int], most: int) -> int:
    """The largest number of rows a figure may show so that all together show at most `most` (at least one each)."""
    if sum(counts) <= most:
        return max(counts, default=0)
    low, high = 1, max(counts)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(c, middle) for c in counts) <= most:
            low = middle
        else:
            high = middle - 1
    return low


def _rows(engine: Engine, sql: str, params: dict[str, object] | None = None) -> Iterator[tuple[Any, ...]]:
    for batch in engine.stream(sql, params):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


class Book:
    """The workbook while it is written; rows go to disk as they come."""

    def __init__(self, case: Case, engine: Engine, book: Workbook) -> None:
        self.case, self.engine, self.book = case, engine, book
        self.styles, self.changed = Styles.of(book), Changed()
        self.simulated = case.file.simulated
        self.readme = book.add_worksheet("README")
        self.listed: list[tuple[str, str, int, str]] = []

    def sheet(self, name: str, caption: str, columns: Sequence[Any], where: str) -> Sheet:
        return Sheet(
            self.book, self.styles, self.changed, name, caption, columns, simulated=self.simulated, where=where
        )

    def _done(self, sheet: Sheet, note: str = "") -> None:
        sheet.done()
        parts = f"over {len(sheet.sheets)} sheets, for a sheet holds {ROWS:,} rows" if len(sheet.sheets) > 1 else ""
        self.listed.append((sheet.name, sheet.caption, sheet.rows, "; ".join(p for p in (note, parts) if p)))

    def figures(self) -> dict[str, int]:
        """Figures and EVIDENCE, each linked to the other; returns the row of each figure."""
        counts = {
            r["figure_id"]: r["n"]
            for r in self.engine.fetch(
                "SELECT figure_id, count(*) AS n FROM figure_row GROUP BY figure_id ORDER BY figure_id"
            ).to_pylist()
        }
        most = share_out(list(counts.values()), MOST_EVIDENCE)
        shown = {f: min(n, most) for f, n in counts.items()}
        first, at = {}, HEAD + 1
        for figure, n in shown.items():
            first[figure], at = at, at + n
        place: dict[str, int] = {}
        sheet = self.sheet(
            "Figures",
            "Every figure with its range: low and high are the ends of the three readings.",
            FIGURES,
            "figure",
        )
        for found in _rows(self.engine, FIGURES_SQL):
            figure, label, central, unit, low, high, strict, broad, rows, *rest = found
            row = sheet.at
            place[figure] = row
            sheet.row(
                [
                    figure,
                    label,
                    value(central),
                    unit,
                    value(low),
                    value(high),
                    value(strict),
                    value(broad),
                    rows,
                    shown.get(figure, 0),
                    *rest,
                ]
            )
            if figure in first:
                sheet.link(row, 0, f"'EVIDENCE'!A{first[figure] + 1}", figure)
        self._done(sheet, "the id of a figure leads to its rows in EVIDENCE")
        cut = sum(counts.values()) - sum(shown.values())
        note = (
            f"{cut:,} rows more stand in figure_row.csv of --to csv: of each figure the {most:,} largest are here"
            if cut
            else "every row of every figure"
        )
        proof = self.sheet(
            "EVIDENCE",
            "The rows behind each figure, the largest first, with file, record number and the file's digest.",
            EVIDENCE,
            "shipment",
        )
        for found in _rows(self.engine, EVIDENCE_SQL, {"most": most}) if most else ():
            row, figure = proof.at, found[0]
            proof.row(found)
            if row == first.get(figure) and figure in place:
                proof.link(row, 0, f"'Figures'!A{place[figure] + 1}", figure)
        self._done(proof, note)
        return place

    def content(self, content: Content, figures: dict[str, int]) -> None:
        """One further sheet; ids of figures on it lead back to the figures."""
        sheet = self.sheet(content.name, content.caption, content.columns, content.table)
        names = [c.name for c in content.columns]
        at = names.index("figure_id") if "figure_id" in names else -1
        for found in _rows(self.engine, content.sql):
            row = sheet.at
            sheet.row(found)
            if at >= 0 and found[at] in figures and row < sheet.at:
                sheet.link(row, at, f"'Figures'!A{figures[found[at]] + 1}", found[at])
        self._done(sheet, "" if self._ran(content.stage) else f"empty: the stage {content.stage} has not been run")

    def _ran(self, stage: str) -> bool:
        from enduse.errors import CaseError

        try:
            self.case.need(stage)
        except CaseError:
            return False
        return True

    def front(self) -> None:
        """The first sheet: what was asked, what run this is, how to read a figure, what is where and what is not here."""
        file, run, page, style = self.case.file, self.case.run_info(), self.readme, self.styles
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 78)
        page.set_column(2, 2, 12)
        page.set_column(3, 3, 60)
        page.hide_gridlines(2)
        at = 0

        def line(head: str, text: str = "", look: str = "wrap") -> None:
            nonlocal at
            page.write_string(at, 0, head, style("bold"))
            if text:
                from enduse.exports.xlsx_sheet import fitting

                page.write_string(at, 1, fitting(text, self.changed, "README.csv of --to csv"), style(look))
                page.set_row(at, 14 * max(1, -(-len(text) // 80)))
            at += 1

        page.write_string(0, 0, file.title or file.question or "Untitled case", style("title"))
        page.set_row(0, 26)
        at = 1
        if self.simulated:
            page.write_string(
                1,
                0,
                "SIMULATED CASE. The records behind every figure are made up. Nothing here says anything about a real firm or trade.",
                style("simulated"),
            )
            at = 2
        line("Question", file.question or "none in words")
        line("Run", f"{run.run_id}, enduse {run.version}, {run.engine or 'no stage run'}")
        line("Repeat it", " && ".join(run.replay))
        line("Case digest", run.case_sha256)
        missing = [s for s in ("goods", "parties", "routes", "press", "findings") if not self._ran(s)]
        if missing:
            line(
                "Half-run case",
                f"These stages have not been run, and their sheets are empty: {', '.join(missing)}. Run: enduse run CASE",
            )
        at += 1
        line(
            "Ranges",
            "Each figure is read three ways. Strict: sure goods only, no parts, everything stated. Central: the question as asked. Broad: unsure goods and unstated places and dates too. Low and high are the ends. Print the range with the value, and the lever with the range.",
        )
        line(
            "Limits",
            "A record is what somebody declared; no record is not the same as no trade. What the files cover stands beside every figure (column coverage).",
        )
        line(
            "Marks",
            "declared: stands in a record. inferred: computed, rests on a model, link or merge. asserted: somebody says so. apparent: an indicator, not a finding.",
        )
        line(
            "Numbers",
            "A spreadsheet keeps 15 digits of a number; longer ones stand here as text. Exact tables: enduse export CASE --to csv.",
        )
        if self.changed.cut or self.changed.replaced:
            line(
                "Changed cells",
                f"{self.changed.cut:,} cells longer than a spreadsheet holds are cut and say so; in {self.changed.replaced:,} cells marks that a workbook cannot hold stand as \ufffd. The CSV export has them whole.",
            )
        at += 1
        for column, head in enumerate(("Sheet", "What it holds", "Rows", "Note")):
            page.write_string(at, column, head, style("head"))
        at += 1
        for name, caption, rows, note in self.listed:
            page.write_url(at, 0, f"internal:'{name}'!A1", style("link"), name)
            page.write_string(at, 1, caption, style("wrap"))
            page.set_row(at, 14 * max(1, -(-len(caption) // 80), -(-len(note) // 62)))
            page.write_number(at, 2, rows, style("count"))
            page.write_string(at, 3, note, style("wrap"))
            at += 1
        here = {c.table for c in AFTER_FIGURES} | {"figure", "figure_row"}
        others = [t.name for t in TABLES.values() if t.exported and t.name not in here]
        at += 1
        line(
            "Not in this book", f"Tables that only enduse export --to csv and --to parquet write: {', '.join(others)}."
        )


def write(case: Case, out: Path) -> list[Path]:
    """The workbook as the file `out`, or `case.xlsx` in the folder `out`. Memory does not grow with the rows."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxFileError

    path = file_place(out, f"case{'-SIMULATED' if case.file.simulated else ''}.xlsx")
    with (
        whole_file(path) as partial,
        tempfile.TemporaryDirectory(dir=path.parent, prefix=".enduse-xlsx-") as scratch,
        case.open() as engine,
    ):
        book = Workbook(
            str(partial),
            {
                "constant_memory": True, "tmpdir": scratch, "use_zip64": True, "strings_to_formulas": False,
                "strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd",
            },
        )  # fmt: skip
        book.set_properties({"title": case.file.title or case.file.question, "created": MADE, "author": "enduse"})
        made = Book(case, engine, book)
        figures = made.figures()
        for content in AFTER_FIGURES:
            made.content(content, figures)
        made.front()
        try:
            book.close()
        except XlsxFileError as error:
            raise OSError(str(error)) from error
    return [path]


__all__ = ["MOST_EVIDENCE", "share_out", "value", "write"]
