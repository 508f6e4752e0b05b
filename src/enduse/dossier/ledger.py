"""The supply ledger of the page: what the press says was ordered, delivered, can be made, is in stock or was lost, on one time line."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from enduse.dossier.ask import ask
from enduse.dossier.charts.svg import drawing, pct, tag

if TYPE_CHECKING:
    from enduse.engine.base import Engine

KINDS = {
    "order": "Ordered or talked of",
    "delivery": "Delivered",
    "capacity": "Can be made",
    "stock": "In stock",
    "loss": "Used or lost",
}


@dataclass(frozen=True)
class LedgerLine:
    """One statement of supply with the interval of its words."""

    supplier: str
    recipient: str
    goods: str
    kind: str
    low: float | None
    high: float | None
    per: str
    start: dt.date | None
    end: dt.date | None
    certainty: str
    claim_id: str
    note: str

    @property
    def amount(self) -> str:
        """100; 35 to 50; at least 20,000; a dash where no figure is stated."""
        if self.low is None:
            return "–"
        low = f"{self.low:,.0f}"
        if self.high is None:
            text = f"at least {low}"
        elif round(self.low) == round(self.high):
            text = low
        else:
            text = f"{low} to {self.high:,.0f}" if self.low else f"at most {self.high:,.0f}"
        return f"{text} a {self.per}" if self.per else text

    @property
    def when(self) -> str:
        if self.start and self.end:
            return f"{self.start}" if self.start == self.end else f"{self.start} to {self.end}"
        return f"from {self.start}" if self.start else f"until {self.end}" if self.end else "–"


@dataclass(frozen=True)
class Ledger:
    lines: tuple[LedgerLine, ...]
    counted: int  # lines that state a figure


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def ledger_of(engine: Engine) -> Ledger | None:
    """None where the press states no supply."""
    lines = tuple(
        LedgerLine(
            r["supplier"] or "", r["recipient"] or "", r["goods"] or "", r["kind"], r["quantity_low"], r["quantity_high"], r["per"] or "",
            _day(r["first_day"]), _day(r["last_day"]), r["certainty"] or "", r["claim_id"], r["note"] or "",
        )
        for r in ask(engine, "ledger")
    )  # fmt: skip
    return Ledger(lines, sum(line.low is not None for line in lines)) if lines else None


def time_line(ledger: Ledger) -> Markup | None:
    """Bars from first to last day, one a dated line that states a figure; None where fewer than two are dated."""
    dated = [x for x in ledger.lines if (x.start or x.end) and x.low is not None][:24]
    days = [d for x in dated for d in (x.start, x.end) if d]
    if len(dated) < 2 or min(days) == max(days):
        return None
    first, last = min(days), max(days)
    span = (last - first).days

    def at(day: dt.date) -> float:
        return 100 * (day - first).days / span

    parts: list[Markup] = []
    height = 26 * len(dated) + 26
    for year in range(first.year, last.year + 1):
        day = dt.date(year, 1, 1)
        if first <= day <= last:
            parts.append(tag("line", x1=pct(at(day)), x2=pct(at(day)), y1=0, y2=height - 22, class_="gr"))
            parts.append(
                tag("text", str(year), x=pct(at(day)), y=height - 6, text_anchor="middle" if 4 < at(day) < 96 else None)
            )
    for number, line in enumerate(dated):
        left, right = at(line.start or first), at(line.end or last)
        y = 26 * number
        width = max(right - left, 0.8)
        open_end = line.start is None or line.end is None
        parts.append(
            tag("rect", x=pct(min(left, 99.2)), width=pct(width), y=y + 16, height=6, class_="w" if open_end else "k")
        )
        who = " to ".join(w for w in (line.supplier, line.recipient) if w)
        anchor = "end" if left > 60 else None
        parts.append(
            tag(
                "text",
                f"{KINDS[line.kind].lower()}: {line.amount} {line.goods}, {who}",
                x=pct(right if anchor else left),
                y=y + 12,
                text_anchor=anchor,
            )
        )
    title = f"Supply as the press states it, {first} to {last}: {len(dated)} dated statements with a figure"
    return drawing(parts, title, class_="c months", width="100%", height=str(height))
