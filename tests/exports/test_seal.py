"""Sealed sources: a planted word that must stand in no output, salted digests and ids, and proofs of single records."""

from __future__ import annotations

import copy
import csv
import gzip
import hashlib
import json
import os
import shutil
import stat
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from enduse import Case
from enduse.cli import app
from enduse.errors import CaseError, EnduseError, SourceRefused, UsageError
from enduse.export import FORMATS
from enduse.exports import crate
from enduse.exports.seal import prove
from enduse.exports.seal_check import faults
from enduse.intake import sealing

WORD = "Zebraquartz"  # stands in every name of a sealed file: folder, file, sheet, file in an archive, header of gzip
HEAD = "Declaration number,Date,Exporter,Importer,HS code,Goods description,Quantity,Unit,Net weight kg,Value,Currency,Country of origin,Country of departure,Country of destination"
ROWS = [
    "{0}-1,2023-03-01,Nordwind Aero Co Ltd,OOO Sever,88062210,Quadcopter drone DJI Mavic 3,4,PCS,3.6,8000.00,USD,CN,CN,RU",
    '{0}-2,2023-03-09,Nordwind Aero Co Ltd,OOO Sever,88062210,"Quadcopter; drone, ""DJI"" Mavic 3",2,PCS,1.8,4000.00,USD,CN,CN,RU',
    "{0}-3,2023-04-02,Bosporus Tile AS,,69072100,Плитка керамическая,900,PCS,18000,9000.00,USD,TR,TR,RU",
]
NOTE = "Drones still arrive\n\nBy A. Writer\n\n3 May 2023\n\nRussia received 6 drones from China in March 2023, the ministry said on Monday.\n"
QUESTION = "civil drones and parts to RU since 2022-02-24"
# Exports that need a library of an extra, or that a colleague's module may not bring yet.
OPTIONAL = {"pdf", "ftm"}


def lines(mark: str) -> str:
    return "\n".join([HEAD, *(r.format(mark) for r in ROWS)]) + "\n"


def plant(folder: Path) -> list[Path]:
    """Sealed files of many forms, the word in every name."""
    import openpyxl

    folder.mkdir(parents=True)
    plain = folder / f"{WORD} imports 2023.csv"
    plain.write_text(lines("A"), encoding="utf-8")
    packed = folder / f"{WORD}.csv.gz"
    with packed.open("wb") as raw, gzip.GzipFile(f"{WORD}-inside.csv", "wb", fileobj=raw, mtime=0) as file:
        file.write(lines("G").encode())
    book = openpyxl.Workbook()
    for number, name in enumerate((f"{WORD} one", f"{WORD} two")):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = name
        for line in lines(f"X{number}").splitlines():
            sheet.append(next(csv.reader([line])))
    book.properties.title = f"{WORD} title"
    book.save(folder / f"{WORD}.xlsx")
    with zipfile.ZipFile(folder / f"{WORD}.zip", "w") as archive:
        archive.writestr(f"{WORD}/{WORD}-a.csv", lines("Z"))
        archive.writestr(f"{WORD}/{WORD}-b.csv", lines("Y"))
    return [plain, packed, folder / f"{WORD}.xlsx", folder / f"{WORD}.zip"]


@pytest.fixture(scope="module")
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, said: list[str]) -> Case:
    place = tmp_path_factory.mktemp("sealed")
    files = plant(place / f"from {WORD}")
    (place / f"from {WORD}" / f"{WORD}.txt").write_text(NOTE, encoding="utf-8")
    (place / f"from {WORD}" / f"{WORD}-empty.csv").write_text("")
    (place / "open.csv").write_text(lines("O"), encoding="utf-8")
    folder = str(place / "case")
    for arguments in (
        ["new", folder, "--question", QUESTION],
        ["add", folder, str(place / "open.csv")],
        ["add", folder, *map(str, files), str(place / f"from {WORD}" / f"{WORD}-empty.csv"), "--sealed"],
        ["add", folder, str(place / f"from {WORD}" / f"{WORD}.txt"), "--kind", "press", "--sealed"],
        ["run", folder],
        ["figures", folder],
        ["why", folder, "F-0001"],
        ["claims", folder],
    ):
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == (3 if "-empty.csv" in str(arguments) else 0), done.output
        said.append(done.stdout + done.stderr)
    return Case(folder)


@pytest.fixture(scope="module")
def made(case: Case) -> Path:
    crate.write(case, case.folder.parent / "crate")
    return case.folder.parent / "crate"


def everything(folder: Path) -> bytes:
    """All bytes of a folder, packed files and Parquet columns spelt out."""
    out = []
    for path in sorted(folder.rglob("*")):
        out.append(str(path.relative_to(folder)).encode())
        if path.is_file():
            out.append(path.read_bytes())
            if path.suffix == ".parquet":
                out.append(str(pq.read_table(path).to_pydict()).encode() + str(pq.read_schema(path).metadata).encode())
            elif path.suffix == ".pdf":
                book = PdfReader(path)
                out += [str(book.metadata).encode(), *(page.extract_text().encode() for page in book.pages)]
            elif zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    out += [n.encode() + archive.read(n) for n in archive.namelist()]
    return b"\n".join(out)


def plain_digests(case: Case) -> list[bytes]:
    return [
        hashlib.sha256((case.folder / s.path).read_bytes()).hexdigest().encode() for s in case.file.source if s.sealed
    ]


def test_no_command_says_the_word(case, said):
    assert len(said) == 8
    assert WORD.lower() not in "".join(said).lower()
    assert "file 5 of those to be sealed: the file is empty" in said[2]
    assert [s.alias for s in case.file.source] == [
        "open.csv", "sealed-2", "sealed-3", "sealed-4#1", "sealed-4#2", "sealed-6#1", "sealed-6#2", "sealed-8",
    ]  # fmt: skip


def test_the_case_itself_keeps_the_word_in_its_settings_alone(case):
    holding = [
        p.relative_to(case.folder).as_posix()
        for p in sorted(case.folder.rglob("*"))
        if p.is_file() and WORD.encode() in p.read_bytes()
    ]
    assert holding == ["case.toml", "work/seen.json"]
    assert WORD.lower().encode() not in everything(case.folder / "work" / "intake").lower()
    for digest in plain_digests(case):
        assert all(digest not in p.read_bytes() for p in case.folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("to", FORMATS)
def test_no_export_holds_the_word_or_the_plain_digest_or_the_key(case, tmp_path, to):
    (tmp_path / "out").mkdir()
    try:
        case.export(to, tmp_path / "out" / to if to in ("csv", "parquet", "crate") else tmp_path / "out")
    except UsageError:
        assert to in OPTIONAL
        return
    except EnduseError as error:
        if to in OPTIONAL and "pip install" in str(error):
            pytest.skip(str(error))
        raise
    found = everything(tmp_path / "out")
    assert found
    assert WORD.lower().encode() not in found.lower()
    key = sealing.key(case.folder)
    assert key is not None
    for secret in (*plain_digests(case), key.hex().encode(), key):
        assert secret not in found
    for source in case.file.source:
        if source.sealed:
            assert sealing.row_key(key, source).encode() not in found


def test_the_key_is_for_its_owner_only(case):
    path = sealing.place(case.folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (path.parent / ".gitignore").read_text() == "*\n"


def test_ids_of_sealed_records_begin_with_the_salted_digest(case):
    found = case.table("shipment").select(["source", "shipment_id"]).to_pylist()
    begins = {r["source"]: r["shipment_id"][:12] for r in found}
    for source in case.file.source:
        if source.kind == "customs":
            assert begins[source.alias] == source.sha256[:12]
    plain = {d.decode()[:12] for d in plain_digests(case)}
    assert not plain & set(begins.values())
    opened = next(s for s in case.file.source if not s.sealed)
    assert opened.sha256 == hashlib.sha256((case.folder / opened.path).read_bytes()).hexdigest()


def test_two_cases_give_one_file_two_digests(case, tmp_path):
    other = Case.new(tmp_path / "other", question=QUESTION)
    other.add([case.folder / case.file.source[1].path], sealed=True)
    assert other.file.source[0].sha256 != case.file.source[1].sha256


def test_a_sealed_file_is_known_again_sealed_or_not(case, tmp_path):
    shutil.copytree(case.folder.parent, tmp_path / "all")
    again = Case(tmp_path / "all" / "case")
    path = again.folder / again.file.source[1].path
    for sealed in (True, False):
        added = again.add([path], sealed=sealed)[0]
        assert added.refused is not None
        assert "as 'sealed-2'" in str(added.refused)
    opened = again.add([tmp_path / "all" / "open.csv"], sealed=True)[0]
    assert "as 'open.csv'" in str(opened.refused)


def test_a_changed_file_a_lost_key_and_a_plain_digest_are_refused_by_alias(case, tmp_path):
    shutil.copytree(case.folder.parent, tmp_path / "all")
    other = tmp_path / "all" / "case"
    plain = Case(other).folder / case.file.source[1].path
    sealing.place(other).unlink()
    (other / "work" / "seen.json").unlink()
    with pytest.raises(SourceRefused, match="the key it was sealed with is gone") as caught:
        Case(other).run()
    assert WORD not in str(caught.value)
    shutil.copy(sealing.place(case.folder), sealing.place(other))
    plain.write_text(lines("A").replace("8000", "9000"), encoding="utf-8")
    with pytest.raises(SourceRefused, match="source sealed-2: the file changed") as caught:
        Case(other).run()
    assert WORD not in str(caught.value)
    plain.unlink()
    with pytest.raises(SourceRefused) as caught:
        Case(other).run()
    assert WORD not in str(caught.value)
    settings = (other / "case.toml").read_text(encoding="utf-8")
    source = case.file.source[0]
    (other / "case.toml").write_text(
        settings.replace(f'sha256 = "{source.sha256}"', f'sha256 = "{source.sha256}"\nsealed = true'), encoding="utf-8"
    )
    with pytest.raises(CaseError, match="holds the plain digest"):
        Case(other).run()


def test_a_file_that_is_no_key_is_refused(tmp_path):
    assert sealing.key(tmp_path) is None
    sealing.make_key(tmp_path)
    first = sealing.key(tmp_path)
    assert sealing.make_key(tmp_path) == first
    sealing.place(tmp_path).write_text("not hex")
    with pytest.raises(CaseError, match="no key"):
        sealing.key(tmp_path)
    sealing.place(tmp_path).write_text("ab")
    with pytest.raises(CaseError, match="no key"):
        sealing.make_key(tmp_path)


# ---- proofs --------------------------------------------------------------------------------------------------------------


def test_every_sealed_source_has_its_commitment(case):
    found = {r["source"]: r for r in case.table("seal").to_pylist()}
    assert set(found) == {s.alias for s in case.file.source if s.sealed}
    assert {r["records"] for a, r in found.items() if a != "sealed-8"} == {3}
    assert found["sealed-8"]["records"] == len(NOTE.splitlines())
    assert len({r["root"] for r in found.values()}) == len(found)


def test_a_figure_is_proved_to_a_lawyer(case, made, tmp_path):
    figure = case.figures()[0]["figure_id"]
    done = CliRunner().invoke(app, ["prove", str(case.folder), figure, "--out", str(tmp_path / "proof.json")])
    assert done.exit_code == 0
    proof = json.loads((tmp_path / "proof.json").read_text(encoding="utf-8"))
    rows = [(r["source"], r["row"]) for r in case.why(figure).rows if r["source"] != "open.csv"]
    assert {(p["source"], r["row"]) for p in proof["sources"] for r in p["proved"]} == set(rows)
    assert proof["sources"][0]["proved"][0]["cells"][2] == "Nordwind Aero Co Ltd"
    assert WORD not in (tmp_path / "proof.json").read_text(encoding="utf-8")
    crate.write(case, tmp_path / "crate.zip")
    for against in ([], ["--against", str(made)], ["--against", str(tmp_path / "crate.zip")]):
        checked = CliRunner().invoke(app, ["verify", str(tmp_path / "proof.json"), *against])
        assert checked.exit_code == 0, checked.stdout
    assert "rows of the crate held against the proved records" in " ".join(checked.stdout.split())


def test_a_forged_proof_is_found(case, made, tmp_path):
    proof = prove(case, ["sealed-2:1", "sealed-6#2:3", "sealed-8:7"])
    assert proof["sources"][2]["proved"][0]["cells"][0].startswith("Russia received 6 drones")
    for change in (
        lambda p: p["sources"][0]["proved"][0]["cells"].__setitem__(9, "9000.00"),
        lambda p: p["sources"][0]["columns"].__setitem__(9, "Weight"),
        lambda p: p["sources"][0]["proved"][0].__setitem__("row", 2),
        lambda p: p["sources"][0]["proved"][0].__setitem__("index", 1),
        lambda p: p["sources"][0].__setitem__("root", "0" * 64),
        lambda p: p["sources"][1]["proved"][0]["path"].pop(),
        lambda p: p["sources"][2]["proved"][0].__setitem__("salt", "0" * 64),
        lambda p: p["sources"].__setitem__(0, {"source": "x"}),
        lambda p: p.__setitem__(
            "files", [{"source": "sealed-2", "sha256": "0" * 64, "file_sha256": "0" * 64, "salt": "0" * 64}]
        ),
    ):
        forged = copy.deepcopy(proof)
        change(forged)
        assert faults(forged)
    # A proof that holds by itself, of another case: its root is not the one the crate states.
    other = Case.new(tmp_path / "other", question=QUESTION)
    other.add([case.folder / case.file.source[1].path], sealed=True, alias="sealed-2")
    other.run(until="intake")
    (tmp_path / "proof.json").write_text(json.dumps(prove(other, ["sealed-2:1"])), encoding="utf-8")
    done = CliRunner().invoke(app, ["verify", str(tmp_path / "proof.json"), "--against", str(made)])
    assert done.exit_code == 4
    assert "the crate commits to another root" in done.stdout


def test_a_file_is_opened_only_when_asked(case, made, tmp_path):
    digest = plain_digests(case)[0].decode()
    assert digest not in json.dumps(prove(case, ["sealed-2:1"]))
    done = CliRunner().invoke(app, ["prove", str(case.folder), "--file", "sealed-2", "--out", str(tmp_path / "p.json")])
    assert done.exit_code == 0
    assert "who holds the file can tell" in done.stderr
    done = CliRunner().invoke(app, ["verify", str(tmp_path / "p.json"), "--against", str(made), "--json"])
    assert done.exit_code == 0, done.stdout
    assert json.loads(done.stdout)["notes"] == [f"sealed-2 is the file with SHA-256 {digest}"]


@pytest.mark.parametrize(
    ("record", "kind", "words"),
    [
        ("nonsense", UsageError, "is no record"),
        ("open.csv:1", EnduseError, "no sealed source"),
        ("sealed-2:99", EnduseError, "no record 99"),
        ("F-9999", EnduseError, "has no record of a sealed source"),
        ("0123456789ab-1", EnduseError, "has no record"),
    ],
)
def test_what_cannot_be_proved_is_said(case, record, kind, words):
    with pytest.raises(kind, match=words):
        prove(case, [record])


def test_a_changed_file_gives_no_proof(case, tmp_path):
    shutil.copytree(case.folder.parent, tmp_path / "all")
    other = Case(tmp_path / "all" / "case")
    os.truncate(other.folder / other.file.source[1].path, 50)
    with pytest.raises(SourceRefused, match="source sealed-2: the file changed") as caught:
        prove(other, ["sealed-2:1"])
    assert WORD not in str(caught.value)
