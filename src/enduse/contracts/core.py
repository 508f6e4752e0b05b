"""What a table contract is: columns with type, unit, key and meaning, and what is made from it.

A contract is the single source of the Arrow schema, the check every stored table must pass, the column order of
exports and the page in the documentation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

Type = Literal["text", "list", "json", "int", "score", "amount", "total", "date", "flag", "country"]

# Amounts (money, pieces, kilograms) are decimals: their sums do not depend on the order of rows, so a replay on
# another machine or engine gives the same digits. Four places keep a tenth of a gram and a hundredth of a cent.
AMOUNT = pa.decimal128(18, 4)
TOTAL = pa.decimal128(28, 4)  # sums of amounts: ten billion of the largest cells fit
ARROW: dict[Type, pa.DataType] = {
    "text": pa.string(),
    "list": pa.string(),  # items separated by ";"
    "json": pa.string(),
    "country": pa.string(),  # ISO 3166 alpha-2
    "int": pa.int64(),
    "score": pa.float64(),
    "amount": AMOUNT,
    "total": TOTAL,
    "date": pa.date32(),
    "flag": pa.int32(),  # 0 or 1
}
SQL: dict[Type, str] = {
    "text": "VARCHAR",
    "list": "VARCHAR",
    "json": "VARCHAR",
    "country": "VARCHAR",
    "int": "BIGINT",
    "score": "DOUBLE",
    "amount": "DECIMAL(18, 4)",
    "total": "DECIMAL(28, 4)",
    "date": "DATE",
    "flag": "INTEGER",
}


@dataclass(frozen=True)
class Column:
    """One column: `unit` where the number has one, `values` where only some words are allowed, `required` where never null."""

    name: str
    type: Type
    doc: str
    unit: str = ""
    key: bool = False
    required: bool = False
    values: tuple[str, ...] = ()

    @property
    def arrow(self) -> pa.Field:
        return pa.field(self.name, ARROW[self.type])


@dataclass(frozen=True)
class Table:
    """A contract. `made_by` names the stage that writes the table; `exported` is False for tables inside the house."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    made_by: str
    exported: bool = True
    invariants: tuple[str, ...] = ()
    order: tuple[str, ...] = field(default=())
    view: str = ""  # SQL over other contract tables: the table is computed when it is read and never stored

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if c.key)

    @property
    def sort(self) -> tuple[str, ...]:
        """The columns an export is sorted by, so that equal tables are equal files."""
        return self.order or self.key or self.names

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([c.arrow for c in self.columns])

    @property
    def select(self) -> str:
        """All columns, quoted: some contract names (left, column) are words of SQL."""
        return ", ".join(f'"{n}"' for n in self.names)

    def ddl(self) -> str:
        """CREATE TABLE in the canonical dialect (DuckDB)."""
        body = ", ".join(f'"{c.name}" {SQL[c.type]}' for c in self.columns)
        return f"CREATE TABLE {self.name} ({body})"

    def cast(self) -> str:
        """The select list that gives every column its contract type, for the end of a SQL step."""
        return ", ".join(f'CAST("{c.name}" AS {SQL[c.type]}) AS "{c.name}"' for c in self.columns)

    def empty(self) -> pa.Table:
        return self.schema.empty_table()

    def arrow(self, rows: list[dict[str, object]]) -> pa.Table:
        """A table of this contract from plain dicts; missing keys become null, unknown keys are an error."""
        unknown = {k for r in rows for k in r} - set(self.names)
        if unknown:
            raise KeyError(f"{self.name} has no column {', '.join(sorted(unknown))}")
        return pa.table({c.name: pa.array([r.get(c.name) for r in rows], ARROW[c.type]) for c in self.columns})


def _column(kind: Type) -> Callable[..., Column]:
    def make(
        name: str, doc: str, *, unit: str = "", key: bool = False, required: bool = False, values: tuple[str, ...] = ()
    ) -> Column:
        return Column(name, kind, doc, unit, key, required or key, values)

    return make


text = _column("text")
items = _column("list")
json_text = _column("json")
integer = _column("int")
score = _column("score")
amount = _column("amount")
total = _column("total")
date = _column("date")
flag = _column("flag")
country = _column("country")
