"""The book of figures: running numbers, ranges over readings, and the query that lists the rows of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from enduse.engine.step import Context

from .coverage import Covered
from .words import definition, scope_label
from .words import readings as reading_words

VERSION = "findings/1"


def plain(value: object) -> str:
    """A value as figure text: decimals without trailing zeros, dates ISO, None as empty."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def order(values: Iterable[Any]) -> tuple[str, str]:
    known = [v for v in values if v is not None]
    return (plain(min(known)), plain(max(known))) if known else ("", "")


def lever(central: Any, moves: dict[str, tuple[Any, Any]]) -> str:
    """The choice that moves the value most, with its effect; dates and empty values have none."""
    best, size = "", Decimal(0)
    if central is None or isinstance(central, dt.date):
        return ""
    for choice, ends in moves.items():
        for end in ends:
            if end is not None and abs(Decimal(end) - Decimal(central)) > size:
                delta = Decimal(end) - Decimal(central)
                size = abs(delta)
                share = f" ({100 * delta / Decimal(central):+.0f} %)" if central else ""
                best = f"{choice}: {'+' if delta > 0 else '-'}{plain(size)}{share}"
    return best or "no choice moves it"


class Book:
    """Collects figures with running numbers, and what is needed to list their rows."""

    def __init__(self, context: Context, limits: Covered) -> None:
        self.context, self.limits = context, limits
        self.parts_exist = bool(context.engine.fetch("SELECT coalesce(max(part), 0) AS p FROM counted")["p"][0].as_py())
        by_text = context.engine.fetch("SELECT count(*) AS n FROM counted WHERE central = 1 AND basis = 'text'")["n"][
            0
        ].as_py()
        self.selected_by_model = bool(by_text)
        self.figures: list[dict[str, object]] = []
        self.moves: list[dict[str, object]] = []
        self.ranked: list[dict[str, str]] = []
        self.row_sql: list[str] = []
        self.params: dict[str, Any] = {}  # of the queries in `row_sql`

    def add(self, measure: str, label: str, words: str, readings: dict[str, Any], rows: int, **more: Any) -> str:
        case = self.context.case
        number = f"F-{len(self.figures) + 1:04d}"
        low, high = order([*readings.values(), *more.pop("also", ())])
        note = more.pop("note", "")
        whole = {k: more.pop(f"whole_{k}", None) for k in ("label", "definition", "method")}
        inferred = more.pop("inferred", False) or self.selected_by_model
        self.figures.append(
            {
                "figure_id": number,
                "label": whole["label"] or f"{label}: {scope_label(case, parts_exist=self.parts_exist)}",
                "definition": whole["definition"] or definition(case, words, parts_exist=self.parts_exist),
                "value": plain(readings["central"]),
                "low": low,
                "high": high,
                "strict": plain(readings["strict"]),
                "broad": plain(readings["broad"]),
                "rows": rows,
                "coverage": self.limits.sentence() + note,
                "method": whole["method"] or f"{more['rule']} over rows, {VERSION}; {reading_words(case)}",
                "mark": "inferred" if inferred else "declared",
                "measure": measure,
                **more,
            }
        )
        return number
