"""Real files: as many records, and the same cells, as Python's csv module reads."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from enduse.contracts.case_file import Intake
from enduse.intake import reading
from enduse.intake.reading.convert import WHITE


@pytest.mark.shared
@pytest.mark.parametrize(
    "pattern",
    [
        "trade/vendor_samples/*_full.csv", "trade/us_ams_2020_sample/*.csv", "trade/pk_goods_declarations_hs8513/*.csv", "trade/reference/ru_tnved10*.gz",
        "lists/cn_sanctions.csv.gz", "lists/us_csl*.gz", "lists/ofac_nonsdn_cons_alt*.gz", "goods/*.csv",
    ],
)  # fmt: skip
def test_same_records_as_the_csv_module(pattern: str, shared: Path, tmp_path: Path):
    paths = sorted((shared / "data").glob(pattern))
    assert paths
    for path in paths:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = [r for r in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) if r]
        raw = reading.read(path, alias=path.name, scratch=tmp_path, settings=Intake())
        body = rows if "no header" in raw.format else rows[1:]
        assert raw.records == len(body), path.name
        table = pq.read_table(raw.path)
        cells = zip(*(c.to_pylist() for c in table.columns[1:]), strict=True)
        for row, got in zip(table["row"].to_pylist(), cells, strict=True):
            assert got == tuple(c.strip(WHITE) or None for c in body[row - 1][: len(got)]), path.name
