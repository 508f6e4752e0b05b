"""Headers in the language of their row, in Latin letters, cut short, misspelled, or with a remark."""

from __future__ import annotations

import pytest

from enduse.intake import mapping
from enduse.intake.mapping.tongue import guess, sounds, tongue_of


def roles(columns, name=""):
    return {r.column: r.role for r in mapping.propose(columns, [], name=name)}


@pytest.mark.parametrize(
    ("columns", "first", "latin"),
    [
        (["Дата", "Отправитель", "Вес нетто"], "ru", False),
        (["Дата", "Відправник", "Країна походження"], "uk", False),
        (["Fecha", "Exportador", "País de origen"], "es", False),
        (["Ngày", "Người xuất khẩu", "Mã HS"], "vi", False),
        (["Date", "Exporter", "Net weight"], "en", False),
        (["data", "otpravitel", "strana_proishozhdeniya", "poluchatel"], "ru", True),
    ],
)
def test_a_row_of_headers_has_a_language(columns, first, latin):
    tongue = tongue_of(columns)
    assert (tongue.languages[0], tongue.latin) == (first, latin)


def test_every_spelling_of_a_cyrillic_word_sounds_alike():
    assert len({sounds(w) for w in ("происхождения", "proishozhdeniya", "proiskhozhdeniia", "proiskhozhdeniya")}) == 1


@pytest.mark.parametrize(
    ("word", "languages", "meaning"),
    [
        ("descript", ("en",), ("DESC",)),  # a beginning
        ("cnsgnr", ("en",), ("EXPORTER",)),  # consonants
        ("quantiy", ("en",), ("QTY",)),  # a slip
        ("xylophone", ("en",), None),
        ("co", ("en",), None),
    ],
)
def test_an_unknown_word_means_what_alone_fits(word, languages, meaning):
    assert guess(word, languages) == meaning


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        (["Вес н.", "Вес бр.", "Нетто цена", "Дата"], {"Вес н.": "net_kg", "Вес бр.": "gross_kg"}),
        (["Seller (as on invoice)", "Buyer (as on invoice)", "Date"], {"Seller (as on invoice)": "exporter_name", "Buyer (as on invoice)": "importer_name"}),
        (["Kode tarif (HS)", "Nama barang", "Tanggal"], {"Kode tarif (HS)": "hs_code"}),
        (["strana_proishozhdeniya", "ves_netto", "poluchatel", "data"], {"strana_proishozhdeniya": "origin_country", "data": "date"}),
        (["Net mass (box 38)", "Gross mass (box 35)", "Item price (box 42)", "Country (box 15a)"], {"Item price (box 42)": "value", "Country (box 15a)": "departure_country"}),
        (["進口人名稱", "稅則號別", "淨重"], {"進口人名稱": "importer_name", "稅則號別": "hs_code", "淨重": "net_kg"}),
        (["Количество единиц", "Единица измерения"], {"Количество единиц": "quantity", "Единица измерения": "unit"}),
    ],
)  # fmt: skip
def test_headers_make_sense_as_a_whole(columns, wanted):
    got = roles(columns)
    assert {c: got[c] for c in wanted} == wanted


@pytest.mark.parametrize(
    ("columns", "name", "wanted"),
    [
        (["Mã DN", "Tên DN", "Tên đối tác"], "nhap_khau.csv", {"Tên DN": "importer_name", "Tên đối tác": "exporter_name"}),
        (["Mã DN", "Tên DN", "Tên đối tác"], "xuat_khau.csv", {"Tên DN": "exporter_name", "Tên đối tác": "importer_name"}),
        (["Contribuyente", "Proveedor", "Partida"], "x.csv", {"Contribuyente": "importer_name", "Proveedor": "exporter_name"}),
        (["Firma Ünvanı", "Karşı Firma", "GTİP"], "x.csv", {"Firma Ünvanı": "importer_name", "Karşı Firma": "exporter_name"}),
    ],
)  # fmt: skip
def test_a_party_named_by_its_seat_is_on_the_side_of_the_file(columns, name, wanted):
    got = roles(columns, name)
    assert {c: got[c] for c in wanted} == wanted


def test_the_resident_of_a_file_of_both_directions_has_no_side():
    columns = ["Trade type", "Trader name", "HS code"]
    sample = [["import", "Alpha LLC", "8806220000"], ["export", "Beta LLC", "8806220000"]] * 3
    found = {r.column: r.role for r in mapping.propose(columns, sample)}
    assert found["Trader name"] == "ignore"


def test_the_three_countries_are_never_mixed():
    columns = ["Country of origin", "Country of consignment", "Trading country", "Country of destination", "Exporter country", "Importer country"]  # fmt: skip
    assert list(roles(columns).values()) == ["origin_country", "departure_country", "trading_country", "destination_country", "exporter_country", "importer_country"]  # fmt: skip


def test_a_country_that_names_no_side_stays_unmapped_and_says_so():
    item = next(r for r in mapping.propose(["Country", "HS code", "Date"], []) if r.column == "Country")
    assert item.role == "ignore"
    assert item.reason
