"""Targets that cannot be written, cases that are empty or half run: clear errors, nothing half-written."""

from __future__ import annotations

import json
import subprocess
import sys

import openpyxl
import pytest

from enduse import Case
from enduse.contracts import TABLES
from enduse.errors import CaseError, EnduseError, UsageError
from enduse.export import FORMATS, export
from enduse.exports.folder import file_place, whole_folder

FOLDERS = ("csv", "parquet")
FILES = ("xlsx", "html", "ftm", "graphml")


def test_formats_are_those_of_the_contract():
    assert set(FORMATS) == {"csv", "parquet", "xlsx", "html", "pdf", "ftm", "crate", "prov", "graphml"}


@pytest.mark.parametrize("to", FOLDERS)
def test_a_file_where_a_folder_should_be(exported_case, tmp_path, to):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(EnduseError, match="is a file"):
        export(exported_case, to, tmp_path / "x")
    assert (tmp_path / "x").read_text() == "mine"


@pytest.mark.parametrize("to", [*FOLDERS, *FILES])
def test_below_a_file_nothing_can_be_written(exported_case, tmp_path, to):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(EnduseError, match="cannot be written"):
        export(exported_case, to, tmp_path / "x" / "y" / "z")
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("to", FILES)
def test_a_folder_for_a_file_gets_the_file_inside(exported_case, tmp_path, to):
    made = export(exported_case, to, tmp_path)
    assert all(p.is_relative_to(tmp_path) and p.is_file() for p in made)


def test_an_export_into_a_folder_that_stands_leaves_what_is_mine(exported_case, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "figure.csv").write_text("old")
    export(exported_case, "csv", tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "figure.csv").read_text().startswith("figure_id,")
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_a_failure_half_way_leaves_nothing(tmp_path):
    def half():
        with whole_folder(tmp_path / "out") as partial:
            (partial / "a.csv").write_text("a")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files by setrlimit")
@pytest.mark.parametrize("to", [*FOLDERS, "xlsx", "ftm"])
def test_a_full_disk_is_an_error_of_one_line(exported_case, tmp_path, to):
    code = (
        "import resource, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from pathlib import Path\nfrom enduse import Case\nfrom enduse.errors import EnduseError\nfrom enduse.export import export\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))\n"
        "try:\n    export(Case(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))\n"
        "except EnduseError as error:\n    print(error)\n"
    )
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-c", code, str(exported_case.folder), to, str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "cannot be written" in done.stdout, done.stderr[-800:]
    assert len(done.stdout.splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == []


def test_unknown_formats_and_flags(exported_case, tmp_path):
    with pytest.raises(UsageError, match="Formats are"):
        export(exported_case, "docx", tmp_path / "x")
    with pytest.raises(UsageError, match="--to csv"):
        export(exported_case, "xlsx", tmp_path / "x", spreadsheet=True)


@pytest.mark.parametrize("to", [*FOLDERS, *FILES])
def test_a_case_that_was_not_run(tmp_path, to):
    case = Case.new(tmp_path / "case", question="drones to RU")
    with pytest.raises(CaseError, match="has not been run"):
        export(case, to, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_empty_case_and_a_half_run_case(tmp_path):
    case = Case.new(tmp_path / "case", question="drones to RU")
    case.run(until="parties")
    csv = export(case, "csv", tmp_path / "csv")
    assert {p.stem for p in csv} >= {t.name for t in TABLES.values() if t.exported}
    assert (tmp_path / "csv" / "figure.csv").read_text().splitlines() == [",".join(TABLES["figure"].names)]
    book = openpyxl.load_workbook(export(case, "xlsx", tmp_path / "x.xlsx")[0])
    readme = " ".join(str(v) for r in book["README"].iter_rows(values_only=True) for v in r if v)
    assert "These stages have not been run, and their sheets are empty: routes, press, findings" in readme
    assert export(case, "ftm", tmp_path / "x.ftm")[0].read_text() == ""
    assert "<node" not in export(case, "graphml", tmp_path / "x.graphml")[0].read_text()
    with pytest.raises(CaseError, match="no findings results"):
        export(case, "html", tmp_path / "x.html")
    with pytest.raises(CaseError, match="no findings results"):
        export(case, "pdf", tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
    assert json.loads((tmp_path / "csv" / "datapackage.json").read_text())["title"] == "drones to RU"


def test_a_name_without_a_parent(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    from pathlib import Path

    assert file_place(Path(), "a.pdf") == tmp_path / "a.pdf"
    with whole_folder(Path()) as partial:
        (partial / "a.csv").write_text("a")
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
