"""The SQL that types the rows of one file, put together from the roles it has; portable over both engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enduse.contracts import COUNTRY_ROLES, TABLES
from enduse.reference import currencies

from .mapping import Side
from .mapping.readers import RUPEE, Reader
from .values.empties import WRITTEN, WRITTEN_COUNTRY

if TYPE_CHECKING:
    from .typing_lookups import Lookups

Blanks = Mapping[str, Sequence[str]]

NAMES = frozenset({"exporter_name", "importer_name"})
_TEXTS = {
    "declaration_id": "declaration_id", "line_no": "line_no", "exporter_address": "exporter_address", "importer_address": "importer_address",
    "manufacturer": "manufacturer", "brand": "brand_declared", "description": "description", "transport_mode": "transport_mode",
    "customs_office": "customs_office", "container": "container", "bill_of_lading": "bill_of_lading",
}  # fmt: skip
_NUMBER = "DECIMAL(18, 4)"


def _product(number: str, by: str) -> str:
    """An amount times a factor, price or rate. Nineteen digits make the engine multiply in 128 bits: eighteen overflow at a million."""
    return f"TRY_CAST(CAST({number} AS DECIMAL(19, 4)) * {by} AS {_NUMBER})"


COMPUTED = "quantity x unit price"
# Point or none between thousands, comma before the fraction; anything else goes to the lookup.
_COMMA_SHAPE = "^-?([0-9]+|[0-9]{1,3}([.][0-9]{3})+)(,[0-9]+)?$"
_POINT_SHAPE = "^[+-]?[0-9]*[.]?[0-9]+$"


@dataclass(frozen=True)
class Cell:
    """One column with a role: its raw column, how it is read, and whether the user fixed that in a mapping file."""

    role: str
    column: str
    reader: Reader
    fixed: bool = False


def _words(words: Sequence[str]) -> str:
    return ", ".join("'" + w.replace("'", "''") + "'" for w in words)


def key_text(cell: Cell, decimals: Mapping[str, str]) -> str:
    """What of a date cell is looked up: without its time where the column has times."""
    pattern = decimals.get("date")
    return f"regexp_replace({cell.column}, '{pattern}', '')" if pattern else cell.column


def amount_text(cell: Cell, decimal: str) -> str:
    """The plain cast of a number column under a decimal sign; null where the cell has another shape."""
    if decimal == ",":
        flat = f"replace(replace({cell.column}, '.', ''), ',', '.')"
        return f"CASE WHEN regexp_matches({cell.column}, '{_COMMA_SHAPE}') THEN TRY_CAST({flat} AS {_NUMBER}) END"
    return f"TRY_CAST({cell.column} AS {_NUMBER})"


def blank_words(role: str) -> tuple[str, ...]:
    """The words that stand for an empty cell in a column of this role."""
    return WRITTEN_COUNTRY if role in COUNTRY_ROLES else WRITTEN


def odd_sql(cells: Sequence[Cell], decimal: str) -> str:
    """DISTINCT cells (`role`, `cell`) that the plain cast of their number column cannot read."""
    return " UNION ALL ".join(
        f"SELECT DISTINCT '{c.role}' AS role, {c.column} AS cell FROM raw_rows "
        f"WHERE {c.column} IS NOT NULL AND {amount_text(c, decimal)} IS NULL"
        for c in cells
    )


def _nothing(cells: Mapping[str, Cell], blanks: Blanks, table: str = "") -> str:
    """Whether no cell with a role is filled. `blanks` are the words for nothing that each column holds."""
    tests = []
    for cell in cells.values():
        column, words = f"{table}{cell.column}", blanks.get(cell.role, ())
        tests.append(f"({column} IS NULL OR {column} IN ({_words(words)}))" if words else f"{column} IS NULL")
    return " AND ".join(tests)


def rejected_sql(cells: Mapping[str, Cell], blanks: Blanks, width: int) -> str:
    """Records in which no mapped cell is filled, as contract `rejection`."""
    everything = ", ".join(f"c{i}" for i in range(1, width + 1))
    body = f"SELECT $alias AS source, row, 'nothing_mapped' AS reason, substr(concat_ws(' | ', {everything}), 1, 200) AS excerpt, NULL AS value FROM raw_rows WHERE {_nothing(cells, blanks)}"
    return f"SELECT {TABLES['rejection'].cast()} FROM ({body}) AS refused"


def shipment_sql(cells: Mapping[str, Cell], lookups: Lookups, side: Side, *, ordered: bool, whole: bool) -> str:
    """All other records as contract `shipment_row`, by record number where `ordered`; `whole`: none was rejected."""
    made = _Select(cells, lookups, side)
    inner = ", ".join(f"{sql} AS {name}" for name, sql in made.columns().items())
    joins = " ".join(made.joins)
    body = f"SELECT {inner} FROM raw_rows AS r {joins}"
    if not whole:
        body += f" WHERE NOT ({_nothing(cells, lookups.blanks, 'r.')})"
    order = " ORDER BY row" if ordered else ""
    return f"SELECT {TABLES['shipment_row'].cast()} FROM ({body}) AS typed{order}"


class _Select:
    """The select list and the joins it needs."""

    def __init__(self, cells: Mapping[str, Cell], lookups: Lookups, side: Side) -> None:
        self._cells, self._lookups, self._side = cells, lookups, side
        self._amounts: dict[str, str] = {}
        self._date_sql = "NULL"
        self.joins: list[str] = []
        self._unread: list[str] = []

    def columns(self) -> dict[str, str]:
        """Every column of the contract, in order, as an expression."""
        found: dict[str, str] = {
            "shipment_id": "concat($token, '-', CAST(r.row AS VARCHAR))",
            "source": "$alias",
            "row": "r.row",
        }
        for role, column in _TEXTS.items():
            found[column] = self._text(role)
        found |= self._date()
        found["direction"] = (
            self._looked_up("direction") if "direction" in self._cells else _constant(self._side.direction)
        )
        found |= self._party("exporter") | self._party("importer")
        found["hs_code"] = self._looked_up("hs_code")
        found["hs_revision"] = f"CASE WHEN {found['hs_code']} IS NOT NULL THEN {found.pop('revision')} END"
        for role in sorted(COUNTRY_ROLES):
            found[role] = self._looked_up(role)
        if self._side.country and "destination_country" not in self._cells and self._side.direction == "import":
            found["destination_country"] = _constant(self._side.country)
        if self._side.country and "departure_country" not in self._cells and self._side.direction == "export":
            found["departure_country"] = _constant(self._side.country)
        found["quantity"], found["unit"] = self._amount("quantity"), self._unit()
        found["net_kg"], found["gross_kg"] = self._net(), self._weight("gross_kg")
        found |= self._money()
        for role, column in (("quantity", "quantity_text"), ("net_kg", "net_kg_text")):
            found[column] = f"r.{self._cells[role].column}" if role in self._cells else "NULL"
        found["unread"] = f"nullif(concat_ws(';', {', '.join(self._unread)}), '')" if self._unread else "NULL"
        return {name: found[name] for name in TABLES["shipment_row"].names}

    def _text(self, role: str) -> str:
        cell = self._cells.get(role)
        if cell is None:
            return "NULL"
        words = self._lookups.blanks.get(role, ())
        return (
            f"CASE WHEN r.{cell.column} IN ({_words(words)}) THEN NULL ELSE r.{cell.column} END"
            if words
            else f"r.{cell.column}"
        )

    def _join(self, role: str, key: str) -> str | None:
        table = self._lookups.tables.get(role)
        if table is None:
            return None
        self.joins.append(f"LEFT JOIN {table} AS l_{role} ON {key} = l_{role}.cell")
        return f"l_{role}"

    def _note_unread(self, role: str, key: str, means: str, blank: str = "0") -> None:
        self._unread.append(
            f"CASE WHEN {key} IS NOT NULL AND {means} IS NULL AND coalesce({blank}, 0) = 0 THEN '{role}' END"
        )

    def _looked_up(self, role: str) -> str:
        cell = self._cells.get(role)
        if cell is None:
            return "NULL"
        alias = self._join(role, f"r.{cell.column}")
        self._note_unread(role, f"r.{cell.column}", f"{alias}.means", f"{alias}.blank")
        return f"{alias}.means"

    def _date(self) -> dict[str, str]:
        cell, numbered = self._cells.get("date"), self._lookups.numbered
        if cell is None and numbered is None:
            return {"date": "NULL", "date_precision": "NULL", "revision": "NULL"}
        if cell is not None:
            alias = self._join(
                "date", key_text(Cell(cell.role, f"r.{cell.column}", cell.reader), self._lookups.decimals)
            )
            self._note_unread("date", f"r.{cell.column}", f"{alias}.means", f"{alias}.blank")
        else:
            # A number that bears no date leaves the date empty: there is no cell of dates that could be unread.
            alias = self._join("date", numbered.cut.format(f"r.{self._cells['declaration_id'].column}"))  # type: ignore[union-attr]
        self._date_sql = f"{alias}.means"
        return {"date": f"{alias}.means", "date_precision": f"{alias}.fine", "revision": f"{alias}.revision"}

    def _party(self, who: str) -> dict[str, str]:
        name, ident = self._text(f"{who}_name"), self._text(f"{who}_id")
        cell = self._cells.get(f"{who}_name")
        alias = self._join(f"{who}_name", f"r.{cell.column}") if cell is not None else None
        if alias is not None:
            name, ident = f"coalesce({alias}.means, {name})", f"coalesce({ident}, {alias}.ident)"
        return {f"{who}_name": name, f"{who}_id": ident}

    def _unit(self) -> str:
        """The unit column; else the unit beside the number; else the one that the header of the quantity names."""
        quantity = self._cells.get("quantity")
        if "unit" in self._cells or quantity is None:
            return self._looked_up("unit")
        named = _constant(quantity.reader.unit)
        return f"coalesce(l_quantity.unit, {named})" if "quantity" in self._lookups.tables else named

    def _net(self) -> str:
        """The net weight; where none is stated, a quantity in a unit of weight is one."""
        number = self._weight("net_kg")
        if not {"unit", "quantity"} <= self._cells.keys():
            return number
        counted = _product(self._amount("quantity"), "l_unit.factor")
        stated = self._text("net_kg")
        return counted if stated == "NULL" else f"CASE WHEN {stated} IS NULL THEN {counted} ELSE {number} END"

    def _amount(self, role: str) -> str:
        if role not in self._amounts:
            self._amounts[role] = self._read_amount(role)
        return self._amounts[role]

    def _read_amount(self, role: str) -> str:
        cell = self._cells.get(role)
        if cell is None:
            return "NULL"
        own = Cell(role, f"r.{cell.column}", cell.reader)
        number = amount_text(own, self._lookups.decimals.get(role, "."))
        alias = self._join(role, own.column)
        if alias is not None:
            number = f"coalesce({number}, {alias}.means)"
            self._note_unread(role, own.column, number, f"{alias}.blank")
        if cell.reader.factor != 1:
            number = _product(number, str(cell.reader.factor))
        return number

    def _weight(self, role: str) -> str:
        number = self._amount(role)
        column = self._lookups.decimals.get(f"weigh_{role}")
        if column is None or self._cells[role].reader.fixed_weight:
            return number
        alias = self._join(f"weigh_{role}", f"r.{column}")
        # A unit that is no weight (or none at all) leaves the number as it is: weights are in kg unless a file says otherwise.
        return _product(number, f"coalesce({alias}.factor, 1)")

    def _money(self) -> dict[str, str]:
        value, usd = self._cells.get("value"), self._cells.get("value_usd")
        found = dict.fromkeys(("value", "currency", "value_usd", "usd_basis", "value_text", "value_basis"), "NULL")
        declared = found["currency"] = self._looked_up("currency")
        if value is not None:
            found["value"], found["value_text"] = self._amount("value"), f"r.{value.column}"
            found["currency"] = self._currency(value, declared)
        if usd is not None:
            found["value_usd"] = self._amount("value_usd")
            found["usd_basis"] = f"CASE WHEN {found['value_usd']} IS NOT NULL THEN 'declared' END"
            if value is None:
                found |= {
                    "value": found["value_usd"],
                    "currency": f"CASE WHEN {found['value_usd']} IS NOT NULL THEN 'USD' END",
                    "value_text": f"r.{usd.column}",
                }
        elif value is not None:
            test = f"{found['currency']} = 'USD' AND {found['value']} IS NOT NULL"
            found["value_usd"] = f"CASE WHEN {test} THEN {found['value']} END"
            found["usd_basis"] = f"CASE WHEN {test} THEN 'declared' END"
        found["value_basis"] = self._basis(usd or value)
        if self._lookups.computes:
            found |= self._computed(found, usd or value, declared)
        return found | self._converted(found)

    def _computed(self, found: Mapping[str, str], total: Cell | None, declared: str) -> dict[str, str]:
        """Quantity times unit price where the cell of the value is empty, said so in the basis of value and dollars."""
        price = self._cells["unit_price"]
        count = self._amount("net_kg" if price.reader.per_kg and "net_kg" in self._cells else "quantity")
        made = _product(count, self._amount("unit_price"))
        open_ = "TRUE" if total is None else f"({self._text(total.role)} IS NULL)"
        test = f"({open_} AND {made} IS NOT NULL)"
        currency = self._currency(price, declared) if price.reader.currency or price.reader.home else declared
        if currency == "NULL" and total is not None:
            currency = _constant(total.reader.currency or ("USD" if total.role == "value_usd" else None))
        price_basis = price.reader.basis or (total.reader.basis if total is not None else "")
        terms = self._text("value_basis") if "value_basis" in self._cells else "NULL"
        basis = _constant(price_basis) if price_basis and price_basis not in ("invoice", "assessed") else f"coalesce({terms}, {_constant(price_basis)})"  # fmt: skip
        dollars = f"({test} AND {currency} = 'USD')"
        return {
            "value": f"CASE WHEN {test} THEN {made} ELSE {found['value']} END",
            "currency": f"CASE WHEN {test} THEN {currency} ELSE {found['currency']} END",
            "value_usd": f"CASE WHEN {dollars} THEN {made} ELSE {found['value_usd']} END",
            "usd_basis": f"CASE WHEN {dollars} THEN '{COMPUTED}' ELSE {found['usd_basis']} END",
            "value_basis": f"CASE WHEN {test} THEN concat_ws('; ', {basis}, '{COMPUTED}') ELSE {found['value_basis']} END",
        }

    def _converted(self, found: Mapping[str, str]) -> dict[str, str]:
        """Dollars by the case's rate of the day, where the file states none."""
        if "rates" not in self._lookups.tables:
            return {}
        self.joins.append(
            f"LEFT JOIN read_rates AS l_rates ON {found['currency']} = l_rates.currency AND {self._date_sql} = l_rates.day"
        )
        made = _product(found["value"], "l_rates.rate")
        open_ = f"({found['value_usd']}) IS NULL"
        return {
            "value_usd": f"CASE WHEN {open_} THEN {made} ELSE {found['value_usd']} END",
            "usd_basis": f"CASE WHEN {open_} AND {made} IS NOT NULL THEN l_rates.basis ELSE {found['usd_basis']} END",
        }

    def _currency(self, value: Cell, declared: str) -> str:
        """A currency in the header of the value belongs to it; a column of currencies then speaks of another amount."""
        if value.reader.currency:
            return _constant(value.reader.currency)
        if value.reader.home:
            return _constant(currencies.home(self._side.country, rupees=value.reader.home == RUPEE))
        return "NULL" if "currency" in self._cells and self._cells["currency"].reader.of_price else declared

    def _basis(self, cell: Cell | None) -> str:
        header = cell.reader.basis if cell is not None else ""
        terms = self._text("value_basis") if "value_basis" in self._cells else "NULL"
        if header and header not in ("invoice", "assessed"):
            return _constant(header)
        return f"coalesce({terms}, {_constant(header)})" if header else terms


def _constant(word: str | None) -> str:
    return f"'{word}'" if word else "NULL"
