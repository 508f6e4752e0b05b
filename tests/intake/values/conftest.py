"""Typing rows that are given as lists."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from enduse.contracts.case_file import CaseFile
from enduse.engine import Context
from enduse.intake import mapping, typing_rows
from enduse.intake.raw import Raw

SHA = "0123456789ab" + "0" * 52


class Silent:
    def step(self, stage, name, number, of): ...

    def say(self, line): ...


class Typing:
    """Types rows given as lists and hands back dicts."""

    def __init__(self, engine, folder):
        self.engine, self.folder = engine, folder

    def __call__(self, columns, rows, *, name="records.csv", roles=None, case=None):
        table = {"row": pa.array(range(1, len(rows) + 1), pa.int64())}
        table |= {f"c{i + 1}": pa.array([r[i] or None for r in rows], pa.string()) for i in range(len(columns))}
        path = self.folder / "raw.parquet"
        pq.write_table(pa.table(table), path)
        raw = Raw(
            name, tuple(columns), path, None, len(rows), tuple(tuple(c or None for c in r) for r in rows), "csv", ()
        )
        roles = roles or mapping.propose(columns, raw.sample, name=name)
        side = mapping.side(name, columns, raw.sample, roles)
        context = Context(self.engine, case or CaseFile(), self.folder, self.folder, Silent())
        self.typed = typing_rows.type_rows(context, raw, alias=name, sha256=SHA, roles=roles, side=side)
        self.table = pq.read_table(self.typed.shipments)
        return self.table.to_pylist()

    def rejected(self):
        return pq.read_table(self.typed.rejected).to_pylist() if self.typed.rejected else []


@pytest.fixture
def typing(duck, tmp_path):
    return Typing(duck, tmp_path)
