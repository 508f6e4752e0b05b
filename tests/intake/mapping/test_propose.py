"""Header words and values together give every column its role, and say why."""

from __future__ import annotations

import pytest

from enduse.contracts import ROLES
from enduse.intake import mapping
from layouts import LAYOUTS


def roles(columns, rows=(), name=""):
    return {r.column: (r.role if r.confidence >= 0.5 else "ignore") for r in mapping.propose(columns, rows, name=name)}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headers_of_a_language_are_understood(layout):
    name, spec = LAYOUTS[layout]
    wanted = dict(pair.rsplit("=", 1) for pair in spec.split(";"))
    got = roles(list(wanted), name=name)
    assert {c: r for c, r in got.items() if r != wanted[c]} == {}


def test_no_role_is_given_twice_and_every_column_has_a_reason():
    columns = [
        "NET WEIGHT",
        "NET WEIGHT 2",
        "Net weight kg",
        "Quantity",
        "QTY",
        "HS CODE",
        "HS CODE",
        "unknown thing",
        "",
        "Date",
    ]
    found = mapping.propose(columns, [["1"] * len(columns)] * 5)
    given = [r.role for r in found if r.role != "ignore"]
    assert len(given) == len(set(given))
    assert all(r.reason for r in found)
    assert [r.position for r in found] == list(range(1, 11))
    assert {r.role for r in found} <= set(ROLES)
    assert all(0 <= r.confidence <= 1 for r in found)


def test_the_original_name_is_the_role_and_the_english_one_says_so():
    rows = [["ООО РОМАШКА", "OOO ROMASHKA", "ACME LTD"]] * 4
    found = mapping.propose(["IMPORTER_NAME", "IMPORTER_NAME_EN", "SUPPLIER_NAME"], rows)
    assert [r.role for r in found] == ["importer_name", "ignore", "exporter_name"]
    assert "IMPORTER_NAME" in found[1].reason


def test_a_nearly_empty_original_gives_way_to_the_filled_translation():
    rows = [["NULL", f"FIRM {i} LTD"] for i in range(30)]
    assert roles(["IMPORTER_NAME", "IMPORTER_NAME_EN"], rows) == {
        "IMPORTER_NAME": "ignore",
        "IMPORTER_NAME_EN": "importer_name",
    }


def test_the_four_countries_are_never_mixed():
    columns = [
        "COUNTRY_OF_ORIGIN",
        "DISPATCH_COUNTRY",
        "TRADING_COUNTRY",
        "DESTINATION_COUNTRY",
        "SUPPLIER_COUNTRY",
        "TRANSPORT_COMPANY_COUNTRY",
        "VESSEL_COUNTRY_NAME",
    ]
    got = roles(columns, [["CHINA", "TURKEY", "UAE", "RUSSIA", "HONG KONG", "PANAMA", "MALTA"]] * 5)
    assert list(got.values()) == [
        "origin_country",
        "departure_country",
        "trading_country",
        "destination_country",
        "exporter_country",
        "ignore",
        "ignore",
    ]


def test_a_lone_country_column_needs_a_side():
    rows = [["CHINA"], ["INDIA"], ["TURKEY"]]
    assert roles(["COUNTRY"], rows) == {"COUNTRY": "ignore"}
    assert roles(["COUNTRY"], rows, "imports_2022.csv") == {"COUNTRY": "origin_country"}
    assert roles(["COUNTRY"], rows, "exports_2022.csv") == {"COUNTRY": "destination_country"}


def test_taxes_rates_freight_brokers_and_keys_have_no_role():
    columns = [
        "CUSTOMS_DUTY", "VAT_USD", "EXCHANGE_RATE_USD", "FREIGHT_USD", "INSURANCE_VALUE", "CUSTOMS_BROKER_NAME", "DECLARANT_ADDRESS", "NOTIFY_PARTY_NAME",
        "BANK_NAME", "RECORD_ID", "BUYER_UUID", "IMPORTER_PHONE", "IMPORTER_CITY", "INVOICE_NUMBER", "QUANTITY_OF_PACKAGES", "NET_WEIGHT_UNIT", "CONTAINER_SIZE",
    ]  # fmt: skip
    assert set(roles(columns).values()) == {"ignore"}


def test_values_overrule_a_header_that_promises_something_else():
    rows = [[f"{i}.25", "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "GLUE"] for i in range(10)]
    got = roles(["CURRENCY", "DECLARATION_ID", "NET_WEIGHT"], rows)
    assert set(got.values()) == {"ignore"}


def test_total_value_unit_price_and_foreign_value_are_told_apart():
    columns = [
        "UNIT_PRICE_USD",
        "TOTAL_VALUE_USD",
        "INVOICE_VALUE_FC",
        "INVOICE_CURRENCY",
        "CUSTOMS_VALUE_KZT",
        "STATISTICAL_VALUE_IN_1000_USD",
    ]
    rows = [["1.5", "150.25", "140.1", "EUR", "70000.1", "0.15"]] * 6
    found = {r.column: r for r in mapping.propose(columns, rows)}
    assert [found[c].role for c in columns] == ["unit_price", "value_usd", "value", "currency", "ignore", "ignore"]


def test_currency_basis_and_scale_of_a_header_are_recorded():
    found = {
        r.role: r.reader
        for r in mapping.propose(["FOB_VALUE_KZT", "CIF_VALUE_USD", "Вес нетто, тонн"], [["10", "1.5", "2"]] * 3)
    }
    assert found["value"] == "decimal point; KZT; FOB"
    assert found["value_usd"] == "decimal point; USD; CIF"
    assert found["net_kg"] == "decimal point; tonnes"


def test_tariff_text_describes_goods_only_where_nothing_else_does():
    rows = [["8806", "UNMANNED AIRCRAFT", "DRONE MAVIC 3 WITH CAMERA AND CHARGER"]] * 4
    assert roles(["HS_CODE", "HS_CODE_DESCRIPTION", "PRODUCT_DESCRIPTION"], rows)["HS_CODE_DESCRIPTION"] == "ignore"
    assert roles(["HS_CODE", "HS_CODE_DESCRIPTION"], [r[:2] for r in rows])["HS_CODE_DESCRIPTION"] == "description"


def test_box_numbers_count_only_in_a_numbered_file():
    assert roles(["33", "34", "note"]) == {"33": "ignore", "34": "ignore", "note": "ignore"}
    assert roles(["G33", "G34", "G31_1", "G42", "G38", "G091"]) == {
        "G33": "hs_code", "G34": "origin_country", "G31_1": "description", "G42": "value", "G38": "net_kg", "G091": "ignore",
    }  # fmt: skip


def test_values_alone_give_what_they_can_show():
    rows = [[f"2023-01-{i:02}", "MSKU1234565", "USD"] for i in range(1, 20)]
    got = mapping.propose(["c1", "c2", "c3"], rows)
    assert [r.role for r in got] == ["date", "container", "currency"]
    assert all(r.confidence <= 0.75 for r in got)


def test_a_wide_file_takes_no_time():
    import time

    columns = [f"FIELD {i}" for i in range(400)] + ["HS CODE"]
    start = time.process_time()
    assert roles(columns)["HS CODE"] == "hs_code"
    assert time.process_time() - start < 10
