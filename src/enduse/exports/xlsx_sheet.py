"""One kind of sheet: a caption, a head that stays in view, rows of typed cells, and a further sheet where Excel's rows end.

Text is always written as text: nothing becomes a formula, a link or a number by its looks. Numbers are numbers, except those
with more digits than a spreadsheet keeps (15), which stay exact as text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_576  # of a sheet, Excel's limit
CELL = 32_767  # UTF-16 units of a cell, Excel's limit
LINKS = 65_530  # of a sheet, Excel's limit
HEAD = 1  # the row of the column names; the caption stands above it
DIGITS = 15
_EPOCH = dt.date(1900, 3, 1)  # earlier days are off by one in Excel, or have no number at all
_BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)  # not allowed, or unwise, in XML 1.0


@dataclass
class Changed:
    """Cells that could not stand as they are, for the note on the first sheet."""

    cut: int = 0
    replaced: int = 0


@dataclass(frozen=True)
class Col:
    """A column: its head, how wide, and how numbers are shown (`count`, `amount`, `score`, `date`, or text)."""

    name: str
    width: float = 14
    shape: str = ""
    note: str = ""


@dataclass
class Styles:
    """The few formats of the book."""

    book: Workbook
    made: dict[str, Any] = field(default_factory=dict)

    def __call__(self, name: str) -> Any:
        return self.made[name]

    @classmethod
    def of(cls, book: Workbook) -> Styles:
        plain = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
        looks: dict[str, dict[str, Any]] = {
            "": {},
            "head": {"bold": True, "bg_color": "#E7E9EC", "bottom": 1, "text_wrap": True, "valign": "vcenter"},
            "caption": {"italic": True, "font_color": "#5F6670"},
            "simulated": {"bold": True, "font_color": "#9A3412"},
            "title": {"bold": True, "font_size": 16},
            "bold": {"bold": True},
            "wrap": {"text_wrap": True},
            "link": {"font_color": "#1D4ED8", "underline": 1},
            "count": {"num_format": "#,##0"},
            "amount": {"num_format": "#,##0.00##"},
            "score": {"num_format": "0.000"},
            "date": {"num_format": "yyyy-mm-dd", "align": "left"},
        }
        return cls(book, {name: book.add_format(plain | look) for name, look in looks.items()})


def fitting(text: str, changed: Changed, where: str) -> str:
    """`text` as a cell can hold it: marks XML forbids become U+FFFD, what is too long is cut and says so."""
    clean = _BAD.sub("\ufffd", text)
    if clean != text:
        changed.replaced += 1
    if len(clean) <= CELL // 2:
        return clean
    units = clean.encode("utf-16-le")
    if len(units) // 2 <= CELL:
        return clean
    changed.cut += 1
    note = f" […cut: {len(clean)} characters in all; the whole cell stands in {where}]"
    room = (CELL - len(note)) * 2
    return units[:room].decode("utf-16-le", errors="ignore") + note


class Sheet:
    """Rows of one table over as many sheets as they need. Rows are written once, from the top."""

    def __init__(
        self, book: Workbook, styles: Styles, changed: Changed, name: str, caption: str, columns: Sequence[Col],
        *, simulated: bool, where: str = "", limit: int = ROWS,
    ) -> None:  # fmt: skip
        self.book, self.styles, self.changed, self.name = book, styles, changed, name
        self.caption, self.columns, self.simulated, self.where, self.limit = (
            caption,
            columns,
            simulated,
            f"{where or name}.csv of --to csv",
            limit,
        )
        self.sheets: list[Worksheet] = []
        self.rows = 0
        self.links = 0
        self._at = 0
        self._writers: list[Callable[[int, int, Any], None]] = []
        self._begin()

    def _begin(self) -> None:
        number = len(self.sheets) + 1
        sheet = self.book.add_worksheet(self.name if number == 1 else f"{self.name} {number}")
        self.sheets.append(sheet)
        style = self.styles
        for at, column in enumerate(self.columns):
            sheet.set_column(at, at, column.width)
        told = f"{self.caption}{'' if number == 1 else f' (continued, part {number})'}"
        sheet.write_string(
            0,
            0,
            f"SIMULATED CASE. {told}" if self.simulated else told,
            style("simulated" if self.simulated else "caption"),
        )
        sheet.set_row(HEAD, 30)
        for at, column in enumerate(self.columns):
            sheet.write_string(HEAD, at, column.name, style("head"))
        sheet.freeze_panes(HEAD + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
        sheet.set_footer(f"&L{'SIMULATED CASE' if self.simulated else ''}&C&A&RPage &P of &N")
        self._at = HEAD + 1
        self.links = 0
        self._writers = [self._writer(sheet, column) for column in self.columns]

    def _writer(self, sheet: Worksheet, column: Col) -> Callable[[int, int, Any], None]:
        """How the cells of a column are written on `sheet`: by the type of the value, never by its looks."""
        number, day, text = (
            self.styles(column.shape if column.shape != "date" else ""),
            self.styles("date"),
            self.styles(""),
        )
        changed, where = self.changed, self.where

        def write(row: int, at: int, value: Any) -> None:
            if isinstance(value, str):
                sheet.write_string(row, at, fitting(value, changed, where), text)
            elif isinstance(value, Decimal):
                if len(value.normalize().as_tuple().digits) > DIGITS:
                    sheet.write_string(row, at, f"{value.normalize():f}", text)
                else:
                    sheet.write_number(row, at, float(value), number)
            elif isinstance(value, int | float):
                if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - the test for not-a-number
                    sheet.write_string(row, at, str(value), text)
                else:
                    sheet.write_number(row, at, value, number)
            elif isinstance(value, dt.date):
                if value < _EPOCH:
                    sheet.write_string(row, at, value.isoformat(), text)
                else:
                    sheet.write_datetime(row, at, value, day)

        return write

    @property
    def last(self) -> Worksheet:
        return self.sheets[-1]

    @property
    def at(self) -> int:
        """The row (from 0) of the sheet the next row goes to."""
        return self._at

    def row(self, values: Iterable[Any]) -> None:
        """One row; None is an empty cell."""
        if self._at >= self.limit:
            self._close()
            self._begin()
        at = self._at
        for column, (write, value) in enumerate(zip(self._writers, values, strict=True)):
            if value is not None and value != "":
                write(at, column, value)
        self._at = at + 1
        self.rows += 1

    def link(self, row: int, column: int, target: str, shown: str) -> None:
        """A link inside the book over a cell of the sheet being written: plain text where the sheet has its fill of links."""
        if self.links < LINKS:
            self.links += 1
            self.last.write_url(
                row, column, f"internal:{target}", self.styles("link"), fitting(shown, self.changed, self.where)
            )
        else:
            self.last.write_string(row, column, fitting(shown, self.changed, self.where), self.styles(""))

    def _close(self) -> None:
        if self._at > HEAD + 1:
            self.last.autofilter(HEAD, 0, self._at - 1, len(self.columns) - 1)

    def done(self) -> None:
        """Set the filter over what was written."""
        self._close()
