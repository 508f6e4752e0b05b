"""From lots to files: repeats, amendments, damaged and empty records, then the bytes in the layout's encoding.

Every disturbance is an ADDED record, so the lots themselves stay as the world made them and the truth can be told.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import layouts
from .lot import amended

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from .layouts import Layout
    from .lot import Lot

SPLIT_FROM, SPLIT_TO = dt.date(2024, 3, 1), dt.date(2024, 3, 31)  # the month that both Russian deliveries hold


@dataclass(frozen=True)
class Record:
    """One line of a file. `why` is lot, exact, amended, batch, damaged or empty; `blank` lines are no records."""

    text: str
    why: str
    lot: Lot | None = None


@dataclass(frozen=True)
class Written:
    """A file as written: its records in order (record n of the file is `records[n - 1]`) and the number of blank lines."""

    path: Path
    layout: Layout
    records: tuple[Record, ...]
    blank: int


def _quote(cell: str, layout: Layout) -> str:
    if layout.quote_all or any(sign in cell for sign in (layout.delimiter, '"', "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _line(lot: Lot, layout: Layout) -> str:
    return layout.delimiter.join(_quote(fill(lot), layout) for _, fill in layout.columns)


def _damaged(lot: Lot, layout: Layout, number: int) -> str:
    """A copy of a lot as no office would send it: cut off, or with cells too many. Its number exists nowhere else."""
    cells = [_quote(fill(lot), layout) for _, fill in layout.columns]
    number_at = next(i for i, (_, fill) in enumerate(layout.columns) if fill(lot) == lot.number)
    cells[number_at] = _quote(f"{lot.number}-X", layout)
    if number % 2:
        return layout.delimiter.join(cells[: len(cells) // 3])
    return layout.delimiter.join([*cells[:4], "???", "???", "???", *cells[4:]])


def _records(lots: Sequence[Lot], layout: Layout, rng: Random) -> list[Record]:
    """Lots and their disturbances, in the order of the file."""
    records: list[Record] = []
    ordinary = [lot for lot in lots if not lot.watched]
    some = max(2, len(lots) // 800)
    spoiled = {lot.number: i for i, lot in enumerate(rng.sample(ordinary, min(some, len(ordinary))))}
    for lot in lots:
        batch = layout is layouts.RU_LATER and lot.date <= SPLIT_TO
        records.append(Record(_line(lot, layout), "batch" if batch else "lot", lot))
        chance = rng.random()
        if chance < 0.004:
            records.append(Record(_line(lot, layout), "exact", lot))
        elif chance < 0.006 and not lot.watched and layout in (layouts.KZ, layouts.TR):
            records[-1] = Record(records[-1].text, "amended", lot)
            later = amended(lot)
            records.append(Record(_line(later, layout), "lot", later))
        if lot.number in spoiled:
            records.append(Record(_damaged(lot, layout, spoiled[lot.number]), "damaged"))
        if rng.random() < 0.0008:
            records.append(Record(layout.delimiter * (len(layout.columns) - 1), "empty"))
    if layout is layouts.TR and ordinary:
        records.append(Record(_unclosed(ordinary[-1], layout), "damaged"))
    return records


def _unclosed(lot: Lot, layout: Layout) -> str:
    """A copy whose goods text opens a quotation that nothing closes. It stands last, so it is one record to every reader."""
    cells = [fill(lot) for _, fill in layout.columns]
    return layout.delimiter.join(f"{c}-X" if c == lot.number else '"' + c if c == lot.text else c for c in cells)


def _bytes(layout: Layout, lines: list[str]) -> bytes:
    end = "\r\n" if layout.encoding in ("cp1251", "utf-16") else "\n"
    raw = (end.join(lines) + end).encode(layout.encoding)
    if not layout.gzip:
        return raw
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:  # no clock: equal seeds, equal bytes
        file.write(raw)
    return packed.getvalue()


def write(lots: Sequence[Lot], layout: Layout, folder: Path, rng: Random) -> Written:
    """Writes the lots of one file in its layout, with a few blank lines between records."""
    records = _records(lots, layout, rng)
    lines = [layout.delimiter.join(_quote(header, layout) for header, _ in layout.columns)]
    blank = 0
    for number, record in enumerate(records):
        lines.append(record.text)
        if number % 997 == 500:
            lines.append("")
            blank += 1
    path = folder / layout.name
    path.write_bytes(_bytes(layout, lines))
    return Written(path, layout, tuple(records), blank)


def lots_of(layout: Layout, lots: Sequence[Lot]) -> list[Lot]:
    """The lots that belong into the file of a layout."""
    mine = [lot for lot in lots if lot.file == layout.file]
    if layout is layouts.RU:
        return [lot for lot in mine if lot.date <= SPLIT_TO]
    if layout is layouts.RU_LATER:
        return [lot for lot in mine if lot.date >= SPLIT_FROM]
    return mine
