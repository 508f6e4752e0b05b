"""Russian, Ukrainian, German and Italian: two short articles of our own in each, read by the rules of the tables."""

import datetime as dt
import json

import pytest

from enduse import press
from enduse.press.languages import detect
from enduse.reference import press_tables as tables

ARTICLES = {
    "ru1": """Коммерсантъ
12 мая 2024

Поставки китайских дронов в Россию выросли

Китай поставил в Россию через Казахстан более 1200 дронов на сумму 2,9 млн долларов с сентября 2023 года, сообщает Reuters со ссылкой на таможенные данные.

По данным агентства, дроны отправили около 31 компании. МИД Китая опроверг поставки беспилотников в Россию.
""",
    "ru2": """Иран передал России 400 дронов «Шахед-136» в августе 2023 года, утверждает представитель Белого дома. Москва ведет переговоры о закупке ракет у Ирана.
""",
    "de1": """Drohnen über Umwege

Handelsblatt, 3. Mai 2024

Deutsche Werkzeugmaschinen im Wert von rund 5,5 Millionen Euro wurden 2023 über Kirgistan nach Russland geliefert, wie aus Zolldaten hervorgeht, berichtet der Spiegel.

China lieferte seit Februar 2022 mindestens 12.000 Drohnen nach Russland. Peking dementierte die Lieferungen.
""",
    "de2": """Türkei verhandelt mit Serbien

Die Türkei will bis zu 40 Drohnen an Serbien verkaufen, sagte ein Sprecher des Verteidigungsministeriums. Serbien bestellte im März 2024 bereits 12 Bayraktar TB2.
""",
    "uk1": """Українська правда
5 червня 2023

Китай продав Росії майже 70 тисяч мікросхем у 2022 році, повідомляє Bloomberg з посиланням на митні дані.

Вірменія експортувала до Росії чипи на суму понад 12 млн доларів. Пекін заперечив постачання зброї Росії.
""",
    "uk2": """Туреччина поставила в Україну 12 безпілотників Bayraktar TB2 у травні 2023 року, заявив речник міністерства. Польща планує передати Україні 30 тис. снарядів.
""",
    "it1": """Corriere della Sera
10 luglio 2024

L'Italia ha esportato in Russia macchine utensili per oltre 12 milioni di euro nel 2023 attraverso la Turchia, secondo i dati doganali citati da Reuters.

La Cina ha venduto alla Russia circa 3.500 droni da settembre 2023. Pechino ha smentito le forniture.
""",
    "it2": """La Turchia ha consegnato 20 droni al Mali nel marzo 2024, riferisce l'ANSA. L'Iran prevede di fornire missili alla Russia, afferma un portavoce del governo.
""",
}
REUTERS_ON_CUSTOMS = ["outlet", "agency", "data"]


def claims(name):
    found = press.extract([(name, ARTICLES[name])], ref_date=dt.date(2024, 7, 10))
    return [c for c in found if c["record"] == "claim" and c["section"] == "body"]


def parties(c):
    return c["kind"], c["supplier"], c["recipient"], c["goods"]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("ru1", [("supply", "China", "Russia", "drones")] * 2 + [("denial", "China", "Russia", "drones")]),
        ("ru2", [("supply", "Iran", "Russia", "drones"), ("supply", "Iran", "Russia", "missiles")]),
        (
            "de1",
            [
                ("supply", "Germany", "Russia", "machine tools"),
                ("supply", "China", "Russia", "drones"),
                ("denial", "China", "Russia", "drones"),
            ],
        ),
        ("de2", [("supply", "Turkey", "Serbia", "drones"), ("order", "Turkey", "Serbia", "drones")]),
        (
            "uk1",
            [
                ("supply", "China", "Russia", "chips"),
                ("supply", "Armenia", "Russia", "chips"),
                ("denial", "China", "Russia", "weapons"),
            ],
        ),
        ("uk2", [("supply", "Turkey", "Ukraine", "drones"), ("supply", "Poland", "Ukraine", "shells")]),
        (
            "it1",
            [
                ("supply", "Italy", "Russia", "machine tools"),
                ("supply", "China", "Russia", "drones"),
                ("denial", "China", "Russia", "drones"),
            ],
        ),
        ("it2", [("supply", "Turkey", "Mali", "drones"), ("supply", "Iran", "Russia", "missiles")]),
    ],
)
def test_parties_and_goods(name, wanted):
    assert [parties(c) for c in claims(name)] == wanted


@pytest.mark.parametrize(
    ("name", "figure", "span"),
    [
        ("ru1", (2_900_000, "USD", "="), ("2023-09-01", "2024-05-12")),
        ("de1", (5_500_000, "EUR", "~"), ("2023-01-01", "2023-12-31")),
        ("it1", (12_000_000, "EUR", ">"), ("2023-01-01", "2023-12-31")),
    ],
)
def test_value_time_chain_and_way(name, figure, span):
    c = claims(name)[0]
    assert (c["value"]["amount"], c["value"]["currency"], c["value"]["modifier"]) == figure
    assert (c["time"]["start"], c["time"]["end"]) == span
    assert c["stance"] == "documented"
    assert c["attribution"][-1]["type"] == "data"
    assert c["via"] in (["Kazakhstan"], ["Kyrgyzstan"], ["Turkey"])


@pytest.mark.parametrize(
    ("name", "number", "quantity"),
    [
        ("ru1", 0, (1200, ">")),
        ("ru2", 0, (400, "=")),
        ("de1", 1, (12_000, ">=")),
        ("de2", 0, (40, "<=")),
        ("uk1", 0, (70_000, "<~")),
        ("uk2", 1, (30_000, "=")),
        ("it1", 1, (3500, "~")),
        ("it2", 0, (20, "=")),
    ],
)
def test_quantities(name, number, quantity):
    q = claims(name)[number]["quantity"]
    assert (q["value"], q["modifier"]) == quantity


def test_models_stages_and_outlets():
    assert claims("ru2")[0]["model"] == "Шахед-136"
    assert claims("uk2")[0]["model"] == "Bayraktar TB2"
    assert [c["stage"] for c in claims("ru2")] == ["delivered", "in_talks"]
    assert [c["stage"] for c in claims("de2")] == ["planned", "ordered"]
    assert claims("uk1")[0]["attribution"][0]["name"] == "Ukrainska Pravda"
    assert [a["type"] for a in claims("ru1")[0]["attribution"]] == REUTERS_ON_CUSTOMS


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_every_claim_says_how_it_was_read(name):
    language = name[:2]
    assert detect(ARTICLES[name]) == language
    for c in claims(name):
        assert any("lower confidence" in cue for cue in c["cues"])
        assert ARTICLES[name][c["char_start"] : c["char_end"]] == c["sentence"]
        json.dumps(c)


def test_english_with_leftovers_stays_english():
    text = "China sold 100 drones to Russia, Reuters reported on Monday.\n\nЧитайте также: Иран продал дроны России за 5 млн.\n"
    found = [c for c in press.extract([("a.txt", text)]) if c["record"] == "claim"]
    assert [(c["supplier"], c["recipient"]) for c in found] == [("China", "Russia")]
    assert detect("") == "en"


def test_language_table_names_known_goods_and_states():
    states = {c.name for c in tables.countries()}
    goods = {g.name for g in tables.goods()}
    for language, roles in tables.languages().items():
        assert {label for _, label in roles["country"]} | {label for _, label in roles["adjective"]} <= states, language
        assert {label for _, label in roles["goods"]} <= goods, language
        assert {label for _, label in roles["outlet"]} <= {o.name for o in tables.outlets()}, language
        assert {int(label) for _, label in roles["month"]} == set(range(1, 13)), language
