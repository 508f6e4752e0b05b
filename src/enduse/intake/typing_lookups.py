"""Small tables of DISTINCT cells with what they mean, joined back to the rows by the SQL of `typing_sql`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import pyarrow as pa

from enduse.contracts import AMOUNT, AMOUNT_ROLES, COUNTRY_ROLES
from enduse.engine.base import Engine
from enduse.reference import countries, currencies, units

from . import typing_rates
from .mapping import Side, flow
from .mapping.money import agrees
from .mapping.readers import RUPEE
from .raw import Raw
from .typing_sql import NAMES, Cell, blank_words, key_text, odd_sql
from .values import codes, dates, names, numbers
from .values.empties import empty
from .values.numbered_dates import InNumber, in_numbers

_PLACES = Decimal("0.0001")
_TIME = "[T ,]+[0-9]{1,2}:[0-9]{2}.*$"


@dataclass
class Lookups:
    """The lookups of one file. `tables` maps a role to its table; `notes` keeps what the values decided per role.

    `blanks` holds the words for nothing that a column has, or may have. The sample of a small file is the whole of it: then DISTINCT
    cells are taken from there, and no query is asked.
    """

    engine: Engine
    raw: Raw
    cells: Mapping[str, Cell]
    side: Side
    tables: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    decimals: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rates: typing_rates.Table = typing_rates.EMPTY
    numbered: InNumber | None = None
    computes: bool = False
    days: set[dt.date] = field(default_factory=set)

    @property
    def small(self) -> bool:
        """Whether the sample holds every record."""
        return len(self.raw.sample) == self.raw.records

    @property
    def filled(self) -> bool:
        """Whether some column with a role is known to be filled in every record, so that none can be rejected."""
        return self.small and any(
            not self.blanks.get(role) and None not in {row[_at(cell)] for row in self.raw.sample}
            for role, cell in self.cells.items()
        )

    def build(self) -> None:
        """Make every table the columns of this file need."""
        self.computes = self._computes()
        for role, cell in self.cells.items():
            if role == "date":
                self._dates(cell)
            elif role in COUNTRY_ROLES:
                self._countries(cell)
            elif role == "currency":
                self._map(cell, currencies.code)
            elif role == "unit":
                self._units(cell)
            elif role == "hs_code":
                self._map(cell, codes.hs)
            elif role == "direction":
                self._map(cell, flow)
            elif role in NAMES:
                self._names(cell)
        if "date" not in self.cells:
            self._dates_of_numbers()
        self._numbers()
        self._weights()
        self._blanks()
        self._rates()

    def drop(self) -> None:
        """Forget the tables."""
        for table in self.tables.values():
            self.engine.drop(table)

    def _put(self, role: str, data: pa.Table) -> None:
        table = f"read_{role}"
        self.engine.put(table, data)
        self.tables[role] = table

    def _distinct(self, text: str) -> list[str]:
        if self.small and text[1:].isdecimal():
            return sorted({c for row in self.raw.sample if (c := row[int(text[1:]) - 1]) is not None})
        found = self.engine.fetch(f"SELECT DISTINCT {text} AS cell FROM raw_rows WHERE {text} IS NOT NULL")
        return sorted(found.column("cell").to_pylist())

    def _note_blanks(self, role: str, texts: Iterable[str]) -> None:
        self.blanks[role] = tuple(sorted(set(blank_words(role)).intersection(texts)))

    def _blanks(self) -> None:
        """The words for nothing in the columns that no lookup has seen; in a large file, any: asking costs more."""
        for role, cell in self.cells.items():
            if role not in self.blanks:
                self._note_blanks(role, self._distinct(cell.column) if self.small else blank_words(role))

    def _map(self, cell: Cell, reader: Callable[[str], str | None], *, country: bool = False) -> None:
        texts = self._distinct(cell.column)
        self._note_blanks(cell.role, texts)
        blank = [empty(t, country=country) for t in texts]
        means = [None if b else reader(t) for t, b in zip(texts, blank, strict=True)]
        self._put(cell.role, _table(texts, {"means": pa.array(means, pa.string())}, blank))

    def _dates(self, cell: Cell) -> None:
        timed = any(":" in (row[int(cell.column[1:]) - 1] or "") for row in self.raw.sample)
        if timed:
            self.decimals["date"] = _TIME
        texts = self._distinct(key_text(cell, self.decimals))
        self._note_blanks("date", texts)
        # The proposal saw a sample, this is the whole column. A mapping file is obeyed.
        order, why = dates.order_of(texts, self._other_dates(cell))
        if cell.fixed and cell.reader.order:
            order, why = cell.reader.order, "as the mapping file says"
        self.notes["date"] = f"read as {order}: {why}"
        self._put_dates(texts, order)

    def _put_dates(self, texts: list[str], order: str) -> None:
        blank = [empty(t) for t in texts]
        reads = [None if b else dates.parse(t, order) for t, b in zip(texts, blank, strict=True)]
        country = self.side.country
        columns = {
            "means": pa.array([r[0] if r else None for r in reads], pa.date32()),
            "fine": pa.array([r[1] if r else None for r in reads], pa.string()),
            "revision": pa.array([codes.revision(r[0], country) if r else None for r in reads], pa.string()),
        }
        self.days = {r[0] for r in reads if r}
        self._put("date", _table(texts, columns, blank))

    def _other_dates(self, cell: Cell) -> Iterator[list[str]]:
        """Other columns of the sample that hold dates, for a column that leaves the order of day and month open."""
        for at in range(len(self.raw.columns)):
            cells = [c for row in self.raw.sample[:300] if at != _at(cell) and (c := row[at]) is not None]
            if len(cells) > 2 and sum(map(dates.looks_like, cells)) > 0.8 * len(cells):
                yield cells

    def _dates_of_numbers(self) -> None:
        """Without a column of dates, the day inside the declaration numbers, where they bear one."""
        cell = self.cells.get("declaration_id")
        if cell is None:
            return
        self.numbered = in_numbers(row[_at(cell)] for row in self.raw.sample)
        if self.numbered is not None:
            texts = self._distinct(self.numbered.cut.format(cell.column))
            self._put_dates(texts, self.numbered.order)
            self.notes["declaration_id"] = f"dates are read from it, no column states them: {self.numbered.why}"

    def _countries(self, cell: Cell) -> None:
        """A word that is two countries in two languages (`Nga`) is the one it is in the language of its column."""
        texts = self._distinct(cell.column)
        language = countries.language_of(texts)
        self._map(cell, partial(countries.code, language=language), country=True)
        if language:
            self.notes[cell.role] = f"names are read as {language} first"

    def _units(self, cell: Cell) -> None:
        texts = self._distinct(cell.column)
        self._note_blanks(cell.role, texts)
        blank = [empty(t) for t in texts]
        means = [None if b else units.code(t, self.side.country) or t for t, b in zip(texts, blank, strict=True)]
        factor = [None if b else _weight(t, self.side.country) for t, b in zip(texts, blank, strict=True)]
        columns = {"means": pa.array(means, pa.string()), "factor": pa.array(factor, pa.decimal128(18, 9))}
        self._put("unit", _table(texts, columns, blank))

    def _computes(self) -> bool:
        """Whether a missing value may be taken as quantity times unit price: never where the totals of the file are another sum."""
        if not {"quantity", "unit_price"} <= self.cells.keys():
            return False
        at = {role: _at(cell) for role, cell in self.cells.items()}
        if "value" not in at and "value_usd" in at:
            at["value"] = at["value_usd"]
        if "value" not in at:
            return True
        if self.cells["unit_price"].reader.per_kg:
            at["quantity"] = at.get("net_kg", at["quantity"])
        return agrees(self.raw.sample, at)

    def _rates(self) -> None:
        """The rates of the case for the days and currencies of this file."""
        if not self.rates or not self.days:
            return
        texts = self.engine.fetch("SELECT DISTINCT means FROM read_currency") if "currency" in self.tables else None
        known = {c for c in texts.column("means").to_pylist() if c} if texts is not None else set()
        for role in ("value", "unit_price"):
            if role in self.cells:
                reader = self.cells[role].reader
                home = currencies.home(self.side.country, rupees=reader.home == RUPEE) if reader.home else None
                known |= {c for c in (reader.currency, home) if c}
        found = typing_rates.lines(self.rates, known, self.days)
        lost = {c for c in known if c != "USD"} - {f[0] for f in found}
        if lost:
            self.notes["value"] = (
                f"{self.rates.name} has no rate for {', '.join(sorted(lost))} on the days of this file"
            )
        if found:
            data = {
                "currency": pa.array([f[0] for f in found], pa.string()),
                "day": pa.array([f[1] for f in found], pa.date32()),
                "rate": pa.array([f[2] for f in found], pa.decimal128(24, 12)),
                "basis": pa.array([f[3] for f in found], pa.string()),
            }
            self._put("rates", pa.table(data))

    def _names(self, cell: Cell) -> None:
        at = int(cell.column[1:]) - 1
        if not any(row[at] and names.split_id(row[at] or "") for row in self.raw.sample):
            return
        texts = self._distinct(
            f"CASE WHEN regexp_matches({cell.column}, '^[^0-9]{{0,8}}[0-9]{{7}}') THEN {cell.column} END"
        )
        pairs = [(t, names.split_id(t)) for t in texts]
        split = [(t, p[0], p[1]) for t, p in pairs if p is not None and p[1]]
        if split:
            data = {
                "ident": pa.array([s[1] for s in split], pa.string()),
                "means": pa.array([s[2] for s in split], pa.string()),
            }
            self._put(cell.role, _table([s[0] for s in split], data, [False] * len(split)))
            self.notes[cell.role] = f"{len(split)} names begin with a registration number, which was split off"

    def _numbers(self) -> None:
        cells = [c for r, c in self.cells.items() if r in AMOUNT_ROLES and (r != "unit_price" or self.computes)]
        odd = self._odd(cells, ".")
        for cell in cells:
            self._note_blanks(cell.role, odd[cell.role])
        signs: dict[str, str] = {}
        for cell in cells:
            if cell.reader.decimal and cell.fixed:
                signs[cell.role] = cell.reader.decimal
            else:
                seen = numbers.convention_of(odd[cell.role])
                signs[cell.role] = seen.decimal
                if odd[cell.role] and seen.decimal == ",":
                    self.notes[cell.role] = f"decimal comma: {seen.why}"
        if "," in signs.values():
            for cell in cells:
                if signs[cell.role] == "." and not (cell.fixed and cell.reader.decimal) and self._groups_only(cell):
                    signs[cell.role] = ","
                    self.notes[cell.role] = "points separate thousands: other columns of the file have a decimal comma"
        for cell in cells:
            self.decimals[cell.role] = signs[cell.role]
            texts = odd[cell.role] if signs[cell.role] == "." else self._odd([cell], ",")[cell.role]
            if not texts:
                continue
            blank = [empty(t) for t in texts]
            means = [None if b else _fit(numbers.parse(t, signs[cell.role])) for t, b in zip(texts, blank, strict=True)]
            columns = {"means": pa.array(means, AMOUNT)}
            if cell.role == "quantity" and "unit" not in self.cells:
                columns["unit"] = pa.array([_unit_of(t, self.side.country) for t in texts], pa.string())
            self._put(cell.role, _table(texts, columns, blank))

    def _odd(self, cells: Sequence[Cell], decimal: str) -> dict[str, list[str]]:
        """DISTINCT cells by role that the plain cast of their column cannot read."""
        found = self.engine.fetch(odd_sql(cells, decimal)).to_pylist() if cells else []
        return {c.role: sorted(f["cell"] for f in found if f["role"] == c.role) for c in cells}

    def _groups_only(self, cell: Cell) -> bool:
        found = self.engine.fetch(
            f"SELECT count_if({cell.column} LIKE '%.%') AS points, "
            f"count_if(regexp_matches({cell.column}, '^-?[1-9][0-9]{{0,2}}([.][0-9]{{3}})+$')) AS grouped FROM raw_rows"
        ).to_pylist()[0]
        return bool(found["points"]) and found["points"] == found["grouped"]

    def _weights(self) -> None:
        for role in ("net_kg", "gross_kg"):
            cell = self.cells.get(role)
            if cell is None or not cell.reader.unit_column:
                continue
            if cell.reader.unit_column not in self.raw.columns:
                continue
            column = f"c{self.raw.columns.index(cell.reader.unit_column) + 1}"
            texts = self._distinct(column)
            factor = [_weight(t, self.side.country) for t in texts]
            self.engine.put(
                f"weigh_{role}", _table(texts, {"factor": pa.array(factor, pa.decimal128(18, 9))}, [False] * len(texts))
            )
            self.tables[f"weigh_{role}"] = f"weigh_{role}"
            self.decimals[f"weigh_{role}"] = column


def _at(cell: Cell) -> int:
    return int(cell.column[1:]) - 1


def _unit_of(text: str, country: str | None) -> str | None:
    """The unit that stands beside a number: `15 шт`, `1.5 kg`."""
    hit = re.match(r"^[\s\d.,'’]+([^\W\d_][^\d]{0,15})$", text.strip())
    return units.code(hit[1].strip(), country) if hit else None


def _weight(text: str, country: str | None) -> Decimal | None:
    code = units.code(text, country)
    return units.kilograms(code) if code else None


def _fit(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.quantize(_PLACES, ROUND_HALF_UP)


def _table(texts: Iterable[str], columns: Mapping[str, pa.Array], blank: list[bool]) -> pa.Table:
    return pa.table(
        {"cell": pa.array(list(texts), pa.string()), **columns, "blank": pa.array([int(b) for b in blank], pa.int32())}
    )
