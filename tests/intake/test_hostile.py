"""Files that would break a reader, added to a case beside a good one: each refused by name or read with its losses counted,
exit code 3, no traceback, the good one untouched, memory under the stated ceiling."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from enduse.case import Case
from enduse.contracts.case_file import Intake
from enduse.errors import EnduseError, SourceRefused
from enduse.intake import child, detect, reading
from enduse.intake.reading.files import MEMBERS

GOOD = "Declaration,Date,Exporter,Importer,HS Code,Description,Net Weight,Value USD\n" + "".join(
    f"D{i},2022-01-{i:02d},Alpha Ltd,Beta LLC,8806{i:02d},quadcopter,1{i}.5,{i}00\n" for i in range(10, 28)
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


def workbook(rows: str, *, packed: bytes = b"") -> bytes:
    """An xlsx of one sheet with `rows` as its XML."""
    out = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            first, _, last = SHEET.partition("{rows}")
            member.write(first.encode() + rows.encode())
            for _ in range(len(packed) and 60):
                member.write(packed)
            member.write(last.encode())
    return out.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def many_files() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for i in range(MEMBERS + 1):
            archive.writestr(f"{i}.csv", "")
    return out.getvalue()


ROW = f'<row r="1">{cell("A1", "id")}{cell("B1", "name")}</row><row r="2">{cell("A2", "1")}{cell("B2", "x")}</row>'
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(8))
    + "]>"
)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.csv.gz": (lambda: gzip.compress(bytes(40_000_000)), "unpacks to more|binary"),
    "bomb2.csv.gz": (lambda: gzip.compress(GOOD.encode() + b"D,2022-01-01,a,b,8806,c,1,1\n" * 1_000_000), "unpacks to more"),
    "bomb.zip": (lambda: zipped(**{"a.csv": b"0" * 40_000_000, "b.csv": b"0" * 40_000_000}), "unpacks to more"),
    "bomb.xlsx": (lambda: workbook(ROW, packed=b" " * 1_000_000), "unpacks to more"),
    "sparse.xlsx": (lambda: workbook(ROW + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'), "memory|breaks|cannot be read"),
    "entities.xml": (f'<?xml version="1.0"?>{LAUGHS}<r><x>&i;</x></r>'.encode, "entities"),
    "entities-list.xml": (f'<?xml version="1.0"?>{LAUGHS}<sdnList><sdnEntry><lastName>&i;</lastName></sdnEntry></sdnList>'.encode, "entities"),
    "outside.xml": (lambda: b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><a><b>&x;</b><c>1</c></a></r>', "entities"),
    "deep.xml": (lambda: b"<r>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</r>", "deep"),
    "deep.json": (lambda: b'{"a":' * 100_000, "JSON"),
    "wide.csv": ((",".join(f"c{i}" for i in range(100_000)) + "\n" + ",".join("1" * 100_000) + "\n").encode, "columns|longer than a megabyte"),
    "cut.csv.gz": (lambda: gzip.compress(GOOD.encode() * 50)[:-300], "cut off"),
    "cut.zip": (lambda: zipped(**{"a.csv": GOOD.encode() * 50})[:-30], "damaged"),
    "cut.xlsx": (lambda: workbook(ROW)[:-40], "damaged"),
    "cut.parquet": (lambda: b"PAR1" + bytes(100), "damaged"),
    "picture.csv": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
    "program.xlsx": (lambda: b"\x7fELF" + bytes(100), "program"),
    "locked.xlsx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000), "password"),
    "many.zip": (many_files, "more than 10,000"),
    "nested.zip": (lambda: zipped(a=zipped(b=zipped(c=zipped(d=zipped(**{"e.csv": GOOD.encode()}))))), "deep"),
    "nothing.zip": (zipped, "holds no file"),
    "empty.csv": (lambda: b"", "empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(HOSTILE))
def test_each_is_refused_by_name(tmp_path: Path, name: str) -> None:
    make, why = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    settings = Intake(max_unpacked_bytes=20_000_000)

    def add_and_read() -> None:
        detect(path, max_unpacked_bytes=settings.max_unpacked_bytes)
        reading.read(path, alias=name, scratch=tmp_path / "scratch", settings=settings)

    with pytest.raises(SourceRefused, match=why):
        add_and_read()
    left = list((tmp_path / "scratch").glob("*")) if (tmp_path / "scratch").exists() else []
    assert not [p for p in left if p.suffix == ".parquet"], "something half-written was left"


def test_the_good_file_of_an_add_goes_in(tmp_path: Path) -> None:
    case = Case.new(tmp_path / "case", question="q")
    names = (
        "cut.csv.gz",
        "cut.zip",
        "cut.xlsx",
        "picture.csv",
        "entities.xml",
        "entities-list.xml",
        "empty.csv",
        "locked.xlsx",
    )
    for name in names:
        (tmp_path / name).write_bytes(HOSTILE[name][0]())
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "odd name; 'x' # ü\n.csv").write_text(GOOD.replace("Alpha", "Gamma"))
    for side in ("a", "b"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "imports.csv").write_text(GOOD.replace("Alpha", f"Firm {side}"))
    (tmp_path / "link.csv").symlink_to(tmp_path / "nowhere.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    paths = [
        tmp_path / n
        for n in (
            *names,
            "link.csv",
            "loop.csv",
            "pipe.csv",
            "good.csv",
            "odd name; 'x' # ü\n.csv",
            "a/imports.csv",
            "b/imports.csv",
            "a",
        )
    ]
    added = case.add(paths)
    refused = {Path(a.path).name: a.refused for a in added if a.refused}
    assert set(refused) == {*names, "link.csv", "loop.csv", "pipe.csv", "a"}
    assert all(isinstance(e, EnduseError) and e.exit_code == 3 and "\n" not in str(e) for e in refused.values())
    assert [s.alias for s in case.file.source] == [
        "good.csv",
        "odd name; 'x' # ü\n.csv",
        "imports.csv",
        "imports-2.csv",
    ]


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "link.csv").symlink_to(tmp_path / "good.csv")
    assert detect(tmp_path / "link.csv").kind == "customs"


def test_two_encodings_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    half = "".join(f"{i};ООО Ромашка {i};груз\n" for i in range(400))
    path.write_bytes(("№;имя;товар\n" + half).encode() + half.encode("cp1251"))
    raw = reading.read(path, alias="m", scratch=tmp_path / "s", settings=Intake())
    names = pq.read_table(raw.path)["c2"].to_pylist()
    assert raw.records == 800
    assert names[399] == names[799] == "ООО Ромашка 399"
    assert any("Windows-1251" in n for n in raw.notes)


def test_formulas_give_their_values_and_are_never_run(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    path.write_bytes(
        workbook(
            ROW
            + '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3" t="str"><f>HYPERLINK("http://x","y")</f><v>y</v></c></row>'
        )
    )
    raw = reading.read(path, alias="f", scratch=tmp_path / "s", settings=Intake())
    assert raw.sample == (("1", "x"), ("2", "y"))
    text = tmp_path / "formula.csv"
    text.write_text("id,name\n1,=cmd|' /C calc'!A0\n2,@x\n3,y\n")
    assert reading.read(text, alias="t", scratch=tmp_path / "s", settings=Intake()).sample[0][1] == "=cmd|' /C calc'!A0"


def test_the_ending_of_a_name_decides_nothing(tmp_path: Path) -> None:
    frame = pa.table({"Exporter": ["Alpha", "Beta"], "HS Code": ["880620", "880621"], "Value": [1.5, 2.0]})
    for name, write in (
        ("table.csv", lambda p: pq.write_table(frame, p)),
        ("lines.xlsx", lambda p: p.write_text("\n".join(json.dumps(r) for r in frame.to_pylist()))),
        ("text.parquet", lambda p: p.write_text("Exporter,HS Code,Value\nAlpha,880620,1.5\nBeta,880621,2\n")),
        (
            "packed.csv",
            lambda p: p.write_bytes(gzip.compress(b"Exporter,HS Code,Value\nAlpha,880620,1.5\nBeta,880621,2\n")),
        ),
    ):
        write(tmp_path / name)
        assert reading.peek(tmp_path / name).columns == ("Exporter", "HS Code", "Value"), name
        assert detect(tmp_path / name).kind == "customs", name


def test_a_cell_of_two_hundred_megabytes_is_one_refused_record(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(GOOD.encode() + b"D99,2022-01-01,")
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b",b,8806,c,1,1\n" + GOOD.encode().split(b"\n", 1)[1])
    raw = reading.read(path, alias="long", scratch=tmp_path / "s", settings=Intake())
    assert raw.records == 2 * 18 + 1
    assert raw.rejected is not None
    assert pq.read_table(raw.rejected)["reason"].to_pylist() == ["cell_too_long"]


def test_a_child_that_takes_too_much_is_stopped() -> None:
    for work, limits, why in (
        ("tests_hostile_none:x", child.Limits(), "cannot be read"),
        ("time:sleep", child.Limits(wall=1), "longer"),
    ):
        with pytest.raises(SourceRefused, match=why):
            child.run(work, 30, where="file", limits=limits)
    with pytest.raises(SourceRefused, match="memory"):
        child.run("builtins:bytearray", 3_000_000_000, where="file", limits=child.Limits(memory=300_000_000, wall=60))
    with contextlib.suppress(ProcessLookupError):
        assert child.resident(os.getpid()) > 0
