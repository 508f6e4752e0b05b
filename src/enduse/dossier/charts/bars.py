"""Bars: the range of a figure, a line of a ranking, a step of the waterfall, the effect of a choice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from enduse.dossier import numbers
from enduse.dossier.charts.svg import drawing, joined, pct, percent, tag
from enduse.dossier.figures import signed, write_figure
from enduse.dossier.model import Choice, Figure, Step

LEAD_WIDTH, LETTER = 400.0, 8.0  # px: the axis of the first card, and a letter of its labels


@dataclass(frozen=True)
class Label:
    at: str  # per cent from the left
    value: str
    word: str


@dataclass(frozen=True)
class RangeBar:
    svg: Markup
    labels: tuple[Label, ...]  # strict, central, broad
    apart: bool  # the labels fit under their ticks
    same: bool
    words: str


def _axis(figure: Figure) -> tuple[dict[str, float], bool] | None:
    """Place of strict, central, broad in per cent of the axis; None without a range."""
    three = {"strict": figure.strict, "central": figure.value, "broad": figure.broad}
    dates = {k: v for k, v in three.items() if isinstance(v, dt.date)}
    if len(dates) == 3:
        first, last = min(dates.values()), max(dates.values())
        span = max((last - first).days, 1)
        return {k: 20 + 60 * (v - first).days / span for k, v in dates.items()}, True
    values = {k: v for k, v in three.items() if isinstance(v, Decimal)}
    if len(values) != 3 or min(values.values()) < 0:
        return None
    end = numbers.round_end(max(values.values()))
    return {k: percent(v, end) for k, v in values.items()}, False


def range_bar(figure: Figure) -> RangeBar | None:
    """Axis from 0 to a round end; pale from the lowest to the highest reading; thick tick at the central one."""
    placed = _axis(figure)
    if placed is None:
        return None
    at, timed = placed
    made = write_figure(figure)
    texts = {"strict": made.strict, "central": made.short if timed else made.number, "broad": made.broad}
    low, high = min(at.values()), max(at.values())
    same = figure.strict == figure.value == figure.broad
    words = (
        f"{made.short}, same in all readings"
        if same
        else ", ".join(f"{k} {v}" for k, v in texts.items()) + (f" {made.unit}" if made.unit else "")
    )
    parts = [tag("line", x1="0", x2="100%", y1=16.5, y2=16.5, class_="ax")]
    if timed and same:
        at = dict.fromkeys(at, 50.0)
    if not same:
        parts.append(tag("rect", x=pct(low), width=pct(high - low), y=9, height=7, class_="w"))
        parts += [
            tag("line", x1=pct(x), x2=pct(x), y1=5, y2=20, class_="e") for x in sorted({at["strict"], at["broad"]})
        ]
    parts.append(tag("line", x1=pct(at["central"]), x2=pct(at["central"]), y1=1, y2=21, class_="h"))
    parts.append(tag("line", x1=pct(at["central"]), x2=pct(at["central"]), y1=2, y2=20, class_="c"))
    labels = tuple(Label(pct(at[k]), texts[k], k) for k in ("strict", "central", "broad"))
    places = sorted(at.values())
    touch = 100 * (max(len("central"), *(len(t) for t in texts.values())) * LETTER * 0.85 + 6) / LEAD_WIDTH
    apart = (
        not same
        and min(places[1] - places[0], places[2] - places[1]) >= touch
        and touch / 2 + 3 <= places[0]
        and places[2] <= 100 - touch / 3
    )
    return RangeBar(drawing(parts, words, width="100%", height=22, class_="bar"), labels, apart, same, words)


def line_bar(figure: Figure, top: Decimal) -> Markup:
    """A line of a ranking: solid to the lowest reading, pale to the highest, a tick at the central one."""
    if not isinstance(figure.value, Decimal) or top <= 0:
        return Markup("")
    low = figure.low if isinstance(figure.low, Decimal) else figure.value
    high = figure.high if isinstance(figure.high, Decimal) else figure.value
    a, b = percent(low, top), percent(high, top)
    parts = [tag("rect", x="0", y=3, height=9, width=pct(a), class_="k")]
    if low != high:
        at = pct(percent(figure.value, top))
        parts.append(tag("rect", x=pct(a), y=3, height=9, width=pct(b - a), class_="w"))
        parts.append(tag("line", x1=at, x2=at, y1=1, y2=14, class_="c"))
    return tag("svg", joined(parts), width="100%", height=15, class_="lb", aria_hidden="true")


def top_of(figures: list[Figure]) -> Decimal:
    """The end of the common axis of a ranking."""
    values = [v for f in figures for v in (f.value, f.high) if isinstance(v, Decimal)]
    return max(values, default=Decimal(0))


def plain_bar(part: Decimal | int, whole: Decimal | int, kind: str = "k") -> Markup:
    """A share of a whole as a bar: `k` solid, `o` hatched."""
    body = tag("rect", x="0", y=2, height=8, width=pct(percent(Decimal(part), Decimal(whole))), class_=kind)
    return tag("svg", body, width="100%", height=12, class_="lb", aria_hidden="true")


@dataclass(frozen=True)
class WaterfallLine:
    step: Step
    gap: bool  # the dashed line "magnified" comes before it
    rows_bar: Markup
    value_bar: Markup


def _pieces(steps: list[Step], whole: Decimal, amounts: list[Decimal], magnified_from: int) -> list[Markup]:
    """One bar for each step: what stays before a step, and the piece it takes away."""
    left = Decimal(0)
    out = []
    for number, (step, amount) in enumerate(zip(steps, amounts, strict=True)):
        scale = whole / 100 if number >= magnified_from else whole
        if step.kind == "left_out":
            start, width = left - amount, amount
            left -= amount
        else:
            start, width = Decimal(0), amount
            left = amount if step.kind == "total" else left
        a = percent(start, scale)
        body = tag(
            "rect",
            x=pct(a),
            y=0.5,
            height=11,
            width=pct(max(0.0, min(100.0, percent(start + width, scale)) - a)),
            class_="o" if step.kind == "left_out" else "k",
        )
        out.append(tag("svg", body, width="100%", height=12, class_="wb", aria_hidden="true"))
    return out


def waterfall(steps: tuple[Step, ...]) -> list[WaterfallLine]:
    """Rows and value of every step on two axes that are magnified a hundred times where under 2 % of the rows remain."""
    listed = list(steps)
    if not listed:
        return []
    whole = max(Decimal(listed[0].rows), Decimal(1))
    left, magnified = whole, len(listed)
    for number, step in enumerate(listed):
        if number and 0 < left * 50 < whole:
            magnified = number
            break
        if step.kind == "left_out":
            left -= step.rows
    rows = _pieces(listed, whole, [Decimal(s.rows) for s in listed], magnified)
    amounts = [s.value or Decimal(0) for s in listed]
    total = max(amounts[0], Decimal(1))
    values = _pieces(listed, total, amounts, magnified)
    return [WaterfallLine(s, n == magnified, rows[n], values[n]) for n, s in enumerate(listed)]


@dataclass(frozen=True)
class Effect:
    choice: Choice
    svg: Markup
    low: str
    high: str


def tornado(lead: Figure, choices: tuple[Choice, ...]) -> list[Effect]:
    """One line a choice about the central value: lower hatched, higher solid, no effect said."""
    if not isinstance(lead.value, Decimal):
        return []
    reach = max((abs(v) for c in choices for v in (c.low, c.high) if v is not None), default=Decimal(0))
    out = []
    for choice in choices:
        parts = [tag("line", x1="50%", x2="50%", y1=0, y2=18, class_="z")]
        texts = []
        for change in (choice.low, choice.high):
            if change and reach:
                width = percent(abs(change), reach) * 0.48
                lower = change < 0
                parts.append(
                    tag(
                        "rect",
                        x=pct(50 - width if lower else 50),
                        y=3,
                        height=12,
                        width=pct(width),
                        class_="lo" if lower else "hi",
                    )
                )
            texts.append(signed(change, lead, unit=False))
        out.append(
            Effect(choice, tag("svg", joined(parts), width="100%", height=18, class_="to", aria_hidden="true"), *texts)
        )
    return out
