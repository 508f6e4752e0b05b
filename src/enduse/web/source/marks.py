"""Where the records of a large delimited file begin: a mark at each block that was passed, so that the next look starts near.

A mark holds what the reader knew when it came there. From it the reader goes on over the same blocks as from the beginning,
so records keep their numbers also where quotation marks are broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import IO, NamedTuple

import numpy as np

from enduse.contracts.case_file import Intake
from enduse.intake.reading.delimited import blocks
from enduse.intake.reading.encoding import Transcoder, bom_of
from enduse.intake.reading.files import Bytes, Form, open_bytes
from enduse.intake.reading.locating import locate, located
from enduse.intake.reading.peeked import Located
from enduse.intake.reading.survey import HEAD, Layout, survey

UTF8 = (None, "utf-8")
# One byte is one character: a place in the text is a place in the file.
SINGLE = ("cp1250", "cp1251", "cp1252", "cp1254", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")


class Mark(NamedTuple):
    """The state of the reader between two blocks."""

    record: int  # number of the record that begins here
    at: int  # its first byte in the file
    read: int  # bytes that had been read by then; those behind `at` wait for the rest of their record
    line: int  # number of its line, from 1


@dataclass(frozen=True)
class Found:
    """A record with the number of its first line, from 1; 0 where lines are not known."""

    located: Located
    line: int


class _Rest(Bytes):
    """A file from a mark on: the first piece is what had been read but not used, and the block behind it."""

    def __init__(self, file: IO[bytes], path: Path, mark: Mark) -> None:
        super().__init__(file, path, None)
        file.seek(mark.at)
        self._before = mark.read - mark.at

    def read(self, size: int) -> bytes:
        before, self._before = self._before, 0
        return super().read(size + before)


def seekable(form: Form, layout: Layout) -> bool:
    """Whether a reader can begin in the middle: plain text in which places can be told from the text alone."""
    return form == "text" and (layout.encoding in UTF8 or layout.encoding in SINGLE)


class Marks:
    """The marks of one file, kept beside the index. Safe for several threads: one reads the file at a time."""

    def __init__(self, kept: Path | None) -> None:
        """`kept` is the file for the marks; without one they last as long as this object."""
        self._kept, self._lock = kept, Lock()
        self._layout: Layout | None = None
        self._marks: list[Mark] = []

    def find(self, path: Path, form: Form, rows: Sequence[int], settings: Intake) -> dict[int, Found]:
        """Records by number with their bytes and lines. Numbers the file does not have are missing."""
        with self._lock:
            if self._layout is None:
                self._layout = survey(path, form, limit=settings.max_unpacked_bytes)
                self._marks = self._read() if seekable(form, self._layout) else []
            known = len(self._marks)
            found = self._walk(path, form, self._layout, sorted(set(rows)), settings)
            if len(self._marks) > known:
                self._write()
            return found

    def _walk(self, path: Path, form: Form, layout: Layout, rows: list[int], settings: Intake) -> dict[int, Found]:
        wanted = [r for r in rows if r > 0]
        out: dict[int, Found] = {}
        if not wanted:
            return out
        keeps, single = seekable(form, layout), layout.encoding in SINGLE
        if not single and layout.encoding not in UTF8:
            return _plainly(path, form, wanted, settings)
        begin, lines, end = _head(path, form, layout, settings)
        start = next((m for m in reversed(self._marks) if m.record <= wanted[0]), None)
        first, place, line = (start.record, start.at, start.line) if start else (1, begin, lines + 1)
        code = Transcoder(layout.encoding, path.name)
        with _opened(path, form, settings, start) as stream:
            before = read = start.read if start else 0
            for block in blocks(stream, replace(layout, begin=0) if start else layout, settings.max_cell_bytes, code):
                read, before = (start.at if start else 0) + stream.count, read
                if keeps and read > before and (not self._marks or first > self._marks[-1].record):
                    self._marks.append(Mark(first, place, before, line))
                starts, ends = block.records()
                low, high = np.searchsorted(wanted, (first, first + len(starts)))
                for row in wanted[low:high]:
                    a, b = int(starts[row - first]), int(ends[row - first])
                    at = place + (_characters(block.data[:a]) if single else a)
                    size = (_characters(block.data[a:b]) if single else b - a) + block.cut
                    found = located(row, at, at + size, block.data[a:b], layout)
                    out[row] = Found(found, line + block.data[:a].count(end))
                first += len(starts)
                place += (_characters(block.data[: block.used]) if single else block.used) + block.cut
                line += block.data[: block.used].count(end)
                keeps = keeps and not (single and block.cut)
                if high == len(wanted):
                    break
        if (
            not single and code.encoding not in UTF8
        ):  # found out far behind: places in the text say nothing about the file
            self._marks = []
            return _plainly(path, form, wanted, settings)
        return out

    def _read(self) -> list[Mark]:
        if self._kept is None:
            return []
        try:
            return [Mark(*line) for line in np.load(self._kept).tolist()]
        except (OSError, ValueError, TypeError):
            return []

    def _write(self) -> None:
        """Kept for the next server; where it cannot be written, the next one reads the file again."""
        if self._kept is None:
            return
        partial = self._kept.with_suffix(".partial")
        with suppress(OSError):
            with partial.open("wb") as file:
                np.save(file, np.array(self._marks, np.int64))
            partial.replace(self._kept)


def _plainly(path: Path, form: Form, wanted: Sequence[int], settings: Intake) -> dict[int, Found]:
    """In encodings of several bytes a character: by reading the file from its beginning, without lines."""
    return {row: Found(found, 0) for row, found in locate(path, form, wanted, settings).items()}


def _characters(data: bytes) -> int:
    return len(data.decode("utf-8", "replace"))


def _head(path: Path, form: Form, layout: Layout, settings: Intake) -> tuple[int, int, bytes]:
    """Bytes of the file before the first record, the lines in them, and what ends a line."""
    with open_bytes(path, form, settings.max_unpacked_bytes) as stream:
        raw = stream.read(HEAD)
    if layout.encoding in UTF8:
        text, begin = raw, layout.begin
    else:
        marked = bom_of(raw)
        skip = marked[1] if marked else 0
        text = Transcoder(layout.encoding).feed(raw[skip:])
        begin = skip + _characters(text[: layout.begin])
    end = b"\n" if b"\n" in text or b"\r" not in text else b"\r"
    return begin, text[: layout.begin].count(end), end


@contextmanager
def _opened(path: Path, form: Form, settings: Intake, start: Mark | None) -> Iterator[Bytes]:
    if start is None:
        with open_bytes(path, form, settings.max_unpacked_bytes) as stream:
            yield stream
        return
    with path.open("rb", buffering=0) as file:
        yield _Rest(file, path, start)
