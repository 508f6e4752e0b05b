"""The encoding of real sentences in many languages, some lines each, is found from their letters."""

from __future__ import annotations

import pytest

from enduse.intake.reading.encoding import find_encoding

RUSSIAN = [
    "Насос поршневой для перекачки воды",
    "АППАРАТЫ ЛЕТАТЕЛЬНЫЕ БЕСПИЛОТНЫЕ",
    "Общество с ограниченной ответственностью «Ветер»",
    "части двигателей, прочие",
]
CHINESE = ["深圳市某某科技有限公司", "无人机零件,塑料制", "电动机及其零件", "上海国际贸易有限公司"]
TEXTS = {
    "cp1251": [RUSSIAN, [t.upper() for t in RUSSIAN], ["Товариство з обмеженою відповідальністю", "безпілотний літальний апарат"]],
    "koi8-r": [[t.replace("«", "").replace("»", "") for t in RUSSIAN], [t.upper().replace("«", "").replace("»", "") for t in RUSSIAN]],
    "cp866": [[t.replace("«", "").replace("»", "") for t in RUSSIAN]],
    "cp1252": [["Importación de cerámica", "VEHÍCULOS AÉREOS NO TRIPULADOS", "Société Générale", "Königstraße 5"], ["Côte d'Ivoire"], ["temp. 25 °C"], ["AVIÃO NÃO TRIPULADO", "construção"]],
    "cp1254": [["İnsansız hava aracı", "Gümrük beyannamesi", "ağır sanayi ürünleri", "Ticaret Limited Şirketi"]],
    "cp1250": [["Spółka z ograniczoną odpowiedzialnością", "Łódź, ul. Żeromskiego", "części zamienne", "příslušenství"]],
    "gb18030": [CHINESE, CHINESE[:2]],
    "big5": [["台灣電子股份有限公司", "無人飛行載具", "電機設備及其零件"]],
    "shift_jis": [["ドローンの部品", "株式会社日本製作所", "東京都"]],
    "euc_kr": [["무인 항공기", "주식회사 한국", "서울특별시 강남구"]],
}  # fmt: skip


@pytest.mark.parametrize(("encoding", "lines"), [(codec, lines) for codec, many in TEXTS.items() for lines in many])
def test_found_from_a_few_lines(encoding: str, lines: list[str]):
    table = "No;Date;Goods;Kg\n" + "".join(f"{i};2022-01-01;{line};12.5\n" for i, line in enumerate(lines))
    assert table.encode(encoding).decode(find_encoding(table.encode(encoding)) or "ascii") == table
    assert find_encoding(table.encode("utf-8")) == "utf-8"


def test_utf8_with_some_broken_bytes_is_utf8():
    text = "\n".join(RUSSIAN * 5).encode()
    assert find_encoding(text[:100] + b"\xff" + text[101:300] + b"\xd0" + text[301:]) == "utf-8"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_with_and_without_a_mark(codec: str):
    found = find_encoding("".join(f"{i};2022-01-01;{t};5\r\n" for i, t in enumerate(RUSSIAN)).encode(codec))
    assert found == ("utf-16-be" if codec == "utf-16-be" else "utf-16-le")


def test_ascii_decides_nothing():
    assert find_encoding(b"id,name\n1,a\n") is None
