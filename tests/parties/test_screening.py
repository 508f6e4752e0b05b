"""Screening of plain names: rows, ranks, decisions; one `no_match` row for a name on no list."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from enduse.contracts import TABLES
from enduse.parties import answers, asking, screen
from enduse.parties.asking import Answers, ask, distinct, gathered
from enduse.parties.listed import lists

COLUMNS = ("source", "entry_id", "name", "alias_kind", "entry_kind", "country", "identifiers")
LISTED = [
    ("list@00000001", "1", "KEDROVIK MASHINERY PLANT", "primary", "organization", "RU", "INN:7707083893"),
    ("list@00000001", "1", "ЗАВОД КЕДРОВИК МАШИНЕРИ", "strong", "organization", "RU", ""),
    ("list@00000001", "2", "TESTOV, Ivan Sergeevich", "primary", "person", "RU", ""),
    ("other@00000002", "9", "AURORA LASTOK", "primary", "vessel", "", "IMO:9123456"),
]


def entries() -> pa.Table:
    return TABLES["list_entry"].arrow([dict(zip(COLUMNS, e, strict=True)) for e in LISTED])


def said(*names: str, countries: list[str] | None = None) -> list[dict[str, object]]:
    return screen(list(names), countries, entries(), match=0.92, review=0.6).to_pylist()


def test_an_entry_answers_once_by_its_best_alias() -> None:
    (hit,) = said("Kedrovik Mashinery Plant LLC")
    assert (hit["row"], hit["rank"], hit["entry_id"], hit["decision"]) == (1, 1, "1", "match")
    assert hit["entry_name"] == "KEDROVIK MASHINERY PLANT"
    (russian,) = said("Завод «Кедровик Машинери»")
    assert russian["entry_id"] == "1"


def test_persons_and_vessels_are_found() -> None:
    assert said("Ivan Testov")[0]["entry_id"] == "2"
    assert said("Тестов Иван Сергеевич")[0]["decision"] == "match"
    assert said("MV AURORA LASTOK")[0]["list"] == "other@00000002"


def test_nobody_and_strangers_get_one_no_match_row() -> None:
    for name in ("", "TO ORDER", "Zzyzx Quilt Museum Friends"):
        (row,) = said(name)
        assert (row["decision"], row["rank"], row["entry_id"], row["entry_name"], row["score"]) == (
            "no_match",
            None,
            "",
            "",
            None,
        )
        assert row["list"] == "list@00000001;other@00000002"


def test_rows_are_numbered_and_names_kept() -> None:
    rows = said("Kedrovik Mashinery Plant", "Nobody Lastik", "KEDROVIK MASHINERY PLANT")
    assert [r["row"] for r in rows] == [1, 2, 3]
    assert rows[0]["score"] == rows[2]["score"]


def test_another_country_weighs_against() -> None:
    near, far = (
        said("Kedrovik Mashinery Works", countries=["RU"])[0],
        said("Kedrovik Mashinery Works", countries=["TR"])[0],
    )
    assert float(str(near["score"])) > float(str(far["score"]))


def test_a_number_finds_an_entry_under_another_name() -> None:
    got = screen(["Lastok Kedrovik"], ["RU"], entries(), match=0.92, review=0.6, identifiers=["7707083893"]).to_pylist()
    assert got[0]["entry_id"] == "1"
    assert "same identifier" in got[0]["reasons"]


MANY = [
    f"{first} {second}"
    for first in ("Kedrovik", "ЗАВОД КЕДРОВИК", "Testov", "Aurora", "TO ORDER", "")
    for second in ("Mashinery Plant", "Ivan", "Lastok", "LLC", "")
]


def pages(size: int, processes: int = 1) -> Answers:
    asked = [
        pa.chunked_array([pa.array(some, pa.string())])
        for some in (MANY, ["RU", None, "TR"] * 10, ["7707083893", "", None, None, None, ""] * 5)
    ]
    questions, place = distinct(*asked)
    assert [questions.table["name"][i].as_py() for i in place.tolist()] == MANY
    return gathered(ask(lists(entries().to_pylist()), questions, 0.3, processes, size))


@pytest.mark.parametrize("processes", [1, 2])
def test_answers_do_not_depend_on_the_size_of_a_page_or_on_processes(monkeypatch, processes: int) -> None:
    monkeypatch.setattr(asking, "MANY", 10)
    whole, some = pages(1_000), pages(7, processes)
    assert len(whole.entry) > 10
    assert np.array_equal(whole.nobody, some.nobody)
    for a, b in zip(whole, some, strict=True):
        assert a.equals(b) if isinstance(a, pa.ChunkedArray) else np.array_equal(a, b)


def test_rows_do_not_depend_on_how_many_are_made_at_a_time(monkeypatch) -> None:
    whole = ask_plain(MANY)
    monkeypatch.setattr(answers, "ROWS", 3)
    assert ask_plain(MANY) == whole
    assert len(whole) > len(MANY)


def ask_plain(names: list[str]) -> list[dict[str, object]]:
    """Against the list and a second one with other ids, so that a name has several hits."""
    listed = entries()
    again = listed.set_column(0, listed.schema.field(0), pa.array(["third@00000003"] * listed.num_rows))
    return screen(names, None, pa.concat_tables([listed, again]), match=0.92, review=0.3).to_pylist()


def test_no_names_and_no_lists() -> None:
    assert screen([], None, entries(), match=0.92, review=0.6).num_rows == 0
    (row,) = screen(["Kedrovik"], None, TABLES["list_entry"].empty(), match=0.92, review=0.6).to_pylist()
    assert (row["list"], row["decision"]) == ("", "no_match")
