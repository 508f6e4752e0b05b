"""What reading hands on: the records of one file (or sheet) as text, numbered, and the account of those it refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Raw:
    """The records of one file as text.

    `columns` are the header names in order as they stand in the file, decoded and trimmed; a nameless column is
    `column 7`, repeated names stay repeated. `path` is a Parquet file: `row` BIGINT (1-based data record) and
    `c1`..`cN` VARCHAR, in file order, well-formed records only; cells are trimmed of outer white space (no-break
    space included) and an empty cell is null. `rejected` is a Parquet file of the contract `rejection` with `value`
    null, or None. `records` counts all data records read: well-formed and rejected. `sample` holds up to 2000
    well-formed records: the first 500, the rest spread evenly through the file.
    """

    alias: str
    columns: tuple[str, ...]
    path: Path
    rejected: Path | None
    records: int
    sample: tuple[tuple[str | None, ...], ...]
    format: str
    notes: tuple[str, ...]
