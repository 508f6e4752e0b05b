"""How each office writes a lot down: columns, language, script, number and date style, delimiter and encoding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from .lot import Lot
from .words import COUNTRY

Cell = Callable[[Lot], str]


@dataclass(frozen=True)
class Layout:
    """A file's form. `columns` are pairs of header and the function that fills the cell."""

    file: str
    name: str
    encoding: str
    delimiter: str
    columns: tuple[tuple[str, Cell], ...]
    gzip: bool = False
    quote_all: bool = False


def _point(value: Decimal) -> str:
    return f"{value:f}"


def _comma(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _turkish(value: Decimal) -> str:
    """1234567.80 as 1.234.567,80."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def _get(name: str, style: Callable[[Decimal], str] = _point) -> Cell:
    """The cell of a field, empty where the lot leaves it out."""

    def cell(lot: Lot) -> str:
        if name in lot.missing:
            return ""
        value = {"net_kg": lot.net_kg, "gross_kg": lot.net_kg * Decimal("1.1"), "value_usd": lot.value_usd}[name]
        return style(value.quantize(Decimal("0.001") if name.endswith("kg") else Decimal("0.01")))

    return cell


def _quantity(lot: Lot) -> str:
    return "" if "quantity" in lot.missing else str(lot.quantity)


def _seller(lot: Lot) -> str:
    return "" if "seller_name" in lot.missing else lot.seller_name


def _seller_id(lot: Lot) -> str:
    return "" if "seller_id" in lot.missing else lot.seller.tax_id


def _brand(lot: Lot) -> str:
    return "" if "brand" in lot.missing or lot.evidence in ("code", "hidden") else lot.good.brand.upper()


def _origin(words: dict[str, str] | None = None) -> Cell:
    return lambda lot: "" if "origin" in lot.missing else (words[lot.origin] if words else lot.origin)


def _rate(rate: str, style: Callable[[Decimal], str]) -> Cell:
    """Value in another currency at one fixed, invented rate."""
    return lambda lot: style((lot.value_usd * Decimal(rate)).quantize(Decimal("0.01")))


YUAN = "6.9"  # the invented rate, yuan for a dollar
_UNIT_RU = {"C62": "ШТ", "KGM": "КГ", "MTK": "М2"}
_UNIT_TR = {"C62": "ADET", "KGM": "KG", "MTK": "M2"}
_UNIT_ZH = {"C62": "个", "KGM": "千克", "MTK": "平方米"}
_UNIT_EN = {"C62": "PCS", "KGM": "KGS", "MTK": "SQM"}

RU = Layout("ru", "SIMULATED_ru_import_2022-01_2024-03.csv", "cp1251", ";", (
    ("ND (Номер декларации)", lambda x: x.number),
    ("G32 (Номер товара)", lambda x: str(x.line)),
    ("G072 (Дата регистрации)", lambda x: f"{x.date:%d.%m.%Y}"),
    ("G011 (Направление перемещения)", lambda _: "ИМ"),
    ("G022 (Наименование отправителя)", _seller),
    ("G081 (ИНН получателя)", lambda x: x.buyer.tax_id),
    ("G082 (Наименование получателя)", lambda x: x.buyer_name),
    ("G083 (Адрес получателя)", lambda x: f"г. {x.buyer.city}"),
    ("G15A (Код страны отправления)", lambda x: x.departure),
    ("G17A (Код страны назначения)", lambda x: x.destination),
    ("G31_1 (Наименование и характеристики товаров)", lambda x: x.text),
    ("G31_12 (Товарный знак, патент)", _brand),
    ("G33 (Код товара по ТН ВЭД)", lambda x: x.hs),
    ("G34 (Код страны происхождения)", _origin()),
    ("G35 (Вес брутто, кг)", _get("gross_kg", _comma)),
    ("G38 (Вес нетто, кг)", _get("net_kg", _comma)),
    ("G31_7 (Количество)", _quantity),
    ("G31_7_1 (Единица измерения)", lambda x: _UNIT_RU[x.good.unit]),
    ("G221 (Букв.код валюты контракта)", lambda _: "CNY"),
    ("G42 (Фактурная стоимость)", _rate(YUAN, _comma)),
    ("G46 (Статистическая стоимость, USD.)", _get("value_usd", _comma)),
))  # fmt: skip
# The later delivery of the same customs: the same boxes under longer labels, in another order, with other signs, and a
# month that the first delivery holds too.
RU_LATER = Layout("ru", "SIMULATED_ru_import_2024-03_2024-06.csv.gz", "utf-8", ",", (
    ("G072 (Дата оформления ГТД в АИС декларанта)", lambda x: f"{x.date:%Y-%m-%d}"),
    ("ND  Номер  декларации на товары", lambda x: x.number),
    ("G32 (номер товара по ГТД / списку)", lambda x: str(x.line)),
    ("G011 (Направление перемещения)", lambda _: "ИМ"),
    ("G022 (Наименование отправителя)", _seller),
    ("G082 (Наименование получателя)", lambda x: x.buyer_name),
    ("G081 (ИНН получателя)", lambda x: x.buyer.tax_id),
    ("G083 (Адрес получателя)", lambda x: f"г. {x.buyer.city}"),
    ("G33 (код товара по ТН ВЭД России)", lambda x: x.hs),
    ("G31_1 (Описание и характеристика товара)", lambda x: x.text),
    ("G31_12 (Товарный знак, объект авторского права)", _brand),
    ("G34 (Код страны происхождения)", _origin()),
    ("G15A (код страны отправления)", lambda x: x.departure),
    ("G17A (код страны назначения)", lambda x: x.destination),
    ("G31_7 (Количество)", _quantity),
    ("G31_7_1 (Единица измерения)", lambda x: _UNIT_RU[x.good.unit]),
    ("G35 (Вес брутто (кг))", _get("gross_kg")),
    ("G38 (Вес нетто (кг))", _get("net_kg")),
    ("G221 (Код валюты фактурной стоимости)", lambda _: "CNY"),
    ("G42 (Фактурная стоимость товара)", _rate(YUAN, _point)),
    ("G46 (Статистическая стоимость товара в USD)", _get("value_usd")),
), gzip=True)  # fmt: skip
KZ = Layout("kz", "SIMULATED_kz_declarations_2022_2024.txt", "utf-16", "\t", (
    ("Направление (ИМ/ЭК)", lambda x: "ИМ" if x.direction == "import" else "ЭК"),
    ("Регистрационный №", lambda x: x.number),
    ("Номер товара", lambda x: str(x.line)),
    ("Дата регистрации ДТ", lambda x: f"{x.date:%d.%m.%Y}"),
    ("Наименование отправителя", _seller),
    ("БИН/ИНН отправителя", _seller_id),
    ("Страна отправления", lambda x: COUNTRY["ru"][x.departure]),
    ("Получатель", lambda x: x.buyer_name),
    ("БИН/ИНН получателя", lambda x: x.buyer.tax_id),
    ("Страна назначения", lambda x: COUNTRY["ru"][x.destination]),
    ("Страна происхождения товара", _origin(COUNTRY["ru"])),
    ("Код товара по ТН ВЭД", lambda x: x.hs),
    ("Описание и характеристика товара", lambda x: x.text),
    ("Товарный знак", _brand),
    ("Количество", _quantity),
    ("Единица измерения", lambda x: _UNIT_RU[x.good.unit]),
    ("Вес нетто, кг", _get("net_kg", _comma)),
    ("Статистическая стоимость, долл. США", _get("value_usd", _comma)),
))  # fmt: skip
TR = Layout("tr", "SIMULATED_tr_ihracat_2022_2024.csv", "cp1254", ";", (
    ("Beyanname No", lambda x: x.number),
    ("Kalem No", lambda x: str(x.line)),
    ("Tescil Tarihi", lambda x: f"{x.date.day}.{x.date.month}.{x.date.year}"),
    ("İhracatçı Vergi No", _seller_id),
    ("İhracatçı Unvanı", _seller),
    ("Alıcı Unvanı", lambda x: x.buyer_name),
    ("Çıkış Ülkesi", lambda x: COUNTRY["tr"][x.departure]),
    ("Varış Ülkesi", lambda x: COUNTRY["tr"][x.destination]),
    ("Menşe Ülke", _origin(COUNTRY["tr"])),
    ("GTİP", lambda x: x.hs),
    ("Eşya Tanımı", lambda x: x.text),
    ("Miktar", _quantity),
    ("Ölçü Birimi", lambda x: _UNIT_TR[x.good.unit]),
    ("Net Ağırlık (Kg)", _get("net_kg", _turkish)),
    ("İstatistiki Kıymet (USD)", _get("value_usd", _turkish)),
    ("Teslim Şekli", lambda _: "FOB"),
))  # fmt: skip
CN = Layout("cn", "SIMULATED_cn_chukou_2022_2024.csv", "gb18030", ",", (
    ("报关单号", lambda x: x.number),
    ("项号", lambda x: str(x.line)),
    ("申报日期", lambda x: f"{x.date:%Y-%m-%d}"),
    ("境内发货人", _seller),
    ("境内发货人编码", _seller_id),
    ("境外收货人", lambda x: x.buyer_name),
    ("运抵国", lambda x: COUNTRY["zh"][x.destination]),
    ("原产国", _origin(COUNTRY["zh"])),
    ("商品编号", lambda x: x.hs),
    ("商品名称", lambda x: x.text),
    ("品牌", _brand),
    ("数量", _quantity),
    ("计量单位", lambda x: _UNIT_ZH[x.good.unit]),
    ("净重(千克)", _get("net_kg")),
    ("总价(美元)", _get("value_usd")),
    ("成交方式", lambda _: "FOB"),
), quote_all=True)  # fmt: skip
AE = Layout("ae", "SIMULATED_ae_exports_monthly_2022_2024.csv", "utf-8-sig", ",", (
    ("MONTHYEAR", lambda x: f"{x.date:%b %Y}"),
    ("DECLARATION_NO", lambda x: x.number),
    ("EXPORTER_NAME", _seller),
    ("BUYER_NAME", lambda x: x.buyer_name),
    ("HS_CODE", lambda x: x.hs[:8]),
    ("PRODUCT_DESCRIPTION", lambda x: x.text),
    ("ORIGIN_COUNTRY", _origin(COUNTRY["en"])),
    ("EXPORT_COUNTRY", lambda x: COUNTRY["en"][x.departure]),
    ("DESTINATION_COUNTRY", lambda x: COUNTRY["en"][x.destination]),
    ("QUANTITY", _quantity),
    ("UNIT", lambda x: _UNIT_EN[x.good.unit]),
    ("NET_WEIGHT_KG", _get("net_kg")),
    ("FOB_VALUE_USD", _get("value_usd")),
))  # fmt: skip
ALL: tuple[Layout, ...] = (RU, RU_LATER, KZ, TR, CN, AE)
