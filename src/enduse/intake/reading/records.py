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
from .stray import Shape, swallowed

CR, LF = 13, 10
Ints = NDArray[np.int64]


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
        empty = (first == LF) | (
            (first == CR) & ((size == 1) | ((size == 2) & (a[np.minimum(starts + 1, len(a) - 1)] == LF)))
        )
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
        block = _sound(a, data, marks, lines, dialect, shape, final=final) or _walk(
            data, lines, dialect, shape, final=final
        )
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
    # Records that hold line ends must not be several records that a stray mark has joined.
    index = np.unique(np.searchsorted(ends, lines[inside]))
    if len(index) and index[-1] == len(ends):  # in the record that the end of the block cuts
        tail = int(ends[-1]) if len(ends) else 0
        if len(marks) % 2 and shape is not None and swallowed(data[tail:], dialect, shape, closed=False):
            return None
        index = index[:-1]
    if shape is not None and len(index):
        starts = np.concatenate((np.zeros(1, np.int64), ends))[index]
        for start, end in _doubtful(a, marks, lines, starts, ends[index], dialect, shape):
            if swallowed(data[start:end], dialect, shape, closed=True):
                return None
    return Block(data, ends)


def _doubtful(
    a: NDArray[np.uint8], marks: Ints, lines: Ints, starts: Ints, ends: Ints, dialect: Dialect, shape: Shape
) -> Iterator[tuple[int, int]]:
    """Of soundly quoted records over several lines, those that `swallowed` could break up: their lines have the delimiters for it."""
    delimiters = np.flatnonzero(a == ord(dialect.delimiter))
    outside = delimiters[np.searchsorted(marks, delimiters) % 2 == 0]
    width = np.searchsorted(outside, ends) - np.searchsorted(outside, starts) + 1
    fits = (width >= shape.least) & (width <= shape.columns)
    enough = np.diff(np.searchsorted(delimiters, lines), prepend=0) >= shape.least - 1
    rich: Ints = np.concatenate(
        (np.zeros(1, np.int64), np.cumsum(enough))
    )  # lines with enough delimiters, up to each line
    first = np.searchsorted(lines, starts, side="right")
    behind = np.searchsorted(lines, ends, side="right")
    every = rich[behind] - rich[first] == behind - first
    some = rich[behind] - rich[np.minimum(first + 1, behind)] > 0
    for i in np.flatnonzero(np.where(fits, every, some)).tolist():
        yield int(starts[i]), int(ends[i])


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
        if (
            end is None
            and final
            and not (shape and swallowed(whole, dialect, shape, closed=False))
            and lines_of(whole)[1:]
        ):
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
    size: Ints = ends - starts
    if not len(size) or int(size.max()) <= max_cell:
        return
    taken = {b.start for b in block.bad}
    for i in np.flatnonzero(size > max_cell):
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


def whole_records(
    data: bytes, dialect: Dialect, shape: Shape | None, *, final: bool, max_cell: int
) -> Iterator[tuple[int, int, list[str], str | None]]:
    """Start, end, cells and refusal of each record of a block: the slow way, for samples and for walking back."""
    block = scan(data, dialect, shape, final=final, max_cell=max_cell)
    refused = {b.start: b.reason for b in block.bad}
    for start, end in zip(*(x.tolist() for x in block.records()), strict=True):
        yield start, end, _cells(data[start:end], dialect), refused.get(start)
