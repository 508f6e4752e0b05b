"""Cells become values, nothing is dropped, and what cannot be read is named."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from enduse.contracts import TABLES
from enduse.engine.dialect import faults
from enduse.errors import CaseError, SourceRefused
from enduse.intake import mapping, typing_rows

RUSSIAN = ["Дата регистрации", "Направление", "Код ТН ВЭД", "Страна происхождения", "Единица измерения", "Получатель", "Валюта", "Фактурная стоимость", "Вес нетто, тонн", "Описание товара"]  # fmt: skip
ROWS = [
    [
        "13.02.2023 10:15",
        "ИМ",
        "8806.22.00 00",
        "КИТАЙ",
        "796",
        "7707083893 773601001 ООО ВЕТЕР",
        "USD",
        "1.234,50",
        "12,5",
        "КВАДРОКОПТЕР",
    ],
    ["14.02.2023", "ЭК", "101210000", "NA", "шт", "ООО РОМАШКА", "руб.", "1 000,25", "0,001", "ЛОШАДЬ"],
    ["99.99.2023", "?", "zz", "Нарния", "мешкотара", "ПАО", "QQQ", "abc", "7.5", "-"],
    ["-", "", "NULL", "-", "N/A", "", "", "", "", ""],
]


def test_a_russian_file_from_cells_to_contract(typing):
    # Three records are too few to weigh values against headers, so the roles come from the headers alone.
    first, second, third = typing(RUSSIAN, ROWS, name="ru_import.csv", roles=mapping.propose(RUSSIAN, []))
    assert first["shipment_id"] == "0123456789ab-1"
    assert (first["date"], first["date_precision"], first["hs_revision"]) == (dt.date(2023, 2, 13), "day", "H6")
    assert (first["direction"], second["direction"], third["direction"]) == ("import", "export", None)
    assert (first["hs_code"], second["hs_code"]) == ("8806220000", "0101210000")
    assert (first["origin_country"], second["origin_country"]) == ("CN", "NA")
    assert (first["unit"], second["unit"], third["unit"]) == ("C62", "C62", "мешкотара")
    assert (first["importer_name"], first["importer_id"]) == ("ООО ВЕТЕР", "7707083893")
    assert (first["value"], first["currency"], first["value_usd"], first["usd_basis"]) == (
        Decimal("1234.5"),
        "USD",
        Decimal("1234.5"),
        "declared",
    )
    assert (second["value"], second["currency"], second["value_usd"], second["usd_basis"]) == (
        Decimal("1000.25"),
        "RUB",
        None,
        None,
    )
    assert (first["net_kg"], second["net_kg"], third["net_kg"]) == (Decimal(12500), Decimal(1), Decimal(7500))
    assert (first["value_text"], second["net_kg_text"]) == ("1.234,50", "0,001")
    assert set(third["unread"].split(";")) == {"date", "direction", "hs_code", "origin_country", "currency", "value"}
    assert first["unread"] is None


def test_records_are_kept_or_rejected_never_lost(typing):
    rows = typing(RUSSIAN, ROWS)
    refused = typing.rejected()
    assert len(rows) + len(refused) == len(ROWS)
    assert [(r["row"], r["reason"]) for r in refused] == [(4, "nothing_mapped")]
    assert set(typing_rows.REASONS) >= {r["reason"] for r in refused}
    assert [r["row"] for r in rows] == [1, 2, 3]


def test_tables_have_the_types_of_their_contract(typing):
    typing(RUSSIAN, ROWS)
    contract = TABLES["shipment_row"].schema
    assert typing.table.schema.names == contract.names
    assert typing.table.schema.types == contract.types
    assert typing.typed.mapping.schema == TABLES["mapping"].schema
    rejected = pq.read_schema(typing.typed.rejected)
    assert rejected.types == TABLES["rejection"].schema.types


def test_a_currency_in_the_header_wins_over_the_currency_column(typing):
    rows = typing(["CUSTOMS_VALUE_KZT", "FOREIGN_CURRENCY", "HS_CODE"], [["1000", "USD", "880622"]] * 3)
    assert {(r["value"], r["currency"], r["value_usd"], r["value_basis"]) for r in rows} == {
        (Decimal(1000), "KZT", None, "customs")
    }


def test_a_dollar_column_alone_is_value_and_value_usd(typing):
    row = typing(["FOB_VALUE_USD", "HS_CODE"], [["$1,200.50", "880622"]] * 3)[0]
    assert (row["value"], row["currency"], row["value_usd"], row["usd_basis"], row["value_basis"]) == (
        Decimal("1200.5"),
        "USD",
        Decimal("1200.5"),
        "declared",
        "FOB",
    )


def test_no_currency_no_dollars(typing):
    row = typing(["TOTAL VALUE", "HS CODE"], [["5.5", "880622"]] * 3)[0]
    assert (row["value"], row["currency"], row["value_usd"], row["usd_basis"]) == (Decimal("5.5"), None, None, None)


def test_month_first_is_seen_in_the_whole_column(typing):
    rows = typing(["Date", "HS CODE"], [["03/04/2023", "8806"]] * 20 + [["03/25/2023", "8806"]])
    assert rows[0]["date"] == dt.date(2023, 3, 4)
    assert any("month first" in (m["reason"] or "") for m in typing.typed.mapping.to_pylist())


def test_weights_follow_the_column_that_states_their_unit(typing):
    rows = typing(
        ["GROSS WEIGHT", "WEIGHT UNIT", "HS CODE"],
        [["100", "LBS", "8806"], ["100", "Kilograms", "8806"], ["2", "TNE", "8806"], ["3", "?", "8806"]],
    )
    assert [r["gross_kg"] for r in rows] == [Decimal("45.3592"), Decimal(100), Decimal(2000), Decimal(3)]


@pytest.mark.parametrize(
    ("name", "destination", "departure"),
    [("kz_import.csv", "KZ", None), ("kz_export.csv", None, "KZ"), ("x.csv", None, None)],
)
def test_the_files_own_country_stands_in_for_a_missing_column(typing, name, destination, departure):
    row = typing(["HS CODE", "QTY"], [["8806", "1"]], name=name)[0]
    assert (row["destination_country"], row["departure_country"]) == (destination, departure)


def test_a_destination_column_is_not_filled_up(typing):
    rows = typing(["HS CODE", "Destination country"], [["8806", "RU"], ["8806", ""]], name="kz_import.csv")
    assert [r["destination_country"] for r in rows] == ["RU", None]


def test_a_file_without_any_role_is_refused_with_what_to_do(typing):
    with pytest.raises(SourceRefused) as caught:
        typing(["aaa", "bbb"], [["x", "y"]], name="odd.csv")
    assert "odd.csv" in str(caught.value)
    assert "enduse map FILE" in str(caught.value)


def test_a_mapping_file_is_obeyed(typing, tmp_path):
    path = tmp_path / "m.toml"
    path.write_text(
        '[[column]]\ncolumn = "b"\nrole = "net_kg"\nreader = "decimal comma; grams"\n[[column]]\ncolumn = "a"\nrole = "date"\nreader = "date mdy"\n',
        encoding="utf-8",
    )
    row = typing(["a", "b", "c"], [["03/04/2023", "1.500", "z"]], roles=mapping.load(path))[0]
    assert (row["date"], row["net_kg"]) == (dt.date(2023, 3, 4), Decimal("1.5"))
    assert [m["role"] for m in typing.typed.mapping.to_pylist()] == ["date", "net_kg", "ignore"]


def test_a_mapping_file_for_another_file_is_refused(typing, tmp_path):
    path = tmp_path / "m.toml"
    path.write_text('[[column]]\ncolumn = "Menge"\nrole = "quantity"\n', encoding="utf-8")
    with pytest.raises(CaseError, match="'Menge', which the file does not have"):
        typing(["a"], [["1"]], roles=mapping.load(path))


def test_an_unsure_column_stays_unmapped_and_is_named(typing):
    roles = [
        mapping.ColumnRole(1, "a", "quantity", 0.4, "decimal point", "a guess"),
        mapping.ColumnRole(2, "b", "hs_code", 0.9, "text", ""),
    ]
    row = typing(["a", "b"], [["5", "8806"]], roles=roles)[0]
    assert row["quantity"] is None
    assert "not sure enough to be quantity" in typing.typed.mapping.to_pylist()[0]["reason"]


def test_every_statement_is_portable(typing, monkeypatch):
    from enduse.engine import duckdb
    from enduse.intake.typing_lookups import Lookups

    monkeypatch.setattr(Lookups, "small", property(lambda _: False))
    seen = []
    plain = duckdb.render
    monkeypatch.setattr(
        duckdb, "render", lambda sql, dialect, params=None: (seen.append(sql), plain(sql, dialect, params))[1]
    )
    typing(RUSSIAN, ROWS, name="ru_import.csv")
    typing(["GROSS WEIGHT", "WEIGHT UNIT", "HS CODE"], [["1.000", "LBS", "8806"]])
    assert len(seen) > 10
    assert {f for sql in seen for f in faults(sql)} == set()


def test_quotes_in_alias_and_words_do_no_harm(typing):
    rows = typing(["HS CODE", "Description"], [["8806", "O'Neill's \"drone\""]], name="o'neill; import.csv")
    assert rows[0]["source"] == "o'neill; import.csv"
    assert rows[0]["description"] == "O'Neill's \"drone\""


@pytest.mark.spark
def test_both_engines_give_the_same_rows(typing, tmp_path):
    import shutil

    if shutil.which("java") is None:
        pytest.skip("no Java on this machine, so no Spark")
    from enduse.engine.spark import SparkEngine

    roles = mapping.propose(RUSSIAN, [])
    here = typing(RUSSIAN, ROWS, name="ru_import.csv", roles=roles)
    spark = SparkEngine(tmp_path / "spark")
    try:
        there = type(typing)(spark, tmp_path)(RUSSIAN, ROWS, name="ru_import.csv", roles=roles)
    finally:
        spark.close()
    assert sorted(there, key=lambda r: r["row"]) == here


@pytest.mark.parametrize(
    ("name", "currency"),
    [("pk_goods.csv", "PKR"), ("lk_import.csv", "LKR"), ("ru_import.csv", None), ("goods.csv", None)],
)
def test_rupees_are_those_of_the_files_country_and_never_dollars(typing, name, currency):
    columns = ["HS CODE", "QTY", "ASSD UNIT PRICE", "ASSD CURR", "ASSESSED IMPORT VALUE RS"]
    row = typing(columns, [["851310", "10", "2", "USD", "5600"]], name=name)[0]
    assert (row["value"], row["currency"], row["value_usd"]) == (Decimal(5600), currency, None)


def test_small_and_large_files_are_typed_alike(typing, monkeypatch):
    """The sample of a small file stands for DISTINCT queries: with the short cut closed, the rows are the same."""
    from enduse.intake.typing_lookups import Lookups

    columns = ["HS CODE", "IMPORTER NAME", "ORIGIN COUNTRY", "QTY", "Description"]
    given = [
        ["8806", "n/a", "NA", "1.5", "-"],
        ["", "NULL", "", "-", "N/A"],
        ["n/a", "", "n/a", "", ""],
        ["-", "A", "", "x", "NA"],
    ]
    short = typing(columns, given)
    monkeypatch.setattr(Lookups, "small", property(lambda _: False))
    assert typing(columns, given) == short
    assert [r["row"] for r in short] == [1, 4]
    assert (short[0]["importer_name"], short[0]["origin_country"], short[1]["importer_name"]) == (None, "NA", "A")
