"""A case from the first command to the last, on a few invented declarations."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from enduse import Case, pipeline
from enduse.case import Quiet
from enduse.contracts import TABLES
from enduse.errors import CaseError, EnduseError, SourceRefused, UsageError

HEAD = "Declaration number,Date,Exporter,Importer,HS code,Goods description,Quantity,Unit,Net weight kg,Value,Currency,Country of origin,Country of departure,Country of destination"
ROWS = [
    "A-1,2023-03-01,Nordwind Aero Co Ltd,OOO Sever,88062210,Quadcopter drone DJI Mavic 3,4,PCS,3.6,8000.00,USD,CN,CN,RU",
    "A-2,2023-03-09,Nordwind Aero Co Ltd,OOO Sever,88062210,Quadcopter drone DJI Mavic 3,2,PCS,1.8,4000.00,USD,CN,CN,RU",
    "A-3,2023-04-02,Bosporus Tile AS,OOO Yug,69072100,Ceramic floor tiles glazed,900,PCS,18000,9000.00,USD,TR,TR,RU",
    "A-4,2023-05-02,Nordwind Aero Co Ltd,Steppe LLP,88062210,Quadcopter drone DJI Mini 3,1,PCS,0.3,700.00,USD,CN,CN,KZ",
    "A-2,2023-03-09,Nordwind Aero Co Ltd,OOO Sever,88062210,Quadcopter drone DJI Mavic 3,2,PCS,1.8,4000.00,USD,CN,CN,RU",
    ",,,,,,,,,,,,,",
]
QUESTION = "civil drones and parts to RU since 2022-02-24"


@pytest.fixture
def imports(tmp_path: Path) -> Path:
    path = tmp_path / "imports.csv"
    path.write_text("\n".join([HEAD, *ROWS]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path, imports: Path) -> Case:
    made = Case.new(tmp_path / "case", question=QUESTION)
    assert all(a.refused is None for a in made.add([imports]))
    return made


def test_from_file_to_figure(case):
    case.run()
    account = case.table("source").to_pylist()[0]
    assert (account["records_read"], account["loaded"], account["rejected"], account["duplicates"]) == (6, 4, 1, 1)
    value = next(f for f in case.figures() if f["measure"] == "value_usd")
    assert (value["value"], value["rows"]) == ("12000", 2)
    why = case.why(value["figure_id"])
    assert why.equal
    assert [(r["source"], r["row"]) for r in why.rows] == [("imports.csv", 1), ("imports.csv", 2)]
    exporters = next(f for f in case.figures() if f["measure"] == "exporters")
    assert exporters["value"] == "1"


def test_every_listed_row_walks_back_to_bytes_of_its_source(case, imports):
    from enduse.intake import locate

    case.run()
    data = imports.read_bytes()
    for figure in case.figures():
        for row in case.why(figure["figure_id"]).rows:
            place = locate(imports, [row["row"]])[row["row"]]
            record = next(csv.reader([data[place.byte_start : place.byte_end].decode()]))
            assert row["description"] in record
            assert row["shipment_id"] == f"{hashlib.sha256(data).hexdigest()[:12]}-{row['row']}"


def test_a_second_run_does_nothing_and_a_change_runs_what_follows(case, imports):
    assert all(d.fresh for d in case.run())
    assert not any(d.fresh for d in case.run())
    path = case.folder / "case.toml"
    path.write_text(path.read_text().replace("parts = true", "parts = false"))
    fresh = {d.stage: d.fresh for d in Case(case.folder).run()}
    assert [stage for stage, new in fresh.items() if new] == ["routes", "findings"]


def test_an_interrupted_run_resumes_at_the_last_whole_stage(case, monkeypatch):
    from dataclasses import replace

    broken = pipeline.stage("findings")

    def stop(_context):
        raise KeyboardInterrupt

    real = pipeline.stage
    monkeypatch.setattr(
        pipeline,
        "stage",
        lambda room: (
            replace(broken, steps=(replace(broken.steps[0], sql=None, run=stop),)) if room == "findings" else real(room)
        ),
    )
    with pytest.raises(KeyboardInterrupt):
        case.run()
    assert not (case.folder / "work" / "findings").exists()
    monkeypatch.setattr(pipeline, "stage", real)
    fresh = {d.stage: d.fresh for d in case.run()}
    assert [stage for stage, new in fresh.items() if new] == ["findings"]
    assert not list((case.folder / "work").glob(".scratch*"))


def test_two_runs_in_two_places_give_the_same_bytes(tmp_path, imports):
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        copy = shutil.copy(imports, tmp_path / name / "imports.csv")
        case = Case.new(tmp_path / name / "case", question=QUESTION)
        case.add([copy])
        case.run()
        case.export("csv", tmp_path / name / "out")
        made.append(
            {p.name: p.read_bytes() for p in sorted((tmp_path / name / "out").iterdir())}
            | {"dossier": case.dossier_path.read_bytes()}
        )
    assert made[0] == made[1]


def test_exports_have_the_contract_columns(case, tmp_path):
    import pyarrow.parquet as pq

    case.run()
    case.export("csv", tmp_path / "csv")
    case.export("parquet", tmp_path / "parquet")
    for table in TABLES.values():
        if table.exported:
            head = (tmp_path / "csv" / f"{table.name}.csv").read_text(encoding="utf-8").splitlines()[0]
            assert head.replace('"', "").split(",") == list(table.names)
            assert pq.read_schema(tmp_path / "parquet" / f"{table.name}.parquet").names == list(table.names)
    with (tmp_path / "csv" / "shipment.csv").open(encoding="utf-8") as handle:
        shipments = list(csv.DictReader(handle))
    assert [r["row"] for r in shipments] == ["1", "2", "3", "4", "5"]
    assert shipments[0]["value"] == "8000"
    assert case.export("html", tmp_path / "d.html")[0].read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_same_file_twice_and_two_files_of_one_name(case, imports, tmp_path):
    again = case.add([imports])[0]
    assert isinstance(again.refused, SourceRefused)
    other = tmp_path / "other"
    other.mkdir()
    (other / "imports.csv").write_text("\n".join([HEAD, ROWS[0]]) + "\n", encoding="utf-8")
    assert case.add([other / "imports.csv"])[0].sources[0].alias == "imports-2.csv"


def test_a_good_file_goes_in_beside_a_missing_one(tmp_path, imports):
    case = Case.new(tmp_path / "case", question=QUESTION)
    good, bad = case.add([imports, tmp_path / "nowhere.csv"])
    assert good.sources
    assert "nowhere.csv" in str(bad.refused)
    assert [s.alias for s in Case(case.folder).file.source] == ["imports.csv"]


def test_a_sealed_source_is_not_named(tmp_path, imports):
    case = Case.new(tmp_path / "case", question=QUESTION)
    case.add([imports], sealed=True)
    case.run()
    case.export("csv", tmp_path / "out")
    text = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "out").iterdir()) + case.dossier_path.read_text(
        encoding="utf-8"
    )
    assert "imports.csv" not in text
    assert "sealed-1" in text


def test_a_source_that_changed_is_refused(case, imports):
    case.run()
    imports.write_text(imports.read_text() + ROWS[0] + "\n")
    with pytest.raises(SourceRefused, match=r"imports\.csv"):
        Case(case.folder).run()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("question = [unclosed\n", "not valid TOML"),
        ('watch = "civil-drones"\ncolour = 3\n', "colour"),
        ("[settings.goods]\ncentral = 1.5\n", "settings.goods.central"),
        ('[scope]\ndestination = ["Russia"]\n', "alpha-2"),
        ("\xff\xfe", "UTF-8"),
    ],
)
def test_a_broken_case_file_names_file_key_and_what_is_allowed(case, text, what):
    (case.folder / "case.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(CaseError) as caught:
        Case(case.folder)
    assert "case.toml" in str(caught.value)
    assert what in str(caught.value)


def test_comments_and_order_of_case_toml_survive_an_add(case, tmp_path):
    path = case.folder / "case.toml"
    path.write_text("# my note\n" + path.read_text())
    more = tmp_path / "more.csv"
    more.write_text("\n".join([HEAD, ROWS[3]]) + "\n", encoding="utf-8")
    Case(case.folder).add([more])
    assert path.read_text().startswith("# my note\n")
    assert [s.alias for s in Case(case.folder).file.source] == ["imports.csv", "more.csv"]


def test_what_is_missing_is_said(case, tmp_path):
    with pytest.raises(CaseError, match="enduse run"):
        case.figures()
    with pytest.raises(CaseError, match="enduse new"):
        Case(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="Stages are"):
        case.run(until="nonsense")
    case.run(progress=Quiet())
    with pytest.raises(EnduseError, match="F-9999"):
        case.why("F-9999")
    with pytest.raises(UsageError, match="Formats are"):
        case.export("nonsense", tmp_path / "x")
    with pytest.raises(UsageError, match="goes with --to csv"):
        case.export("xlsx", tmp_path / "x", spreadsheet=True)


def test_a_case_without_sources_runs_and_says_so(tmp_path):
    case = Case.new(tmp_path / "empty", question=QUESTION)
    case.run()
    assert all("no customs file" in f["coverage"] for f in case.figures())
    json.dumps(case.figures(), default=str)


def test_results_older_than_the_settings_are_said_to_be(case):
    case.run()
    assert case.stale() == []
    path = case.folder / "case.toml"
    path.write_text(path.read_text().replace("parts = true", "parts = false"))
    assert Case(case.folder).stale() == ["routes", "findings"]
    assert Case(case.folder).figures()


def test_results_of_another_version_ask_for_a_new_run(case):
    case.run()
    path = case.folder / "work" / "findings" / "manifest.json"
    path.write_text(path.read_text().replace('"contracts": "', '"contracts": "0'))
    with pytest.raises(CaseError, match="Run the case again"):
        case.figures()
