"""Delimited text: find how it is written, then read it block by block, several blocks at once, in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from enduse.errors import SourceRefused

from .convert import Part, convert
from .dialect import Dialect, find_dialect, lines_of
from .encoding import Transcoder, bom_of, find_encoding
from .files import Bytes, Form, open_bytes
from .header import Header, find_header
from .records import Block, Shape, scan, whole_records

HEAD = 1 << 20  # bytes looked at to find out how a file is written
BLOCK = 8 << 20
RECORD = 64 << 20  # a record of more bytes has no end within reach


@dataclass(frozen=True)
class Layout:
    """How a text file is written. `begin` is where the first data record begins in its UTF-8 text."""

    form: Form
    encoding: str | None
    dialect: Dialect
    shape: Shape
    header: Header
    begin: int
    rows: tuple[tuple[str | None, ...], ...]
    notes: tuple[str, ...] = ()


def survey(path: Path, form: Form, *, limit: int | None, rows: int = 2000) -> Layout:
    """Encoding, dialect, header and first rows of a file, from its first bytes."""
    with open_bytes(path, form, limit) as stream:
        raw = stream.read(HEAD)
        whole = len(raw) < HEAD
    encoding = find_encoding(raw if form != "text" or whole else raw + _spread(path))
    _refuse_junk(path, raw, encoding)
    skip = bom_of(raw)[1] if bom_of(raw) else 0  # type: ignore[index]
    data = Transcoder(encoding).feed(raw[skip:], final=whole)
    if not whole:
        data = data[: max(data.rfind(b"\n"), data.rfind(b"\r")) + 1] or data
    if not data.strip():
        raise SourceRefused("the file holds only white space", where=path.name, fix="Get the file again: it has no text")
    begin = 0
    lines = lines_of(data)
    told = _told(lines[0])
    if told:
        begin = len(lines[0])
        lines = lines[1:]
    texts = [line.decode("utf-8", "replace").rstrip("\r\n") for line in lines[:2000]]
    guess = find_dialect(texts) if texts else Dialect(told or ",")
    dialect = Dialect(told, guess.quote) if told else guess
    header, shape, places, cells = _table(data[begin:], dialect, whole=whole)
    if header is None:
        raise SourceRefused("no table is found in the file", where=path.name, fix="Check that it is a delimited text with a header")
    at = header.row
    notes = []
    if at > 0:
        above = " / ".join(" ".join(c for c in cells[i] if c.strip()) for i in range(at))
        notes.append(f"{at} {'line' if at == 1 else 'lines'} above the header read as title: {above[:200]}")
    if at < 0:
        notes.append("no header: columns are numbered, the first record is data")
    start = begin + (places[at] if at >= 0 else 0)
    body = tuple(
        tuple((c.strip() or None) for c in (r + [""] * shape.columns)[: shape.columns]) for r in cells[at + 1 : at + 1 + rows] if any(r) and shape.fits(r)
    )
    return Layout(form, encoding, dialect, shape, header, skip + start if encoding in (None, "utf-8") else start, body, tuple(notes))


def _spread(path: Path, pieces: int = 12, size: int = 32_768) -> bytes:
    """Stretches from all over a file, cut at line ends, so that text far down has a say in its encoding."""
    total = path.stat().st_size
    out = []
    with path.open("rb") as file:
        for i in range(1, pieces + 1):
            file.seek(max(HEAD, (total - size) * i // pieces))
            out.append(b"\n".join(file.read(size).split(b"\n")[1:-1]))
    return b"\n" + b"\n".join(out)


def _refuse_junk(path: Path, raw: bytes, encoding: str | None) -> None:
    if encoding and encoding.startswith("utf-"[:4]) and encoding != "utf-8":
        return
    controls = sum(raw.count(bytes([b])) for b in range(32) if b not in (9, 10, 13, 12, 26, 28, 29, 30, 31, 1, 0))
    zeros = raw.count(0)
    if controls * 50 > len(raw) or zeros * 10 > len(raw):
        raise SourceRefused("the file is binary, not a table", where=path.name, fix="Export the table as CSV or xlsx and add that file")


def _told(line: bytes) -> str | None:
    """The delimiter that a first line `sep=;` states, as Excel writes it."""
    text = line.decode("utf-8", "replace").strip("\r\n").strip('"')
    return text[4] if len(text) == 5 and text.lower().startswith("sep=") else None


def _table(data: bytes, dialect: Dialect, *, whole: bool) -> tuple[Header | None, Shape, list[int], list[list[str]]]:
    """Header and shape of a sample, with the ends and cells of its records. Two passes: widths first, then damage."""
    shape: Shape | None = None
    header: Header | None = None
    ends: list[int] = []
    cells: list[list[str]] = []
    for _ in range(2):
        found = list(whole_records(data, dialect, shape, final=whole, max_cell=len(data) + 1))
        sound = [f for f in found if f[3] is None]
        ends, cells = [f[1] for f in sound], [f[2] for f in sound]
        header = find_header(cells[:3000])
        if header is None:
            break
        shape = Shape(len(header.columns), header.width, header.least)
    return header, shape or Shape(0, 0, 0), ends, cells


def blocks(stream: Bytes, layout: Layout, max_cell: int, code: Transcoder) -> Iterator[Block]:
    """The data records of a file, block by block, header skipped."""
    carry, skip, final = b"", layout.begin, False
    size = BLOCK
    bom = True
    while not final:
        raw = stream.read(size)
        final = len(raw) < size
        if bom and layout.encoding not in (None, "utf-8"):
            marked = bom_of(raw)
            raw = raw[marked[1] :] if marked else raw
        bom = False
        data = code.feed(raw, final=final)
        if skip:
            cut = min(skip, len(data))
            data, skip = data[cut:], skip - cut
        data = carry + data if carry else data
        if not data:
            continue
        block = scan(data, layout.dialect, layout.shape, final=final, max_cell=max_cell)
        yield block
        carry = data[block.used :]
        size = max(BLOCK, len(carry))


def parts(stream: Bytes, layout: Layout, max_cell: int, code: Transcoder) -> Iterator[tuple[Part, int]]:
    """The blocks of a file read in threads and given back in order, each with its count of records."""
    workers = min(4, len(os.sched_getaffinity(0)))
    first = 1
    waiting: deque[tuple[Future[Part], int]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for block in blocks(stream, layout, max_cell, code):
            count = len(block.records()[0])
            if count:
                waiting.append((pool.submit(convert, block, first, layout.dialect, layout.shape, layout.header.columns, max_cell), count))
                first += count
            while len(waiting) > workers:
                done, n = waiting.popleft()
                yield done.result(), n
        while waiting:
            done, n = waiting.popleft()
            yield done.result(), n
