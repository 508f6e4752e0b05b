"""Cells no spreadsheet program takes for a formula.

A cell that begins with `=`, `+`, `-`, `@` (or their full-width forms), a tab or a line end is read as a formula by Excel,
LibreOffice and Google Sheets, quoted or not (OWASP, "CSV Injection"). Where the list separator of a computer is a semicolon,
what follows one inside a cell becomes a cell of its own, so the same goes for text behind a semicolon, tab or line end.
Such text gets an apostrophe in front. That changes the cell, so the exact export never does it: exact cells are for
machines, and this form is for eyes. Numbers and dates are left alone.
"""

from __future__ import annotations

import re

from enduse.contracts import Column

MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of the computer
SIGNS = "=+@＝＋－＠-"  # the hyphen last: it stands in a character class
_START = f"^[ \\t\\r\\n]*[{SIGNS}]|^[\\t\\r\\n]"
_LATER = f"([;\\t\\r\\n])( *[{SIGNS}])"
GUARDED = frozenset({"text", "list", "json", "country"})

NOTE = """These tables are for reading in a spreadsheet program.

Text that such a program could take for a formula has an apostrophe (') in front: at the start of a cell, and behind a
semicolon, tab or line end inside one. Everything else is as in the exact tables, which `enduse export --to csv` writes
without --spreadsheet. A spreadsheet program shows at most 1,048,576 rows of a file; the files are whole. Codes that look like numbers
(commodity codes, registration numbers) may lose leading zeros when a program opens a CSV file by a double click: import the
columns as text, or use the workbook (`enduse export --to xlsx`), where they are text.
"""


def cell(column: Column, text: str, *, first: bool) -> str:
    """The select item of a column: `text` (its item in the exact export), guarded where it is text; the first with the mark."""
    name = f"{MARK if first else ''}{column.name}"
    if column.type not in GUARDED:
        return text if not first else f'{text.rpartition(" AS ")[0] or text} AS "{name}"'
    whole = f'"{column.name}"'
    return f'{guarded(whole)} AS "{name}"'


def guarded(text: str) -> str:
    """An expression of text as the guarded one, in SQL."""
    start = f"CASE WHEN regexp_matches({text}, '{_START}') THEN '''' || {text} ELSE {text} END"
    return f"regexp_replace({start}, '{_LATER}', '\\1''\\2', 'g')"


def guarded_text(text: str) -> str:
    """The same for one text in Python."""
    start = f"'{text}" if re.search(_START, text) else text
    return re.sub(_LATER, r"\1'\2", start)
