"""What a file is taken for, whatever it is called. All names and figures are made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from enduse.errors import SourceRefused
from enduse.intake import READ_KINDS, detect

CUSTOMS_EN = (
    "Declaration number,Date,Exporter,Importer,HS code,Goods description,Quantity,Net weight kg,Value,Currency\n"
    + "".join(
        f"KZ77-{i:04d},1{i % 9}/03/2023,Northwind Co Ltd,Steppe LLP,88062210,Quadcopter drone with camera. In box.,{i},{i * 2}.5,{i * 100}.00,USD\n"
        for i in range(1, 12)
    )
)
CUSTOMS_RU = (
    "Номер декларации;Дата;Отправитель;Получатель;Код ТН ВЭД;Описание товара;Вес нетто, кг;Стоимость\r\n"
    + "".join(
        f"10702070/1403{i:02d}/0001234;14.03.2023;Нортвинд;ООО «Звезда»;8806221000;Квадрокоптер. Новый.;12,5;1000,25\r\n"
        for i in range(1, 9)
    )
)
STATISTICS = "reporter,partner,flow,month,value_eur\n" + "".join(
    f"AT,AM,export,2021-{m:02d},{m}000\n" for m in range(1, 13)
)
BILATERAL = "year,exporter,importer,product,value_kusd\n" + "".join(
    f"20{y},Argentina,Germany,250410,{y}.5\n" for y in range(10, 20)
)
OWNERS = "subject,owner,percentage,since\nAlpha LLC,Beta Ltd,51,2020-01-01\nAlpha LLC,Ivan Petrov,49,2020-01-01\n"
LIST = "name,aliases,country,program\nZarya Plant,Zavod Zarya;ZP,RU,TEST\nBlue Heron,,PA,TEST\n"
SDN = '101,"ZARYA PLANT",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n102,"PETROV, Ivan","individual","TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970."\n'
ALT = '101,1,"aka","ZAVOD ZARYA",-0- \n102,2,"fka","PETROFF, Ivan",-0- \n'
UN = '<?xml version="1.0"?>\n<CONSOLIDATED_LIST dateGenerated="2026-01-01"><INDIVIDUALS/></CONSOLIDATED_LIST>'
NOTE = "“Market notes” – drones, parts and batteries on the steppe\n\nNorthwind Aero of China delivered 40 drones to Steppe Trading in March 2023, the Example Gazette reported. It denied that.\n"
SHORT = "Drones seized.\nCustoms at the border stopped a truck, an official said.\n"
ONE_LINE = "A firm in Almaty, which sells toys, parts and drones, told the Gazette it had stopped all deliveries."
CHINESE = "市场消息\n\n据《示例报》报道，北风公司三月份向草原贸易公司交付了四十架无人机。海关官员否认了这一说法。\n"
COLON = "Analysis: drones cross the steppe\nOfficial: we know nothing\n\nThe ministry says: nothing was delivered. Two traders disagree with it.\n"
ORDER = json.dumps(
    {"order_id": "A-1", "buyer": {"name": "Steppe LLP"}, "items": [{"description": "drone", "quantity": 3}]}
)


@pytest.mark.parametrize(
    ("content", "encoding", "kind"),
    [
        (CUSTOMS_EN, "utf-8", "customs"),
        (CUSTOMS_EN, "utf-16", "customs"),
        (CUSTOMS_EN.split("\n")[0] + "\n", "utf-8", "customs"),
        (CUSTOMS_RU, "cp1251", "customs"),
        (STATISTICS, "utf-8", "statistics"),
        (BILATERAL, "utf-8", "statistics"),
        (OWNERS, "utf-8", "ownership"),
        (LIST, "utf-8", "watchlist"),
        (SDN, "utf-8", "watchlist"),
        (ALT, "utf-8", "watchlist"),
        (UN, "utf-8", "watchlist"),
        (NOTE, "utf-8", "press"),
        (SHORT, "utf-8", "press"),
        (ONE_LINE, "utf-8", "press"),
        (CHINESE, "utf-8", "press"),
        (COLON, "utf-8", "press"),
        (ORDER, "utf-8", "order"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "b.txt", "c"])
def test_the_content_decides(tmp_path: Path, content: str, encoding: str, kind: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    found = detect(path)
    assert found.kind == kind, found
    assert found.reason
    assert (kind in READ_KINDS) is (kind != "order")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff" * 300, "thing"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"%PDF-1.4", "PDF"),
        (b"<!DOCTYPE html><html><body><p></p></body></html>", "web page"),
        (b"<?xml version='1.0'?><catalog><book/></catalog>", "XML"),
        (b'{"a": 1, "b": [2]}', "no kind of source"),
    ],
)
def test_what_is_of_no_kind_is_refused_by_name(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "thing.csv"
    path.write_bytes(content)
    with pytest.raises(SourceRefused, match=why) as caught:
        detect(path)
    assert "thing.csv" in str(caught.value)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="no such file"):
        detect(tmp_path / "not_there.csv")
    with pytest.raises(SourceRefused, match="folder"):
        detect(tmp_path)


def test_a_workbook_names_its_sheets(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2023"
    for line in CUSTOMS_EN.splitlines():
        sheet.append(line.split(","))
    book.create_sheet("empty")
    book.save(tmp_path / "book.xlsx")
    found = detect(tmp_path / "book.xlsx")
    assert (found.kind, found.sheets) == ("customs", ("2023",))


@pytest.mark.shared
def test_the_shared_files_are_what_they_are(shared: Path) -> None:
    expected = {
        "press/*.txt": "press",
        "trade/vendor_samples/*_short.csv": "customs",
        "trade/pk_goods_declarations_hs8513/*.csv": "customs",
        "statistics/eurostat_total*": "statistics",
    }
    for pattern, kind in expected.items():
        for path in sorted((shared / "data").glob(pattern))[::5]:
            assert detect(path).kind == kind, path.name


def test_a_sheet_of_remarks_is_left_out_and_named(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["Imports of drones"])
    book.active.append(["Made by the desk on Friday."])
    for title in ("2022", "2023"):
        page = book.create_sheet(title)
        page.append(["Declaration", "Date", "Exporter", "Importer", "HS Code", "Description", "Value USD"])
        for i in range(10, 20):
            page.append([f"D{i}", f"{title}-01-{i}", "Alpha Ltd", "Beta LLC", "880622", "quadcopter", i])
    page = book.create_sheet("list")
    for line in (["name", "aliases", "program"], ["Zarya", "ZP", "TEST"], ["Blue Heron", None, "TEST"]):
        page.append(line)
    path = tmp_path / "book.xlsx"
    book.save(path)
    found = detect(path)
    assert (found.kind, found.sheets) == ("customs", ("2022", "2023"))
    assert [(p.sheet, p.kind) for p in found.parts] == [("2022", "customs"), ("2023", "customs"), ("list", "watchlist")]
    assert "Read me" in found.reason
    assert "Read me" not in detect(path, "customs").sheets
