"""How a delimited text is written: delimiter, quotation mark, and what a record is. Found from a sample, applied to bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

DELIMITERS = (",", ";", "\t", "|", "^", "~", ":", "\x01", "\x1f", "\x1e", "#", "!", "&", "*", "@")
NEVER = "\x1f"  # delimiter of a file of one column: the ASCII unit separator, which no text has
LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")


@dataclass(frozen=True)
class Dialect:
    """One-byte delimiter and quotation mark. A quotation mark counts at the start of a cell only; inside, it is doubled."""

    delimiter: str
    quote: str = '"'
    escaped: bool = False  # a mark inside a cell is written \\" instead of ""
    spaced: bool = False  # a space stands between delimiter and opening mark

    def normal(self, data: bytes) -> bytes:
        """The same text with doubled marks and no space before a mark; as long as before, so that places stay true."""
        d, q = self.delimiter.encode(), self.quote.encode()
        if self.escaped:
            data = re.sub(rb"(?<!\\)((?:\\\\)*)\\" + q, rb"\1" + q + q, data)
        if self.spaced:
            data = re.sub(
                b"((?:^|" + re.escape(d) + rb"))( +)" + q + b"(?!" + q + b")",
                rb"\1" + q + rb"\2",
                data,
                flags=re.MULTILINE,
            )
        return data

    def __str__(self) -> str:
        shown = {"\t": "tab", NEVER: "none", " ": "space"}.get(self.delimiter) or (
            self.delimiter if self.delimiter.isprintable() else f"U+{ord(self.delimiter):04X}"
        )
        return f"delimiter {shown}, quote {self.quote}" + (" escaped with \\" if self.escaped else "")

    @cached_property
    def opener(self) -> re.Pattern[bytes]:
        """A quotation mark at the start of a cell; group 1 is the mark's place."""
        d, q = re.escape(self.delimiter.encode()), re.escape(self.quote.encode())
        return re.compile(rb"(?:(?<=[\r\n" + d + rb"])|\A)" + q)

    @cached_property
    def closer(self) -> re.Pattern[bytes]:
        """From behind an opening mark to behind the closing one."""
        q = re.escape(self.quote.encode())
        # Possessive: a mark that never closes costs one pass over the block, not one more way back.
        return re.compile(rb"[^" + q + rb"]*+(?:" + q + q + rb"[^" + q + rb"]*+)*+" + q)

    @cached_property
    def _cell(self) -> re.Pattern[str]:
        d, q = re.escape(self.delimiter), re.escape(self.quote)
        return re.compile(rf"{q}([^{q}]*(?:{q}{q}[^{q}]*)*)(?:{q}(?!{q})([^{d}]*)|\Z)|([^{d}]*)")

    def cells(self, record: str) -> list[str]:
        """The cells of one record without its line end, as Python's csv reader gives them."""
        if self.quote not in record:
            return record.split(self.delimiter)
        out: list[str] = []
        place, end = 0, len(record)
        while True:
            found = self._cell.match(record, place)
            if found is None:  # cannot happen: the last alternative matches anything
                raise AssertionError(record[place : place + 50])
            quoted, rest, plain = found.groups()
            out.append(plain if quoted is None else quoted.replace(self.quote * 2, self.quote) + (rest or ""))
            place = found.end()
            if place >= end:
                return out
            place += 1

    def open_mark(self, record: str) -> int | None:
        """Where a cell opens that nothing closes; None where all are closed."""
        if self.quote not in record:
            return None
        place = 0
        while True:
            found = self._cell.match(record, place)
            if found is None or found.end() >= len(record):
                quoted = found is not None and found.group(1) is not None and found.group(2) is None
                return place if quoted else None
            place = found.end() + 1

    def record_end(self, data: bytes, start: int) -> int | None:
        """Where the record at `start` ends (behind its line end); None where a quoted cell never closes."""
        d, q = self.delimiter.encode(), self.quote.encode()
        place = start
        stop = re.compile(rb"[" + re.escape(d) + rb"\r\n]")
        while True:
            if data.startswith(q, place):
                closed = self.closer.match(data, place + 1)
                if closed is None:
                    return None
                place = closed.end()
            found = stop.search(data, place)
            if found is None:
                return len(data)
            if found.group() == d:
                place = found.end()
                continue
            return found.end() + (found.group() == b"\r" and data.startswith(b"\n", found.end()))


def lines_of(data: bytes) -> list[bytes]:
    """Physical lines with their ends, as a text file opened with newline='' gives them."""
    return [line for line in LINE.findall(data) if line]


def find_dialect(lines: Sequence[str]) -> Dialect:
    """The dialect under which the lines fall into the same number of cells.

    Each physical line is read by itself, so that one unbalanced quotation mark or some cells with line breaks spoil a
    few lines of the sample and not the rest of it.
    """
    lines = [line for line in lines if line.strip()]
    for size in (len(lines), 50, 10):  # one cell with a megabyte of lines may hide all others
        dialect = _consistent(lines[:size])
        if dialect.delimiter != NEVER and (size == len(lines) or dialect.delimiter in lines[0]):
            return dialect
    return Dialect(NEVER, _find_quote(lines))


def _consistent(lines: Sequence[str]) -> Dialect:
    quote = _find_quote(lines)
    best, best_score = Dialect(NEVER, quote), 0.0
    for delimiter in DELIMITERS:
        dialect = _habits(Dialect(delimiter, quote), lines)
        rows = [dialect.cells(dialect.normal(line.encode()).decode()) for line in lines if delimiter in line]
        if len(rows) * 2 < len(lines) or not rows:
            continue
        widths = Counter(len(r) for r in rows)
        width, count = max(widths.items(), key=lambda item: (item[1] * item[0] ** 0.5, item[0]))
        if width < 2:
            continue
        stray = sum(c.count(quote) % 2 for r in rows for c in r) / sum(map(len, rows))
        even = count / len(lines)
        # Free text has commas too, but never the same number on every line; hence consistency weighs more than width.
        score = even**2 * (1 - stray) ** 2 * (1 - 1 / width) ** 0.5 * (1.0 if delimiter in ",;\t|" else 0.6)
        if delimiter in lines[0] or len(lines) < 3:
            score *= 1.3
        if score > best_score:
            best, best_score = dialect, score
    return best if best_score > 0.1 else Dialect(NEVER, quote)


def _habits(dialect: Dialect, lines: Sequence[str]) -> Dialect:
    """Whether marks are escaped with a backslash, and whether spaces precede them: seen on several lines, against the rule."""
    d, q = re.escape(dialect.delimiter), re.escape(dialect.quote)
    text = "\n".join(lines)
    escapes = len(re.findall(rf"\\{q}(?!{d}|\n|$)", text))
    doubles = len(re.findall(rf"(?<![{d}\n]){q}{q}(?!{d}|\n|$)", text))
    spaces = len(re.findall(rf"{d} +{q}[^{q}\n]*{q}(?= *(?:{d}|\n|$))", text))
    tight = len(re.findall(rf"{d}{q}[^{q}\n]*{q}(?={d}|\n|$)", text))
    return Dialect(
        dialect.delimiter, dialect.quote, escapes > 1 and escapes > doubles, spaces > 1 and spaces > 2 * tight
    )


def _find_quote(lines: Sequence[str]) -> str:
    """The double mark, unless single marks enclose cells and double ones do not."""
    edge = "".join(map(re.escape, DELIMITERS))
    text = "\n".join(lines)
    found = {
        q: len(re.findall(rf"(?:^|(?<=[{edge}])){q}[^{q}\n]*{q}(?=[{edge}\n]|$)", text, re.MULTILINE)) for q in "\"'"
    }
    return "'" if found["'"] > 2 and found['"'] * 5 < found["'"] else '"'
