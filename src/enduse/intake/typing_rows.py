"""From cells to values: the records of one customs file as rows of the contract `shipment_row`.

SQL does the rows; Python reads DISTINCT dates, codes, names of countries and the numbers a plain cast cannot read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from enduse.contracts import AMOUNT_ROLES, TABLES
from enduse.engine import Context
from enduse.errors import CaseError, SourceRefused

from . import typing_rates
from .mapping import ColumnRole, Side
from .mapping.readers import read
from .raw import Raw
from .typing_lookups import Lookups
from .typing_sql import Cell, rejected_sql, shipment_sql

REASONS: dict[str, str] = {
    "nothing_mapped": "none of the columns that have a role is filled in this record",
}

# Joins do not keep the order of rows. Sorting costs little up to here; larger files stay as the engine hands them over.
ORDERED = 200_000


@dataclass(frozen=True)
class Typed:
    """`shipments` is Parquet of contract `shipment_row`, `rejected` Parquet of `rejection` or None, `mapping` its rows."""

    shipments: Path
    rejected: Path | None
    mapping: pa.Table
    rows: int = 0


def type_rows(ctx: Context, raw: Raw, *, alias: str, sha256: str, roles: Sequence[ColumnRole], side: Side) -> Typed:
    """Write the typed rows of `raw` under `ctx.scratch`.

    A filled cell that cannot be read is null and its role stands in `unread`; the record stays. Raises `SourceRefused`
    where no column has a role, `CaseError` where a mapping file names a column the file does not have.
    """
    settled = settle(raw, roles, threshold=ctx.case.settings.intake.mapping_threshold)
    cells = {
        r.role: Cell(r.role, f"c{r.position}", read(r.reader), r.reason.startswith("mapping file"))
        for r in settled
        if r.role != "ignore"
    }
    if not cells:
        raise SourceRefused(
            "no column of this file could be given a role",
            where=alias,
            fix="See what was found with `enduse map FILE`, write a mapping file from it and name it under `mapping` of this source in case.toml",
        )
    token = sha256[:12]
    engine = ctx.engine
    engine.attach("raw_rows", raw.path)
    lookups = Lookups(engine, raw, cells, side, rates=typing_rates.load(ctx.folder, ctx.case.settings.rates))
    try:
        lookups.build()
        rejected = ctx.scratch / f"{token}-nothing.parquet"
        params = {"alias": alias, "token": token}
        refused = (
            0
            if lookups.filled
            else engine.write(rejected_sql(cells, lookups.blanks, len(raw.columns)), rejected, params)
        )
        shipments = ctx.scratch / f"{token}-shipments.parquet"
        rows = engine.write(
            shipment_sql(cells, lookups, side, ordered=raw.records <= ORDERED, whole=not refused), shipments, params
        )
    finally:
        lookups.drop()
        engine.drop("raw_rows")
    mapping = TABLES["mapping"].arrow([_row(alias, r, lookups.notes) for r in settled])
    return Typed(shipments, rejected if refused else None, mapping, rows)


def _row(alias: str, item: ColumnRole, notes: dict[str, str]) -> dict[str, object]:
    reason = "; ".join(x for x in (item.reason, notes.get(item.role, "")) if x)
    return {
        "source": alias,
        "position": item.position,
        "column": item.column,
        "role": item.role,
        "confidence": item.confidence,
        "reader": item.reader,
        "reason": reason,
    }


def settle(raw: Raw, roles: Sequence[ColumnRole], *, threshold: float) -> tuple[ColumnRole, ...]:
    """One role per column of the file: columns of a mapping file found by name, weak proposals left out and named."""
    found: dict[int, ColumnRole] = {}
    for item in roles:
        at = _place(raw, item)
        if at in found:
            continue
        if item.role != "ignore" and item.confidence < threshold:
            why = f"not sure enough to be {item.role} ({item.confidence:.2f} < {threshold:.2f}): {item.reason}"
            found[at] = replace(item, position=at, role="ignore", reader="", reason=why)
        else:
            reader = item.reader or (
                "decimal"
                if item.role in AMOUNT_ROLES
                else "date"
                if item.role == "date"
                else "text"
                if item.role != "ignore"
                else ""
            )
            found[at] = replace(item, position=at, column=raw.columns[at - 1], reader=reader)
    return tuple(
        found.get(i, ColumnRole(i, c, "ignore", 1.0, "", "not in the mapping file"))
        for i, c in enumerate(raw.columns, start=1)
    )


def _place(raw: Raw, item: ColumnRole) -> int:
    inside = 1 <= item.position <= len(raw.columns)
    if inside and (not item.column or raw.columns[item.position - 1] == item.column):
        return item.position
    if item.column in raw.columns:
        return raw.columns.index(item.column) + 1
    near = ", ".join(raw.columns[:12])
    raise CaseError(
        f"the mapping names column {item.column or item.position!r}, which the file does not have",
        where=raw.alias,
        fix=f"Its columns are: {near}{' ...' if len(raw.columns) > 12 else ''}",
    )


__all__ = ["REASONS", "Typed", "settle", "type_rows"]
