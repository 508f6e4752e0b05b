"""Vague texts by rule, in several languages, and texts that say enough."""

import pytest

from enduse.goods import classify
from enduse.goods.fold import fold
from enduse.goods.vague import vague_rules
from enduse.reference import goods_tables as tables


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty_text"), (" - . ", "empty_text"), ("12345", "only_digits"), ("***", "only_special"), ("12/34-5", "special_and_digits"), ("xxxx", "same_char_3plus"), ("wpx", "only_file_extension"),
        ("Consolidated cargo", "ics2_term"), ("GIFT BOX", "pact_term"), ("Daily necessities", "cbp_term"), ("General merchandise", "cbsa_term"), ("Household goods", "acas_term"),
        ("Запчасти", "translated_term"), ("yedek parça", "translated_term"), ("配件", "translated_term"), ("según factura", "translated_term"),
        ("Various electronic goods and parts", "terms_only"), ("ПРОЧИЕ ТОВАРЫ И ОБОРУДОВАНИЕ", "terms_only"), ("电子设备及配件", "terms_only"), ("peças e acessórios diversos", "terms_only"),
        ("equipment for beekeeping", "generic_for"), ("оборудование для птицеводства", "generic_for"), ("screws", "too_short"), ("ABX4471K", "only_code"), ("DJI", "only_brand"),
        ("3 cartons, 2 pallets", "packaging_only"), ("12 коробок", "packaging_only"), ("as per attached list no. 4", "refers_elsewhere"), ("согласно спецификации", "refers_elsewhere"),
    ],
)  # fmt: skip
def test_vague(text, rule):
    assert rule in vague_rules(fold(text))


@pytest.mark.parametrize(
    "text",
    ["steel hex bolts M8x40", "Women's cotton dresses", "frozen salmon fillets", "ПЛИТКА КЕРАМИЧЕСКАЯ ГЛАЗУРОВАННАЯ", "подшипники шариковые 6205", "керамогранит для пола, 600х600 мм", "无线耳机", "quadcopter DJI Mavic 3", "refrigerators", "hydraulic presses, CNC machines", "baterías de litio 12V", "hand tools, power tools", "pamuklu tişört", "áo thun nam cotton", "oil well equipment"],
)  # fmt: skip
def test_says_enough(text):
    assert vague_rules(fold(text)) == ()


@pytest.mark.parametrize("text", ["ABX-4471/K", "LM358DR", "6ES7-214.1"])
def test_an_article_number_alone(text):
    assert classify([text])["vague_rules"].to_pylist() == ["only_code"]


def test_a_long_text_is_never_vague():
    assert vague_rules("goods " * 40) == ()


def test_every_rule_is_documented_with_its_source():
    page = __import__("pathlib").Path(__file__).parents[2] / "docs" / "reference" / "rules.md"
    text = page.read_text(encoding="utf-8")
    for row in tables.rows("vague_rules"):
        assert f"`{row['rule_id']}`" in text
        assert row["source"] in text


def test_rules_used_and_rules_listed_are_the_same():
    import re
    from inspect import getsource

    from enduse.goods import vague

    known = {r["rule_id"] for r in tables.rows("vague_rules")}
    source = getsource(vague)
    used = set(re.findall(r'"([a-z0-9]+(?:_[a-z0-9]+)+)"', source)) & (
        known | set(re.findall(r'\("([a-z_0-9]+)",\)', source))
    )
    assert used == known
