"""Unit values out of line: the rows furthest below their peers, the sum by exporter, slips that other cells point to."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from enduse.dossier import numbers
from enduse.dossier.ask import ask, listed
from enduse.dossier.charts.svg import drawing, pct, tag

if TYPE_CHECKING:
    from enduse.engine.base import Engine


@dataclass(frozen=True)
class PriceLine:
    """One row below its range: what it declares a unit, and what nine in ten peers declare."""

    shipment_id: str
    source: str
    row: int
    date: dt.date | None
    exporter: str
    description: str
    unit_value: Decimal
    low: Decimal
    high: Decimal
    per: str
    peers: int
    group: str
    value: Decimal | None
    implied: Decimal | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ExporterGap:
    name: str
    rows: int
    checked: int
    declared: Decimal | None
    implied: Decimal | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Prices:
    """`lines` are the furthest below; `checked` of `rows` had peers enough."""

    lines: tuple[PriceLine, ...]
    exporters: tuple[ExporterGap, ...]
    slips: tuple[tuple[str, int, str], ...]
    rows: int
    checked: int
    understated: int
    gap_low: Decimal | None
    gap_high: Decimal | None


def prices_of(engine: Engine) -> Prices | None:
    """None where no counted row could be checked."""
    total = ask(engine, "price_total")[0]
    if not total["checked"]:
        return None
    lines = tuple(
        PriceLine(
            r["shipment_id"], r["source"], r["row"], r["date"], r["exporter_name"] or "", r["description"] or "", r["unit_value"],
            r["expected_low"], r["expected_high"], r["per"] or "", r["peers"] or 0, r["peer_group"] or "", r["value_usd"], r["implied_value"], listed(r["reasons"]),
        )
        for r in ask(engine, "price")
        if r["unit_value"] and r["expected_low"] and r["expected_high"]
    )  # fmt: skip
    gaps = tuple(
        ExporterGap(
            r["exporter_name"],
            r["rows"],
            r["checked"],
            r["declared_usd"],
            r["implied_usd"],
            r["gap_low"],
            r["gap_high"],
        )
        for r in ask(engine, "price_exporter")
    )
    slips = tuple((r["rule"], r["rows"], r["first"]) for r in ask(engine, "slip"))
    return Prices(
        lines, gaps, slips, total["rows"], total["checked"], total["understated"], total["gap_low"], total["gap_high"]
    )


def price_chart(lines: tuple[PriceLine, ...]) -> list[Markup]:
    """One drawing a line, all on one logarithmic axis: the band of the peers, a tick where the row stands."""
    if not lines:
        return []
    ends = [float(v) for line in lines for v in (line.unit_value, line.low, line.high) if v > 0]
    first, last = math.log10(min(ends)), math.log10(max(ends))
    span = max(last - first, 0.3)

    def at(value: Decimal) -> float:
        return 2 + 96 * (math.log10(max(float(value), 10**first)) - first) / span

    out = []
    for line in lines:
        words = f"declared {numbers.plain(line.unit_value, 2)} USD a {line.per}; nine in ten peers {numbers.plain(line.low, 2)} to {numbers.plain(line.high, 2)}"
        low, high, here = at(line.low), at(line.high), at(line.unit_value)
        parts = [
            tag("line", x1="0", x2="100%", y1=9, y2=9, class_="ax"),
            tag("rect", x=pct(low), width=pct(max(high - low, 0.5)), y=4, height=10, class_="w"),
            tag("line", x1=pct(here), x2=pct(here), y1=1, y2=17, class_="c"),
        ]
        out.append(drawing(parts, words, class_="bar", width="100%", height="18"))
    return out
