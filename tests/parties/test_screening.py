"""Screening of plain names: rows, ranks, decisions; one `no_match` row for a name on no list."""

from __future__ import annotations

import pyarrow as pa

from enduse.contracts import TABLES
from enduse.parties import screen

COLUMNS = ("source", "entry_id", "name", "alias_kind", "entry_kind", "country", "identifiers")
LISTED = [
    ("list@00000001", "1", "KEDROVIK MASHINERY PLANT", "primary", "organization", "RU", "INN:7707083893"),
    ("list@00000001", "1", "ЗАВОД КЕДРОВИК МАШИНЕРИ", "strong", "organization", "RU", ""),
    ("list@00000001", "2", "TESTOV, Ivan Sergeevich", "primary", "person", "RU", ""),
    ("other@00000002", "9", "AURORA LASTOK", "primary", "vessel", "", "IMO:9123456"),
]


def entries() -> pa.Table:
    return TABLES["list_entry"].arrow([dict(zip(COLUMNS, e, strict=True)) for e in LISTED])


def ask(*names: str, countries: list[str] | None = None) -> list[dict[str, object]]:
    return screen(list(names), countries, entries(), match=0.92, review=0.6).to_pylist()


def test_an_entry_answers_once_by_its_best_alias() -> None:
    (hit,) = ask("Kedrovik Mashinery Plant LLC")
    assert (hit["row"], hit["rank"], hit["entry_id"], hit["decision"]) == (1, 1, "1", "match")
    assert hit["entry_name"] == "KEDROVIK MASHINERY PLANT"
    (russian,) = ask("Завод «Кедровик Машинери»")
    assert russian["entry_id"] == "1"


def test_persons_and_vessels_are_found() -> None:
    assert ask("Ivan Testov")[0]["entry_id"] == "2"
    assert ask("Тестов Иван Сергеевич")[0]["decision"] == "match"
    assert ask("MV AURORA LASTOK")[0]["list"] == "other@00000002"


def test_nobody_and_strangers_get_one_no_match_row() -> None:
    for name in ("", "TO ORDER", "Zzyzx Quilt Museum Friends"):
        (row,) = ask(name)
        assert (row["decision"], row["rank"], row["entry_id"], row["entry_name"], row["score"]) == (
            "no_match",
            None,
            "",
            "",
            None,
        )
        assert row["list"] == "list@00000001;other@00000002"


def test_rows_are_numbered_and_names_kept() -> None:
    rows = ask("Kedrovik Mashinery Plant", "Nobody Lastik", "KEDROVIK MASHINERY PLANT")
    assert [r["row"] for r in rows] == [1, 2, 3]
    assert rows[0]["score"] == rows[2]["score"]


def test_another_country_weighs_against() -> None:
    near, far = (
        ask("Kedrovik Mashinery Works", countries=["RU"])[0],
        ask("Kedrovik Mashinery Works", countries=["TR"])[0],
    )
    assert float(str(near["score"])) > float(str(far["score"]))


def test_a_number_finds_an_entry_under_another_name() -> None:
    got = screen(["Lastok Kedrovik"], ["RU"], entries(), match=0.92, review=0.6, identifiers=["7707083893"]).to_pylist()
    assert got[0]["entry_id"] == "1"
    assert "same identifier" in got[0]["reasons"]
