"""The search: equal names first, slips and translations found, exact sums, nothing that depends on order or on the number of processes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.parties.candidates import FULL, MEANING, TEXT, Index
from enduse.parties.name import parse
from enduse.parties.prepare import prepare
from enduse.parties.traits import WIDTH, between, joined, keys, take, traits

STOCK = [
    "Kedrovik Optics LLC", "Zvezdograd Instrument Plant", "Lastok Trading House", "Polyarnaya Sova LLC", "Mavi Kule Dis Ticaret Ltd Sti",
    "Shenzhen Jiahelan Electronic Technology Co., Ltd.", "Sao Xanh Production Co., Ltd", "Aurora Lastok Shipping", "Novograd Motors", "Tikhaya Zavod No. 5",
]  # fmt: skip


def nearest(query: str, *, best: int = 3) -> list[str]:
    index = Index([parse(n) for n in STOCK])
    found = index.search(traits([parse(query)]), best=best)
    return [STOCK[i] for i in found.position]


def test_a_slip_a_translation_and_another_script_are_found() -> None:
    assert nearest("Kedrovki Optics")[0] == STOCK[0]
    assert nearest("Звездоградский приборный завод")[0] == STOCK[1]
    assert nearest("ПОЛЯРНАЯ СОВА ООО")[0] == STOCK[3]
    assert nearest("深圳市嘉禾蓝电子科技有限公司")[0] == STOCK[5]
    assert nearest("PolyarnayaSova")[0] == STOCK[3]


def test_a_name_is_most_like_itself_and_similarity_lies_between_0_and_1() -> None:
    names = [parse(n) for n in STOCK]
    index = Index(names)
    found = index.search(traits(names), best=len(names))
    first = {int(q): int(p) for q, p, _ in reversed(list(zip(*found, strict=True)))}
    assert first == {i: i for i in range(len(names))}
    assert found.similarity.min() >= 0.0
    assert found.similarity.max() <= 1.01
    assert FULL > 0


def test_around_leaves_the_name_itself_out() -> None:
    index = Index([parse(n) for n in [*STOCK, *STOCK]])
    found = index.around(best=1)
    assert (found.query != found.position).all()
    assert {(int(q), int(p)) for q, p in zip(found.query, found.position, strict=True)} == {
        (i, (i + len(STOCK)) % (2 * len(STOCK))) for i in range(2 * len(STOCK))
    }


def test_an_empty_index_and_an_empty_question_find_nothing() -> None:
    assert len(Index([]).search(traits([parse("Kedrovik")])).query) == 0
    assert len(Index([parse("Kedrovik")]).search(traits([])).query) == 0
    assert len(Index([parse(n) for n in STOCK]).search(traits([parse("")])).query) == 0


words = st.lists(st.sampled_from("kedrovik optika zavod 5 лас ток 深圳 trading a".split()), min_size=1, max_size=5).map(
    " ".join
)


@given(st.lists(words, min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_the_similarity_is_the_sum_over_common_traits(texts: list[str]) -> None:
    names = [parse(t) for t in texts]
    rows = traits(names)
    index = Index(names, rows)
    found = index.search(rows, best=100, budget=10**9)
    for q, p, like in zip(*(c.tolist() for c in found), strict=True):
        mine = dict(zip(index._own[q].indices.tolist(), index._own[q].data.tolist(), strict=True))
        other = dict(zip(index._own[p].indices.tolist(), index._own[p].data.tolist(), strict=True))
        letters = sum(v * other[k] for k, v in mine.items() if k in other and not index._word[k])
        words_ = sum(v * other[k] for k, v in mine.items() if k in other and index._word[k])
        whole = max(TEXT * letters + MEANING * words_, (TEXT + MEANING) * words_)
        assert abs(like - min(1.0, whole / FULL)) < 1e-12


@given(st.lists(words, min_size=1, max_size=12), st.integers(1, 30))
@settings(max_examples=20, deadline=None)
def test_threads_change_nothing(texts: list[str], budget: int) -> None:
    index = Index([parse(t) for t in texts])
    one, three = (index.around(best=4, budget=budget, threads=n) for n in (1, 3))
    for a, b in zip(one, three, strict=True):
        assert np.array_equal(a, b)


@given(st.lists(words, min_size=2, max_size=10))
@settings(max_examples=40, deadline=None)
def test_traits_do_not_depend_on_the_company_a_name_keeps(texts: list[str]) -> None:
    names = [parse(t) for t in texts]
    together, apart = traits(names), joined([traits([n]) for n in names])
    for a, b in zip(together, apart, strict=True):
        assert np.array_equal(a, b)
    halves = joined([between(together, 0, 1), between(together, 1, len(names))])
    assert all(np.array_equal(a, b) for a, b in zip(together, halves, strict=True))
    picked = take(together, [len(names) - 1, 0])
    for a, b in zip(picked, joined([traits([names[-1]]), traits([names[0]])]), strict=True):
        assert np.array_equal(a, b)
    assert together.column.max(initial=0) < WIDTH


def test_keys_hold_words_neighbours_and_the_name_run_together() -> None:
    texts = {k for k, _ in keys(parse("Kedrovik Optika"))}
    assert {"w:kedrovik", "w:kedrovikoptika"} <= texts or any(k.startswith("b:") for k in texts)


def test_two_processes_prepare_as_one_does() -> None:
    many = [f"{n} {i}" for i in range(30) for n in STOCK]
    import enduse.parties.prepare as module

    before = module.MANY, module.CHUNK
    module.MANY, module.CHUNK = 10, 100
    try:
        two = prepare(many, processes=2)
    finally:
        module.MANY, module.CHUNK = before
    one = prepare(many, processes=1)
    assert two.kinds == one.kinds
    assert two.names == one.names
    assert all(np.array_equal(a, b) for a, b in zip(two.traits, one.traits, strict=True))
