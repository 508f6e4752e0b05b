"""Delimited text read block by block, several blocks at once, in order; memory does not grow with the file."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from .convert import Part, convert
from .dialect import Dialect
from .encoding import Transcoder, bom_of
from .files import Bytes
from .records import Bad, Block, end_of_endless, endless, scan
from .survey import Layout

BLOCK = 1 << 20  # small enough for the processor's cache: Arrow reads such blocks twice as fast as blocks of 8 MB
REACH = 16 << 20  # a record of more bytes (or of twice the longest cell) has no end within reach


def blocks(stream: Bytes, layout: Layout, max_cell: int, code: Transcoder) -> Iterator[Block]:
    """The data records of a file, block by block, header skipped."""
    source = _text(stream, layout, code)
    carry, held, wanted = b"", [], 0
    reach = max(2 * max_cell, REACH)
    for piece, last in source:
        final = last
        held.append(piece)
        if sum(map(len, held)) < wanted and not final:
            continue  # a long record: look again only when twice as much of it is there
        data = layout.dialect.normal(b"".join([carry, *held]))
        held = []
        while True:
            if not data:
                break
            block = scan(data, layout.dialect, layout.shape, final=final, max_cell=max_cell)
            if not len(block.ends) and len(data) > reach:
                block = endless(data, layout.dialect, layout.shape)
                if block.used < len(data):  # an open mark: its line goes, the rest is read again
                    yield block
                    data = data[block.used :]
                    continue
                block, data, final = _skip(block, source, layout.dialect)
                yield block
                continue
            yield block
            data = data[block.used :]
            break
        carry, wanted = data, len(data) if len(data) > BLOCK else 0


def _text(stream: Bytes, layout: Layout, code: Transcoder) -> Iterator[tuple[bytes, bool]]:
    """UTF-8 behind the header in pieces, with whether each is the last."""
    skip, first, final = layout.begin, True, False
    while not final:
        raw = stream.read(BLOCK)
        final = len(raw) < BLOCK
        if first and layout.encoding not in (None, "utf-8"):
            marked = bom_of(raw)
            raw = raw[marked[1] :] if marked else raw
        first = False
        data = code.feed(raw, final=final)
        cut = min(skip, len(data))
        skip -= cut
        yield data[cut:] if cut else data, final


def _skip(block: Block, source: Iterator[tuple[bytes, bool]], dialect: Dialect) -> tuple[Block, bytes, bool]:
    """Pass over the rest of a record without end, keeping only its beginning; gives what follows, and whether it is the last."""
    kept = block.data[:1000]
    passed = len(block.data) - len(kept)
    _, inside = end_of_endless(block.data, dialect, inside=False)
    rest, final = b"", True
    for piece, last in source:
        end, inside = end_of_endless(piece, dialect, inside=inside)
        if end is not None:
            passed, rest, final = passed + end, piece[end:], last
            break
        passed += len(piece)
    return Block(kept, np.array([len(kept)], np.int64), [Bad(0, len(kept), "cell_too_long")], passed), rest, final


def parts(stream: Bytes, layout: Layout, max_cell: int, code: Transcoder) -> Iterator[tuple[Part, int]]:
    """The blocks of a file read in threads and given back in order, each with its count of records."""
    workers = min(4, len(os.sched_getaffinity(0)))
    first = 1
    waiting: deque[tuple[Future[Part], int]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for block in blocks(stream, layout, max_cell, code):
            count = len(block.records()[0])
            if count:
                waiting.append(
                    (
                        pool.submit(
                            convert, block, first, layout.dialect, layout.shape, layout.header.columns, max_cell
                        ),
                        count,
                    )
                )
                first += count
            while len(waiting) > workers:
                done, n = waiting.popleft()
                yield done.result(), n
        while waiting:
            done, n = waiting.popleft()
            yield done.result(), n
