"""Lanes over time: the gap between two reports with its range, and a series with the level before and after a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from enduse.dossier.charts.svg import drawing, number, tag

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 930.0, 280.0, 74.0, 12.0, 34.0, 242.0
# The pictures stand in the page and as files of their own: they carry their style.
STYLE = """.lane text{font-family:Georgia,'Times New Roman',serif;font-size:13px;fill:#4a463f}.lane .gr{stroke:#ddd8cf;stroke-width:1}.lane .ax{stroke:#23201b;stroke-width:1}
.lane .ln{fill:none;stroke:#1f4e79;stroke-width:2}.lane .bd{fill:#1f4e79;fill-opacity:.16;stroke:none}.lane .ev{stroke:#a33b20;stroke-width:1.5;stroke-dasharray:5 4}
.lane .lv{stroke:#a33b20;stroke-width:3}.lane .st{fill:#a33b20;fill-opacity:.13}.lane .dn{stroke:#a33b20;stroke-width:2;fill:none}.lane .up{stroke:#1f4e79;stroke-width:2;fill:none}
.lane .fa{stroke:#8d877c;stroke-width:1.4;fill:none}.lane .b{font-weight:600;fill:#23201b}"""


@dataclass(frozen=True)
class Point:
    """One period of a chart; `low` and `high` where it has a range."""

    period: dt.date
    value: float | None
    low: float | None = None
    high: float | None = None


class _Frame:
    """Axes over the periods and values given."""

    def __init__(self, points: Sequence[Point], unit: str) -> None:
        values = [v for p in points for v in (p.value, p.low, p.high) if v is not None]
        self.top, self.bottom = max([*values, 0.0]) or 1.0, min([*values, 0.0])
        self.first, self.last, self.unit = points[0].period, points[-1].period, unit

    def x(self, day: dt.date) -> float:
        whole = max((self.last - self.first).days, 1)
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / whole

    def y(self, value: float) -> float:
        return FLOOR - (FLOOR - TOP) * (value - self.bottom) / (self.top - self.bottom)

    def parts(self) -> list[Markup]:
        out = []
        for share in (0.0, 0.5, 1.0):
            value = self.bottom + share * (self.top - self.bottom)
            out.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=self.y(value), y2=self.y(value), class_="gr"))
            out.append(tag("text", _short(value), x=LEFT - 6, y=self.y(value) + 4, text_anchor="end"))
        if self.bottom < 0:
            out.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=self.y(0), y2=self.y(0), class_="ax"))
        years = range(self.first.year, self.last.year + 1)
        every = max(1, len(years) // 10)
        for year in years:
            day = dt.date(year, 1, 1)
            if self.first <= day <= self.last and (year - self.first.year) % every == 0:
                out.append(tag("line", x1=self.x(day), x2=self.x(day), y1=FLOOR, y2=FLOOR + 5, class_="ax"))
                out.append(tag("text", str(year), x=self.x(day), y=FLOOR + 20))
        out.append(tag("text", self.unit, x=0, y=12))
        return out


def _short(value: float) -> str:
    for size, word in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if abs(value) >= size:
            return f"{value / size:,.1f}".removesuffix(".0").replace("-", "−") + word
    return f"{value:,.0f}".replace("-", "−")


def _path(frame: _Frame, points: Sequence[Point]) -> str:
    """The line, broken where a period is missing."""
    out, pen = [], "M"
    for point in points:
        if point.value is None:
            pen = "M"
            continue
        out.append(f"{pen}{number(frame.x(point.period))} {number(frame.y(point.value))}")
        pen = "L"
    return " ".join(out)


def _band(frame: _Frame, points: Sequence[Point]) -> str:
    known = [p for p in points if p.low is not None and p.high is not None]
    upper = [f"{number(frame.x(p.period))} {number(frame.y(p.high or 0))}" for p in known]
    lower = [f"{number(frame.x(p.period))} {number(frame.y(p.low or 0))}" for p in reversed(known)]
    return "M" + " L".join([*upper, *lower]) + "Z" if len(known) > 1 else ""


def gap_chart(points: Sequence[Point], title: str, event: dt.date | None = None) -> Markup | None:
    """Imports less exports with the range the corrections leave; None under three periods. Periods that only one side reports are cut off the ends."""
    known = [n for n, p in enumerate(points) if p.value is not None]
    points = points[known[0] : known[-1] + 1] if known else []
    if len(points) < 3:
        return None
    frame = _Frame(points, "USD, imports less exports")
    parts = frame.parts()
    band = _band(frame, points)
    if band:
        parts.append(tag("path", d=band, class_="bd"))
    parts.append(tag("path", d=_path(frame, points), class_="ln"))
    parts += _event(frame, event)
    return _svg(parts, title)


def _event(frame: _Frame, event: dt.date | None) -> list[Markup]:
    if event is None or not frame.first <= event <= frame.last:
        return []
    x = frame.x(event)
    return [tag("line", x1=x, x2=x, y1=TOP, y2=FLOOR, class_="ev"), tag("text", event.isoformat(), x=x + 4, y=TOP - 6)]


def break_chart(
    points: Sequence[Point],
    title: str,
    unit: str,
    *,
    event: dt.date | None,
    low: dt.date,
    high: dt.date,
    before: float,
    after: float,
) -> Markup | None:
    """A series, the set of dates its level may have moved at, and both levels; None under six periods."""
    if len(points) < 6:
        return None
    frame = _Frame([*points, Point(points[0].period, before), Point(points[-1].period, after)], unit)
    parts = frame.parts()
    left, right = frame.x(max(low, frame.first)), frame.x(min(max(high, low), frame.last))
    parts.append(tag("rect", x=left - 3, width=max(right - left, 1) + 6, y=TOP, height=FLOOR - TOP, class_="st"))
    parts.append(tag("path", d=_path(frame, points), class_="ln"))
    parts.append(tag("line", x1=LEFT, x2=left, y1=frame.y(before), y2=frame.y(before), class_="lv"))
    parts.append(tag("line", x1=right, x2=WIDTH - RIGHT, y1=frame.y(after), y2=frame.y(after), class_="lv"))
    parts += _event(frame, event)
    return _svg(parts, title)


def _svg(parts: list[Markup], title: str) -> Markup:
    sheet = tag("style", Markup(STYLE))  # noqa: S704 - our own sheet
    frame = f"0 0 {number(WIDTH)} {number(HEIGHT)}"
    return drawing([sheet, *parts], title, viewbox=frame, class_="c lane")


__all__ = ["STYLE", "Point", "break_chart", "gap_chart"]
