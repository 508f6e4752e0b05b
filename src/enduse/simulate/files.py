"""From spilled records to files: month by month in the order of days, numbered, with the damage that real files have."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from .cells import Writer
from .chance import generator, share
from .records import KINDS, NUMBERED, RECORD, VAGUE
from .settings import BEGIN, DAYS

MONTH = 31
STRETCH = 30_000  # records that are written at once, or those of a month where they are more
RECORD_TRUTH = pa.schema(
    [("source", pa.string()), ("row", pa.int64()), ("lot", pa.int64()), ("side", pa.string()), ("kind", pa.string()), ("seller", pa.int64()), ("buyer", pa.int64()),
     ("seller_name", pa.string()), ("buyer_name", pa.string()), ("tells", pa.string())]
)  # fmt: skip


class Spill:
    """Records of all blocks by file, on disk: one stretch a block, each in the order of its days."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.blocks: dict[str, list[tuple[Path, np.ndarray]]] = {}

    def add(self, name: str, number: int, records: np.ndarray) -> None:
        path = self.folder / f"{name}-{number}.bin"
        records.tofile(path)
        self.blocks.setdefault(name, []).append(
            (path, np.searchsorted(records["day"], np.arange(BEGIN, DAYS + MONTH, MONTH)))
        )

    def months(self, name: str, seed: int) -> Iterator[np.ndarray]:
        """The records of each month, or of some months, in the order of the file."""
        maps = [
            (np.memmap(p, RECORD, "r") if p.stat().st_size else np.zeros(0, RECORD), edges)
            for p, edges in self.blocks.get(name, [])
        ]
        months = len(range(BEGIN, DAYS + MONTH, MONTH)) - 1
        # A small file is written in fewer, longer stretches.
        step = int(np.clip(months * STRETCH // (1 + sum(len(m) for m, _ in maps)), 1, months))
        for month in range(0, months, step):
            found = np.concatenate(
                [m[edges[month] : edges[min(month + step, months)]] for m, edges in maps] or [np.zeros(0, RECORD)]
            )
            rank = (found["kind"] == 1) * 2 + (found["kind"] == 0)  # an earlier version, the record, its repeats
            yield found[np.lexsort((rank, share(seed, found["lot"], 97), found["day"]))]

    def drop(self, name: str) -> None:
        for path, _ in self.blocks.pop(name, []):
            path.unlink()


def _line(raw: bytes, cut: int, delimiter: bytes) -> bytes:
    """A record as no office would send it: broken off in the middle, or with cells too many."""
    cells = raw.rstrip(b"\n").split(delimiter)
    at = max(1, len(cells) // 3) if cut % 2 else 3
    while delimiter.join(cells[:at]).count(b'"') % 2:  # inside a quotation that holds the delimiter
        at += 1
    if cut % 2:
        return delimiter.join(cells[:at]) + b"\n"
    return delimiter.join([*cells[:at], b"???", b"???", *cells[at:]]) + b"\n"


def _damage(body: bytes, after: np.ndarray, delimiter: bytes) -> bytes:
    """`body` with a damaged copy behind each of the named lines."""
    ends = np.flatnonzero(np.frombuffer(body, np.uint8) == 10) + 1
    starts = np.concatenate([[0], ends[:-1]])
    parts, last = [], 0
    for turn, line in enumerate(after.tolist()):
        parts += [body[last : ends[line]], _line(body[starts[line] : ends[line]], turn + line, delimiter)]
        last = ends[line]
    return b"".join([*parts, body[last:]])


class _Csv:
    def __init__(self, path: Path, writer: Writer) -> None:
        self.handle = path.open("wb")
        self.office, self.first = writer.office, True

    def write(self, table: pa.Table, damaged: np.ndarray) -> None:
        sink = io.BytesIO()
        csv.write_csv(
            table, sink, csv.WriteOptions(include_header=False, delimiter=self.office.delimiter, quoting_style="needed")
        )
        body = _damage(sink.getvalue(), damaged, self.office.delimiter.encode())
        if self.first:
            quote = [f'"{h}"' if self.office.delimiter in h else h for h in table.column_names]
            body = (self.office.delimiter.join(quote) + "\n").encode() + body
        encoding = self.office.encoding
        if encoding != "utf-8":
            # The byte order mark stands once, at the beginning.
            plain = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)
            mark = {"utf-16": b"\xff\xfe", "utf-8-sig": b"\xef\xbb\xbf"}.get(encoding, b"") if self.first else b""
            body = mark + body.decode("utf-8").encode(plain, "replace")
        self.handle.write(body)
        self.first = False

    def close(self) -> None:
        self.handle.close()


class _Parquet:
    def __init__(self, path: Path, writer: Writer) -> None:
        self.out = pq.ParquetWriter(
            path, pa.schema([(header, pa.string()) for header, _ in writer.office.columns]), compression="zstd"
        )

    def write(self, table: pa.Table, _: np.ndarray) -> None:
        # Broken lines have no place in Parquet; `write` draws none for it.
        self.out.write_table(table)

    def close(self) -> None:
        self.out.close()


def write(writer: Writer, spill: Spill, folder: Path, form: str, truth: pq.ParquetWriter) -> int:
    """Writes one file with the true side of each of its records; returns how many records it has."""
    path = folder / f"{writer.name}.{form}"
    out = (_Csv if form == "csv" else _Parquet)(path, writer)
    rng = generator(writer.setting.seed, 500, sum(map(ord, writer.name)))
    rate = writer.setting.world.damaged if form == "csv" else 0.0
    done = 0
    for records in spill.months(writer.name, writer.setting.seed):
        damaged = np.flatnonzero(rng.random(len(records)) < rate)
        table = writer.table(records)
        out.write(table, damaged)
        names = {who: table.column(header) for header, who in writer.office.columns if who in ("seller", "buyer")}
        truth.write_table(_truth(path.name, writer, records, names, damaged, done))
        done += len(records) + len(damaged)
    out.close()
    spill.drop(writer.name)
    return done


def _truth(
    source: str, writer: Writer, records: np.ndarray, names: dict[str, pa.Array], damaged: np.ndarray, done: int
) -> pa.Table:
    count, broken = len(records), len(damaged)
    row = done + 1 + np.arange(count) + np.searchsorted(damaged, np.arange(count), "left")
    bad = done + 2 + damaged + np.arange(broken)
    order = np.argsort(np.concatenate([row, bad]), kind="stable")
    at = np.concatenate([np.arange(count), damaged])[order]
    is_bad = (np.arange(count + broken) >= count)[order]
    kind = np.where(is_bad, 3, records["kind"][at])
    told = np.where(records["wording"][at] & VAGUE > 0, 0, np.where(records["wording"][at] & NUMBERED > 0, 2, 1))
    words = {who: values.take(pa.array(at)) for who, values in names.items()}
    return pa.table(
        [pa.array([source] * len(at)), np.sort(np.concatenate([row, bad])), records["lot"][at], pa.array([writer.side] * len(at)), pa.array(KINDS).take(pa.array(kind)),
         records["seller"][at].astype(np.int64), records["buyer"][at].astype(np.int64), words["seller"], words["buyer"], pa.array(["nothing", "kind", "model"]).take(pa.array(told))],
        schema=RECORD_TRUTH,
    )  # fmt: skip
