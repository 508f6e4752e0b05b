"""Texts by code without a database: all of them end to end in one file, and where each begins."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def write(db: duckdb.DuckDBPyConnection, sql: str, out: Path, name: str) -> int:
    """The one text column of `sql`, in its order, as code 1, 2 ...; code 0 is empty. Returns how many there are."""
    lengths = [np.zeros(1, np.int64)]
    with (out / f"{name}.bytes").open("wb") as file:
        for batch in db.sql(sql).to_arrow_reader(1 << 16):
            texts = [t.encode("utf-8", "replace") for t in batch.column(0).to_pylist()]
            lengths.append(np.fromiter(map(len, texts), np.int64, len(texts)))
            file.write(b"".join(texts))
    ends = np.concatenate(lengths).cumsum()
    np.save(out / f"{name}.ends.npy", ends)
    return len(ends) - 1


class Strings:
    """Mapped from files: a look-up costs a read of memory."""

    def __init__(self, folder: Path, name: str) -> None:
        self.ends: NDArray[np.int64] = np.load(folder / f"{name}.ends.npy", mmap_mode="r")
        path = folder / f"{name}.bytes"
        self.data: NDArray[np.uint8] = np.memmap(path, np.uint8, "r") if path.stat().st_size else np.zeros(0, np.uint8)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def raw(self, code: int) -> bytes:
        return bytes(self.data[self.ends[code - 1] : self.ends[code]]) if code else b""

    def many(self, codes: Iterable[int]) -> dict[int, str]:
        """Texts by code; code 0 has none."""
        return {code: self.raw(code).decode("utf-8") for code in {int(c) for c in codes if c}}

    def column(self, codes: NDArray[np.int64]) -> pa.Array:
        """Texts of codes (none of them 0) as an Arrow array, in their order."""
        every = pa.LargeStringArray.from_buffers(len(self), pa.py_buffer(self.ends), pa.py_buffer(self.data))
        return every.take(pa.array(codes - 1))

    def find(self, text: str) -> int | None:
        """Code of a text of a sorted list."""
        wanted, low, high = text.encode("utf-8", "replace"), 1, len(self)
        while low <= high:
            middle = (low + high) // 2
            here = self.raw(middle)
            if here == wanted:
                return middle
            low, high = (middle + 1, high) if here < wanted else (low, middle - 1)
        return None
