"""Resolution: independent of row order, obedient to judgements, careful with numbers and chains."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.errors import CaseError
from enduse.parties.judgements import Judgements, read
from enduse.parties.resolve import Mention, Party, resolve

SAMPLE = [
    Mention("ООО «Звездоград Оптика»", "RU", "", 5),
    Mention("Zvezdograd Optika LLC", "", "", 9),
    Mention("ZVEZDOGRAD OPTIKA", "RU", "", 1),
    Mention("Kedrovik Plant No. 5", "", "", 2),
    Mention("Kedrovik Plant No. 6", "", "", 2),
    Mention("TO ORDER", "", "", 40),
    Mention("To the order", "", "", 3),
    Mention("Mavi Kule Ltd", "TR", "1234509876", 2),
    Mention("Blue Tower Export", "TR", "1234509876", 1),
    Mention("深圳市嘉禾蓝电子科技有限公司", "CN", "", 4),
    Mention("Shenzhen Jiahelan Electronic Technology Co., Ltd.", "CN", "", 4),
]


def by_name(parties: list[Party]) -> dict[str, str]:
    return {g.mention.name: p.party_id for p in parties for g in p.given}


def test_one_firm_is_one_firm_in_every_script() -> None:
    ids = by_name(resolve(SAMPLE, Judgements(), 0.92).parties)
    assert ids["ООО «Звездоград Оптика»"] == ids["Zvezdograd Optika LLC"] == ids["ZVEZDOGRAD OPTIKA"]
    assert ids["深圳市嘉禾蓝电子科技有限公司"] == ids["Shenzhen Jiahelan Electronic Technology Co., Ltd."]
    assert ids["Kedrovik Plant No. 5"] != ids["Kedrovik Plant No. 6"]
    assert ids["TO ORDER"] != ids["To the order"]


def test_party_has_the_name_most_rows_use() -> None:
    parties = {p.party_id: p for p in resolve(SAMPLE, Judgements(), 0.92).parties}
    party = parties[by_name(list(parties.values()))["ZVEZDOGRAD OPTIKA"]]
    assert party.name == "Zvezdograd Optika LLC"
    assert party.country == "RU"
    assert {g.method for g in party.given} == {"exact_key"}


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_order_of_rows_does_not_matter(rng: random.Random) -> None:
    shuffled = list(SAMPLE)
    rng.shuffle(shuffled)
    assert resolve(shuffled, Judgements(), 0.92).parties == resolve(SAMPLE, Judgements(), 0.92).parties


names = sorted({m.name for m in SAMPLE if "order" not in m.name.casefold()})
pairs = (
    st.tuples(st.sampled_from(names), st.sampled_from(names))
    .filter(lambda p: p[0] != p[1])
    .map(lambda p: (min(p), max(p)))
)


@given(st.dictionaries(pairs, st.sampled_from(["same", "different"]), max_size=6))
@settings(max_examples=60, deadline=None)
def test_judgements_are_obeyed(ruled: dict[tuple[str, str], str]) -> None:
    different = frozenset(p for p, v in ruled.items() if v == "different")
    same = tuple(sorted(p for p, v in ruled.items() if v == "same"))
    ids = by_name(resolve(SAMPLE, Judgements(same, different), 0.92).parties)
    assert all(ids[a] != ids[b] for a, b in different)
    if not different:
        assert all(ids[a] == ids[b] for a, b in same)


def test_equal_numbers_join_and_placeholders_do_not() -> None:
    far = [Mention("Kedrovik Optika", "RU", "0000000000"), Mention("Lastochka Foods", "RU", "0000000000")]
    assert len(resolve(far, Judgements(), 0.92).parties) == 2
    near = [
        Mention("Kedrovik Optika", "TR", "1234509876"),
        Mention("Kedrovik Optics and Instruments", "TR", "1234509876"),
    ]
    (party,) = resolve(near, Judgements(), 0.92).parties
    assert {g.method for g in party.given} == {"identifier"}
    apart = [Mention("Kedrovik Optika", "TR", "1234509876"), Mention("Kedrovik Optika", "TR", "1234509877")]
    assert len(resolve(apart, Judgements(), 0.92).parties) == 2


def test_judgements_are_read_and_the_last_line_wins(tmp_path: Path) -> None:
    lines = [
        {"left": "B", "right": "A", "judgement": "same", "user": "u"},
        {"left": "A", "right": "B", "judgement": "different"},
    ]
    (tmp_path / "judgements.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert read(tmp_path).different == {("A", "B")}
    assert read(tmp_path).same == ()


@pytest.mark.parametrize("line", ["nonsense", '{"left": "A"}', '{"left": "A", "right": "B", "judgement": "maybe"}'])
def test_a_broken_judgement_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "judgements.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CaseError, match=r"judgements[.]jsonl:1"):
        read(tmp_path)


def test_two_processes_resolve_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    import enduse.parties.pairing as module

    some = [
        Mention(f"{n} {i}")
        for i in range(12)
        for n in ("Kedrovik Optics LLC", "Kedrovki Optics", "ООО Кедровик Оптика", "Lastok Group")
    ]
    one = resolve(some, Judgements(), 0.92)
    monkeypatch.setattr(module, "MANY", 1)
    monkeypatch.setattr(module, "CHUNK", 40)
    monkeypatch.setattr(module, "cores", lambda: 2)
    assert resolve(some, Judgements(), 0.92) == one
