"""Layouts of our own making with the roles they should get, and invented values for them: what the mapper is measured on."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from enduse.reference import countries

HERE = Path(__file__).parent
ROLES = {
    "di": "declaration_id", "ln": "line_no", "dt": "date", "dir": "direction", "en": "exporter_name", "ea": "exporter_address",
    "ei": "exporter_id", "ec": "exporter_country", "in": "importer_name", "ia": "importer_address", "ii": "importer_id",
    "ic": "importer_country", "mf": "manufacturer", "br": "brand", "ds": "description", "hs": "hs_code", "oc": "origin_country",
    "dc": "departure_country", "tc": "trading_country", "de": "destination_country", "tm": "transport_mode", "q": "quantity",
    "u": "unit", "nk": "net_kg", "gk": "gross_kg", "v": "value", "cu": "currency", "vu": "value_usd", "vb": "value_basis",
    "up": "unit_price", "co": "customs_office", "ct": "container", "bl": "bill_of_lading",
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A header row with its answers. `wanted[i]` are the roles that are right for column i, the best first."""

    name: str
    file: str
    columns: tuple[str, ...]
    wanted: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language of the header words, from the layout's name."""
        return {"ua": "uk", "kz": "ru"}.get(self.name.split("_")[0], self.name.split("_")[0])


def read(path: Path) -> tuple[Layout, ...]:
    """The layouts of one file. Codes: those of `ROLES`; x and a letter is a column no role asks for, and what it holds."""
    found = []
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x and not x.startswith("# ")]
    for head, body in zip(lines[::2], lines[1::2], strict=True):
        name, file = (p.strip() for p in head.removeprefix("##").split("|"))
        pairs = [p.strip().rsplit("=", 1) for p in body.split("; ")]
        codes = [c.split(".") for _, c in pairs]
        roles = tuple(tuple(ROLES.get(c, "ignore") for c in some) for some in codes)
        found.append(Layout(name, file, tuple(p for p, _ in pairs), roles, tuple(c[0] for c in codes)))
    return tuple(found)


_FIRMS = {
    "ru": "ООО «Северный ветер»|АО «Техносфера»|ООО Логистика Плюс|ИП Сидоров", "uk": "ТОВ «Дніпро Трейд»|ПП Карпати|ФОП Бондар",
    "kk": "ЖШС «Алатау»|ТОО Тенгри Импорт", "es": "COMERCIAL DEL SUR SA|IMPORTADORA ANDES SRL|Tejidos Norte LTDA", "pt": "COMERCIO DO NORTE LTDA|Maquinas Paulista SA",
    "tr": "ANADOLU DIS TICARET LTD STI|Ege Makina Sanayi A.S.", "vi": "CÔNG TY TNHH SÔNG HỒNG|Công ty CP Nam Á", "zh": "深圳市远航科技有限公司|宁波大成进出口公司",
    "id": "PT SINAR NUSANTARA|PT MAJU JAYA TBK", "en": "BLUE RIVER TRADING LLC|Orion Tools Ltd|Westfield Corp",
}  # fmt: skip
_PLACES = {
    "ru": "г. Самара, ул. Лесная, д. 5|115114, Москва, наб. Речная 12", "uk": "м. Дніпро, вул. Садова 3", "kk": "Алматы қ., Абай даңғылы 10", "es": "Av. Central 123, Lima|Calle 10 # 4-20",
    "pt": "Rua das Flores 100, Santos", "tr": "Atatürk Cad. No:12 İzmir", "vi": "Số 5 đường Lê Lợi, Hà Nội", "zh": "深圳市南山区科技路8号", "id": "Jl. Merdeka No. 7, Surabaya", "en": "12 Mill Road, Leeds|Suite 4, 9 King St",
}  # fmt: skip
_GOODS = {
    "ru": "НАСОС ЦЕНТРОБЕЖНЫЙ ДЛЯ ВОДЫ, НОВЫЙ|ПЛИТКА КЕРАМИЧЕСКАЯ 60Х60 СМ", "uk": "НАСОС ДЛЯ ВОДИ, НОВИЙ, 2 ШТ", "kk": "СУ СОРҒЫСЫ, ЖАҢА", "es": "BOMBA CENTRIFUGA PARA AGUA, NUEVA|BALDOSAS CERAMICAS 60X60",
    "pt": "BOMBA CENTRIFUGA PARA AGUA, NOVA", "tr": "SU POMPASI, SANTRIFUJ, YENI", "vi": "Máy bơm nước ly tâm, mới 100%", "zh": "离心水泵|新的|无品牌", "id": "POMPA AIR SENTRIFUGAL BARU", "en": "CENTRIFUGAL WATER PUMP, NEW, 2 KW|CERAMIC TILES 60X60 CM",
}  # fmt: skip
_UNITS = {"ru": "ШТ|КГ|М2", "uk": "шт|кг", "kk": "дана|кг", "es": "UNIDAD|KILOGRAMO", "pt": "UNIDADE|KG", "tr": "ADET|KG", "vi": "cái|kg", "zh": "个|千克", "id": "PCE|KGM", "en": "PCS|KGS|SET"}  # fmt: skip
_MODES = {"ru": "30|40|морской", "es": "MARITIMO|AEREO", "pt": "MARITIMA|AEREA", "tr": "DENIZ|HAVA", "vi": "đường biển", "zh": "水路运输|航空运输", "id": "LAUT|UDARA", "en": "SEA|AIR|ROAD"}  # fmt: skip
_FLOWS = {"ru": "ИМ", "uk": "імпорт", "es": "IMPORTACION", "zh": "进口", "en": "import"}
_OFFICES = {"ru": "10012020|10702030", "uk": "UA100020", "zh": "宁波海关", "en": "CITY PORT|NORTH GATE", "es": "CALLAO", "pt": "SANTOS", "tr": "AMBARLI", "vi": "03CC", "id": "040300"}  # fmt: skip
_DATES = {"ru": "{d:02}.{m:02}.{y}", "uk": "{d:02}.{m:02}.{y}", "kk": "{d:02}.{m:02}.{y}", "es": "{d:02}/{m:02}/{y}", "pt": "{d:02}/{m:02}/{y}", "tr": "{d:02}.{m:02}.{y}", "vi": "{d:02}/{m:02}/{y}", "id": "{d:02}-{m:02}-{y}"}  # fmt: skip
_COUNTRIES = ("CN", "DE", "TR", "IT", "KR", "VN", "JP", "PL", "IN", "BR")
_AT_HOME = {"ru": "RU", "uk": "UA", "kk": "KZ", "es": "PE", "pt": "BR", "tr": "TR", "vi": "VN", "zh": "CN", "id": "ID"}


@cache
def _named(language: str) -> dict[str, str]:
    return {a: n for a, n, lang in reversed(countries.table()) if lang == language}


def _cell(kind: str, layout: Layout, rng: random.Random, row: int) -> str:
    lang = layout.language

    def some(table: dict[str, str]) -> str:
        return rng.choice((table.get(lang) or table["en"]).split("|"))

    amount = rng.uniform(10, 90_000)
    decimal = "," if lang in ("ru", "uk", "tr", "pt") else "."
    if kind in ("oc", "dc", "tc", "de", "ec", "ic", "xc"):
        code = rng.choice(_COUNTRIES)
        style = sum(map(ord, layout.name)) % 3
        home = _AT_HOME.get(lang, "GB")
        exports = bool(re.search("exp|эксп|експ|ihr|xuất|出口|ekspor", layout.file))
        code = home if (kind == "de" and not exports) or (kind == "dc" and exports) else code
        return code if style == 0 else _named("alpha3").get(code, code) if style == 1 else _named(lang).get(code, code)
    if kind in ("nk", "gk", "v", "vu", "up", "xn"):
        scale = {"gk": 1.1, "up": 0.01}.get(kind, 1.0)
        return f"{amount * scale:.2f}".replace(".", decimal)
    simple = {
        "en": _FIRMS["zh"] if rng.random() < 0.3 and lang != "zh" else _FIRMS["en"], "in": _FIRMS.get(lang, _FIRMS["en"]), "xf": _FIRMS["en"], "mf": _FIRMS["en"],
    }  # fmt: skip
    if kind in simple:
        return rng.choice(simple[kind].split("|"))
    if kind in ("ea", "ia"):
        return some(_PLACES if kind == "ia" else {"en": _PLACES["en"]})
    tables = {"ds": _GOODS, "u": _UNITS, "tm": _MODES, "dir": _FLOWS, "co": _OFFICES, "xu": {"en": "KG"}}
    if kind in tables:
        return some(tables[kind])
    if kind in ("dt", "xd"):
        return _DATES.get(lang, "{y}-{m:02}-{d:02}").format(d=rng.randint(1, 28), m=rng.randint(1, 12), y=rng.choice((2021, 2022, 2023)))  # fmt: skip
    numbers = {
        "di": lambda: f"{rng.randint(10_000_000, 10_999_999)}/{rng.randint(10, 28)}0222/{rng.randint(1_000_000, 9_999_999)}" if lang == "ru" else f"{rng.choice('ABC')}{rng.randint(10**8, 10**9)}",
        "ln": lambda: str(row % 7 + 1), "hs": lambda: rng.choice(("8413708100", "6907219000", "8501320000", "8806220000")), "q": lambda: str(rng.randint(1, 900)),
        "ei": lambda: str(rng.randint(10**8, 10**9)), "ii": lambda: str(rng.randint(10**9, 10**10)), "br": lambda: rng.choice(("NORDA", "ZETA", "OMEGATEK", "")),
        "cu": lambda: rng.choice(("USD", "EUR", "CNY")), "vb": lambda: rng.choice(("FOB", "CIF", "EXW", "DAP")), "bl": lambda: f"{rng.choice(('HLCU', 'MEDU', 'OOLU'))}{rng.randint(10**7, 10**8)}",
        "ct": _container(rng), "xk": lambda: rng.choice(("10", "4000", "71", "B")), "xt": lambda: rng.choice(("SHANGHAI", "NINGBO", "HAMBURG", "M-200", "P4")), "x": lambda: rng.choice(("a", "b")),
    }  # fmt: skip
    make = numbers[kind]
    return make() if callable(make) else make


def _container(rng: random.Random) -> str:
    body = rng.choice(("MSCU", "TGHU", "CMAU")) + f"{rng.randint(0, 999_999):06}"
    letters = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [10, *range(12, 22), *range(23, 33), *range(34, 39)], strict=True))
    total = sum((letters[c] if c.isalpha() else int(c)) << i for i, c in enumerate(body))
    return f"{body}{total % 11 % 10}"


def values(layout: Layout, rows: int = 40, seed: int = 1) -> list[list[str | None]]:
    """Invented records for a layout."""
    rng = random.Random(f"{seed}{layout.name}")
    return [[_cell(kind, layout, rng, row) or None for kind in layout.kinds] for row in range(rows)]


@dataclass
class Tally:
    """Columns mapped and how many of them rightly; roles present and how many of them found."""

    mapped: int = 0
    right: int = 0
    present: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        """Share of mapped columns with a right role."""
        return self.right / self.mapped if self.mapped else 0.0

    @property
    def recall(self) -> float:
        """Share of the roles present that were found."""
        return self.found / self.present if self.present else 0.0


def mark(layout: Layout, got: dict[int, str], tally: Tally) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Count one layout into `tally`; yields (column, given, wanted) of each fault. `got` is role by column, none ignored."""
    held = {role for i, role in got.items() if role in layout.wanted[i]}
    for i, role in got.items():
        tally.mapped += 1
        tally.right += role in layout.wanted[i]
        if role not in layout.wanted[i]:
            yield layout.columns[i], role, layout.wanted[i]
    first = [(i, w[0]) for i, w in enumerate(layout.wanted) if w[0] != "ignore"]
    for role in dict.fromkeys(r for _, r in first):
        tally.present += 1
        places = [i for i, r in first if r == role]
        # A column of two fair readings does not count against its first where it got the second.
        ok = (
            role in held
            or any(got.get(i) in layout.wanted[i] for i in places)
            or all("ignore" in layout.wanted[i] for i in places)
        )
        tally.found += ok
        if not ok:
            yield layout.columns[places[0]], "-", layout.wanted[places[0]]
