"""The demonstration case: equal seeds give equal bytes, and the truth is what the files say when read back by other code."""

from __future__ import annotations

import csv
import gzip
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from enduse.simulate import demo

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 3_000
# Header of each role, by file: written down here again, so that a slip in a layout is seen.
COLUMNS = {
    "ru_import_2022": ("ND (Номер декларации)", "G32 (Номер товара)", "G072 (Дата регистрации)", "G022 (Наименование отправителя)", "G17A (Код страны назначения)", "G31_1 (Наименование и характеристики товаров)", "G33 (Код товара по ТН ВЭД)", "G38 (Вес нетто, кг)", "G46 (Статистическая стоимость, USD.)"),
    "ru_import_2024": ("ND  Номер  декларации на товары", "G32 (номер товара по ГТД / списку)", "G072 (Дата оформления ГТД в АИС декларанта)", "G022 (Наименование отправителя)", "G17A (код страны назначения)", "G31_1 (Описание и характеристика товара)", "G33 (код товара по ТН ВЭД России)", "G38 (Вес нетто (кг))", "G46 (Статистическая стоимость товара в USD)"),
    "kz_decl": ("Регистрационный №", "Номер товара", "Дата регистрации ДТ", "Наименование отправителя", "Страна назначения", "Описание и характеристика товара", "Код товара по ТН ВЭД", "Вес нетто, кг", "Статистическая стоимость, долл. США"),
    "tr_ihracat": ("Beyanname No", "Kalem No", "Tescil Tarihi", "İhracatçı Unvanı", "Varış Ülkesi", "Eşya Tanımı", "GTİP", "Net Ağırlık (Kg)", "İstatistiki Kıymet (USD)"),
    "cn_chukou": ("报关单号", "项号", "申报日期", "境内发货人", "运抵国", "商品名称", "商品编号", "净重(千克)", "总价(美元)"),
    "ae_exports": ("DECLARATION_NO", None, "MONTHYEAR", "EXPORTER_NAME", "DESTINATION_COUNTRY", "PRODUCT_DESCRIPTION", "HS_CODE", "NET_WEIGHT_KG", "FOB_VALUE_USD"),
}  # fmt: skip
RUSSIA = {"RU", "RUSSIAN FEDERATION", "РОССИЯ", "RUSYA FEDERASYONU", "俄罗斯"}
WATCHED = re.compile(
    r"беспилотн|квадрокоптер|дрон|бпла|unmanned|drone|uav|quadcopter|insansız|iha|无人机|穿越机", re.IGNORECASE
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return demo(tmp_path_factory.mktemp("demo"), rows=ROWS, seed=11)


@pytest.fixture(scope="module")
def truth(made):
    return json.loads(made.truth.read_text(encoding="utf-8"))


def _text(path: Path, encoding: str) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode(encoding)


def _records(path: Path, encoding: str, delimiter: str) -> tuple[list[str], list[list[str]]]:
    """Header and data records as a CSV reader counts them: a line with nothing on it is none."""
    rows = [row for row in csv.reader(_text(path, encoding).splitlines(keepends=True), delimiter=delimiter) if row]
    return rows[0], rows[1:]


def _number(text: str) -> Decimal:
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    return Decimal(text or "0")


def _iso(text: str) -> str:
    if re.fullmatch(r"[A-Z][a-z]{2} \d{4}", text):
        return f"{text[4:]}-{MONTHS.index(text[:3]) + 1:02d}-01"
    if "." in text:
        day, month, year = text.split(".")
        return f"{year}-{int(month):02d}-{int(day):02d}"
    return text


def _read_back(made, truth):
    """Every readable record of every file as a dict by role, with its place."""
    found = []
    for path in made.sources:
        layout = next((c for part, c in COLUMNS.items() if part in path.name), None)
        if layout is None:
            continue
        facts = truth["files"][path.name]
        header, rows = _records(path, facts["encoding"], facts["delimiter"])
        assert len(rows) == facts["records"]
        at = {
            role: header.index(c) if c else None
            for role, c in zip(("id", "line", "date", "seller", "to", "text", "hs", "kg", "usd"), layout, strict=True)
        }
        for number, row in enumerate(rows, 1):
            if len(row) == len(header) and row[at["id"]] and not row[at["id"]].endswith("-X"):
                cells = {role: row[i] if i is not None else "" for role, i in at.items()}
                found.append(cells | {"place": f"{path.name}:{number}", "date": _iso(cells["date"])})
    return found


def test_equal_seeds_give_equal_bytes(made, tmp_path):
    again = demo(tmp_path / "again", rows=ROWS, seed=11)
    assert [p.name for p in again.sources] == [p.name for p in made.sources]
    for one, other in zip([*made.sources, made.truth], [*again.sources, again.truth], strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_another_seed_gives_another_world(made, tmp_path):
    other = demo(tmp_path / "other", rows=ROWS, seed=12)
    assert made.sources[0].read_bytes() != other.sources[0].read_bytes()


def test_six_layouts_in_their_encodings(made, truth):
    files = truth["files"]
    assert {f["encoding"] for f in files.values()} >= {"cp1251", "utf-16", "gb18030", "cp1254", "utf-8"}
    headers = set()
    for path in made.sources[: len(files)]:
        facts = files[path.name]
        header, rows = _records(path, facts["encoding"], facts["delimiter"])
        headers.add(tuple(header))
        assert rows
    assert len(headers) == len(files) == 6


def test_everything_says_it_is_simulated(made):
    assert all(p.name.startswith("SIMULATED_") for p in [*made.sources, made.truth])
    notes = [p for p in made.sources if "press" in p.name]
    assert len(notes) == 3
    assert all(p.read_text(encoding="utf-8").startswith("SIMULATED PRESS NOTE") for p in notes)


def test_the_account_of_each_file_closes(made, truth):
    for facts in truth["files"].values():
        assert facts["records"] == sum(facts[k] for k in ("lot", "exact", "amended", "batch", "damaged", "empty"))
    lots = sum(f["lot"] for f in truth["files"].values())
    read = _read_back(made, truth)
    assert lots == len({(r["id"], r["line"]) for r in read})


def test_the_truth_is_what_the_files_say(made, truth):
    """Counted again from the bytes: by words or code, once per declaration line, in the window, to Russia."""
    last = {}
    for record in _read_back(made, truth):
        key = (record["id"], record["line"])
        if "2024-03_2024-06" in record["place"] and key in last:
            continue  # the later delivery repeats a month of the first
        last[key] = record
    found = [
        r for r in last.values()
        if r["to"] in RUSSIA and r["date"] >= truth["since"] and (WATCHED.search(r["text"].replace("İ", "I").replace("MAVIC COSMIC", "")) or r["hs"].startswith(("8806", "8807")))
    ]  # fmt: skip
    stated = truth["to_ru"]["findable"]
    assert {r["place"] for r in found} == set(stated["evidence_of"])
    assert sum(_number(r["usd"]) for r in found) == Decimal(stated["value_usd"])


def test_the_records_named_add_up(made, truth):
    by_place = {r["place"]: r for r in _read_back(made, truth)}
    for facts in truth["to_ru"].values():
        rows = [by_place[place] for place in facts["evidence_of"]]
        assert len(rows) == facts["rows"]
        assert sum(_number(r["usd"]) for r in rows) == Decimal(facts["value_usd"])
        assert sum(_number(r["kg"]) for r in rows) == Decimal(facts["net_kg"])
    lanes = [truth["to_ru"][lane] for lane in ("CN", "KZ", "TR", "AE")]
    assert sum(lane["rows"] for lane in lanes) == truth["to_ru"]["all"]["rows"]


def test_the_control_date_bends_the_lanes(truth):
    direct = truth["to_ru"]["CN"]
    assert direct["per_month_after"] < direct["per_month_before"] / 2
    for lane in ("KZ", "TR", "AE"):
        assert truth["to_ru"][lane]["per_month_after"] > truth["to_ru"][lane]["per_month_before"]


def test_list_hits_mean_firms_that_stand_in_the_records(made, truth):
    names = {r["seller"] for r in _read_back(made, truth)}
    sellers = [h for h in truth["list_hits"] if not h["firm"].startswith("RU")]
    assert len(truth["list_hits"]) >= 5
    assert all(names & set(h["names"]) for h in sellers)
    listed = next(p for p in made.sources if p.name == "SIMULATED_sdn.csv")
    rows = list(csv.reader(listed.read_text(encoding="utf-8").splitlines()))
    assert all(len(row) == 12 and row[3] == "SIMULATED" for row in rows)
    assert {str(h["entry"]) for h in truth["list_hits"]} <= {row[0] for row in rows}


def test_near_misses_are_other_names(truth):
    present = {name.casefold() for names in truth["traders"].values() for name in names}
    assert truth["near_misses"]
    for miss in truth["near_misses"]:
        assert miss["listed"].casefold() != miss["firm"].casefold()
        assert miss["listed"].casefold() not in present


def test_the_press_states_what_the_records_support_and_contradict(made, truth):
    first, second, third = (p.read_text(encoding="utf-8") for p in made.sources if "press" in p.name)
    claimed = Decimal(re.search(r"More than \$([\d.]+) million", first)[1]) * 1_000_000
    total = Decimal(truth["to_ru"]["findable"]["value_usd"])
    assert claimed <= total < claimed + 100_000
    assert f"{truth['to_ru']['findable']['exporters']} exporters" in first
    assert "The Harbour Ledger" in second
    assert truth["to_ru"]["all"]["last_date"] > "2022-12-31"  # so "stopped since December 2022" is contradicted
    assert "denied" in third


def test_chains_of_four_firms_stand_in_the_records(made, truth):
    """Three declarations each: what one firm bought it sold some weeks later, and the last one goes to Russia."""
    by_place = {r["place"]: r for r in _read_back(made, truth)}
    assert len(truth["chains"]) >= 2
    for chain in truth["chains"]:
        records = [by_place[place] for place in chain]
        assert len(records) == 3
        assert [r["date"] for r in records] == sorted(r["date"] for r in records)
        assert records[-1]["to"] in RUSSIA
