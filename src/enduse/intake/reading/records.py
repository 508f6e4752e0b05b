"""Where records end in a block of bytes, and which of them are damaged: vectorised over whole blocks.

A block starts at the start of a record. In a soundly quoted block each mark of even place (0, 2, 4 ...) opens a cell
or continues a doubled mark, each mark of odd place closes one or begins a doubled mark; then a line end lies inside a
cell exactly where the number of marks before it is odd. Blocks that do not pass this test (a mark in the middle of a
cell, a mark that never closes) are walked cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .dialect import Dialect, lines_of

CR, LF = 13, 10
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Shape:
    """What widths a record may have: `columns` names, data written `width` cells wide, at least `least` cells."""

    columns: int
    width: int
    least: int

    def fits(self, cells: list[str]) -> bool:
        return self.least <= len(cells) <= self.columns or (len(cells) > self.columns and not any(c.strip() for c in cells[self.columns :]))


@dataclass
class Bad:
    """A refused stretch of a block: its bytes and the reason."""

    start: int
    end: int
    reason: str


@dataclass
class Block:
    """Records of a block: `ends` behind each record's line end (empty lines included), the refused among them, the rest."""

    data: bytes
    ends: Ints
    bad: list[Bad] = field(default_factory=list)
    cut: int = 0  # bytes of a record without end that were dropped behind `data`

    @property
    def used(self) -> int:
        return int(self.ends[-1]) if len(self.ends) else 0

    def starts(self) -> Ints:
        return np.concatenate((np.zeros(1, np.int64), self.ends[:-1])) if len(self.ends) else self.ends

    def records(self) -> tuple[Ints, Ints]:
        """Starts and ends of the records, empty lines left out."""
        starts, ends = self.starts(), self.ends
        if not len(ends):
            return starts, ends
        a = np.frombuffer(self.data, np.uint8)
        first = a[starts]
        size = ends - starts
        empty = (first == LF) | ((first == CR) & ((size == 1) | ((size == 2) & (a[np.minimum(starts + 1, len(a) - 1)] == LF))))
        return starts[~empty], ends[~empty]


def scan(data: bytes, dialect: Dialect, shape: Shape | None, *, final: bool, max_cell: int) -> Block:
    """Find the records of a block. What follows the last whole record stays for the next block, unless `final`."""
    a = np.frombuffer(data, np.uint8)
    lines = _line_ends(a, data, final=final)
    quote = ord(dialect.quote)
    marks = np.flatnonzero(a == quote)
    if not len(marks):
        block = Block(data, lines)
    else:
        block = _sound(a, data, marks, lines, dialect, shape, final=final) or _walk(data, lines, dialect, shape, final=final)
    _refuse_nul(block, a)
    _refuse_long(block, dialect, max_cell)
    return block


def _line_ends(a: NDArray[np.uint8], data: bytes, *, final: bool) -> Ints:
    """Offsets behind every line end: LF, CR LF or a lone CR; behind the last byte too, if it is the file's last."""
    if b"\r" in data:
        cr = np.flatnonzero(a == CR)
        follow = a[np.minimum(cr + 1, len(a) - 1)]
        lone = cr[(follow != LF) & (cr + 1 < len(a))]
        if final and len(cr) and cr[-1] == len(a) - 1:
            lone = np.append(lone, cr[-1])
        ends = np.flatnonzero(a == LF)
        if len(lone):
            ends = np.sort(np.concatenate((ends, lone)))
    else:
        ends = np.flatnonzero(a == LF)
    ends = ends.astype(np.int64) + 1
    if final and len(a) and (not len(ends) or ends[-1] != len(a)):
        ends = np.append(ends, len(a))
    return ends


def _sound(
    a: NDArray[np.uint8], data: bytes, marks: Ints, lines: Ints, dialect: Dialect, shape: Shape | None, *, final: bool
) -> Block | None:
    """The block by the parity of its marks; None where the quoting is not sound all through."""
    edge = np.zeros(256, bool)
    edge[[ord(dialect.delimiter), CR, LF, ord(dialect.quote)]] = True
    opens, closes = marks[0::2], marks[1::2]
    before = edge[a[np.maximum(opens - 1, 0)]] | (opens == 0)
    after = edge[a[np.minimum(closes + 1, len(a) - 1)]] | (closes == len(a) - 1)
    if not (before.all() and after.all()) or (final and len(marks) % 2):
        return None
    inside = (np.searchsorted(marks, lines) & 1).astype(bool)
    if not inside.any():
        return Block(data, lines)
    ends = lines[~inside]
    if len(marks) % 2 and not len(ends):
        return None  # no record ends here: let the walk say whether a mark is open by mistake
    # Records that hold line ends must not look like several records: a swallowed record has the width of the others.
    index = np.unique(np.searchsorted(ends, lines[inside]))
    if len(marks) % 2 and len(index) and index[-1] == len(ends):
        tail = int(ends[-1]) if len(ends) else 0
        if shape is not None and swallowed(data[tail:], dialect, shape, closed=False):
            return None
        index = index[:-1]
    for i in index:
        start = int(ends[i - 1]) if i else 0
        if shape is not None and swallowed(data[start : int(ends[i])], dialect, shape, closed=True):
            return None
    return Block(data, ends)


def _walk(data: bytes, lines: Ints, dialect: Dialect, shape: Shape | None, *, final: bool) -> Block:
    """The block cell by cell: only quoted cells that hold line ends need a decision."""
    bad: list[Bad] = []
    keep: list[tuple[int, int]] = []  # records that rightly hold line ends
    boundary, place, stop = 0, 0, len(data)
    while True:
        found = dialect.opener.search(data, place)
        if found is None:
            break
        mark = found.end() - 1
        closed = dialect.closer.match(data, mark + 1)
        close = closed.end() if closed else len(data)
        if closed and b"\n" not in data[mark:close] and b"\r" not in data[mark:close]:
            place = close
            continue
        start = max(boundary, data.rfind(b"\n", boundary, mark) + 1, data.rfind(b"\r", boundary, mark) + 1)
        end = dialect.record_end(data, start) if closed else None
        if end is None and not final and not _clearly_open(data[start:], dialect, shape):
            stop = start
            break
        whole = data[start : end if end is not None else len(data)]
        if end is None and final and not (shape and swallowed(whole, dialect, shape, closed=False)) and lines_of(whole)[1:]:
            bad.append(Bad(start, len(data), "unbalanced_quote"))
            keep.append((start, len(data)))
            break
        if end is None or (shape is not None and swallowed(whole, dialect, shape, closed=True)):
            line = start + len(lines_of(whole)[0]) if whole else start
            bad.append(Bad(start, line, "unbalanced_quote"))
            boundary = place = line
            continue
        if not final and end == len(data):
            stop = start
            break
        keep.append((start, end))
        boundary = place = end
    ends = lines[lines <= stop]
    for start, end in keep:
        low, high = np.searchsorted(ends, (start, end))
        ends = np.delete(ends, np.arange(low + (1 if low < len(ends) and ends[low] == start else 0), high))
    return Block(data, ends, bad)


def _clearly_open(tail: bytes, dialect: Dialect, shape: Shape | None) -> bool:
    """Whether enough lines behind an opening mark read as records to call it a mistake before the file ends."""
    return shape is not None and tail.count(b"\n") > 50 and swallowed(tail, dialect, shape, closed=False)


def swallowed(record: bytes, dialect: Dialect, shape: Shape, *, closed: bool) -> bool:
    """Whether a record that spans several lines is in truth several records, joined by a mark that closes nothing.

    One that does not read well as a whole is broken up where most lines behind its first read as records. One that
    does read well is broken up only where each of its lines reads as a record (its open mark taken as a character),
    and only in tables so wide, or over so many lines, that running text does not do that by chance.
    """
    if shape.columns < 2:
        return False
    lines = [line.decode("utf-8", "replace").rstrip("\r\n") for line in lines_of(record[:200_000])[:51]]
    rows = [_alone(line, dialect) for line in lines if line]
    fitting = [shape.fits(r) for r in rows]
    if closed:
        text = record.decode("utf-8", "replace").rstrip("\r\n")
        if shape.fits(dialect.cells(text)) and _clean(text, dialect):
            return all(fitting) and (shape.columns > 3 or (shape.columns == 3 and len(rows) > 3))
    return sum(fitting[1:]) * 2 >= max(1, len(fitting) - 1)


def _alone(line: str, dialect: Dialect) -> list[str]:
    """Cells of one physical line; a mark that is left open is a character of its cell and swallows nothing."""
    cells = dialect.cells(line)
    open_at = dialect.open_mark(line)
    return cells if open_at is None else cells[:-1] + line[open_at:].split(dialect.delimiter)


def _clean(text: str, dialect: Dialect) -> bool:
    """Whether every quoted cell ends at its closing mark, with nothing before the next delimiter."""
    d, q = dialect.delimiter, dialect.quote
    data = text.encode()
    place = 0
    while True:
        found = dialect.opener.search(data, place)
        if found is None:
            return True
        closed = dialect.closer.match(data, found.end())
        if closed is None:
            return False
        rest = data[closed.end() : closed.end() + 1]
        if rest and rest not in (d.encode(), q.encode()):
            return False
        place = closed.end()


def _refuse_nul(block: Block, a: NDArray[np.uint8]) -> None:
    if b"\0" not in block.data:
        return
    places = np.flatnonzero(a == 0)
    starts = block.starts()
    taken = {b.start for b in block.bad}
    for i in np.unique(np.searchsorted(block.ends, places, side="right")):
        if i < len(block.ends) and int(starts[i]) not in taken:
            block.bad.append(Bad(int(starts[i]), int(block.ends[i]), "nul_bytes"))
    block.bad.sort(key=lambda b: b.start)


def _refuse_long(block: Block, dialect: Dialect, max_cell: int) -> None:
    starts, ends = block.records()
    if not len(ends) or int((ends - starts).max()) <= max_cell:
        return
    taken = {b.start for b in block.bad}
    for i in np.flatnonzero(ends - starts > max_cell):
        start, end = int(starts[i]), int(ends[i])
        if start not in taken and any(len(c.encode()) > max_cell for c in _cells(block.data[start:end], dialect)):
            block.bad.append(Bad(start, end, "cell_too_long"))
    block.bad.sort(key=lambda b: b.start)


def _cells(record: bytes, dialect: Dialect) -> list[str]:
    return dialect.cells(record.decode("utf-8", "replace").rstrip("\r\n"))


def endless(data: bytes, dialect: Dialect, shape: Shape | None) -> Block:
    """A block that is one record without an end within reach: its first line if a mark is open by mistake, else all of it."""
    first = len(lines_of(data[: 1 << 20])[0])
    if first < len(data) and shape is not None and swallowed(data, dialect, shape, closed=False):
        return Block(data, np.array([first], np.int64), [Bad(0, first, "unbalanced_quote")])
    return Block(data, np.array([len(data)], np.int64), [Bad(0, len(data), "cell_too_long")])


def end_of_endless(data: bytes, dialect: Dialect, *, inside: bool) -> tuple[int | None, bool]:
    """Where the record ends that began before `data`, by the parity of marks; and whether its last cell is open."""
    a = np.frombuffer(data, np.uint8)
    marks = np.flatnonzero(a == ord(dialect.quote))
    ends = np.flatnonzero((a == LF) | (a == CR))
    outside = ends[(np.searchsorted(marks, ends) + inside) % 2 == 0]
    if not len(outside):
        return None, bool((len(marks) + inside) % 2)
    end = int(outside[0]) + 1
    return end + (data[end - 1 : end + 1] == b"\r\n"), False


def whole_records(data: bytes, dialect: Dialect, shape: Shape | None, *, final: bool, max_cell: int) -> Iterator[tuple[int, int, list[str], str | None]]:
    """Start, end, cells and refusal of each record of a block: the slow way, for samples and for walking back."""
    block = scan(data, dialect, shape, final=final, max_cell=max_cell)
    refused = {b.start: b.reason for b in block.bad}
    for start, end in zip(*(x.tolist() for x in block.records()), strict=True):
        yield start, end, _cells(data[start:end], dialect), refused.get(start)
