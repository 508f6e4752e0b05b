"""The whole stage on small cases: every record of every file is accounted for. All names and figures are made up."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from enduse import pipeline
from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile, Source
from enduse.engine.duckdb import DuckDBEngine
from enduse.engine.step import Context
from enduse.errors import EnduseError, SourceRefused
from enduse.intake import STAGE, detect
from enduse.intake.account import say, settle

HEAD = [
    "Declaration number",
    "Date",
    "Exporter",
    "Importer",
    "HS code",
    "Goods description",
    "Quantity",
    "Net weight kg",
    "Value",
    "Country of origin",
    "Currency",
]
ROWS = [
    [
        f"KZ77-{i:04d}",
        f"{10 + i}/03/2023",
        "Northwind Aero Co Ltd",
        "Steppe Trading LLP",
        "88062210",
        f"Quadcopter, model NW-{i},\nin box",
        str(i),
        f"{i * 0.75:.2f}",
        f"{i * 812.5:.2f}",
        "China",
        "USD",
    ]
    for i in range(1, 10)
]
RU_HEAD = (
    "Номер декларации;Дата;Отправитель;Получатель;Код ТН ВЭД;Описание товара;Вес нетто, кг;Стоимость;Валюта".split(";")
)
RU_ROWS = [
    [
        f"10702070/1503{i:02d}/0001234",
        "15.03.2023",
        "Нортвинд",
        "ООО Звезда",
        "8806221000",
        "Квадрокоптер",
        "12,5",
        f"1{i}00,25",
        "USD",
    ]
    for i in range(10, 16)
]


class Notes:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def step(self, stage: str, name: str, number: int, of: int) -> None: ...

    def say(self, line: str) -> None:
        self.lines.append(line)


def text_of(head: list[str], rows: list[list[str]], sep: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sep).writerows([head, *rows])
    return out.getvalue()


def source(file: Path, **more: Any) -> Source:
    data = {
        "alias": file.name,
        "path": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "kind": more.get("kind") or detect(file).kind,
    }
    return Source(**{**data, **more})


Run = Callable[..., tuple[DuckDBEngine, Notes]]


@pytest.fixture
def run(tmp_path: Path, duck: DuckDBEngine) -> Run:
    def go(*sources: Source, **settings: Any) -> tuple[DuckDBEngine, Notes]:
        notes = Notes()
        case = CaseFile(source=sources, **settings)
        context = Context(duck, case, tmp_path, tmp_path / "scratch", notes)
        context.scratch.mkdir()
        (tmp_path / "out").mkdir()
        for step in STAGE.steps:
            pipeline.run_step(context, step, tmp_path / "out")
        return duck, notes

    return go


def table(engine: DuckDBEngine, name: str) -> list[dict[str, Any]]:
    order = ", ".join(TABLES[name].sort)
    return engine.fetch(f"SELECT * FROM {name} ORDER BY {order}").to_pylist()


def test_an_empty_case_has_empty_tables(run: Run, tmp_path: Path) -> None:
    run()
    for name in ("source_row", "mapping", "shipment_row", "rejection", "duplicate_row", "list_entry", "document"):
        assert pipeline.rows(tmp_path / "out" / f"{name}.parquet") == 0


def test_every_record_of_every_file_is_accounted_for(run: Run, tmp_path: Path) -> None:
    damaged = [
        *ROWS,
        ROWS[2],
        ROWS[3][:5],
        [*ROWS[4], "surplus", "cells"],
        HEAD,
        [""] * len(HEAD),
        ["X1", "31/31/2023", *ROWS[5][2:6], "many", *ROWS[5][7:]],
    ]
    (tmp_path / "imports.csv").write_text(text_of(HEAD, damaged), encoding="utf-8")
    (tmp_path / "russian.csv").write_bytes(text_of(RU_HEAD, RU_ROWS, ";").encode("cp1251"))
    (tmp_path / "again.csv").write_text(text_of(HEAD, ROWS[:2]), encoding="utf-8-sig")
    (tmp_path / "list.csv").write_text(
        "name,aliases,program\nZarya Plant,ZP;Zavod Zarya,TEST\n,,TEST\n", encoding="utf-8"
    )
    (tmp_path / "note.txt").write_text("Drones were delivered in March. It was denied.\n", encoding="utf-8")
    engine, notes = run(
        *(source(tmp_path / n) for n in ("imports.csv", "russian.csv", "again.csv", "list.csv", "note.txt"))
    )
    account = {r["source"]: r for r in table(engine, "source_row")}
    counts = {n: (r["records_read"], r["loaded"], r["rejected"], r["duplicates"]) for n, r in account.items()}
    assert counts == {
        "imports.csv": (15, 10, 4, 1),
        "russian.csv": (6, 6, 0, 0),
        "again.csv": (2, 0, 0, 2),
        "list.csv": (2, 1, 1, 0),
        "note.txt": (1, 1, 0, 0),
    }
    assert account["russian.csv"]["value_read"] == sum(Decimal(f"1{i}00.25") for i in range(10, 16))
    assert (account["imports.csv"]["first_date"], account["imports.csv"]["last_date"]) == ("2023-03-11", "2023-03-19")
    assert account["list.csv"]["value_read"] is None
    rows = {r["shipment_id"]: r for r in table(engine, "shipment_row")}
    assert len(rows) == 19
    repeats = {
        (r["source"], r["row"]): (rows[r["of_shipment_id"]]["row"], r["reason"]) for r in table(engine, "duplicate_row")
    }
    assert repeats == {
        ("imports.csv", 10): (3, "exact"),
        ("again.csv", 1): (1, "batch"),
        ("again.csv", 2): (2, "batch"),
    }
    third = next(r for r in rows.values() if r["source"] == "imports.csv" and r["row"] == 3)
    assert third["shipment_id"] == f"{account['imports.csv']['sha256'][:12]}-3"
    assert (third["date"], third["value"], third["origin_country"], third["description"]) == (
        dt.date(2023, 3, 13),
        Decimal("2437.5000"),
        "CN",
        "Quadcopter, model NW-3,\nin box",
    )
    refused = {(r["source"], r["row"]): r["reason"] for r in table(engine, "rejection")}
    assert {k: v for k, v in refused.items() if k[0] == "imports.csv"} == {
        ("imports.csv", 11): "too_few_cells", ("imports.csv", 12): "too_many_cells", ("imports.csv", 13): "repeated_header", ("imports.csv", 14): "blank",
    }  # fmt: skip
    assert {r["name"] for r in table(engine, "list_entry")} == {"Zarya Plant", "ZP", "Zavod Zarya"}
    assert [r["content"] for r in table(engine, "document")] == ["Drones were delivered in March. It was denied.\n"]
    assert {r["source"] for r in table(engine, "mapping")} == {"imports.csv", "russian.csv", "again.csv"}
    assert any(
        line.startswith("imports.csv: 15 records read, 10 loaded, 1 duplicates, 4 rejected (") for line in notes.lines
    )


def test_a_changed_file_stops_the_run(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "imports.csv"
    path.write_text(text_of(HEAD, ROWS))
    added = source(path, alias="Source A", sealed=True)
    path.write_text(text_of(HEAD, ROWS[:-1]))
    with pytest.raises(SourceRefused, match="Source A: the file changed since it was added") as caught:
        run(added)
    assert "imports.csv" not in str(caught.value)  # sealed or not, the alias is the name
    path.unlink()
    shutil.rmtree(tmp_path / "scratch")  # the digest is taken beside the reading, so scratch files of the try are there
    (tmp_path / "out").rmdir()
    with pytest.raises(SourceRefused, match="Source A"):
        run(added)


def test_a_mapping_file_overrides_the_proposal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "imports.csv"
    path.write_text(text_of(HEAD, ROWS))
    (tmp_path / "mine.toml").write_text(
        '[[column]]\ncolumn = "Exporter"\nrole = "manufacturer"\n[[column]]\ncolumn = "Value"\nrole = "value"\nreader = "decimal point; KZT"\n'
    )
    engine, _ = run(source(path, mapping="mine.toml"))
    first = table(engine, "shipment_row")[0]
    assert (first["manufacturer"], first["exporter_name"], first["currency"], first["value"]) == (
        "Northwind Aero Co Ltd",
        None,
        "KZT",
        Decimal("812.5000"),
    )
    roles = {r["column"]: r["role"] for r in table(engine, "mapping")}
    assert roles == dict.fromkeys(HEAD, "ignore") | {"Exporter": "manufacturer", "Value": "value"}


def test_an_unsure_column_stays_unmapped_and_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "imports.csv"
    path.write_text(text_of(HEAD, ROWS))
    proposed = {r.column: r.confidence for r in __import__("enduse.intake", fromlist=["map_file"]).map_file(path)}
    limit = sorted(proposed.values())[len(proposed) // 2]
    engine, _ = run(source(path), settings={"intake": {"mapping_threshold": limit}})
    for row in table(engine, "mapping"):
        assert (row["role"] == "ignore") or row["confidence"] >= limit
        if proposed[row["column"]] < limit:
            assert row["role"] == "ignore"
            assert row["reason"]


def test_sheets_of_one_workbook_have_ids_of_their_own(run: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for number, title in enumerate(("first", "second")):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = title
        for line in (HEAD, *ROWS[number * 4 : number * 4 + 4]):
            sheet.append(line)
    path = tmp_path / "book.xlsx"
    book.save(path)
    found = detect(path)
    assert found.sheets == ("first", "second")
    engine, _ = run(*(source(path, alias=f"book.xlsx#{s}", sheet=s, kind="customs") for s in found.sheets))
    ids = [r["shipment_id"] for r in table(engine, "shipment_row")]
    assert len(ids) == len(set(ids)) == 8
    assert [r["loaded"] for r in table(engine, "source_row")] == [4, 4]


def test_an_account_that_does_not_close_is_an_error() -> None:
    good = {
        "source": "a",
        "kind": "customs",
        "records_read": 3,
        "loaded": 1,
        "rejected": 1,
        "duplicates": 1,
        "format": "csv",
    }
    good |= {
        "value_read": Decimal(3),
        "value_loaded": Decimal(1),
        "value_rejected": Decimal(1),
        "value_duplicates": Decimal(1),
        "value_unreadable": 0,
    }
    assert settle(good)["value_read"] == Decimal("3.0000")
    for wrong in ({"records_read": 4}, {"value_read": Decimal(4)}):
        with pytest.raises(EnduseError, match="fault of enduse"):
            settle({**good, **wrong})
    assert say(good, {"blank": 1}) == "a: 3 records read, 1 loaded, 1 duplicates, 1 rejected (blank 1)"


@pytest.mark.shared
def test_real_declarations_are_accounted_for(run: Run, shared: Path) -> None:
    trade = shared / "data" / "trade"
    paths = [
        *sorted((trade / "vendor_samples").glob("*_full.csv"))[::9],
        trade / "vendor_samples" / "kazakhstan_import_short.csv",
        trade / "pk_goods_declarations_hs8513" / "pk_goods_declarations.csv",
    ]
    engine, _ = run(*(source(p, path=str(p)) for p in paths))
    account = {r["source"]: r for r in table(engine, "source_row")}
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            records = sum(1 for r in csv.reader(stream) if r) - 1
        line = account[path.name]
        assert line["records_read"] == records == line["loaded"] + line["rejected"] + line["duplicates"], path.name
        assert line["value_read"] == line["value_loaded"] + line["value_rejected"] + line["value_duplicates"]
