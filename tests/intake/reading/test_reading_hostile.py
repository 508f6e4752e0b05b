"""Damaged and odd files: refused with a reason, or read with every loss counted; never a traceback, never in silence."""

from __future__ import annotations

import gzip
import random
import zipfile
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from enduse.contracts import TABLES
from enduse.contracts.case_file import Intake
from enduse.errors import SourceRefused
from enduse.intake import reading
from enduse.intake.raw import Raw

HEAD = "id,date,name,goods,value\n"


def rows(first: int, last: int) -> str:
    return "".join(f'{i},2022-01-{i % 28 + 1:02d},"Firm, No {i}",goods {i},{i}.5\n' for i in range(first, last))


def read(tmp_path: Path, content: str | bytes, name: str = "file.csv", **settings: int) -> Raw:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return reading.read(path, alias="file", scratch=tmp_path / "scratch", settings=Intake(**settings))


def refusals(raw: Raw) -> list[tuple[int, str]]:
    if raw.rejected is None:
        return []
    table = pq.read_table(raw.rejected)
    assert table.schema.equals(TABLES["rejection"].schema)
    assert set(table["reason"].to_pylist()) <= set(reading.REASONS)
    return list(zip(table["row"].to_pylist(), table["reason"].to_pylist(), strict=True))


def numbers(raw: Raw) -> list[int]:
    found = pq.read_table(raw.path)["row"].to_pylist()
    assert len(found) + len(refusals(raw)) == raw.records
    return found


@pytest.mark.parametrize(
    ("bad", "behind"),
    [
        ('100,2022-01-01,"Firm x,goods,1.5\n', rows(101, 400)),  # the next mark stands before a letter
        ('100,2022-01-01,"Firm x,goods,1.5\n', "".join(f"{i},2022-01-01,Firm,goods,1\n" for i in range(101, 900))),
        ('100,2022-01-01,Firm x,goods,"1.5\n', rows(101, 400)),  # the last cell
        ('"100,2022-01-01,Firm x,goods,1.5\n', rows(101, 400)),  # the first
        ('100,2022-01-01,"Firm x,goods,1.5\n', ""),  # the last record
    ],
)
def test_an_open_mark_costs_one_record(tmp_path: Path, bad: str, behind: str):
    raw = read(tmp_path, HEAD + rows(1, 100) + bad + behind)
    assert refusals(raw) == [(100, "unbalanced_quote")]
    assert raw.records == 100 + behind.count("\n")
    assert numbers(raw) == [n for n in range(1, raw.records + 1) if n != 100]


def test_an_open_mark_is_found_over_many_blocks(tmp_path: Path):
    lines = "".join(f"{i},2022-01-01,Firm number {i} of the long list,some goods,1\n" for i in range(2, 60_000))
    raw = read(tmp_path, HEAD + '1,2022-01-01,"open,goods,1\n' + lines)
    assert refusals(raw) == [(1, "unbalanced_quote")]
    assert numbers(raw) == list(range(2, 60_000))


def test_cells_over_several_lines_stay_whole(tmp_path: Path):
    many = "".join(f'{i},2022-01-01,"Firm ""{i}""\nStreet, 5\r\n\nCity",goods,1\n' for i in range(1, 3000))
    raw = read(tmp_path, HEAD + many)
    assert refusals(raw) == []
    assert numbers(raw) == list(range(1, 3000))
    assert pq.read_table(raw.path)["c3"][7].as_py() == 'Firm "8"\nStreet, 5\r\n\nCity'


def test_a_narrow_table_keeps_lines_that_look_like_records(tmp_path: Path):
    raw = read(tmp_path, "name,note\n" + "".join(f'Firm {i},"hello\nsecond, line"\n' for i in range(50)))
    assert raw.records == 50
    assert refusals(raw) == []


def test_every_loss_is_counted(tmp_path: Path):
    text = (
        HEAD + rows(1, 10) + "10,2\n" + rows(11, 20) + "20,2022-01-01,a,b,1,,,\n21,2022-01-01,a,b,1,x\n,,,,\n\n   \n" + HEAD
        + "25,2022-01-01,a\0b,c,1\n" + "26,2022-01-01," + "x" * 1500 + ",c,1\n" + rows(27, 30)
    )  # fmt: skip
    raw = read(tmp_path, text, max_cell_bytes=1000)
    assert refusals(raw) == [
        (10, "too_few_cells"), (21, "too_many_cells"), (22, "blank"), (23, "blank"), (24, "repeated_header"), (25, "nul_bytes"), (26, "cell_too_long"),
    ]  # fmt: skip
    assert numbers(raw) == [*range(1, 10), *range(11, 21), *range(27, 30)]
    assert raw.records == 29


@pytest.mark.parametrize("filling", ["x", "x y\n", 'a ""b"" '])
def test_a_cell_without_end_is_passed_over(tmp_path: Path, filling: str):
    long = filling * (20_000_000 // len(filling))
    raw = read(tmp_path, HEAD + rows(1, 10) + f'10,2022-01-01,"{long}",c,1\n' + rows(11, 20), max_cell_bytes=100_000)
    assert refusals(raw) == [(10, "cell_too_long")]
    assert numbers(raw) == [*range(1, 10), *range(11, 20)]
    place = reading.locate(tmp_path / "file.csv", [9, 11])[11]
    assert (tmp_path / "file.csv").read_bytes()[place.byte_start : place.byte_end] == rows(11, 12).encode()


def test_marks_inside_cells_are_characters(tmp_path: Path):
    raw = read(tmp_path, "id\tname\tnote\n" + "".join(f'{i}\t5" pipe {i}\tsteel "A"\n' for i in range(500)))
    assert raw.records == 500
    assert refusals(raw) == []
    assert raw.sample[3] == ("3", '5" pipe 3', 'steel "A"')


@pytest.mark.parametrize(
    ("text", "columns", "first"),
    [
        ("sep=;\r\nid;name;v\r\n1;a;2,5\r\n2;b;3,5\r\n", ("id", "name", "v"), ("1", "a", "2,5")),
        ("Report for 2023\n\nMinistry;;;\nid;name;v;w\n" + "".join(f"{i};n{i};{i},5;x\n" for i in range(9)), ("id", "name", "v", "w"), ("0", "n0", "0,5", "x")),
        ("a;b;c\n" + "".join(f"{i};p;3;\n" for i in range(9)), ("a", "b", "c"), ("0", "p", "3")),
        ("a;b;c;;\n" + "".join(f"{i};p;3\n" for i in range(9)), ("a", "b", "c"), ("0", "p", "3")),
        ("a,,c\n" + "".join(f"{i},p,3\n" for i in range(9)), ("a", "column 2", "c"), ("0", "p", "3")),
        ("id,name\r1,a\r2,b\r", ("id", "name"), ("1", "a")),
        ("name\nACME, Inc.\nFoo Ltd\n", ("name",), ("ACME, Inc.",)),
        ("id, name, v\n" + "".join(f'{i}, "pipe, steel {i}", 3\n' for i in range(9)), ("id", "name", "v"), ("0", "pipe, steel 0", "3")),
        ("id,name,v\n" + "".join(f'{i},"pipe 5\\" steel, {i}",3\n' for i in range(9)), ("id", "name", "v"), ("0", 'pipe 5" steel, 0', "3")),
        ("'id';'name'\n" + "".join(f"'{i}';'it''s; {i}'\n" for i in range(9)), ("id", "name"), ("0", "it's; 0")),
        ('7,"AERO LINE",-0- ,"CUBA"\n9,"OTHER, Ltd",-0- ,"CUBA"\n12,"THIRD",-0- ,"IRAN"\n', ("column 1", "column 2", "column 3", "column 4"), ("7", "AERO LINE", "-0-", "CUBA")),
        ("Country,2019,2020,2021\n" + "".join(f"Land {i},{i}5,{i}6,{i}7\n" for i in range(9)), ("Country", "2019", "2020", "2021"), ("Land 0", "05", "06", "07")),
        ("2;8;11;31;35;42;46\n" + "".join(f"A{i};Firm {i};1{i};Text {i};{i};{i};{i}\n" for i in range(9)), ("2", "8", "11", "31", "35", "42", "46"), ("A0", "Firm 0", "10", "Text 0", "0", "0", "0")),
        ("a;b;c;d;e;f\n1;2;3;4;5;6\n" + "7;x;y;z;u;v\n" * 9, ("a", "b", "c", "d", "e", "f"), ("7", "x", "y", "z", "u", "v")),
        ("\u00a0id ;name\n" + "".join(f"\u00a0{i} ;\u3000n{i}\u00a0\n" for i in range(9)), ("id", "name"), ("0", "n0")),
    ],
)  # fmt: skip
def test_layouts(tmp_path: Path, text: str, columns: tuple[str, ...], first: tuple[str, ...]):
    raw = read(tmp_path, text)
    assert raw.columns == columns
    assert raw.sample[0] == first
    assert {reason for _, reason in refusals(raw)} <= {"repeated_header"}
    assert reading.peek(tmp_path / "file.csv").columns == columns


def test_broken_utf8_is_replaced_and_counted(tmp_path: Path):
    good = "".join(f"2022-01-01;Вектор {i};{i}\n" for i in range(100))
    raw = read(tmp_path, "Дата;Имя;Вес\n".encode() + good.encode() + b"2022-01-01;\xd0\xd0abc\xff;5\n")
    assert raw.records == 101
    assert raw.sample[-1] == ("2022-01-01", "\ufffd\ufffdabc\ufffd", "5")
    assert any(note.startswith("3 byte sequences") for note in raw.notes)


def test_an_encoding_that_shows_only_late_is_found(tmp_path: Path):
    lines = "".join(f"2022-01-01;Firm {i};{i}\n" for i in range(80_000)) + "".join(
        f"2022-01-01;Общество {i};{i}\n" for i in range(3000)
    )
    packed = gzip.compress(("Date;Name;Kg\n" + lines).encode("cp1251"))
    raw = read(tmp_path, packed, "late.csv.gz")
    assert "Windows-1251" in raw.format
    assert pq.read_table(raw.path)["c2"][-1].as_py() == "Общество 2999"


def test_header_only_is_no_refusal(tmp_path: Path):
    raw = read(tmp_path, "Date;Exporter;HS code;Value USD")
    assert raw.columns == ("Date", "Exporter", "HS code", "Value USD")
    assert (raw.records, raw.sample, raw.rejected) == (0, (), None)
    assert pq.read_table(raw.path).num_columns == 5


def test_packed_files(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("data.csv", HEAD + rows(1, 9))
    raw = reading.read(tmp_path / "one.zip", alias="z", scratch=tmp_path / "s", settings=Intake())
    assert raw.records == 8
    assert read(tmp_path, gzip.compress((HEAD + rows(1, 9)).encode()), "a.csv.gz").records == 8


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("white.csv", b"\n\n  \n", "white space"),
        ("junk.csv", random.Random(1).randbytes(5000), "binary"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        ("cut.csv.gz", gzip.compress((HEAD + rows(1, 3000)).encode())[:-200], "cut off"),
        ("odd.csv.gz", b"\x1f\x8b" + b"junk" * 20, "cannot be unpacked"),
        ("large.csv.gz", gzip.compress(HEAD.encode() + b"0" * 3_000_000), "unpacks to more"),
        ("page.csv", b"<?xml version='1.0'?><a/>", "XML"),
        ("ebcdic.csv", "".join(f"{i},FIRM {i},{i}\n" for i in range(300)).encode("cp500"), "encoding"),
        ("broken.xlsx", b"PK\x03\x04" + b"x" * 500, "damaged"),
        ("broken.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 5000, "cannot be read"),
    ],
)
def test_refused_with_name_and_reason(tmp_path: Path, name: str, content: bytes, words: str):
    with pytest.raises(SourceRefused) as caught:
        read(tmp_path, content, name, max_unpacked_bytes=1_000_000)
    assert caught.value.where == name
    assert words in caught.value.what
    assert caught.value.fix
    assert not list(tmp_path.rglob("*.p*"))


def test_missing_file_and_folder(tmp_path: Path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(SourceRefused):
            reading.peek(path)


def test_the_sample_is_the_head_and_an_even_rest(tmp_path: Path):
    raw = read(tmp_path, HEAD + rows(1, 20_001))
    places = [int(r[0] or 0) for r in raw.sample]
    assert len(places) == 2000
    assert places[:500] == list(range(1, 501))
    assert places == sorted(places)
    steps = [b - a for a, b in pairwise(places[500:])]
    assert max(steps) <= 2.5 * (20_000 / 1500)
    assert places[-1] > 19_900
