"""The truth of a world and the tables of a run side by side in one database."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa

from .chance import Flags, Floats

Given: TypeAlias = "pa.Table | Path | str"


def _place(path: Path | str) -> str:
    quoted = str(path).replace("'", "''")
    return f"read_csv('{quoted}')" if str(path).endswith(".csv") else f"read_parquet('{quoted}')"


class Answers:
    """The truth tables of a world, and a database to ask them and a run's tables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "truth" if (folder / "truth").is_dir() else folder
        self.db = duckdb.connect(config={"threads": 2})
        for path in sorted(self.folder.glob("*.parquet")):
            self.db.execute(f"CREATE VIEW t_{path.stem} AS SELECT * FROM {_place(path)}")

    def has(self, name: str) -> bool:
        return (self.folder / f"{name}.parquet").exists()

    def given(self, name: str, table: Given) -> None:
        """Makes a table of the run known as `g_<name>`."""
        if isinstance(table, pa.Table):
            self.db.register(f"g_{name}", table)
        else:
            self.db.execute(f"CREATE OR REPLACE TEMP VIEW g_{name} AS SELECT * FROM {_place(table)}")

    def make(self, name: str, sql: str) -> None:
        self.db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.db.execute(sql).fetchall()
        return found

    def columns(self, sql: str) -> dict[str, np.ndarray]:
        return {k: np.asarray(v) for k, v in self.db.execute(sql).fetchnumpy().items()}


def average_precision(score: Floats, true: Flags, positives: int | None = None) -> float:
    """Area under precision against recall, ties taken together; `positives` counts those never scored as well."""
    total = int(true.sum()) if positives is None else positives
    if not total or not len(score):
        return 0.0
    order = np.argsort(-score, kind="stable")
    ranked, hits = score[order], np.cumsum(true[order])
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    found = np.diff(np.concatenate([[0], hits[last]]))
    return float((found * hits[last] / (last + 1)).sum() / total)


def area(score: Floats, true: Flags) -> float:
    """Area under the ROC curve, ties counted half: the probability that a true one scores higher than another."""
    positives, negatives = int(true.sum()), int((~true).sum())
    if not positives or not negatives:
        return 0.5
    _, at, counts = np.unique(score, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    rank = (2 * ends - counts + 1) / 2
    return float((rank[at][true].sum() - positives * (positives + 1) / 2) / (positives * negatives))
