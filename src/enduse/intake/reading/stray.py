"""A quotation mark that nothing closes: telling a cell over several lines from several records joined by mistake."""

from __future__ import annotations

from dataclasses import dataclass

from .dialect import Dialect, lines_of


@dataclass(frozen=True)
class Shape:
    """What widths a record may have: `columns` names, data written `width` cells wide, at least `least` cells."""

    columns: int
    width: int
    least: int

    def fits(self, cells: list[str]) -> bool:
        return self.least <= len(cells) <= self.columns or (
            len(cells) > self.columns and not any(c.strip() for c in cells[self.columns :])
        )


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
