"""What was left out: the waterfall, the account of each source, refused and repeated records, coverage; and the mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enduse.dossier.ask import Record, ask
from enduse.dossier.charts.months import calendar, is_month
from enduse.dossier.model import Account, Column, CoverageLine, LeftOut, Mapped, Refusal, Repeat, Step

if TYPE_CHECKING:
    from enduse.engine.base import Engine


def _account(row: Record) -> Account:
    read, loaded, rejected, duplicates = (row[k] or 0 for k in ("records_read", "loaded", "rejected", "duplicates"))
    return Account(
        source=row["source"],
        kind=row["kind"] or "",
        sha256=row["sha256"] or "",
        read=read,
        loaded=loaded,
        rejected=rejected,
        duplicates=duplicates,
        format=row["format"] or "",
        first=row["first_date"] or "",
        last=row["last_date"] or "",
        closes=read == loaded + rejected + duplicates,
    )


def _refusals(rows: list[Record]) -> tuple[Refusal, ...]:
    grouped: dict[tuple[str, str], list[Record]] = {}
    for row in rows:
        grouped.setdefault((row["source"], row["reason"]), []).append(row)
    return tuple(
        Refusal(source, reason, found[0]["records"], tuple((r["row"], r["excerpt"] or "") for r in found))
        for (source, reason), found in grouped.items()
    )


def missing_months(months: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """Months between the first and the last one with records that have none."""
    filled = [m for m, rows in months if rows]
    if not filled:
        return ()
    counts = dict(months)
    return tuple(m for m in calendar(min(filled), max(filled)) if not counts.get(m))


def _coverage(rows: list[Record]) -> tuple[CoverageLine, ...]:
    by_source: dict[str, dict[str, list[Record]]] = {}
    for row in rows:
        by_source.setdefault(row["source"], {"month": [], "field": []}).setdefault(row["measure"], []).append(row)
    out = []
    for source, parts in by_source.items():
        months = tuple((r["item"], r["rows"] or 0) for r in parts["month"] if is_month(r["item"]))
        fields = tuple((r["item"], r["rows"] or 0, r["of_rows"] or 0) for r in parts["field"])
        out.append(CoverageLine(source, months, fields, missing_months(months)))
    return tuple(out)


def left_out(engine: Engine) -> LeftOut:
    return LeftOut(
        steps=tuple(
            Step(r["step"], r["label"], r["kind"], r["rows"], r["value_usd"], r["without_value"] or 0)
            for r in ask(engine, "step")
        ),
        accounts=tuple(_account(r) for r in ask(engine, "source")),
        refusals=_refusals(ask(engine, "refusal")),
        repeats=tuple(Repeat(r["source"], r["reason"], r["records"]) for r in ask(engine, "repeat")),
        coverage=_coverage(ask(engine, "coverage")),
    )


def mapped(engine: Engine) -> tuple[Mapped, ...]:
    """Columns by source: those that were read, and those that were not."""
    by_source: dict[str, list[Record]] = {}
    for row in ask(engine, "mapping"):
        by_source.setdefault(row["source"], []).append(row)
    out = []
    for source, rows in by_source.items():
        columns = [
            (
                r["role"] or "ignore",
                Column(
                    r["column"] or "", r["role"] or "", r["confidence"] or 0.0, r["reader"] or "", r["reason"] or ""
                ),
            )
            for r in rows
        ]
        out.append(
            Mapped(
                source,
                tuple(c for role, c in columns if role != "ignore"),
                tuple(c for role, c in columns if role == "ignore"),
            )
        )
    return tuple(out)
