"""The answer in three sentences, each number with its range and a link to the figure it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from enduse.dossier import numbers
from enduse.dossier.figures import full_of, is_line, write_figure
from enduse.dossier.model import Figure, LeftOut, Ranking, Span
from enduse.dossier.places import name_of

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile

Sentence = tuple[Span, ...]


def goods_words(case: CaseFile) -> str:
    """The watched goods in words."""
    if case.watch.startswith("hs:"):
        return f"goods under HS {case.watch[3:].replace(',', ', ')}"
    name = case.watch.rsplit("/", 1)[-1].removesuffix(".toml").replace("-", " ")
    return f"{name} and parts" if case.scope.parts and "drone" in name else name


def lane_words(case: CaseFile) -> str:
    """` made in CN shipped from HK to RU`, or nothing."""
    scope = case.scope
    parts = [
        f" {word} {' or '.join(name_of(c) for c in codes)}"
        for word, codes in (
            ("made in", scope.origin),
            ("shipped from", scope.departure),
            ("going to", scope.destination),
        )
        if codes
    ]
    return "".join(parts)


def _amount(figure: Figure, word: str = "") -> list[Span]:
    """`12.1 m USD` strong, its range in brackets, then its id as a link."""
    made = write_figure(figure)
    strong = f"{made.number}{numbers.NBSP}{word or made.unit}".rstrip(numbers.NBSP)
    rest = full_of(figure)[len(made.short) + 1 :]
    spread = [Span(" "), Span(rest, "range")] if rest else []
    return [Span(strong, "strong"), *spread, Span(figure.id, "link", f"#{figure.id}")]


def _on_records(value: Figure, records: Figure) -> list[Span]:
    """The rows the value rests on. Where not every counted record states one, both numbers stand and the gap is said."""
    if not isinstance(records.value, Decimal) or value.rows >= records.value:
        return [Span(" on "), *_amount(records)]
    silent = records.value - value.rows
    return [
        Span(f" on {numbers.count(value.rows)} of "),
        *_amount(records),
        Span(f" (the other {numbers.grouped(silent)} state no value in US dollars)"),
    ]


def _span_of_dates(first: Figure | None, last: Figure | None, records: Figure | None) -> list[Span]:
    if first is None or last is None or not isinstance(first.value, dt.date) or not isinstance(last.value, dt.date):
        return []
    total = records.value if records is not None and isinstance(records.value, Decimal) else Decimal(0)
    dated = f"{numbers.count(first.rows)} of them dated to the day, from " if first.rows * 2 < total else "dated "
    return [
        Span(f", {dated}{numbers.day(first.value)}"),
        Span(first.id, "link", f"#{first.id}"),
        Span(f" to {numbers.day(last.value)}"),
        Span(last.id, "link", f"#{last.id}"),
    ]


def _usable(figure: Figure | None) -> bool:
    return figure is not None and figure.value not in (None, Decimal(0))


def _what(case: CaseFile, totals: dict[str, Figure]) -> Sentence:
    value, records = totals.get("value_usd"), totals.get("records")
    goods = f"{goods_words(case)}{lane_words(case)}"
    out: list[Span] = []
    if value is not None and _usable(value):
        out = [Span(f"The records held declare {goods} worth "), *_amount(value)]
        if records is not None and _usable(records):
            out += [*_on_records(value, records)]
    elif records is not None and _usable(records):
        out = [
            Span(f"The records held declare {goods} on "),
            *_amount(records),
            Span("; none of them states a value in US dollars"),
        ]
    return (*out, *_span_of_dates(totals.get("first_date"), totals.get("last_date"), records), Span("."))


def _who(totals: dict[str, Figure], rankings: dict[str, Ranking]) -> Sentence | None:
    sellers, buyers = totals.get("exporters"), totals.get("importers")
    out: list[Span] = []
    if sellers is not None and _usable(sellers):
        out += [Span("They name "), *_amount(sellers, "exporter" if sellers.value == 1 else "exporters")]
    if buyers is not None and _usable(buyers):
        out += [
            Span(" and " if out else "They name "),
            *_amount(buyers, "importer" if buyers.value == 1 else "importers"),
        ]
    if not out:
        return None
    ranking = rankings.get("by_exporter") or rankings.get("by_importer")
    if ranking and isinstance(ranking.lines[0].figure.value, Decimal):
        top = ranking.lines[0]
        kind = "exporter" if ranking.measure == "by_exporter" else "importer"
        # What the ranking goes by: of records that state no value in US dollars it is another amount.
        by = {"USD": "largest value", "records": "most records", "kg": "largest weight"}.get(
            top.figure.unit, "largest amount"
        )
        out += [
            Span(f"; the {kind} with the {by} is "),
            Span(top.latin or top.name, "source"),
            Span(" with "),
            *_amount(top.figure),
        ]
    return (*out, Span("."))


def _goods(totals: dict[str, Figure], rankings: dict[str, Ranking]) -> list[Span]:
    brands = totals.get("brands")
    if brands is None or not _usable(brands):
        return []
    out = [Span("The goods texts name "), *_amount(brands, "brand" if brands.value == 1 else "brands")]
    ranking = rankings.get("by_brand")
    if ranking and isinstance(ranking.lines[0].figure.value, Decimal):
        top = ranking.lines[0]
        out += [Span(", first "), Span(top.name, "source"), Span(" with "), *_amount(top.figure)]
    return out


def _limits(left: LeftOut) -> list[Span]:
    customs = [a for a in left.accounts if a.kind == "customs"]
    read, rejected, repeats = (sum(getattr(a, k) for a in customs) for k in ("read", "rejected", "duplicates"))
    if not read:
        return []
    parts = [
        f"{numbers.count(rejected)} could not be loaded" if rejected else "all could be loaded",
        f"{numbers.count(repeats) if repeats else 'none'} {'repeats' if repeats == 1 else 'repeat'} another",
    ]
    silent = {"place_not_stated": "do not state the country asked about", "date_not_stated": "do not state the date"}
    parts += [f"{numbers.count(s.rows)} {silent[s.code]}" for s in left.steps if s.code in silent and s.rows]
    said = f"of {numbers.count(read)} customs records read, {', '.join(parts[:-1])} and {parts[-1]}"
    return [Span(said), Span("left out", "link", "#left")]


def _capital(spans: list[Span]) -> list[Span]:
    return [Span(spans[0].text[:1].upper() + spans[0].text[1:]), *spans[1:]]


def _nothing(case: CaseFile, totals: dict[str, Figure], limits: list[Span], left: LeftOut) -> tuple[Sentence, ...]:
    """What there is to say where no row is counted: what was asked, what is held, and what the broad reading would add."""
    customs = sum(a.kind == "customs" for a in left.accounts)
    held = (
        f"only about the {customs} customs file{'s' if customs != 1 else ''} held"
        if customs
        else "for no customs file is held"
    )
    asked = f"No record in the files held answers the question for {goods_words(case)}{lane_words(case)}."
    out: list[Sentence] = [(Span(f"{asked} This says nothing about the trade itself, {held}."),)]
    records = totals.get("records")
    if records is not None and isinstance(records.broad, Decimal) and records.broad:
        broad = Span(numbers.written(records.broad, "records").short, "strong")
        why = Span(
            "The broad reading, which adds unsure goods and records that leave the country or the date open, counts "
        )
        out.append((why, broad, Span(records.id, "link", f"#{records.id}"), Span(".")))
    if limits:
        out.append((*_capital(limits), Span(".")))
    return tuple(out)


def answer_of(
    case: CaseFile, figures: list[Figure], rankings: dict[str, Ranking], left: LeftOut
) -> tuple[Sentence, ...]:
    """Three sentences; fewer where there is less to say. No record is never called no trade."""
    totals = {f.measure: f for f in reversed(figures) if not is_line(f)}
    goods, limits = _goods(totals, rankings), _limits(left)
    if not any(_usable(totals.get(m)) for m in ("value_usd", "records")):
        return _nothing(case, totals, limits, left)
    third: list[Span] = []
    if goods and limits:
        third = [*goods, Span("; "), *limits, Span(".")]
    elif goods:
        third = [*goods, Span(".")]
    elif limits:
        third = [*_capital(limits), Span(".")]
    return tuple(s for s in (_what(case, totals), _who(totals, rankings), tuple(third)) if s)
