"""The source opened at a record: the same bytes as the file has, by seeking, never outside the case."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from web_shapes import FileLines

from enduse import Case
from enduse.cli import app
from enduse.contracts.case_file import Intake
from enduse.errors import EnduseError, SourceRefused, UsageError
from enduse.intake.reading import locate
from enduse.web.source import marks
from enduse.web.source.around import around
from enduse.web.source.marks import Marks
from enduse.web.source.said import lines_of, named

CELL = st.sampled_from(["квадрокоптер", "two\nlines", 'a "mark"', "x;y", "", "drone", "ы" * 40, 'stray " mark', "=1+1"])


def quoted(cell: str, *, stray: bool) -> str:
    return cell if stray and '"' in cell and "\n" not in cell else '"' + cell.replace('"', '""') + '"'


def write(path, lines, encoding, stray):
    text = "Отчёт за год\r\nномер;товар;цена\r\n" + "".join(
        f"{i};{quoted(cell, stray=stray)};{i * 3}\r\n" for i, cell in enumerate(lines, 1)
    )
    path.write_bytes(text.encode(encoding))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(CELL, min_size=60, max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "cp1251", "utf-16"]), st.booleans(), st.data()
)  # fmt: skip
def test_from_any_mark_a_record_is_the_one_that_reading_numbered(tmp_path, monkeypatch, lines, encoding, stray, data):
    """In small blocks, so that a file of a few kilobytes has many marks; broken quotation marks included."""
    monkeypatch.setattr("enduse.intake.reading.delimited.BLOCK", 512)
    path = tmp_path / "a.csv"
    write(path, lines, encoding, stray)
    kept = tmp_path / "marks.npy"
    kept.unlink(missing_ok=True)
    limits = Intake()
    every = {r.row: r for r in locate(path, range(1, 400), settings=limits).values()}
    first = Marks(kept)
    first.find(path, "text", [max(every)], limits)
    raw = path.read_bytes()
    for found in (first, Marks(kept)):  # the marks of this server, and those kept for the next
        for row in data.draw(st.lists(st.integers(1, len(every) + 5), min_size=1, max_size=4)):
            there = found.find(path, "text", [row], limits)
            assert set(there) == ({row} & set(every))
            for one in there.values():
                assert one.located == every[row]
                if encoding != "utf-16":
                    assert one.line == raw[: one.located.byte_start].count(b"\n") + 1
    assert (len(first._marks) > 1) == (encoding != "utf-16")


def test_a_second_look_reads_only_what_is_near(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    write(path, ["drone"] * 200_000, "utf-8", stray=False)
    held = Marks(tmp_path / "m.npy")
    held.find(path, "text", [199_000], Intake())
    read = []

    class Counting(marks._Rest):
        def read(self, size):
            found = super().read(size)
            read.append(len(found))
            return found

    monkeypatch.setattr(marks, "_Rest", Counting)
    assert held.find(path, "text", [198_990], Intake())[198_990].located.cells[0] == "198990"
    assert 0 < sum(read) < path.stat().st_size / 2


def test_the_lines_around_a_record_stand_as_in_the_file(ask, case):
    source = next(s for s in case.file.source if s.kind == "customs" and not s.sealed)
    raw = (case.folder / source.path).read_bytes()
    rows = ask.get("shipments", {"source": source.alias, "limit": 500})["rows"]
    middle = sorted(rows, key=lambda r: r["row"])[len(rows) // 2]
    found = ask.get(f"shipments/{middle['shipment_id']}/source", {"before": 2, "after": 3})
    FileLines.model_validate(found)
    assert [line["row"] for line in found["lines"]] == list(range(middle["row"] - 2, middle["row"] + 4))
    assert [line["here"] for line in found["lines"]] == [False, False, True, False, False, False]
    assert found["format"].startswith("csv")
    encoding = "cp1251" if "Windows-1251" in found["format"] else "utf-8"
    for line in found["lines"]:
        start, end = line["bytes"]
        assert raw[start:end].decode(encoding).rstrip("\r\n") == line["text"]
        assert raw[:start].count(b"\n") + 1 == line["line"]
    here = found["lines"][2]
    assert middle["description"] in {here["text"][a:b] for a, b, role in here["spans"] if role == "description"}
    first = min(rows, key=lambda r: r["row"])
    assert ask.get(f"shipments/{first['shipment_id']}/source")["lines"][0]["row"] == 1


def test_a_sealed_source_is_refused_by_its_alias(ask, case):
    row = ask.get("shipments", {"source": "sealed-1", "limit": 1})["rows"][0]
    answer = ask.get(f"shipments/{row['shipment_id']}/source", status=404)
    assert "sealed-1 is sealed" in answer["error"]["what"]
    assert "nasty" not in str(answer)
    with pytest.raises(SourceRefused, match="sealed-1 is sealed"):
        lines_of(case, "sealed-1:1")


@pytest.mark.parametrize("path", ["nothing-1/source", "../../case/source", "%2e%2e/source", "f-1/source"])
def test_only_records_of_the_case_open_a_file(ask, path):
    assert "error" in ask.http.get(f"/api/shipments/{path}").json()


def test_more_lines_than_a_page_are_refused(ask):
    row = ask.get("shipments", {"limit": 1})["rows"][0]
    assert ask.get(f"shipments/{row['shipment_id']}/source", {"before": 51}, status=400)["error"]["fix"]


def test_a_sheet_is_shown_by_its_rows_and_a_changed_file_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Declarations"
    for line in (
        ["Date", "Exporter", "Goods description"],
        *([f"2023-01-{n:02}", "Nordwind", f"drone {n}"] for n in range(1, 9)),
    ):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    made = Case.new(tmp_path / "case", question="drones to RU")
    assert made.add([tmp_path / "a.xlsx"], kind="customs")[0].refused is None
    case = Case(tmp_path / "case")
    source = case.file.source[0]
    found = around(case.folder, source, 5, Intake(), None, before=1, after=1)
    assert [(f.located.row, f.located.sheet_row, f.located.cells[2]) for f in found.records] == [
        (4, 5, "drone 4"), (5, 6, "drone 5"), (6, 7, "drone 6"),
    ]  # fmt: skip
    with pytest.raises(SourceRefused, match="no longer has a record 99"):
        around(case.folder, source, 99, Intake(), None)
    with pytest.raises(UsageError):
        around(case.folder, source, 1, Intake(), None, before=1000)
    (tmp_path / "a.xlsx").write_bytes(b"date,goods\n2023-01-01,drone\n")
    with pytest.raises(SourceRefused, match="changed"):
        around(case.folder, source, 1, Intake(), None)


def test_the_command_prints_the_lines_around_a_record(case, ask):
    row = ask.get("shipments", {"source": "sealed-1", "limit": 1})["rows"][0]
    source = next(s for s in case.file.source if s.kind == "customs" and not s.sealed)
    done = CliRunner().invoke(app, ["why", str(case.folder), f"{source.alias}:7"])
    assert done.exit_code == 0, done.output
    assert max(map(len, done.stdout.splitlines())) <= 80
    marked = [line for line in done.stdout.splitlines() if line.startswith(">")]
    assert len(marked) == 1
    assert marked[0].startswith("> 7  line ")
    assert f"SHA-256 {source.sha256}" in done.stdout
    assert named(case, f"{source.sha256[:12]}-7") == (source.alias, 7)
    assert named(case, row["shipment_id"]) == ("sealed-1", row["row"])
    with pytest.raises(EnduseError, match="no record"):
        named(case, "0123456789ab-1")
