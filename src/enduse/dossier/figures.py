"""Figures and rankings of the page, from the tables `figure` and `party`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from enduse.dossier import numbers
from enduse.dossier.ask import Record, ask
from enduse.dossier.model import Choice, Figure, Line, Mark, Ranking, Value
from enduse.dossier.places import name_of

if TYPE_CHECKING:
    from enduse.engine.base import Engine

# measure -> what a line of it is, and the words of its title
RANKINGS: dict[str, tuple[str, str]] = {
    "by_exporter": ("firm", "Exporters"),
    "by_importer": ("firm", "Importers"),
    "by_brand": ("brand", "Brands"),
    "by_model": ("model", "Models"),
    "by_origin": ("country", "Countries of origin"),
    "by_departure": ("country", "Countries of departure"),
    "by_destination": ("country", "Countries of destination"),
    "by_month": ("month", "Months"),
}
LEADS = ("value_usd", "records", "net_kg", "quantity")


def read_value(text: object, unit: str) -> Value:
    """A number or a date of the FIGURE contract; None where there is none."""
    return numbers.iso_day(str(text)) if unit == "date" and text else numbers.decimal(text)


def read_figure(row: Record) -> Figure:
    unit = row["unit"] or ""
    ends = {k: read_value(row[k], unit) for k in ("value", "low", "high", "strict", "broad")}
    return Figure(
        id=row["figure_id"],
        label=row["label"] or "",
        definition=row["definition"] or "",
        unit=unit,
        rows=row["rows"] or 0,
        coverage=row["coverage"] or "",
        method=row["method"] or "",
        mark=cast("Mark", row["mark"] or "declared"),
        measure=row["measure"] or "",
        subject=row["subject"] or "",
        subject_id=row["subject_id"] or row["subject"] or "",
        rank=row["rank"],
        lever=row["lever"] or "",
        **ends,
    )


def read_all(engine: Engine) -> list[Figure]:
    return [read_figure(r) for r in ask(engine, "figure")]


def is_line(figure: Figure) -> bool:
    """A figure that is one line of a ranking, or the answer to a press claim: not a total of the case."""
    return figure.measure.startswith(("by_", "claim:"))


def lead_of(figures: list[Figure]) -> Figure | None:
    """The figure the page opens with: the declared value, else the count of records, where it has a value."""
    totals = {f.measure: f for f in reversed(figures) if not is_line(f)}
    for measure in LEADS:
        if measure in totals and totals[measure].value not in (None, Decimal(0)):
            return totals[measure]
    return totals.get("records") or next(iter(totals.values()), None)


def cards_of(figures: list[Figure], lead: Figure | None) -> tuple[Figure, ...]:
    """Every total beside the lead that some reading has a row for, in the order of their ids."""
    return tuple(
        f for f in figures if not is_line(f) and f is not lead and (f.rows or f.broad not in (None, Decimal(0)))
    )


def order(figure: Figure) -> tuple[object, ...]:
    """Months in time; others by rank, then by id."""
    if figure.measure == "by_month":
        return (figure.subject_id, figure.id)
    return (figure.rank if figure.rank is not None else 10**9, figure.id)


def rankings_of(figures: list[Figure], firms: dict[str, Record], latin: dict[str, str]) -> dict[str, Ranking]:
    """Rankings by measure. `firms` gives name and country of each party that a line is about, `latin` a spelling to read."""
    found: dict[str, Ranking] = {}
    for measure, (kind, title) in RANKINGS.items():
        lines = []
        for figure in sorted((f for f in figures if f.measure == measure), key=order):
            subject = figure.subject_id
            firm = firms.get(subject, {}) if kind == "firm" else {}
            name = {"country": name_of(subject), "month": numbers.month(subject)}.get(kind, figure.subject)
            code = subject if kind == "country" else firm.get("country") or ""
            lines.append(Line(figure, firm.get("name") or name, code, subject if firm else "", latin.get(subject, "")))
        if lines:
            found[measure] = Ranking(measure, title, finding(measure, lines), tuple(lines))
    return found


def finding(measure: str, lines: list[Line]) -> str:
    """The title of a ranking says what it shows."""
    with_value = [line for line in lines if isinstance(line.figure.value, Decimal)]
    if not with_value:
        return RANKINGS[measure][1]
    top = max(with_value, key=lambda line: cast("Decimal", line.figure.value))
    value = money_of(top.figure)
    if measure == "by_month":
        return f"{top.name} is the month with the most: {value}"
    if len(lines) == 1:
        return f"{top.name} alone, {value}"
    return f"{top.latin or top.name} comes first with {value}"


def ends(figure: Figure) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
    """Low, high, strict and broad as numbers."""
    return tuple(v if isinstance(v, Decimal) else None for v in (figure.low, figure.high, figure.strict, figure.broad))  # type: ignore[return-value]


def write_figure(figure: Figure) -> numbers.Written:
    """A figure ready to print, number or date."""
    if isinstance(figure.value, dt.date):
        text = numbers.day(figure.value)
        number, _, year = text.rpartition(numbers.NBSP)
        shown = [
            numbers.day(v) if isinstance(v, dt.date) else ""
            for v in (figure.low, figure.high, figure.strict, figure.broad)
        ]
        return numbers.Written(number, year, *shown)
    if figure.value is None and not figure.rows:
        return numbers.Written(numbers.NOT_APPLICABLE, "")  # no row is counted, so there is nothing to state
    return numbers.written(figure.value, figure.unit, *ends(figure))


def money_of(figure: Figure) -> str:
    """The value with its unit, without its range."""
    return write_figure(figure).short


def full_of(figure: Figure) -> str:
    """The value with unit and range."""
    if isinstance(figure.value, dt.date):
        span = numbers.days(
            figure.low if isinstance(figure.low, dt.date) else None,
            figure.high if isinstance(figure.high, dt.date) else None,
        )
        return numbers.day(figure.value) + (f" ({span})" if span else "")
    return write_figure(figure).full


def choices_of(engine: Engine, figures: list[Figure]) -> dict[str, tuple[Choice, ...]]:
    """What each choice alone does to each total, the strongest first; a choice without effect is kept."""
    values = {f.id: f.value for f in figures if isinstance(f.value, Decimal)}
    found: dict[str, list[Choice]] = {}
    for row in ask(engine, "choice"):
        value = values.get(row["figure_id"])
        if value is not None:
            low, high = numbers.decimal(row["low"]), numbers.decimal(row["high"])
            change = Choice(row["choice"], None if low is None else low - value, None if high is None else high - value)
            found.setdefault(row["figure_id"], []).append(change)
    return {
        k: tuple(sorted(v, key=lambda c: (-max(abs(c.low or Decimal(0)), abs(c.high or Decimal(0))), c.choice)))
        for k, v in found.items()
    }


def signed(change: Decimal | None, figure: Figure, *, unit: bool = True) -> str:
    """`+1.9 m USD`, `−0.4 m USD` on the scale of the figure; a change that does nothing says so."""
    if change is None:
        return numbers.NOT_APPLICABLE
    if change == 0:
        return "no effect"
    sign = "+" if change > 0 else ""
    if figure.unit in numbers.COUNTED or not isinstance(figure.value, Decimal):
        return sign + numbers.grouped(change)
    text = sign + numbers.on_scale(change, figure.value, figure.unit)
    return text if unit else text.partition(numbers.NBSP)[0]
