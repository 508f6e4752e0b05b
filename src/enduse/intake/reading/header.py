"""Which row of a table is its header: titles may stand above it, and some tables have none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Row = Sequence[str | None]
COUNTED = 6  # columns from which 1, 2, 3 ... can hardly be a record
LOOK = 60  # rows in which the header is looked for
_PERIOD = re.compile(r"(?:19|20)[0-9]{2}(?:[-./ ]?[0-9]{1,2})?")
_NUMBER = re.compile(r"[-+]?[0-9][0-9\s.,'/:-]*%?")


@dataclass(frozen=True)
class Header:
    """`row` is the place of the header among the rows looked at, -1 where the table has none; `joined` rows end there."""

    row: int
    columns: tuple[str, ...]
    width: int
    least: int
    joined: int = 1


def find_header(rows: Sequence[Row], merged: Sequence[tuple[int, int, int]] = ()) -> Header | None:
    """The header of a table whose first rows are given; None where no row has a filled cell.

    The table's width is that of most rows. The header is the first row nearly as wide as the table, unless the row
    below it looks more like names (a group row of merged cells above it); it is data itself where its cells look like
    the cells below them. A group row above it and a second row of names below it are joined with it. `merged` are the
    merged cells of a sheet that lie in one row: its place among `rows`, first and last column.
    """
    table = [[(c or "").strip() for c in row] for row in rows]
    rows = table
    filled = [sum(map(bool, row)) for row in rows]
    if not any(filled):
        return None
    width = _width(rows, filled)
    start = next((i for i, n in enumerate(filled[:LOOK]) if n >= max(1, 0.6 * min(width, max(filled)))), 0)
    if start + 2 < len(rows) and filled[start] < filled[start + 1] and _names(rows, start + 1) > _names(rows, start):
        start += 1
    body = [row for row in table[start + 1 :] if row != table[start]]
    if body and _is_data(rows[start], body):
        return Header(-1, tuple(f"column {i + 1}" for i in range(width)), width, width)
    from .header_rows import group_above, spread, under

    joined = 1
    head = table[start]
    if start > 0 and group_above(table[start - 1], head, [m for m in merged if m[0] == start - 1]):
        head = spread(table[start - 1], head, [m for m in merged if m[0] == start - 1])
        joined = 2
    if body and under(head, body[0], body[1:]):
        here = [m for m in merged if m[0] == start]
        head = spread(head, body[0], here)
        start, body, joined = table.index(body[0], start), body[1:], joined + 1
    while head and not head[-1] and not _used(body, len(head) - 1):
        head = head[:-1]
    columns = max(len(head), _extent(body, len(head)))
    names = tuple((head[i] if i < len(head) else "") or f"column {i + 1}" for i in range(columns))
    widths = Counter(len(r) for r in body if any(r))
    least = columns
    if widths:
        width, count = widths.most_common(1)[0]
        if width < columns and count >= 0.9 * widths.total():
            least = width
    else:
        width = len(rows[start])
    return Header(start, names, width, least, joined)


def counts_columns(cells: Sequence[str | None], width: int) -> bool:
    """Whether a row below a header only counts the columns, as printed forms do: 1, 2, 3 ... up to the last."""
    return width >= COUNTED and list(cells[:width]) == [str(i + 1) for i in range(width)]


def _width(rows: Sequence[Row], filled: Sequence[int]) -> int:
    widths = Counter(len(r) for r, n in zip(rows, filled, strict=True) if n)
    return max(widths.items(), key=lambda item: (item[1] if len(rows) > 4 else item[0], item[0]))[0]


def _used(body: Sequence[Row], place: int) -> bool:
    return any(len(r) > place and r[place] for r in body)


def _extent(body: Sequence[Row], least: int) -> int:
    """Columns that most rows fill beyond the header's."""
    reach = Counter(max((i + 1 for i, c in enumerate(r) if c), default=0) for r in body)
    total = sum(reach.values())
    return max(
        (w for w in reach if w > least and sum(n for k, n in reach.items() if k >= w) * 2 > total), default=least
    )


def _names(rows: Sequence[Row], i: int) -> float:
    """How much a row looks like column names: filled, different, not numbers."""
    cells = [c for c in rows[i] if c]
    return len({c for c in cells if not _NUMBER.fullmatch(c)}) / max(1, len(rows[i]))


def _is_data(head: Row, body: Sequence[Row]) -> bool:
    """Whether the would-be header is a record: its cells are of the type of those below, or are found among them."""
    votes = 0
    labels = _are_labels([c for c in head if c and _NUMBER.fullmatch(c)])
    for place, cell in enumerate(head):
        below = [r[place] for r in body[:500] if len(r) > place and r[place]]
        if not cell or not below:
            continue
        numbers = sum(1 for c in below if c and _NUMBER.fullmatch(c)) / len(below)
        number = bool(_NUMBER.fullmatch(cell))
        if numbers > 0.8:
            votes += (-1 if labels else 1) if number else -2
        elif cell in below:
            votes += 1
        elif number and numbers < 0.2:
            votes -= 2
        elif len(set(below)) * 2 < len(below):
            votes -= 1
    return votes > 0


def _are_labels(numbers: Sequence[str]) -> bool:
    """Whether the numbers of a row are names of columns: years or months in order, or the numbers of a form's boxes."""
    rising = all(_place(a) < _place(b) for a, b in pairwise(numbers))
    falling = all(_place(a) > _place(b) for a, b in pairwise(numbers))
    if len(numbers) > 1 and all(_PERIOD.fullmatch(n) for n in numbers):
        return rising or falling
    return rising and len(numbers) >= COUNTED and all(n.isdecimal() and len(n) < 4 for n in numbers)


def _place(number: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall("[0-9]+", number))
