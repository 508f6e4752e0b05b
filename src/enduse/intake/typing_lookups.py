"""Small tables of DISTINCT cells with what they mean, joined back to the rows by the SQL of `typing_sql`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa

from enduse.contracts import AMOUNT, AMOUNT_ROLES, COUNTRY_ROLES
from enduse.engine.base import Engine
from enduse.reference import countries, currencies, units

from .mapping import Side, flow
from .raw import Raw
from .typing_sql import NAMES, Cell, blank_words, key_text, odd_sql
from .values import codes, dates, names, numbers
from .values.empties import empty

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
        for role, cell in self.cells.items():
            if role == "date":
                self._dates(cell)
            elif role in COUNTRY_ROLES:
                self._map(cell, countries.code, country=True)
            elif role == "currency":
                self._map(cell, currencies.code)
            elif role == "unit":
                self._map(cell, lambda t: units.code(t, self.side.country) or t)
            elif role == "hs_code":
                self._map(cell, codes.hs)
            elif role == "direction":
                self._map(cell, flow)
            elif role in NAMES:
                self._names(cell)
        self._numbers()
        self._weights()
        self._blanks()

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
        order, why = dates.order_of(texts)
        if cell.fixed and cell.reader.order:
            order, why = cell.reader.order, "as the mapping file says"
        self.notes["date"] = f"read as {order}: {why}"
        blank = [empty(t) for t in texts]
        reads = [None if b else dates.parse(t, order) for t, b in zip(texts, blank, strict=True)]
        columns = {
            "means": pa.array([r[0] if r else None for r in reads], pa.date32()),
            "fine": pa.array([r[1] if r else None for r in reads], pa.string()),
            "revision": pa.array([codes.revision(r[0]) if r else None for r in reads], pa.string()),
        }
        self._put("date", _table(texts, columns, blank))

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
        cells = [c for r, c in self.cells.items() if r in AMOUNT_ROLES and r != "unit_price"]
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
            self._put(cell.role, _table(texts, {"means": pa.array(means, AMOUNT)}, blank))

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


def _weight(text: str, country: str | None) -> Decimal | None:
    code = units.code(text, country)
    return units.kilograms(code) if code else None


def _fit(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.quantize(_PLACES, ROUND_HALF_UP)


def _table(texts: Iterable[str], columns: Mapping[str, pa.Array], blank: list[bool]) -> pa.Table:
    return pa.table(
        {"cell": pa.array(list(texts), pa.string()), **columns, "blank": pa.array([int(b) for b in blank], pa.int32())}
    )
