"""The reference tables answer for everything that stands in them."""

from __future__ import annotations

import pytest

from enduse.reference import countries, currencies, header_words, units


def test_countries_are_total_on_their_own_table():
    wrong = {(a, n, lang): countries.code(n) for a, n, lang in countries.table() if countries.code(n) != a}
    # `Nga` is Russia in Vietnamese and, in capitals, the alpha-3 code of Nigeria: ambiguous, so no answer or the code.
    assert set(wrong) <= {("RU", "Nga", "vi"), ("NG", "NGA", "alpha3"), ("US", "AS", "id")}


def test_every_country_has_its_codes():
    languages = {}
    for alpha2, _, language in countries.table():
        languages.setdefault(alpha2, set()).add(language)
    assert len(languages) == 250
    assert all({"alpha3", "en", "ru", "zh"} <= have for have in languages.values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mexico (MX)", "MX"),
        ("IN, INDIA", "IN"),
        ("643 - РОССИЯ", "RU"),
        ("CONGO, THE DEMOCRATIC REPUBLIC OF", "CD"),
        ("KOREA, REPUBLIC OF", "KR"),
        ("4", "AF"),
        ("ГЕРМАНИЯ", "DE"),
        ("Mỹ", "US"),
        ("Hàn Quốc", "KR"),
        ("NA", "NA"),
        ("türkiye", "TR"),
    ],
)
def test_countries_as_they_are_written(text, code):
    assert countries.code(text) == code


@pytest.mark.parametrize("text", ["", "?", "Narnia", "EU", "World", "Asia", "000", "999", "Shanghai"])
def test_what_is_no_country_is_none(text):
    assert countries.code(text) is None


def test_currencies_are_total_on_their_own_table():
    assert {(c, n): currencies.code(n) for c, n, _ in currencies.table() if currencies.code(n) not in (c, None)} == {}
    assert all(currencies.code(c) == c for c, _, _ in currencies.table())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US$", "USD"),
        ("руб.", "RUB"),
        ("Доллар США", "USD"),
        ("TL", "TRY"),
        ("€", "EUR"),
        ("840", "USD"),
        ("(USD) US Dollar", "USD"),
        ("人民币", "CNY"),
    ],
)
def test_currencies_as_they_are_written(text, code):
    assert currencies.code(text) == code


@pytest.mark.parametrize("text", ["$", "peso", "rupee", "XYZ", "", "¥"])
def test_an_ambiguous_currency_is_none(text):
    assert currencies.code(text) is None


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("шт", None, "C62"),
        ("ШТ.", None, "C62"),
        ("KGS", None, "KGM"),
        ("M²", None, "MTK"),
        ("SQUARE METER", None, "MTK"),
        ("796", "RU", "C62"),
        ("796", "CL", None),
        ("007", "CN", "C62"),
        ("166 кг", "KZ", "KGM"),
        ("个", None, "C62"),
        ("gibberish", None, None),
    ],
)
def test_units(text, country, code):
    assert units.code(text, country) == code


def test_every_unit_of_weight_has_kilograms():
    assert {c for c in ("KGM", "GRM", "TNE", "LBR") if units.kilograms(c) is None} == set()
    assert units.kilograms("MTR") is None


def test_header_terms_are_found_by_their_own_words():
    for group in header_words.phrases().values():
        for words, concepts in group:
            assert words
            assert concepts
