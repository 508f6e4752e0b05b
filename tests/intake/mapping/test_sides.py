"""A side is stated or it is unknown."""

from __future__ import annotations

import pytest

from enduse.intake import mapping


def side(name, columns, rows=()):
    return mapping.side(name, columns, rows, mapping.propose(columns, rows, name=name))


@pytest.mark.parametrize(
    ("name", "direction", "country"),
    [
        ("russia_import.csv", "import", "RU"),
        ("imports_2022.csv.gz", "import", None),
        ("data/kz_export_2023.xlsx", "export", "KZ"),
        ("costarica_export.csv", "export", "CR"),
        ("south africa imports.csv", "import", "ZA"),
        ("records.csv", None, None),
        ("in_out.csv", None, None),
        ("импорт Казахстан 2023.csv", "import", "KZ"),
    ],
)
def test_the_name_of_a_file_speaks(name, direction, country):
    found = side(name, ["HS CODE", "QTY"])
    assert (found.direction, found.country) == (direction, country)
    assert bool(found.reason) == (direction is not None or country is not None)


@pytest.mark.parametrize(
    ("columns", "direction"),
    [
        (["IMP_DATE", "BUYER_NAME", "SUPPLIER_NAME"], "import"),
        (["EXP_DATE", "BUYER_NAME", "EXPORTER_NAME"], "export"),
        (["IMPORTER_NTN", "SUPPLIER"], "import"),
        (["CONSIGNEE", "SHIPPER"], None),
        (["IMPORTER", "EXPORTER"], None),
        (["IMPORTER TIN", "EXPORTER TIN"], None),
    ],
)
def test_headers_speak(columns, direction):
    assert side("x.csv", columns).direction == direction


def test_a_column_of_directions_decides_over_the_name():
    assert side("imports.csv", ["Направление"], [["ЭК"], ["ЭК"]]).direction == "export"
    assert side("imports.csv", ["Направление"], [["ЭК"], ["ИМ"]]).direction is None


def test_a_currency_that_one_country_uses_names_the_country():
    assert side("x.csv", ["CUSTOMS VALUE KZT", "HS CODE"]).country == "KZ"
    assert side("x.csv", ["VALUE USD", "HS CODE"]).country is None
