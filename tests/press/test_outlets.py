"""Outlets and agencies of the world, in several scripts, are known as sources and are no party to a deal."""

import datetime as dt

import pytest

from enduse import press
from enduse.press import actors
from enduse.press.text import plain, tokens

AGENCIES = """Reuters|AP|AFP|Bloomberg|DPA|EFE|ANSA|APA|Lusa|ANP|NTB|Ritzau|BNS|LETA|PAP|CTK|MTI|Agerpres|BTA|Tanjug|Hina|TASS|RIA Novosti|Interfax|
Interfax-Ukraine|Ukrinform|UNIAN|Belta|Kazinform|AKIpress|Armenpress|Anadolu|IRNA|Tasnim|Mehr|SPA|WAM|Xinhua|Yonhap|KCNA|Kyodo|Jiji Press|CNA|PTI|ANI|
Bernama|Antara|Sputnik|UPI"""
OUTLETS = """The New York Times|The Wall Street Journal|The Washington Post|CNN|BBC|Financial Times|The Guardian|The Economist|Politico|NPR|Al Jazeera|
Le Monde|Le Figaro|Mediapart|El País|El Mundo|La Repubblica|Corriere della Sera|Der Spiegel|Die Welt|Die Zeit|Bild|Handelsblatt|NZZ|Tages-Anzeiger|
De Volkskrant|Politiken|Aftenposten|NRK|SVT|Dagens Nyheter|Helsingin Sanomat|Yle|Gazeta Wyborcza|Meduza|Kommersant|Vedomosti|The Insider|Ukrainska Pravda|
Kyiv Independent|Haaretz|Asharq Al-Awsat|Iran International|Hürriyet|Nikkei|NHK|Asahi Shimbun|Mainichi Shimbun|South China Morning Post|Global Times|Caixin|
Chosun Ilbo|Hankyoreh|Times of India|The Hindu|Dawn|Straits Times|Folha de S.Paulo|OCCRP|Bellingcat|Jeune Afrique|Daily Maverick"""
SCRIPTS = "毎日新聞|产经|人民日报|한겨레|الشرق الأوسط|Громадське|Российская газета|Η Καθημερινή|Экономическая правда"


def names(text):
    return [n for n in text.replace("\n", "").split("|") if n not in ("产经", "SPA", "CNA")]


@pytest.mark.parametrize("name", [*names(AGENCIES), *names(OUTLETS), *names(SCRIPTS)])
def test_known(name):
    text = plain(f"{name} said so.")
    assert actors.outlets(text, tokens(text)), name


@pytest.mark.parametrize("name", ["Yonhap", "Mediapart", "Aftenposten", "Kazinform", "Asharq Al-Awsat"])
def test_an_outlet_is_the_root_and_no_party(name):
    (c,) = (
        r
        for r in press.extract(
            [("a.txt", f"Turkey sold 40 drones to Mali in March, {name} reported.")], ref_date=dt.date(2024, 6, 14)
        )
        if r["record"] == "claim"
    )
    assert (c["supplier"], c["recipient"], c["root"]) == ("Turkey", "Mali", name)
    assert c["stance"] == "alleged"
