"""Watch profiles: what loads, and what is said about what does not."""

import pytest

from enduse.errors import CaseError
from enduse.goods import classify, watch

OWN = """
title = "lamps"
[family.lamp]
hs = ["8513", { prefix = "9405", strength = "hint" }]
brands = [{ name = "Lumora", aliases = ["Люмора"] }]
models = [{ brand = "Lumora", name = "LX-400", alone = true }]
[family.lamp.words]
en = ["headlamp*", "miner's lamp"]
ru = ["фонар*"]
[family.lamp.negative]
en = ["toy"]
"""


def test_profiles_that_come_with_enduse():
    drones = watch.load("civil-drones")
    assert [f.id for f in drones.families] == ["drone", "drone_part"]
    assert [f.id for f in watch.load("common-high-priority").families] == ["chp"]


def test_ad_hoc_prefixes():
    profile = watch.load("hs:6907, 85.13")
    assert [f.id for f in profile.families] == ["hs6907", "hs8513"]
    rows = classify(["ceramic tiles", "lamp", "chair"], ["69072100", "8513.10", "9401"], watch=profile).to_pylist()
    assert [(r["family"], r["hs6"]) for r in rows] == [("hs6907", "690721"), ("hs8513", "851310"), ("", "")]
    assert rows[0]["evidence"] == "hs=69072100"


def test_own_profile_of_a_case_folder(tmp_path):
    (tmp_path / "lamps.toml").write_text(OWN, encoding="utf-8")
    profile = watch.load("lamps.toml", tmp_path)
    assert watch.load("lamps", tmp_path) == profile
    rows = classify(
        ["Headlamps, LED", "ФОНАРЬ налобный Люмора", "toy headlamp", "LX400", "cement"],
        ["", "851310", "", "", "2523"],
        watch=profile,
    ).to_pylist()
    assert [r["family"] for r in rows] == ["lamp", "lamp", "", "lamp", ""]
    assert rows[1]["brand"] == "Lumora"
    assert rows[1]["confidence"] > rows[0]["confidence"]
    assert rows[3]["model"] == "LX-400"


def test_a_profile_extends_another(tmp_path):
    (tmp_path / "more.toml").write_text(
        'extends = ["civil-drones"]\n[family.kite]\nwords = ["stunt kite"]\n', encoding="utf-8"
    )
    rows = classify(["Stunt kite 2 m", "quadcopter"], watch=watch.load("more.toml", tmp_path)).to_pylist()
    assert [r["family"] for r in rows] == ["kite", "drone"]


def test_unknown_name_lists_what_is_allowed(tmp_path):
    with pytest.raises(CaseError, match=r"civil-drones.*common-high-priority.*hs:"):
        watch.load("civil-dorns", tmp_path)


@pytest.mark.parametrize("name", ["hs:", "hs:x", "hs:6907,8", "hs:٦٩٠٧"])
def test_a_prefix_that_is_none(name):
    with pytest.raises(CaseError, match="HS prefix"):
        watch.load(name)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("[family.x\n", "broken.toml.*TOML"),
        ("colour = 1\n[family.x]\n", "unknown key 'colour'.*Allowed"),
        ("title = 'x'\n", "at least one table"),
        ("[family.X]\n", "small letters"),
        ("[family.x]\nword = ['a']\n", r"\[family.x\]: unknown key 'word'.*words"),
        ("[family.x]\nwords = 'a'\n", "list, or a table"),
        ("[family.x.words]\nen = [1]\n", "words.en"),
        ("[family.x]\nhs = ['88o6']\n", "2 to 12 digits"),
        ("[family.x]\nhs = [{ prefix = '8806', strength = 'strong' }]\n", "own, shared, hint"),
        ("[family.x]\nhs = [{ prefix = '8806', revisions = ['H9'] }]\n", "H0"),
        ("[family.x]\npart_of = 'y'\n", "names no family"),
        ("[family.x]\nbrands = [1]\n", "brands must be"),
        ("[family.x]\nmodels = ['Mavic']\n", "models must be"),
    ],
)
def test_a_broken_profile_names_file_and_key(tmp_path, body, says):
    (tmp_path / "broken.toml").write_text(body, encoding="utf-8")
    with pytest.raises(CaseError, match=says):
        watch.load("broken.toml", tmp_path)
