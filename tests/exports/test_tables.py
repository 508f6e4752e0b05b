"""CSV and Parquet: exact, sorted, described, and a guarded form for spreadsheet programs."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.contracts import TABLES
from enduse.exports import bib, guard, ordered, package, tables


def read(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding=encoding, newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def exact(exported_case, tmp_path_factory):
    out = tmp_path_factory.mktemp("csv") / "new" / "folder"
    made = tables.csv(exported_case, out)
    assert sorted(made) == sorted(out.iterdir())
    return out


def test_csv_cells_are_the_tables_cells(exported_case, exact):
    want = exported_case.table("shipment").to_pylist()
    got = read(exact / "shipment.csv")
    assert [r["description"] for r in got] == [r["description"] for r in want]
    assert [(r["source"], int(r["row"])) for r in got] == [(r["source"], r["row"]) for r in want]
    assert got[0]["value"] == "1600.5"
    assert any(r["description"].startswith("=HYPERLINK") for r in got)  # exact: nothing is guarded here


def test_parquet_has_the_contract_types_and_the_same_rows(exported_case, tmp_path):
    import pyarrow.parquet as pq

    tables.parquet(exported_case, tmp_path / "p")
    with exported_case.open() as engine:  # once for all tables: opening costs more than reading them
        for table in tables.EXPORTED:
            order = ", ".join(f'"{k}"' for k in table.sort)
            stored = engine.fetch(f"SELECT {table.select} FROM {table.name} ORDER BY {order}").cast(table.schema)
            assert pq.read_table(tmp_path / "p" / f"{table.name}.parquet").cast(table.schema).equals(stored), table.name
    assert {"datapackage.json", "documents.bib"} < {p.name for p in (tmp_path / "p").iterdir()}


def test_exports_are_the_same_bytes_twice(exported_case, exact, tmp_path):
    tables.csv(exported_case, tmp_path / "again")
    assert {p.name: p.read_bytes() for p in exact.iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()
    }


@pytest.mark.parametrize("stretch", [1, 7, 1000])
def test_shipments_without_sorting_are_the_sorted_ones(exported_case, exact, tmp_path, monkeypatch, stretch):
    monkeypatch.setattr(ordered, "SMALL", 0)
    monkeypatch.setattr(ordered, "STRETCH", stretch)
    with exported_case.open() as engine:
        keys = tmp_path / "keys.parquet"
        assert ordered.shipments(engine, keys) is not None
        tables._csv(engine, TABLES["shipment"], tmp_path / "shipment.csv", tables._text)
        assert not (tmp_path / ".parties.parquet").exists()
    assert (tmp_path / "shipment.csv").read_bytes() == (exact / "shipment.csv").read_bytes()


def test_shipments_stored_in_another_order_are_sorted(exported_case, exact, tmp_path, monkeypatch):
    monkeypatch.setattr(ordered, "SMALL", 0)
    with exported_case.open() as engine:
        engine.make("turned", "SELECT * FROM shipment_row ORDER BY source, row DESC")
        engine.view("shipment_row", "SELECT * FROM turned")
        assert ordered.shipments(engine, tmp_path / "keys.parquet") is None
        tables._csv(engine, TABLES["shipment"], tmp_path / "shipment.csv", tables._text)
    assert (tmp_path / "shipment.csv").read_bytes() == (exact / "shipment.csv").read_bytes()


def test_no_output_names_the_sealed_file(exported_case, exact):
    for path in exact.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "secret-imports" not in text, path.name
        assert str(exported_case.folder.parent) not in text, path.name


# ---- the guarded form -----------------------------------------------------------------------------------------------


def test_guarded_tables_have_no_cell_a_spreadsheet_would_compute(exported_case, exact, tmp_path):
    tables.spreadsheet_csv(exported_case, tmp_path / "s")
    for table in tables.EXPORTED:
        path = tmp_path / "s" / f"{table.name}.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), table.name
        numbers = {c.name for c in table.columns if c.type not in guard.GUARDED}
        for row in read(path, "utf-8-sig"):
            for name, text in row.items():
                if name not in numbers:
                    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", text), (table.name, name, text)
                    assert not re.search(r"[;\t\r\n] *[=+\-@]", text), (table.name, name, text)
    safe, plain = read(tmp_path / "s" / "shipment.csv", "utf-8-sig"), read(exact / "shipment.csv")
    assert [{k: v for k, v in r.items() if k != "description"} for r in safe] == [
        {k: v for k, v in r.items() if k != "description"} for r in plain
    ]
    assert [r["description"].replace("'", "") for r in safe] == [r["description"].replace("'", "") for r in plain]


@given(st.text(st.sampled_from("=+-@\t\r\n;' a1＝"), max_size=12))
def test_guarded_text_is_never_a_formula_and_loses_nothing(text):
    item = guard.cell(TABLES["shipment"].columns[0], "unused", first=False)
    base = duckdb.connect()
    base.execute("CREATE TABLE t (shipment_id VARCHAR)")
    base.execute("INSERT INTO t VALUES (?)", [text])
    found = base.execute(f"SELECT {item} FROM t").fetchone()[0]
    assert found.replace("'", "") == text.replace("'", "")
    assert not re.match(r"[ ]*[=+\-@＝]|[\t\r\n]", found)
    assert not re.search(r"[;\t\r\n] *[=+\-@＝]", found)
    assert guard.guarded_text(text) == found  # the same in Python


# ---- what the tables mean -------------------------------------------------------------------------------------------


def test_every_pointer_leads_to_a_column_there_is():
    for name, pointers in package.POINTERS.items():
        for column, other, key in pointers:
            assert column in TABLES[name].names
            assert key in TABLES[other].names
            assert TABLES[name].exported
            assert TABLES[other].exported


@pytest.mark.filterwarnings("ignore")  # of the library's own dependencies
def test_frictionless_finds_every_table_valid(exact):
    frictionless = pytest.importorskip(
        "frictionless", reason="the independent reader of table schemas is not installed"
    )
    report = frictionless.Package(str(exact / "datapackage.json")).validate()
    errors = [(t.name, e.type, e.message) for t in report.tasks for e in t.errors]
    assert not errors
    assert len(report.tasks) == len(tables.EXPORTED)


def test_the_descriptor_says_what_the_contract_says(exact):
    found = json.loads((exact / "datapackage.json").read_text(encoding="utf-8"))
    by_name = {r["name"]: r for r in found["resources"]}
    shipment = by_name["shipment"]["schema"]
    assert shipment["primaryKey"] == ["shipment_id"]
    assert {"fields": ["exporter_party"], "reference": {"resource": "party", "fields": ["party_id"]}} in shipment[
        "foreignKeys"
    ]
    assert [f["name"] for f in shipment["fields"]] == list(TABLES["shipment"].names)
    assert found["title"] == "Drones & <parts>"


def test_documents_as_bibtex(exact):
    text = (exact / "documents.bib").read_text(encoding="utf-8")
    assert text.count("@misc{") == 1
    assert "title = {{Drone sales rise}}" in text
    assert "file note.txt of the case" in text


@given(st.text(max_size=60))
def test_bibtex_text_keeps_its_braces_in_balance_and_its_letters(text):
    made = bib.escaped(text)
    plain = re.sub(r"\\[{}]", "", made)
    assert plain.count("{") == plain.count("}")
    assert not re.search(r"(?<!\\)[&%$#_]", made)
    assert [c for c in text if c.isalpha() and c.isascii() is False] == [
        c for c in made if c.isalpha() and c.isascii() is False
    ]


def test_a_title_in_cyrillic_with_tex_signs():
    from enduse.contracts.case_file import CaseFile

    made = bib.entry(
        {
            "source": "a_b.txt",
            "sha256": "ab" * 32,
            "opening": "\ufeff\nПоставки 50% & {дроны}\nтекст",
            "ref_date": None,
            "outlet": "Wire & Co",
        },
        CaseFile(),
    )
    assert r"title = {{Поставки 50\% \& \{дроны\}}}" in made
    assert r"howpublished = {Wire \& Co}" in made
    assert "year" not in made
