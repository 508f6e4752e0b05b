"""What a quick look and a look back give."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Peek:
    """The head of a file: column names, the first well-formed records, how it is written."""

    columns: tuple[str, ...]
    sample: tuple[tuple[str | None, ...], ...]
    format: str


@dataclass(frozen=True)
class Located:
    """A record in its source: bytes `byte_start` to `byte_end` of the (unpacked) file, its text, its cells trimmed.

    In a workbook there are no byte offsets; `sheet_row` is the row of the sheet, from 1.
    """

    row: int
    byte_start: int | None
    byte_end: int | None
    text: str
    cells: tuple[str | None, ...]
    sheet_row: int | None = None
