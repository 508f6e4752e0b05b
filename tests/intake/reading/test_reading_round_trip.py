"""What csv.writer writes is read back cell for cell, and each record leads back to its bytes."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.contracts.case_file import Intake
from enduse.intake import reading
from enduse.intake.reading.convert import WHITE, convert
from enduse.intake.reading.dialect import Dialect
from enduse.intake.reading.records import Shape, scan

WORDS = {
    "utf-8": "насос drone 无人机 pièce Łódź поршень motor şasi",
    "utf-8-sig": "насос drone 无人机 pièce поршень motor",
    "utf-16": "насос drone 无人机 pièce поршень motor",
    "cp1251": "насос поршень двигатель винт аппарат датчик общество завод",
    "koi8-r": "насос поршень двигатель винт аппарат датчик общество завод",
    "cp1252": "pièce moteur caméra société hélice générale señal máquina",
    "gb18030": "深圳市科技有限公司 无人机 电子设备 国际贸易 电机 零件 进出口",
}
SPECIAL = ["", " ", ";", ",", "\t", "|", '"', '""', "'", "\n", "\r\n", '5" ', "\u00a0", ".", "-"]


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, dict[str, object], list[list[str]]]:
    """An encoding, a csv.writer dialect, and the rows of a believable customs table with hostile cells among them."""
    encoding = draw(st.sampled_from(sorted(WORDS)))
    words = WORDS[encoding].split()
    special = [s for s in SPECIAL if encoding not in ("gb18030", "koi8-r", "cp1251") or s != "\u00a0"]
    text = st.lists(st.sampled_from(words + special), max_size=5).map(" ".join)
    rows = []
    for i in range(draw(st.integers(8, 30))):
        day = draw(st.integers(1, 28))
        rows.append(
            [str(1000 + i), f"2022-03-{day:02d}", draw(text), draw(st.sampled_from(words)), str(day * 7), draw(text)]
        )
    head = ["No", "Date", "Goods", "Firm", "Net kg", "Remark"]
    how = {
        "delimiter": draw(st.sampled_from(",;\t|")),
        "quoting": draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])),
        "lineterminator": draw(st.sampled_from(["\n", "\r\n"])),
    }
    return encoding, how, [head, *rows]


def trimmed(cells: list[str]) -> tuple[str | None, ...]:
    return tuple(c.strip(WHITE) or None for c in cells)


@given(tables())
@settings(max_examples=60, deadline=None)
def test_reads_back_what_csv_writer_wrote(case: tuple[str, dict[str, object], list[list[str]]]):
    encoding, how, rows = case
    text = io.StringIO(newline="")
    csv.writer(text, **how).writerows(rows)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        raw = reading.read(path, alias="file", scratch=Path(folder) / "scratch", settings=Intake())
        table = pq.read_table(raw.path)
        assert raw.columns == tuple(rows[0])
        assert raw.rejected is None
        assert table.column("row").to_pylist() == list(range(1, len(rows)))
        got = list(zip(*(c.to_pylist() for c in table.columns[1:]), strict=True))
        assert got == [trimmed(r) for r in rows[1:]]

        wanted = [1, len(rows) // 2, len(rows) - 1]
        found = reading.locate(path, wanted)
        source = path.read_bytes()
        assert sorted(found) == sorted(set(wanted))
        codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
        for row, place in found.items():
            record = source[place.byte_start : place.byte_end].decode(codec)
            assert place.text == record
            assert next(csv.reader(io.StringIO(record, newline=""), delimiter=str(how["delimiter"]))) == rows[row]
            assert place.cells == trimmed(rows[row])


@given(
    st.lists(st.lists(st.text("ab,;\"' é\u00a0", max_size=6), min_size=4, max_size=4), min_size=1, max_size=20),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(1, 400),
)
@settings(max_examples=120, deadline=None)
def test_blocks_of_any_size_hold_the_records_python_reads(rows: list[list[str]], quoting: int, end: str, size: int):
    """With the dialect known, any text without line breaks in cells is read as Python's csv reader does, however it is cut."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[call-overload]
    expected = {
        i: trimmed(r) for i, r in enumerate(csv.reader(io.StringIO(text.getvalue(), newline="")), 1) if any(trimmed(r))
    }
    data = text.getvalue().encode()
    shape, got, first, carry = Shape(4, 4, 4), {}, 1, b""
    for place in range(0, len(data), size):
        carry += data[place : place + size]
        block = scan(carry, Dialect(","), shape, final=place + size >= len(data), max_cell=1000)
        part = convert(block, first, Dialect(","), shape, ("h1", "h2", "h3", "h4"), 1000)
        got |= dict(
            zip(
                part.table.column("row").to_pylist(),
                zip(*(c.to_pylist() for c in part.table.columns[1:]), strict=True),
                strict=True,
            )
        )
        first += len(block.records()[0])
        carry = carry[block.used :]
    assert not carry
    assert first - 1 == len(rows)
    assert got == expected


@given(st.lists(st.text('a,"\n\r', max_size=8), min_size=1, max_size=6).map("".join))
@settings(max_examples=120, deadline=None)
def test_cells_of_any_text_are_those_of_the_csv_module(text: str):
    """Of a first record, however wrongly quoted, our splitter gives the cells that Python gives."""
    dialect = Dialect(",")
    end = dialect.record_end(text.encode(), 0)
    record = text if end is None else text[:end]
    line = record if end is None else record.removesuffix("\n").removesuffix("\r")
    rows = list(csv.reader(io.StringIO(record, newline="")))
    assert dialect.cells(line) == ((rows[0] if rows else None) or [""])


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-16-le", "gb18030"])
def test_locate_counts_bytes_over_block_borders(tmp_path: Path, encoding: str):
    lines = [
        f"{i};2022-01-{i % 28 + 1:02d};Общество Вектор {i};深圳".encode(encoding, "replace").decode(encoding)
        for i in range(60_000)
    ]
    path = tmp_path / "long.csv"
    path.write_bytes(("No;Date;Firm;City\n" + "\n".join(lines) + "\n").encode(encoding))
    wanted = np.linspace(1, len(lines), 7).astype(int).tolist()
    source = path.read_bytes()
    for row, place in reading.locate(path, wanted).items():
        assert source[place.byte_start : place.byte_end].decode(encoding) == lines[row - 1] + "\n"
