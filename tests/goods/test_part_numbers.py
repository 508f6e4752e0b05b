"""Electronic parts by maker and number: made-up order lines, makers' families, and what must stay without an answer."""

import pytest

from enduse.goods import classify
from enduse.goods.numbered import numbered
from enduse.goods.part_numbers import maker_of, part_rule
from enduse.reference import goods_tables as tables


@pytest.mark.parametrize(
    ("part", "maker", "heading"),
    [
        ("XC7A100T-1CSG324C", "xilinx", "8542"),
        ("GRM155R71C104KA88D", "murata electronics", "8532"),
        ("BLM18AG601SN1D", "murata", "8504"),
        ("RC0402FR-0710KL", "yageo", "8533"),
        ("CC0402KRX7R7BB104", "yageo", "8532"),
        ("IRF540NPBF", "infineon technologies", "8541"),
        ("IHLP2525CZER100M01", "vishay", "8504"),
        ("CRCW06031K00FKEA", "vishay", "8533"),
        ("1N4148W-7-F", "diodes incorporated", "8541"),
        ("43045-0212", "molex", "8536"),
        ("TEN 8-2411WI", "traco power", "8504"),
        ("W25Q64JVSSIQ", "winbond", "8542"),
    ],
)
def test_a_maker_and_its_numbering(part, maker, heading):
    assert part_rule(part, maker).hs6[0][:4] == heading


def test_an_unknown_maker_needs_a_family_and_no_maker_no_answer():
    assert part_rule("ZZ-9", "unheard of trading") is None
    assert maker_of("unheard of trading") is None
    assert numbered("bracket ZZ-9000 for chairs", "bracket zz 9000 for chairs") is None


def test_a_maker_of_several_goods_without_a_family_is_an_abstention():
    assert part_rule("QQQQ-000", "wurth elektronik").basis == "maker of several goods"
    assert numbered("QQQQ-000 WURTH ELEKTRONIK", "qqqq 000 wurth elektronik") is None


@pytest.mark.parametrize(
    ("text", "family", "hs6"),
    [
        ("XC7A100T-1CSG324C XILINX", "chp", "854239"),
        ("Микросхема XC7A100T-1CSG324C, производитель Xilinx, 5 шт", "chp", "854239"),
        ("RC0402FR-0710KL YAGEO", "", "853321"),
        ("chair XILINX style", "", ""),
        ("oil filter W712 MANN", "", ""),
        ("кварцевый резонатор 16 МГц", "chp", "854160"),
        ("tụ gốm nhiều lớp 100nF", "chp", "853224"),
        ("osciloscopio digital 200 MHz", "chp", "903020"),
        ("石英晶体 25MHz", "chp", "854160"),
        ("transistores de potencia", "chp", "854129"),
        ("мікросхеми інтегральні", "chp", "854239"),
        ("entegre devre", "chp", "854239"),
    ],
)
def test_priority_goods_by_number_and_by_word(text, family, hs6):
    row = classify([text], watch="common-high-priority").to_pylist()[0]
    assert (row["family"], row["hs6"]) == (family, hs6)
    assert (f"candidate code {hs6}" in row["evidence"]) == bool(hs6)
    assert row["controls"].startswith("CHP:") == (family == "chp")


def test_the_maker_column_stands_for_a_maker_in_the_text():
    with_maker = classify(["XC7A100T-1CSG324C"], maker=["Xilinx"], watch="common-high-priority").to_pylist()[0]
    without = classify(["XC7A100T-1CSG324C"], watch="common-high-priority").to_pylist()[0]
    assert (with_maker["family"], without["family"]) == ("chp", "")


def test_a_declared_code_is_kept_and_judged():
    other = classify(["XC7A100T-1CSG324C XILINX"], ["73181500"], watch="common-high-priority").to_pylist()[0]
    assert (other["hs6"], other["family"]) == ("731815", "chp")
    assert other["confidence"] < 0.6
    assert "note=the code is of other goods" in other["evidence"]


def test_patterns_are_patterns_and_codes_are_codes():
    assert len(tables.rows("part_numbers")) > 150
    for table in ("part_numbers", "part_makers", "part_maker_words", "component_terms"):
        for row in tables.rows(table):
            assert all(len(c) == 6 and c.isdigit() for c in row["hs6"].split(";")), row
