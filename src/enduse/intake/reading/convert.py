"""From the bytes of a block to an Arrow table of trimmed cells, and the records that do not fit."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from numpy.typing import NDArray

from .dialect import Dialect
from .encoding import repair
from .header import counts_columns
from .reasons import EXCERPT
from .records import Block, Ints
from .stray import Shape

# White space around a cell says nothing: ASCII, the no-break spaces, the ideographic space, a stray byte order mark.
WHITE = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
_EDGE = np.zeros(256, bool)
_EDGE[:0x21] = True
_EDGE[[w.encode()[i] for w in WHITE if ord(w) > 0x7F for i in (0, -1)]] = True

Refused = tuple[int, str, str]  # record number, reason, excerpt


@dataclass(frozen=True)
class Part:
    """A block read: well-formed records with their numbers, refused ones, and the count of broken characters."""

    table: pa.Table
    refused: list[Refused]
    replaced: int
    other: dict[str, int] = field(default_factory=dict)  # lines in another encoding than the file's


def schema(columns: int) -> pa.Schema:
    """`row` and c1..cN."""
    return pa.schema([("row", pa.int64()), *((f"c{i + 1}", pa.string()) for i in range(columns))])


def convert(block: Block, first: int, dialect: Dialect, shape: Shape, names: tuple[str, ...], max_cell: int) -> Part:
    """Read a scanned block; `first` is the number of its first record."""
    starts, ends = block.records()
    numbers = np.arange(first, first + len(starts), dtype=np.int64)
    refused: list[Refused] = []
    data = memoryview(block.data)[: block.used]
    if block.bad:
        gone = np.searchsorted(starts, np.array([b.start for b in block.bad], np.int64))
        for at, bad in zip(gone.tolist(), block.bad, strict=True):
            refused.append((int(numbers[at]), bad.reason, excerpt(block.data[bad.start : bad.end])))
        kept = np.ones(len(starts), bool)
        kept[gone] = False
        numbers, starts, ends = numbers[kept], starts[kept], ends[kept]
        data = memoryview(b"".join(_stretches(block)))
    other: dict[str, int] = {}
    table, odd, replaced = _parse(data, dialect, shape, len(numbers), other)
    if table is None:
        texts = [block.data[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)]
        table, odd = _by_hand(texts, dialect, shape)
    rows = numbers
    late: list[tuple[int, list[str]]] = []
    if odd:
        at = np.array([n - 1 for n, _ in odd], np.int64)
        rows = np.delete(numbers, at)
        for place, text in zip(at.tolist(), (t for _, t in odd), strict=True):
            number = int(numbers[place])
            cells = dialect.cells(text.rstrip("\r\n"))
            if shape.fits(cells) and any(c.strip(WHITE) for c in cells):
                late.append((number, (cells + [""] * shape.columns)[: shape.columns]))
            else:
                refused.append((number, _why(cells, shape), text[:EXCERPT]))
    table = _fit(table, rows, shape, refused)
    if late:
        columns = [pa.array([n for n, _ in late], pa.int64())]
        columns += [pa.array([c[i].strip(WHITE) or None for _, c in late], pa.string()) for i in range(shape.columns)]
        table = pa.concat_tables([table, pa.table(columns, schema=table.schema)]).sort_by("row")
    table = _drop(table, names, refused, max_cell)
    refused.sort()
    return Part(table, refused, replaced, other)


def excerpt(record: bytes) -> str:
    """The first characters of a refused record."""
    return record[: EXCERPT * 4].decode("utf-8", "replace").rstrip("\r\n")[:EXCERPT]


def _stretches(block: Block) -> list[memoryview]:
    view, place, out = memoryview(block.data), 0, []
    for bad in block.bad:
        out.append(view[place : bad.start])
        place = bad.end
    out.append(view[place : block.used])
    return out


def _parse(
    data: memoryview | bytes, dialect: Dialect, shape: Shape, expected: int, other: dict[str, int]
) -> tuple[pa.Table | None, list[tuple[int, str]], int]:
    """Arrow's own CSV reader on one block; None where it does not count the records as the scan does."""
    names = [f"c{i + 1}" for i in range(shape.width)]
    if not expected:
        return pa.schema([(n, pa.string()) for n in names]).empty_table(), [], 0
    odd: list[tuple[int, str]] = []

    def note(row: pyarrow.csv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip"

    replaced = 0
    for attempt in (1, 2):
        odd.clear()
        try:
            table = pyarrow.csv.read_csv(
                pa.py_buffer(data),
                read_options=pyarrow.csv.ReadOptions(
                    use_threads=False, column_names=names, block_size=max(len(data) + 1, 1 << 16)
                ),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=dialect.delimiter,
                    quote_char=dialect.quote,
                    newlines_in_values=True,
                    invalid_row_handler=note,
                ),
                convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
            )
        except (pa.ArrowInvalid, UnicodeDecodeError):
            if attempt == 2:
                return None, [], replaced
            data, replaced, found = repair(bytes(data))
            other.update(found)
        else:
            break
    if table.num_rows + len(odd) != expected:
        return None, [], replaced
    return _trim(table.combine_chunks()), odd, replaced


def _by_hand(texts: list[bytes], dialect: Dialect, shape: Shape) -> tuple[pa.Table, list[tuple[int, str]]]:
    """The same as `_parse`, record by record."""
    rows: list[list[str]] = []
    odd: list[tuple[int, str]] = []
    for number, data in enumerate(texts, 1):
        text = data.decode("utf-8", "replace").rstrip("\r\n")
        cells = dialect.cells(text)
        if len(cells) == shape.width:
            rows.append(cells)
        else:
            odd.append((number, text))
    table = pa.table({f"c{i + 1}": pa.array([r[i] for r in rows], pa.string()) for i in range(shape.width)})
    return _trim(table.combine_chunks()), odd


def _why(cells: list[str], shape: Shape) -> str:
    if not any(c.strip(WHITE) for c in cells):
        return "blank"
    return "too_few_cells" if len(cells) < shape.least else "too_many_cells"


def _fit(table: pa.Table, rows: Ints, shape: Shape, refused: list[Refused]) -> pa.Table:
    """Exactly the header's columns, with `row` in front: surplus columns must be empty, missing ones are null."""
    columns = list(table.columns[: shape.columns])
    surplus = table.columns[shape.columns :]
    if any(c.null_count < len(c) for c in surplus):
        over = np.zeros(len(table), bool)
        for column in surplus:
            over |= column.is_valid().to_numpy()
        for at in np.flatnonzero(over).tolist():
            cells = [c[at].as_py() or "" for c in table.columns]
            refused.append((int(rows[at]), "too_many_cells", ",".join(cells)[:EXCERPT]))
        keep = pa.array(~over)
        columns, rows = [c.filter(keep) for c in columns], rows[~over]
    columns += [pa.nulls(len(rows), pa.string())] * (shape.columns - len(columns))
    return pa.table([pa.array(rows, pa.int64()), *columns], schema=schema(shape.columns))


def _trim(table: pa.Table) -> pa.Table:
    """Cells without outer white space, empty cells as null."""
    return pa.table(
        [_trimmed(c.chunk(0) if c.num_chunks else pa.array([], pa.string())) for c in table.columns],
        names=table.column_names,
    )


def _trimmed(column: pa.StringArray) -> pa.StringArray:
    """Looks at the first and last byte of each cell; trims only columns in which one of them may be white space."""
    offsets, empty, edge = _edges(column)
    if edge:
        column = pc.utf8_trim(column, characters=WHITE)
        offsets, empty, _ = _edges(column)
    if not empty.any():
        return column
    validity = pa.py_buffer(np.packbits(~empty, bitorder="little"))
    return pa.StringArray.from_buffers(
        len(column), pa.py_buffer(offsets), column.buffers()[2], validity, int(empty.sum())
    )


def _edges(column: pa.StringArray) -> tuple[NDArray[np.int32], NDArray[np.bool_], bool]:
    """Offsets of the cells, which of them are empty, and whether a cell begins or ends with what may be white space."""
    _, offsets, data = column.buffers()
    at = np.frombuffer(offsets, np.int32, len(column) + 1, column.offset * 4) if offsets else np.zeros(1, np.int32)
    empty = at[1:] == at[:-1]
    if at[-1] == at[0]:
        return at, empty, False
    raw = np.frombuffer(data, np.uint8)
    first, last = at[:-1], at[1:] - 1
    if empty.any():
        first, last = first[~empty], last[~empty]
    return at, empty, bool(_EDGE[raw[first]].any() or _EDGE[raw[last]].any())


def _drop(table: pa.Table, names: tuple[str, ...], refused: list[Refused], max_cell: int) -> pa.Table:
    """Without blank records, repeated headers and cells over the limit."""
    for reason in ("blank", "repeated_header", "cell_too_long"):
        cells = table.columns[1:]
        if not len(table):
            break
        if reason == "blank":
            mask = _blank(cells)
        elif reason == "repeated_header":
            mask = _repeats(cells, names, table.column(0)[0].as_py())
        else:
            mask = _long(cells, max_cell)
        if mask is None or not mask.any():
            continue
        for at in np.flatnonzero(mask).tolist():
            text = ",".join((c[at].as_py() or "")[:EXCERPT] for c in cells)
            refused.append((table.column(0)[at].as_py(), reason, text[:EXCERPT]))
        table = table.filter(pa.array(~mask))
    return table


def _blank(cells: list[pa.ChunkedArray]) -> NDArray[np.bool_] | None:
    if not cells or any(c.null_count == 0 for c in cells):
        return None
    mask = np.ones(len(cells[0]), bool)
    for column in sorted(cells, key=lambda c: c.null_count):
        mask &= column.is_null().to_numpy()
        if not mask.any():
            return None
    return mask


def _repeats(cells: list[pa.ChunkedArray], names: tuple[str, ...], first: int) -> NDArray[np.bool_] | None:
    """Records equal to the header; the record below it (number 1) also where it only counts the columns."""
    if first == 1 and counts_columns([c[0].as_py() for c in cells], len(names)):
        mask = np.zeros(len(cells[0]), bool)
        mask[0] = True
        return mask
    named = [(c, n) for i, (c, n) in enumerate(zip(cells, names, strict=True)) if n != f"column {i + 1}"]
    if not named or len(named) < min(2, len(names)):
        return None
    mask = np.ones(len(cells[0]), bool)
    for column, name in named:
        mask &= pc.fill_null(pc.equal(column, name), False).to_numpy()
        if not mask.any():
            return None
    return mask


def _long(cells: list[pa.ChunkedArray], max_cell: int) -> NDArray[np.bool_] | None:
    mask: NDArray[np.bool_] | None = None
    for column in cells:
        size = pc.binary_length(column)
        if (pc.max(size).as_py() or 0) > max_cell:
            over = pc.fill_null(pc.greater(size, max_cell), False).to_numpy(zero_copy_only=False)
            mask = over if mask is None else mask | over
    return mask
