"""Finding out how a delimited text is written: encoding, dialect, header and widths, from its first megabyte."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from enduse.errors import SourceRefused

from .cells import MAX_COLUMNS, too_many_columns
from .dialect import Dialect, find_dialect, lines_of
from .encoding import Transcoder, bom_of, find_encoding, unknown
from .files import EXPORT, Form, open_bytes
from .header import Header, find_header
from .records import whole_records
from .scripts import UNKNOWN
from .stray import Shape

MARKUP = {
    b"<?xml": "an XML document",
    b"<!doctype": "an HTML page",
    b"<html": "an HTML page",
    b"<table": "an HTML page",
}
HEAD = 1 << 20  # bytes looked at to find out how a file is written


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
    marked = bom_of(raw)
    encoding = find_encoding(raw)
    if form == "text" and not whole and not marked and not str(encoding).startswith("utf-16"):
        encoding = find_encoding(raw + _spread(path))
    skip = marked[1] if marked else 0
    if encoding != UNKNOWN:
        data = Transcoder(encoding, path.name).feed(raw[skip:], final=whole)
    _refuse_junk(path, raw if encoding == UNKNOWN else data)
    if encoding == UNKNOWN:
        raise unknown(path.name)
    if not whole:
        data = data[: max(data.rfind(b"\n"), data.rfind(b"\r")) + 1]
        if not data:
            raise SourceRefused(
                "the first line is longer than a megabyte",
                where=path.name,
                fix="Check that it is a table with a header",
            )
    if not data.strip():
        raise SourceRefused(
            "the file holds only white space", where=path.name, fix="Get the file again: it has no text"
        )
    begin = 0
    lines = lines_of(data)
    told = _told(lines[0])
    if told:
        begin = len(lines[0])
        lines = lines[1:]
    texts = [line.decode("utf-8", "replace").rstrip("\r\n") for line in lines[:500]]
    guess = find_dialect(texts) if texts else Dialect(told or ",")
    dialect = replace(guess, delimiter=told) if told else guess
    data = dialect.normal(data)
    header, shape, places, cells = _table(data[begin:], dialect, whole=whole)
    if header is None:
        raise SourceRefused(
            "no table is found in the file", where=path.name, fix="Check that it is a delimited text with a header"
        )
    if len(header.columns) > MAX_COLUMNS:
        raise too_many_columns(len(header.columns), path.name)
    at = header.row
    notes = []
    titles = at + 1 - header.joined if at >= 0 else 0
    if titles > 0:
        above = " / ".join(" ".join(c for c in cells[i] if c.strip()) for i in range(titles))
        notes.append(f"{titles} {'line' if titles == 1 else 'lines'} above the header read as title: {above[:200]}")
    if header.joined > 1:
        notes.append(f"{header.joined} rows joined into one header")
    if at < 0:
        notes.append("no header: columns are numbered, the first record is data")
    start = begin + (places[at] if at >= 0 else 0)
    body = tuple(
        tuple((c.strip() or None) for c in (r + [""] * shape.columns)[: shape.columns])
        for r in cells[at + 1 : at + 1 + rows]
        if any(r) and shape.fits(r)
    )
    return Layout(
        form,
        encoding,
        dialect,
        shape,
        header,
        skip + start if encoding in (None, "utf-8") else start,
        body,
        tuple(notes),
    )


def _spread(path: Path, pieces: int = 12, size: int = 32_768) -> bytes:
    """Stretches from all over a file, cut at line ends, so that text far down has a say in its encoding."""
    total = path.stat().st_size
    out = []
    with path.open("rb") as file:
        for i in range(1, pieces + 1):
            file.seek(max(HEAD, (total - size) * i // pieces))
            out.append(b"\n".join(file.read(size).split(b"\n")[1:-1]))
    return b"\n" + b"\n".join(out)


def _refuse_junk(path: Path, data: bytes) -> None:
    """Refuse what is no text, and text that is no table."""
    controls = sum(data.count(bytes([b])) for b in (*range(2, 9), *range(14, 26)))
    broken = data.count(b"\xef\xbf\xbd")
    if controls * 50 > len(data) or data.count(0) * 10 > len(data) or broken * 20 > len(data):
        raise SourceRefused("the file is binary, not a table", where=path.name, fix=EXPORT)
    start = data[:200].lstrip().lower()
    for mark, what in MARKUP.items():
        if start.startswith(mark):
            raise SourceRefused(
                f"this is {what}, not a table",
                where=path.name,
                fix="Open it in a spreadsheet program and save it as CSV or xlsx",
            )


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
    for wanted in (500, 3000):
        found = list(islice(whole_records(data, dialect, shape, final=whole, max_cell=len(data) + 1), wanted))
        sound = [f for f in found if f[3] is None]
        ends, cells = [f[1] for f in sound], [f[2] for f in sound]
        header = find_header(cells)
        if header is None:
            break
        shape = Shape(len(header.columns), header.width, header.least)
    return header, shape or Shape(0, 0, 0), ends, cells
