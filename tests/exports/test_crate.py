"""A small invented case as RO-Crate and PROV: read by the libraries of both standards, equal twice, and whole."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest

from enduse import Case
from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.errors import CaseError, EnduseError
from enduse.exports import crate, prov
from enduse.exports.crate_case import file_names


@pytest.fixture(scope="module")
def case(crate_case: Case) -> Case:
    return crate_case


@pytest.fixture(scope="module")
def made(crate_made: Path) -> Path:
    return crate_made


def test_the_crate_is_loaded_by_the_library_of_the_standard(made):
    from rocrate.rocrate import ROCrate

    loaded = ROCrate(str(made))
    names = {e.id for e in loaded.get_entities() if e.type == "File"}
    on_disk = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()} - {"ro-crate-metadata.json"}
    assert names == on_disk
    for entity in loaded.get_entities():
        if entity.type == "File" and "sha256" in entity.properties():
            assert entity["sha256"] == hashlib.sha256((made / entity.id).read_bytes()).hexdigest()
    figures = pq.read_table(made / "data" / "figure.parquet").to_pylist()
    assert figures
    assert {e["@id"] for e in loaded.root_dataset.properties()["variableMeasured"]} == {
        f"#{f['figure_id']}" for f in figures
    }
    value = loaded.dereference(f"#{figures[0]['figure_id']}")
    assert value["value"] == figures[0]["value"]
    assert loaded.root_dataset.properties()["datePublished"] == "2023-05-02"


def test_a_set_date_is_the_date_of_the_crate(case, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    crate.write(case, tmp_path / "dated")
    graph = json.loads((tmp_path / "dated" / "ro-crate-metadata.json").read_text())["@graph"]
    assert next(e for e in graph if e["@id"] == "./")["datePublished"] == "2023-11-14"


def test_every_table_stands_in_both_forms(case, made):
    for table in TABLES.values():
        exact, listed = made / "data" / f"{table.name}.parquet", made / "tables" / f"{table.name}.csv"
        assert exact.is_file() == listed.is_file() == table.exported
    assert (
        pq.read_table(made / "data" / "shipment.parquet").cast(TABLES["shipment"].schema).equals(case.table("shipment"))
    )
    shown = pc.read_csv(made / "tables" / "shipment.csv")
    assert shown["description"].to_pylist()[3] == '=Quadcopter, "DJI" Mini 3'


def test_the_table_schemas_fit_the_tables(made):
    from frictionless import Package

    described = Package(str(made / "datapackage.json"))
    assert len(described.resources) == sum(t.exported for t in TABLES.values())
    for name in ("figure", "figure-row", "source", "waterfall"):
        report = described.get_resource(name).validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_the_list_of_digests_is_read_by_sha256sum(made):
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", "--strict", "manifest-sha256.txt"],
        cwd=made,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_settings_hold_no_path_and_can_be_read(case, made, tmp_path):
    copy = CaseFile.model_validate(tomllib.loads((made / "case.toml").read_text(encoding="utf-8")))
    assert [s.path for s in copy.source] == ["sources/imports.csv", "sources/note.txt"]
    assert copy.scope == case.file.scope
    assert copy.settings == case.file.settings
    everything = b"".join(p.read_bytes() for p in made.rglob("*") if p.is_file())
    assert str(case.folder.parent).encode() not in everything


def test_a_crate_with_its_sources_is_a_case_that_runs_again(case, tmp_path):
    crate.write(case, tmp_path / "full", with_sources=True)
    again = Case(tmp_path / "full")
    again.run()
    assert [f["value"] for f in again.figures()] == [f["value"] for f in case.figures()]
    note = case.folder.parent / "sources" / "note.txt"
    assert (tmp_path / "full" / "sources" / "note.txt").read_bytes() == note.read_bytes()


def test_two_files_of_one_name_stay_two():
    source = {"sha256": "0" * 64, "kind": "customs"}
    file = CaseFile.model_validate(
        {"source": [{"alias": "a.csv", "path": "x/a.csv", **source}, {"alias": "a-2.csv", "path": "y/a.csv", **source}]}
    )
    assert file_names(file) == ("a.csv", "a-2.csv")


def test_equal_cases_give_equal_crates(case, tmp_path):
    crate.write(case, tmp_path / "one.zip")
    crate.write(case, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_a_folder_of_other_files_is_left_alone_and_an_older_crate_replaced(case, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep")
    with pytest.raises(EnduseError, match="other files"):
        crate.write(case, tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    crate.write(case, tmp_path / "again")
    (tmp_path / "again" / "left-over.txt").write_text("old")
    crate.write(case, tmp_path / "again")
    assert not (tmp_path / "again" / "left-over.txt").exists()


def test_old_results_make_no_crate(case, tmp_path):
    settings = case.folder / "case.toml"
    text = settings.read_text(encoding="utf-8")
    try:
        settings.write_text(text.replace("parts = true", "parts = false"), encoding="utf-8")
        with pytest.raises(CaseError, match="older"):
            crate.write(Case(case.folder), tmp_path / "old")
    finally:
        settings.write_text(text, encoding="utf-8")
    assert not (tmp_path / "old").exists()


def test_long_tables_stand_as_parquet_alone_and_the_readme_says_so(case, tmp_path, monkeypatch):
    monkeypatch.setattr(crate, "LONGEST", 3)
    crate.write(case, tmp_path / "long")
    assert not (tmp_path / "long" / "tables" / "shipment.csv").exists()
    assert "Parquet alone: " in (tmp_path / "long" / "README.md").read_text(encoding="utf-8")
    resources = json.loads((tmp_path / "long" / "datapackage.json").read_text())["resources"]
    assert next(r["path"] for r in resources if r["name"] == "shipment") == "data/shipment.parquet"


# ---- PROV ----------------------------------------------------------------------------------------------------------------


def test_prov_is_read_by_the_library_and_comes_back_equal(case):
    from prov.model import ProvDocument

    document = ProvDocument.deserialize(content=prov.text(prov.build(case)), format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again
    kinds = {type(r).__name__ for r in document.get_records()}
    assert {"ProvEntity", "ProvActivity", "ProvAgent", "ProvUsage", "ProvGeneration", "ProvDerivation"} <= kinds


def test_prov_walks_from_a_figure_to_the_digest_of_its_file(case, made):
    document = json.loads((made / "prov.json").read_text(encoding="utf-8"))
    figure = case.figures()[0]
    assert document["entity"][f"run:{figure['figure_id']}"]["enduse:value"] == figure["value"]
    behind = [
        d for d in document["wasDerivedFrom"].values() if d["prov:generatedEntity"] == f"run:{figure['figure_id']}"
    ]
    assert sum(d["enduse:rows"] for d in behind) == figure["rows"]
    source = document["entity"][behind[0]["prov:usedEntity"]]
    assert source["enduse:sha256"] == case.file.source[0].sha256
    assert [a["prov:label"] for k, a in document["agent"].items() if k.startswith("run:person")] == ["alice"]
    table = document["entity"]["run:table-figure"]
    assert table["enduse:sha256"] == hashlib.sha256((made / "data" / "figure.parquet").read_bytes()).hexdigest()
    used = {u["prov:entity"] for u in document["used"].values() if u["prov:activity"] == "run:stage-findings"}
    assert {"run:result-intake", "run:result-goods", "run:result-parties"} <= used
    for relation in ("used", "wasGeneratedBy", "wasDerivedFrom", "hadMember", "wasAssociatedWith"):
        for line in document[relation].values():
            for key, value in line.items():
                if key.startswith("prov:"):
                    assert any(value in document[k] for k in ("entity", "activity", "agent")), (relation, value)


def test_prov_has_no_clock_and_is_written_whole(case, tmp_path):
    assert prov.build(case) == prov.build(Case(case.folder))
    assert prov.write(case, tmp_path / "p.json") == [tmp_path / "p.json"]
    assert "Time" not in (tmp_path / "p.json").read_text(encoding="utf-8")
