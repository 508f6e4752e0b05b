"""Why a record is refused: one word in the table, one sentence in the documentation."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "blank": "Every cell of the record is empty or white space.",
    "too_few_cells": "The record has fewer cells than the header has columns.",
    "too_many_cells": "The record has more cells than the header has columns, and the surplus cells are not empty.",
    "unbalanced_quote": "A quotation mark opens a cell and nothing closes it before the next record begins; the line is refused and reading goes on with the next line.",
    "repeated_header": "The record repeats the header, or only counts the columns (1, 2, 3 ...) below it.",
    "nul_bytes": "The record holds NUL bytes, which no text has.",
    "cell_too_long": "A cell is longer than the setting `max_cell_bytes` allows, or the record has no end within reach.",
    "not_an_object": "A line or member of a JSON file is no whole JSON object; of a file that is cut off, this is the rest.",
}
EXCERPT = 200  # characters of a refused record that are kept
