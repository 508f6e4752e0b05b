"""Partners before and after a date: one line each between two axes, so that who fell and who rose is seen at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from enduse.dossier.charts.routes_time import STYLE
from enduse.dossier.charts.svg import drawing, number, tag

WIDTH, TOP, FLOOR, LEFT, RIGHT = 620.0, 34.0, 380.0, 190.0, 430.0
LEAST = 15.0  # between two labels


@dataclass(frozen=True)
class Slope:
    """A partner with its level before and after, a period."""

    name: str
    before: float
    after: float


def _apart(places: list[float]) -> list[float]:
    """Labels moved as little as keeps them from touching: pushed down from the top, then up from the floor."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    out = list(places)
    last = TOP - LEAST
    for n in order:
        last = out[n] = max(places[n], last + LEAST)
    last = FLOOR + 14 + LEAST
    for n in reversed(order):
        last = out[n] = min(out[n], last - LEAST)
    return out


def _text(value: float, unit: str) -> str:
    for size, word in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if abs(value) >= size:
            return f"{value / size:,.1f}{word} {unit}"
    return f"{value:,.0f} {unit}"


def slope_chart(slopes: Sequence[Slope], title: str, unit: str, *, before: str, after: str) -> Markup | None:
    """None under two partners. Falls are drawn red and dashed, rises blue: they differ without color, too."""
    if len(slopes) < 2:
        return None
    top = max(max(s.before, s.after) for s in slopes) or 1.0

    def y(value: float) -> float:
        # Roots keep small partners visible beside large ones.
        return FLOOR - (FLOOR - TOP) * math.sqrt(max(value, 0.0) / top)

    parts = [
        tag("style", Markup(STYLE)),  # noqa: S704 - our own sheet
        tag("text", before, x=LEFT, y=16, text_anchor="end", class_="b"),
        tag("text", after, x=RIGHT, y=16, class_="b"),
        tag("line", x1=LEFT, x2=LEFT, y1=TOP, y2=FLOOR, class_="gr"),
        tag("line", x1=RIGHT, x2=RIGHT, y1=TOP, y2=FLOOR, class_="gr"),
    ]
    left, right = _apart([y(s.before) for s in slopes]), _apart([y(s.after) for s in slopes])
    for n, slope in enumerate(slopes):
        kind = "up" if slope.after > slope.before * 1.05 else "dn" if slope.after < slope.before * 0.95 else "fa"
        parts.append(
            tag(
                "line",
                x1=LEFT + 4,
                x2=RIGHT - 4,
                y1=y(slope.before),
                y2=y(slope.after),
                class_=kind,
                stroke_dasharray="6 3" if kind == "dn" else None,
            )
        )
        parts.append(
            tag("text", f"{slope.name} {_text(slope.before, unit)}", x=LEFT - 4, y=left[n] + 4, text_anchor="end")
        )
        parts.append(tag("text", f"{slope.name} {_text(slope.after, unit)}", x=RIGHT + 6, y=right[n] + 4))
    return drawing(parts, title, viewbox=f"0 0 {number(WIDTH)} {number(FLOOR + 24)}", class_="c lane")
