"""An open index: columns mapped from files, bitmaps in memory, dictionaries in a database that is opened read-only."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from enduse.web.index import bitmaps, resident
from enduse.web.index.build import connect
from enduse.web.index.layout import NO_AMOUNT, NO_DATE, SCALE
from enduse.web.index.strings import Strings
from enduse.web.index.words import Words

EPOCH = dt.date(1970, 1, 1)
Ints = NDArray[Any]
FEW = 200_000  # rows that are gathered and sorted; of more, every row is looked at


def _expect(folder: Path) -> None:
    """Tell the system that the files of an index will be read, so that the first clicks need not wait for the disk."""
    if not hasattr(os, "posix_fadvise"):
        return  # not every system takes such hints
    for path in (*folder.glob("*.npy"), *folder.glob("*.bytes")):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


def records_of(db: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
    """Rows of a query as dicts, `?` for each value; by a cursor of its own, so that threads do not meet."""
    cursor = db.cursor()
    try:
        done = cursor.execute(sql, list(values))
        names = [d[0] for d in done.description or ()]
        return [dict(zip(names, row, strict=True)) for row in done.fetchall()]
    finally:
        cursor.close()


class Index:
    """Read-only. Safe for several threads at once: arrays are never written and every query has a cursor of its own."""

    def __init__(self, folder: Path, *, memory: str = "400MB") -> None:
        self.folder = folder
        _expect(folder)
        told = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        self.rows: int = told["rows"]
        self.words: dict[str, list[str]] = told["words"]
        self.prefixes: list[str] = told["prefixes"]
        self.maps = bitmaps.read(folder)
        self.db = connect(folder / "index.duckdb", folder / "spill", memory=memory, read_only=True)
        self.everything = BitMap(range(self.rows))
        self._arrays: dict[str, Ints] = {}
        for name in ("brand", "model"):  # few rows name one
            self.maps[name] = bitmaps.rare(self.array(name), self.words[name], self.everything)
        self.texts = {name: Strings(folder, name) for name in ("text", "name", "party", "party_name")}
        self.search = {name: Words(folder, name, len(self.texts[name])) for name in ("text", "name")}

    def close(self) -> None:
        self.db.close()

    def array(self, name: str) -> Ints:
        """A column, an order or offsets, mapped from its file."""
        held = self._arrays.get(name)
        if held is None:
            path = self.folder / f"{name}.npy"
            held = np.load(path, mmap_mode="r") if self.rows else np.load(path)
            self._arrays[name] = held
        return held

    def ease(self) -> None:
        """Let go of mapped pages where many are held: over ten million rows a few questions would take up gigabytes."""
        if resident.held() <= resident.MOST:
            return
        texts = [a for s in self.texts.values() for a in (s.ends, s.data)]
        resident.let_go([*list(self._arrays.values()), *texts, *(w.codes for w in self.search.values())])

    @cached_property
    def dated(self) -> int:
        """Rows with a date; they come first."""
        return int(np.load(self.folder / "dated.npy")[0])

    @cached_property
    def figures(self) -> dict[str, BitMap]:
        """The rows of each figure, read when first asked for. Shared: do not change them."""
        return bitmaps.read_named(self.folder, "figures")

    def ask(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query with `?` for each value."""
        cursor = self.db.cursor()
        try:
            found: list[tuple[Any, ...]] = cursor.execute(sql, list(values)).fetchall()
            return found
        finally:
            cursor.close()

    def records(self, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """The same as dicts."""
        return records_of(self.db, sql, values)

    # ---- dictionaries ----------------------------------------------------------------------------------------------

    def code(self, dictionary: str, word: str) -> int | None:
        """Code of a word of a small dictionary; None where no row has it."""
        return self._codes(dictionary).get(word)

    def _codes(self, dictionary: str) -> dict[str, int]:
        held: dict[str, dict[str, int]] = self.__dict__.setdefault("_code_tables", {})
        if dictionary not in held:
            held[dictionary] = {w: i for i, w in enumerate(self.words[dictionary]) if i}
        return held[dictionary]

    def party_code(self, party_id: str) -> int | None:
        return self.texts["party"].find(party_id)

    def firms(self, codes: Iterable[int]) -> dict[int, dict[str, Any]]:
        """What is known of parties, by code."""
        wanted = sorted({int(c) for c in codes if c})
        if not wanted:
            return {}
        marks = ", ".join("?" * len(wanted))
        found = self.records(
            f"SELECT code, word AS party_id, name, country, kind, role, names, hits, listed FROM d_party WHERE code IN ({marks})",
            wanted,
        )
        return {r.pop("code"): r for r in found}

    # ---- rows ------------------------------------------------------------------------------------------------------

    def party_rows(self, column: str, code: int) -> BitMap:
        """Rows in which the party is seller, or buyer; code 0: rows that name none."""
        ends, order = self.array(f"offset_{column}"), self.array(f"order_{column}")
        if not code:
            return BitMap(np.ascontiguousarray(order[int(ends[-1]) :], dtype=np.uint32))
        if code + 1 >= len(ends):
            return BitMap()
        return BitMap(np.ascontiguousarray(order[ends[code] : ends[code + 1]], dtype=np.uint32))

    def rows_of(self, column: str, codes: Ints) -> BitMap:
        """Rows whose column holds one of the codes (not 0)."""
        ends, order = self.array(f"offset_{column}"), self.array(f"order_{column}")
        codes = codes[codes < len(ends) - 1]  # a name that only stands on the other side has no rows on this one
        first, size = ends[codes], ends[codes + 1] - ends[codes]
        if int(size.sum()) > FEW:  # to look at every row is quicker than to sort so many
            hit = np.zeros(len(ends), bool)
            hit[codes] = True
            return BitMap(np.flatnonzero(hit[self.array(column)]).astype(np.uint32))
        at = np.repeat(first - np.concatenate(([0], size.cumsum()[:-1])), size) + np.arange(int(size.sum()))
        return BitMap(np.sort(order[at]).astype(np.uint32))

    def numbers(self, sources: Ints, records: Ints) -> Ints:
        """Places of records given by source code and record number, in their order; -1 where no row has them."""
        ends, rows, order = self.array("offset_source"), self.array("record_row"), self.array("order_record")
        out = np.full(len(sources), -1, np.int64)
        for code in np.unique(sources).tolist():
            if not 0 < code < len(ends) - 1:
                continue
            low, high = int(ends[code]), int(ends[code + 1])
            asked = np.flatnonzero(sources == code)
            here, wanted = rows[low:high], records[asked]
            at = np.minimum(np.searchsorted(here, wanted), max(len(here) - 1, 0))
            good = here[at] == wanted if len(here) else np.zeros(len(asked), bool)
            out[asked[good]] = order[low + at[good]]
        return out

    def places(self, prefixes: Ints | Sequence[str], records: Ints | Sequence[int]) -> Ints:
        """Places of shipments by the two parts of their ids: the digits of the file, the record number."""
        known = {p: i for i, p in enumerate(self.prefixes) if i}
        words, inverse = np.unique(np.asarray(prefixes, dtype=str), return_inverse=True)
        codes = np.array([known.get(w, 0) for w in words.tolist()], np.int64)
        return (
            self.numbers(codes[inverse.ravel()], np.asarray(records, dtype=np.int64))
            if len(codes)
            else np.zeros(0, np.int64)
        )

    def shipment_id(self, source: int, row: int) -> str:
        return f"{self.prefixes[source]}-{row}"

    def day(self, value: int) -> dt.date | None:
        return None if value == NO_DATE else EPOCH + dt.timedelta(days=int(value))


PIECE = (
    1 << 20
)  # rows taken at once: what a question needs for the time being stays small however many rows it is about


def pieces(places: Ints) -> Iterator[Ints]:
    """Places in parts, in their order."""
    for at in range(0, len(places), PIECE):
        yield places[at : at + PIECE]


def number(value: int) -> float | int | None:
    """An amount as a plain number; None where it is not stated."""
    if value == NO_AMOUNT:
        return None
    whole, rest = divmod(int(value), SCALE)
    return whole if not rest else int(value) / SCALE


def total(values: Ints) -> int:
    """Sum of stated amounts, exact whatever their size."""
    if not len(values):
        return 0
    if max(abs(int(values.max())), abs(int(values.min()))) < (1 << 62) // len(values):
        return int(values.sum(dtype=np.int64))
    high = int((values >> 32).sum(dtype=np.int64))
    low = int((values & 0xFFFFFFFF).sum(dtype=np.int64))
    return (high << 32) + low
