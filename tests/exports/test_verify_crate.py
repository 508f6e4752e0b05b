"""A crate, tampered with in every way that digests alone would not show: each is found by computing again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from enduse import Case
from enduse.cli import app
from enduse.contracts import TABLES
from enduse.engine.duckdb import DuckDBEngine
from enduse.errors import EnduseError
from enduse.exports import verify_crate, verify_figures, verify_links, verify_sources, verify_tables
from enduse.exports.crate_pack import write_manifest
from enduse.exports.verify import text
from enduse.exports.verify_report import Check, Report


@pytest.fixture(scope="module")
def case(crate_case: Case) -> Case:
    return crate_case


@pytest.fixture(scope="module")
def made(crate_made: Path) -> Path:
    return crate_made


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / "data" / f"{name}.parquet").to_pylist()


def put(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    """A table as a forger would leave it: both forms changed alike, every digest made anew."""
    contract = TABLES[name]
    pq.write_table(contract.arrow(rows), folder / "data" / f"{name}.parquet")
    engine = DuckDBEngine()
    engine.put(name, contract.arrow(rows))
    engine.copy_csv(f"SELECT {contract.select} FROM {name}", folder / "tables" / f"{name}.csv")
    engine.close()
    seal(folder)


def seal(folder: Path) -> None:
    place = folder / "ro-crate-metadata.json"
    described = json.loads(place.read_text(encoding="utf-8"))
    for entity in described["@graph"]:
        if entity.get("@type") == "File" and (folder / entity["@id"]).is_file() and "sha256" in entity:
            entity["sha256"] = hashlib.sha256((folder / entity["@id"]).read_bytes()).hexdigest()
    place.write_text(json.dumps(described), encoding="utf-8")
    write_manifest(folder)


def failing(report: Report) -> dict[str, list[str]]:
    return {c.name: [f"{f.where}: {f.what}" for f in c.faults] for c in report.checks if not c.holds}


def tables_of(folder: Path) -> tuple[Report, DuckDBEngine]:
    """The checks of the tables alone, without what is the same in every test."""
    report, engine = Report("crate", str(folder)), DuckDBEngine()
    whole = verify_tables.attach(engine, folder / "data", check := report.check("tables"))
    verify_tables.contracts(engine, whole, check, lambda t: t.name)
    verify_figures.accounts(engine, report.check("accounts"), "source")
    verify_figures.figures(engine, report.check("figures"), report.check("readings"), "figure")
    verify_links.pointers(engine, check := report.check("ids"))
    verify_links.row_ids(engine, check)
    engine.close()
    return report, engine


def test_an_honest_crate_holds_with_its_sources(case, made):
    report = verify_crate.verify(made, sources=case.folder.parent / "sources")
    assert failing(report) == {}
    looked = {c.name: c.looked for c in report.checks}
    assert looked["sources"].startswith("2 of 2 sources")
    assert "rendered again" in looked["dossier"]
    assert report.digest == hashlib.sha256((made / "manifest-sha256.txt").read_bytes()).hexdigest()
    shown = text(report)
    assert "Everything checked holds." in shown
    assert "that the sources are true" in shown
    assert all(len(line) <= 80 for line in shown.splitlines() if not line.startswith("Digest"))


def test_the_command_says_how_it_went(made, copy):
    # A forger changes a number in the dossier and renews every digest: the rows say otherwise, and so does the digest known.
    known = hashlib.sha256((made / "manifest-sha256.txt").read_bytes()).hexdigest()
    dossier = (copy / "dossier.html").read_text(encoding="utf-8")
    (copy / "dossier.html").write_text(dossier.replace("12,700", "92,700"), encoding="utf-8")
    seal(copy)
    bad = CliRunner().invoke(app, ["verify", str(copy), "--digest", known])
    assert bad.exit_code == 4
    words = " ".join(bad.stdout.split())
    assert "dossier.html: is not what its tables give" in words
    assert "manifest-sha256.txt: is not that of the crate meant" in words
    assert f"expected {known} found" in words


def counted(rows: list[dict[str, Any]], copy: Path) -> int:
    ids = {r["shipment_id"] for r in table(copy, "figure_row")}
    return next(i for i, r in enumerate(rows) if r["shipment_id"] in ids)


def value_up(rows: list[dict[str, Any]], copy: Path) -> None:
    at = counted(rows, copy)
    rows[at]["value_usd"] = rows[at]["value"] = rows[at]["value_usd"] + Decimal("0.01")


def row_gone(rows: list[dict[str, Any]], copy: Path) -> None:
    rows.pop(counted(rows, copy))


def firm_else(rows: list[dict[str, Any]], copy: Path) -> None:
    rows[counted(rows, copy)]["exporter_party"] = "P-0000000000"


def first(column: str, value: object) -> Callable[[list[dict[str, Any]], Path], None]:
    def change(rows: list[dict[str, Any]], copy: Path) -> None:
        rows[0][column] = value

    return change


FORGED = {
    "a value of a record": ("shipment", value_up, {"accounts", "figures", "readings"}),
    "a record removed": ("shipment", row_gone, {"accounts", "figures", "ids"}),
    "a firm in place of another": ("shipment", firm_else, {"ids", "readings"}),
    "the value of a figure": ("figure", first("value", "12701"), {"figures", "readings"}),
    "the low end of a figure": ("figure", first("low", "1"), {"readings"}),
    "the rows of a figure": ("figure", first("rows", 99), {"figures", "readings"}),
    "a row of a figure removed": ("figure_row", lambda r, _: r.pop(0), {"figures"}),
    "the amount of a listed row": ("figure_row", first("amount", Decimal("1.0000")), {"figures"}),
    "a reading": ("reading", first("central", 0), {"accounts", "readings"}),
    "the account of a source": ("source", first("loaded", 5), {"accounts"}),
    "a refusal removed": ("rejection", lambda r, _: r.clear(), {"accounts"}),
    "a duplicate removed": ("duplicate", lambda r, _: r.clear(), {"accounts"}),
    "a step of the waterfall": ("waterfall", first("rows", 7), {"accounts"}),
    "an empty cell that must be filled": ("goods", first("shipment_id", None), {"tables"}),
    "a word that is none of the contract": ("verdict", first("verdict", "guilty"), {"tables"}),
    "a row twice": ("goods", lambda r, _: r.append(r[0]), {"tables"}),
}


@pytest.mark.parametrize("deed", sorted(FORGED))
def test_a_forger_who_renews_every_digest_is_found_by_the_rows(made, tmp_path, deed):
    """The tables alone: the checks looked at here read no digest, so none has to be renewed."""
    copy = tmp_path / "copy"
    shutil.copytree(made / "data", copy / "data")
    name, change, checks = FORGED[deed]
    rows = table(copy, name)
    change(rows, copy)
    pq.write_table(TABLES[name].arrow(rows), copy / "data" / f"{name}.parquet")
    report, _ = tables_of(copy)
    assert checks <= set(failing(report)), failing(report)
    assert all(f.where and f.what and f.fix for c in report.checks for f in c.faults)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_cell_of_one_form_is_found_by_the_other(made, data):
    name = data.draw(st.sampled_from(["figure", "shipment", "source", "claim", "goods", "waterfall"]))
    contract = TABLES[name]
    rows = table(made, name)
    at = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.sampled_from(contract.columns))
    old = rows[at][column.name]
    if column.type in ("amount", "total"):
        new: Any = (old or Decimal(0)) + Decimal("0.0001")
    elif column.type in ("int", "score"):
        new = (old or 0) + 1
    elif column.type == "flag":
        new = 1 - (old or 0)
    else:
        new = dt.date(1999, 1, 1) if column.type == "date" else f"{old or ''}x"
    rows[at][column.name] = new
    engine, check = DuckDBEngine(), Check("csv")
    engine.put(name, contract.arrow(rows))
    verify_tables.twins(engine, made / "tables", {name: len(rows)}, check)
    engine.close()
    assert [f.where for f in check.faults] == [f"tables/{name}.csv"]


def test_a_table_gone_or_of_other_columns_is_named(copy):
    (copy / "data" / "goods.parquet").unlink()
    rows = pq.read_table(copy / "data" / "figure.parquet")
    pq.write_table(rows.rename_columns(["id", *rows.column_names[1:]]), copy / "data" / "figure.parquet")
    pq.write_table(pa.table({"x": [1]}), copy / "data" / "party.parquet")
    (copy / "data" / "chain.parquet").write_bytes(b"no parquet")
    found = failing(verify_crate.verify(copy))["tables"]
    assert any("goods.parquet: is missing" in f for f in found)
    assert any("figure.parquet: breaks its contract: column figure_id is missing" in f for f in found)
    assert any("party.parquet" in f for f in found)
    assert any("chain.parquet: cannot be read" in f for f in found)


def beside(folder: Path, case: Case, sources: Path) -> list[str]:
    """The check of the sources alone."""
    engine, check = DuckDBEngine(), Check("sources")
    verify_tables.attach(engine, folder / "data", Check("tables"))
    verify_sources.check_all(engine, case.file, verify_sources.by_digest(sources), check, whole=True)
    engine.close()
    return [f"{f.where}: {f.what}" for f in check.faults]


def test_sources_of_other_bytes_are_named(case, made, tmp_path):
    whole = (case.folder.parent / "sources" / "imports.csv").read_text(encoding="utf-8")
    (tmp_path / "imports.csv").write_text(whole.replace("8000.00", "8000.01"), encoding="utf-8")
    assert "source imports.csv: no file of the folder has its digest" in beside(made, case, tmp_path)


def test_rows_and_sentences_that_do_not_stand_in_the_source_are_named(case, copy):
    sources = case.folder.parent / "sources"
    assert beside(copy, case, sources) == []
    rows, claims = table(copy, "shipment"), table(copy, "claim")
    rows[0]["description"], rows[1]["row"] = "Agricultural sprayer", 77
    claims[0]["char_start"] += 1
    put(copy, "shipment", rows)
    put(copy, "claim", claims)
    found = beside(copy, case, sources)
    assert "imports.csv record 1: its bytes do not hold the description the crate states" in found
    assert "imports.csv record 77: the source has no such record" in found
    assert any(f.startswith(f"claim {claims[0]['id']}: its sentence does not stand in note.txt") for f in found)


def test_a_case_is_verified_in_its_folder(case, tmp_path):
    done = CliRunner().invoke(app, ["verify", str(case.folder), "--json"])
    assert done.exit_code == 0, done.stdout
    said = json.loads(done.stdout)
    assert (said["holds"], said["kind"]) == (True, "case")
    assert said["not_proved"]
    shutil.copytree(case.folder.parent, tmp_path / "all")
    other = tmp_path / "all" / "case"
    path = other / "work" / "findings" / "figure.parquet"
    rows = pq.read_table(path).to_pylist()
    rows[0]["value"] = "1"
    pq.write_table(TABLES["figure"].arrow(rows), path)
    note = tmp_path / "all" / "sources" / "note.txt"
    note.write_text(note.read_text(encoding="utf-8") + "more", encoding="utf-8")
    done = CliRunner().invoke(app, ["verify", str(other), "--json"])
    assert done.exit_code == 4
    faults = {f["where"]: f["what"] for c in json.loads(done.stdout)["checks"] for f in c["faults"]}
    assert faults["source note.txt"] == "the file changed since it was added"
    assert faults["work/findings/figure.parquet"] == "is not the file the run wrote"


def test_options_go_with_what_they_are_for(case, made):
    for arguments in ([str(case.folder), "--sources", "."], [str(made), "--against", str(made)]):
        with pytest.raises(EnduseError) as caught:
            CliRunner().invoke(app, ["verify", *arguments], catch_exceptions=False)
        assert caught.value.exit_code == 2
    with pytest.raises(EnduseError) as caught:
        CliRunner().invoke(app, ["verify", str(case.folder / "work")], catch_exceptions=False)
    assert caught.value.exit_code == 3
