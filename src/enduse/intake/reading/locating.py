"""From a record number back to the bytes of the source: the walk that every printed figure can be checked by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from enduse.contracts import case_file

from .convert import WHITE
from .delimited import blocks
from .encoding import Transcoder, bom_of, source_length
from .files import Form, open_bytes
from .peeked import Located
from .survey import Layout, survey


def locate(path: Path, form: Form, rows: Sequence[int], settings: case_file.Intake) -> dict[int, Located]:
    """Scan the file again with the same rules that numbered its records, stopping behind the last one wanted."""
    layout = survey(path, form, limit=settings.max_unpacked_bytes)
    wanted = sorted({r for r in rows if r > 0})
    out: dict[int, Located] = {}
    first, place = 1, layout.begin
    code = Transcoder(layout.encoding, path.name)
    with open_bytes(path, form, settings.max_unpacked_bytes) as stream:
        for block in blocks(stream, layout, settings.max_cell_bytes, code):
            starts, ends = block.records()
            low, high = np.searchsorted(wanted, (first, first + len(starts)))
            for row in wanted[low:high]:
                start, end = int(starts[row - first]), int(ends[row - first])
                out[row] = located(row, place + start, place + end + block.cut, block.data[start:end], layout)
            first += len(starts)
            place += block.used + block.cut
            if high == len(wanted):
                break
    if code.encoding in (None, "utf-8"):
        return out
    return _in_source(path, form, str(code.encoding), out, settings)


def located(row: int, start: int, end: int, record: bytes, layout: Layout) -> Located:
    """A record from its bytes in UTF-8, with its cells as the reader parts them."""
    text = record.decode("utf-8", "replace")
    line = _without_end(text)
    cells = tuple(c.strip(WHITE) or None for c in layout.dialect.cells(line))
    width = layout.shape.columns
    if layout.shape.fits([c or "" for c in cells]):
        cells = (cells + (None,) * width)[:width]
    return Located(row, start, end, text, cells)


def _without_end(text: str) -> str:
    return text[:-2] if text.endswith("\r\n") else text[:-1] if text.endswith(("\n", "\r")) else text


def _in_source(
    path: Path, form: Form, encoding: str, found: dict[int, Located], settings: case_file.Intake
) -> dict[int, Located]:
    """Offsets in the UTF-8 text turned into offsets in the file, by reading it once more block by block."""
    edges = sorted({e for f in found.values() for e in (f.byte_start or 0, f.byte_end or 0)})
    at: dict[int, int] = {}
    size = 1 << 20
    with open_bytes(path, form, settings.max_unpacked_bytes) as stream:
        code = Transcoder(encoding)
        raw = stream.read(size)
        marked = bom_of(raw)
        source = marked[1] if marked else 0
        raw = raw[source:]
        text_place, held = 0, b""
        while edges and (raw or held):
            final = len(raw) == 0
            data = code.feed(raw, final=final)
            piece = held + raw
            while edges and edges[0] <= text_place + len(data):
                count = len(data[: edges[0] - text_place].decode())
                at[edges[0]] = source + source_length(encoding, piece, count)
                edges.pop(0)
            # Bytes of a character that is not complete belong to the next piece.
            used = source_length(encoding, piece, len(data.decode())) if not final else len(piece)
            source, text_place, held = source + used, text_place + len(data), piece[used:]
            raw = stream.read(size)
            if final:
                break
    return {
        row: Located(f.row, at.get(f.byte_start or 0), at.get(f.byte_end or 0), f.text, f.cells)
        for row, f in found.items()
    }
