"""The cells of a file: records of numbers become columns of text, as the office writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import lands, naming
from .chance import Ints, mix, pick
from .naming_words import CYRILLIC
from .offices import COUNTRIES, PLACES, UNITS, Office
from .products import PRODUCTS
from .records import GAPS, VAGUE
from .settings import FIRST
from .texts import Texts
from .trade import Setting

_CYRILLIC_LANDS = np.array([land.style in CYRILLIC for land in lands.LANDS])


def _whole(values: np.ndarray) -> pa.Array:
    return pa.array(values.astype(np.int64)).cast(pa.string())


def _all(word: str, count: int) -> pa.Array:
    return pa.array([word] * count, pa.string())


def decimals(values: Ints, places: int, *, comma: bool) -> pa.Array:
    """Whole thousandths or hundredths as a decimal number."""
    whole, rest = np.divmod(values, 10**places)
    return pc.binary_join_element_wise(_whole(whole), pc.utf8_lpad(_whole(rest), places, "0"), "," if comma else ".")


def dates(day: Ints) -> pa.Array:
    return pa.array(np.datetime64(FIRST) + day.astype("timedelta64[D]"))


@dataclass
class Writer:
    """Turns the records of one file into columns of text."""

    setting: Setting
    name: str
    office: Office
    place: int
    side: str
    texts: Texts
    _units: pa.Array = field(init=False)

    def __post_init__(self) -> None:
        words = UNITS[self.office.language]
        self._units = pa.array([words[PRODUCTS[p].unit] for p in self.texts.product])

    def scripts(self, firm: Ints) -> Ints:
        """In which script the names of firms stand in this file."""
        country = self.setting.firms.country[firm]
        foreign = np.where(
            _CYRILLIC_LANDS[country] & (self.office.language in ("ru", "uk")), naming.RUSSIAN, self.office.foreign
        )
        if self.office.language == "ru" and self.office.foreign == naming.LATIN:  # now and then by ear
            foreign = np.where(pick(100, self.setting.seed, firm, 91) < 12, naming.RUSSIAN, foreign)
        return np.where(country == self.place, self.office.own, foreign)

    def names(self, records: np.ndarray, who: str) -> pa.Array:
        firm = records[who].astype(np.int64)
        words, at = naming.spelled_all(
            self.setting.seed,
            self.setting.firms.country,
            firm,
            self.scripts(firm),
            records[f"{who}_as"].astype(np.int64),
        )
        return self._unless(records, who, pc.take(pa.array(words, pa.string()), pa.array(at)))

    def addresses(self, records: np.ndarray, who: str) -> pa.Array:
        firms, at = np.unique(records[who], return_inverse=True)
        house = self.setting.firms.address[firms]
        country = self.setting.firms.country[firms]
        words = []
        for number, land in zip(mix(self.setting.seed, house, 92).tolist(), country.tolist(), strict=True):
            streets = PLACES[lands.LANDS[land].style]
            words.append(f"{streets[number % len(streets)]}, {number // 8 % 240 + 1}-{number // 4096 % 900 + 1}")
        return pc.take(pa.array(words, pa.string()), pa.array(at))

    def numbers(self, records: np.ndarray) -> pa.Array:
        """Declaration numbers with the date inside; repeats and amendments keep the number of the first."""
        serial = pc.utf8_lpad(
            _whole(pick(9_999_999, self.setting.seed, records["lot"], int(self.side == "export"), 51)), 7, "0"
        )
        post = f"{self.name[:2].upper()}{10 + self.place}"
        return pc.binary_join_element_wise(post, pc.strftime(dates(records["day"]), "%y%m%d"), serial, "/")

    def _country(self, at: Ints) -> pa.Array:
        words = COUNTRIES.get(self.office.countries)
        return pc.take(pa.array(words or [land.code for land in lands.LANDS]), pa.array(at.astype(np.int64)))

    def _unless(self, records: np.ndarray, gap: str, values: pa.Array) -> pa.Array:
        if gap not in GAPS:
            return values
        return pc.if_else(pa.array(records["missing"] >> GAPS.index(gap) & 1 > 0), "", values)

    def _tax(self, records: np.ndarray, who: str) -> pa.Array:
        firm = records[who].astype(np.int64)
        own = self.setting.firms.country[firm] == self.place
        number = _whole(1_000_000_000 + pick(8_999_999_999, self.setting.seed, firm, 93))
        return self._unless(records, f"{who}_id", pc.if_else(pa.array(own), number, ""))

    def _text(self, records: np.ndarray) -> pa.Array:
        text = self.texts.write(records)
        if not self.office.capitals:
            return text
        return pc.utf8_upper(pc.replace_substring(text, "i", "İ") if self.office.language == "tr" else text)

    def _code(self, records: np.ndarray) -> pa.Array:
        code = pc.utf8_lpad(_whole(records["code"]), 10, "0")
        digits = self.office.digits
        return self._unless(
            records,
            "code",
            pc.utf8_slice_codeunits(code, 0, digits) if digits <= 10 else pc.utf8_rpad(code, digits, "0"),
        )

    def _brand(self, records: np.ndarray) -> pa.Array:
        brand = pc.take(self.texts.brands, pa.array(records["model"].astype(np.int64)))
        return self._unless(
            records, "brand", pc.if_else(pa.array(records["wording"] & VAGUE > 0), "", pc.utf8_upper(brand))
        )

    def _box(self, records: np.ndarray) -> pa.Array:
        box = records["box"]
        draw = mix(self.setting.seed, box, 94)
        owner = pc.take(
            pa.array(["MSKU", "TGHU", "CMAU", "TEMU", "FESU", "OOLU"]), pa.array((draw % np.uint64(6)).astype(np.int64))
        )
        number = pc.utf8_lpad(_whole(((draw >> np.uint64(8)) % np.uint64(10_000_000)).astype(np.int64)), 7, "0")
        return pc.if_else(pa.array(box > 0), pc.binary_join_element_wise(owner, number, ""), "")

    def column(self, role: str, records: np.ndarray) -> pa.Array:
        comma, count = self.office.comma, len(records)
        ways: dict[str, Callable[[], pa.Array]] = {
            "number": lambda: self.numbers(records),
            "line": lambda: _whole(1 + pick(6, self.setting.seed, records["lot"], 95)),
            "date": lambda: pc.strftime(dates(records["day"]), self.office.date),
            "direction": lambda: _all("ИМ" if self.side == "import" else "ЭК", count),
            "seller": lambda: self.names(records, "seller"),
            "buyer": lambda: self.names(records, "buyer"),
            "seller_id": lambda: self._tax(records, "seller"),
            "buyer_id": lambda: self._tax(records, "buyer"),
            "seller_address": lambda: self.addresses(records, "seller"),
            "buyer_address": lambda: self.addresses(records, "buyer"),
            "start": lambda: self._country(records["start"]),
            "end": lambda: self._country(records["end"]),
            "origin": lambda: self._unless(records, "origin", self._country(records["origin"])),
            "text": lambda: self._text(records),
            "brand": lambda: self._brand(records),
            "code": lambda: self._code(records),
            "net": lambda: self._unless(records, "net_kg", decimals(records["grams"], 3, comma=comma)),
            "gross": lambda: decimals(records["grams"] * 108 // 100, 3, comma=comma),
            "quantity": lambda: self._unless(records, "quantity", _whole(records["quantity"])),
            "unit": lambda: pc.take(self._units, pa.array(records["model"].astype(np.int64))),
            "value": lambda: self._unless(records, "value", decimals(records["cents"], 2, comma=comma)),
            "basis": lambda: _all("FOB" if self.side == "export" else "CIF", count),
            "box": lambda: self._box(records),
        }
        return ways[role]()

    def table(self, records: np.ndarray) -> pa.Table:
        """The columns of the file under its own headers."""
        return pa.table({header: self.column(role, records) for header, role in self.office.columns})
