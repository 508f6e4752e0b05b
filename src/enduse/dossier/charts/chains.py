"""A chain as a lane of countries over a time line to scale, and its two gauges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from enduse.dossier import numbers
from enduse.dossier.charts.svg import drawing, pct, percent, tag

if TYPE_CHECKING:
    from enduse.dossier.chains import ChainCard, ChainStep


def _amount(step: ChainStep) -> str:
    parts = []
    if step.quantity is not None:
        parts.append(f"{numbers.grouped(step.quantity)} pcs")
    if step.kg is not None:
        parts.append(f"{numbers.grouped(step.kg)} kg")
    return " · ".join(parts) or ("no record" if step.basis == "inferred" else "amount n/s")


def lane(card: ChainCard) -> Markup | None:
    """Country boxes from first seller to last buyer, a line a shipment with amount, days and share; the weakest is dashed."""
    if not card.steps:
        return None
    onward = [*(s.start for s in card.steps[1:]), ""]
    codes = [
        card.steps[0].start or "?",
        *(s.end or begin or "?" for s, begin in zip(card.steps, onward, strict=True)),
    ]
    width, gap, y = 46.0, 168.0, 46.0
    total = width * len(codes) + gap * len(card.steps)
    parts: list[Markup] = []
    for k, step in enumerate(card.steps):
        a = (width + gap) * k + width
        parts.append(
            tag(
                "line",
                x1=a + 4,
                x2=a + gap - 10,
                y1=y,
                y2=y,
                stroke_dasharray="7 3" if step.weakest else None,
                stroke="var(--s1)",
                stroke_width=1.6,
            )
        )
        parts.append(
            tag("path", d=f"M{a + gap - 11} {y - 4}L{a + gap - 3} {y}L{a + gap - 11} {y + 4}Z", fill="var(--s1)")
        )
        parts.append(tag("text", _amount(step), x=a + gap / 2, y=y - 10, text_anchor="middle", class_="b"))
        if step.strength is not None:
            days = f"after {step.lag} days · " if step.lag is not None else ""
            word = " · weakest" if step.weakest else ""
            parts.append(
                tag(
                    "text", f"{days}{numbers.score(step.strength)}{word}", x=a + gap / 2, y=y + 19, text_anchor="middle"
                )
            )
        else:
            parts.append(tag("text", "first on record", x=a + gap / 2, y=y + 19, text_anchor="middle"))
    for k, code in enumerate(codes):
        x = (width + gap) * k
        parts.append(tag("rect", x=x, y=y - 16, width=width, height=32, fill="none", stroke="var(--ink)"))
        parts.append(tag("text", code, x=x + width / 2, y=y + 4.5, text_anchor="middle", class_="b"))
    title = f"From {codes[0]} to {codes[-1]} in {len(card.steps)} shipments through {len(card.steps) - 1} middlemen"
    return drawing(
        parts,
        title,
        viewbox=f"-1 0 {total + 2:.0f} 84",
        class_="c",
        style=f"min-width:{min(total, 900):.0f}px;max-width:{total:.0f}px",
    )


def time_line(card: ChainCard) -> Markup | None:
    """A dot a shipment on a line from the first day to the last, to scale."""
    days = [s.day for s in card.steps if s.day is not None]
    if len(days) < 2:
        return None
    first, last = min(days), max(days)
    span = max((last - first).days, 1)
    parts: list[Markup] = [tag("line", x1="2%", x2="98%", y1=12, y2=12, stroke="var(--line2)")]
    for step in card.steps:
        if step.day is not None:
            at = 2 + 0.96 * percent((step.day - first).days, span)
            parts.append(tag("circle", cx=pct(at), cy=12, r=4, fill="var(--s1)"))
    parts.append(tag("text", numbers.day(first), x="2%", y=32))
    parts.append(tag("text", numbers.day(last), x="98%", y=32, text_anchor="end"))
    return drawing(
        parts,
        f"{len(days)} shipments between {numbers.day(first)} and {numbers.day(last)}, {span} days apart",
        width="100%",
        height=38,
        class_="c",
    )


def gauge(value: float, word: str, *, hatched: bool) -> Markup:
    """0 to 1 with a tick at .5 and the number at the end. Hatched for concern, solid for continuity."""
    colour = "var(--s2)" if hatched else "var(--s1)"
    parts = [
        tag("rect", x=0, y=4, width="84%", height=8, fill="var(--band)"),
        tag(
            "rect",
            x=0,
            y=4,
            width=pct(84 * value),
            height=8,
            fill=colour,
            fill_opacity=0.45 if hatched else 1,
            stroke=colour if hatched else None,
            stroke_dasharray="3 3" if hatched else None,
        ),
        tag("line", x1="42%", x2="42%", y1=1, y2=15, stroke="var(--ink)"),
        tag("text", numbers.score(value), x="100%", y=13, text_anchor="end", class_="b"),
    ]
    return drawing(parts, f"{word} {numbers.score(value)} of 1, alert from .5", width="100%", height=16, class_="c")
