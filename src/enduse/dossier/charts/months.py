"""Columns by month on one axis from zero: solid to the lowest reading, pale to the highest, a tick at the central one.

Months in which no file has a record are hatched and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from enduse.dossier import numbers
from enduse.dossier.charts.svg import drawing, pct, percent, tag
from enduse.dossier.model import CoverageLine, Line

HEIGHT, TOP, FLOOR = 216, 22, 186


@dataclass(frozen=True)
class MonthChart:
    svg: Markup
    uncovered: tuple[str, ...]


def calendar(first: str, last: str) -> list[str]:
    """Every month from `first` to `last`, both YYYY-MM."""
    out: list[str] = []
    year, month = int(first[:4]), int(first[5:7])
    while f"{year:04d}-{month:02d}" <= last and len(out) < 1200:
        out.append(f"{year:04d}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return out


def is_month(text: str) -> bool:
    return len(text) == 7 and text[4] == "-" and (text[:4] + text[5:]).isdigit() and 1 <= int(text[5:]) <= 12


def uncovered(months: list[str], coverage: tuple[CoverageLine, ...]) -> tuple[str, ...]:
    """Months in which no customs file has a record. Without an account of months nothing is called uncovered."""
    if not any(c.months for c in coverage):
        return ()
    filled = {m for c in coverage for m, rows in c.months if rows}
    return tuple(m for m in months if m not in filled)


def _tick_step(count: int) -> int:
    return 1 if count <= 14 else 3 if count <= 40 else 6 if count <= 84 else 12


def month_chart(lines: tuple[Line, ...], coverage: tuple[CoverageLine, ...], title: str) -> MonthChart | None:
    """None where fewer than two months have a value."""
    known = {
        x.figure.subject_id: x.figure
        for x in lines
        if is_month(x.figure.subject_id) and isinstance(x.figure.value, Decimal)
    }
    if len(known) < 2:
        return None
    months = calendar(min(known), max(known))
    top = max([v for f in known.values() for v in (f.value, f.high) if isinstance(v, Decimal)] + [Decimal(1)])
    end = numbers.round_end(top)
    unit = next(iter(known.values())).unit
    step = 100.0 / len(months)
    blank = uncovered(months, coverage)

    def y(value: Decimal) -> float:
        return FLOOR - percent(value, end) * (FLOOR - TOP) / 100

    parts = []
    for part in (Decimal(1), Decimal("0.5")):
        at = y(end * part)
        parts.append(tag("line", x1="0", x2="100%", y1=at, y2=at, class_="gr"))
        parts.append(tag("text", numbers.brief(end * part, unit), x="0", y=at - 4))
    every = _tick_step(len(months))
    for number, month in enumerate(months):
        left = number * step
        figure = known.get(month)
        if month in blank:
            parts.append(tag("rect", x=pct(left), width=pct(step), y=TOP, height=FLOOR - TOP, class_="nc"))
        if figure is not None and isinstance(figure.value, Decimal):
            at = y(figure.value)
            low = figure.low if isinstance(figure.low, Decimal) else figure.value
            high = figure.high if isinstance(figure.high, Decimal) else figure.value
            x, width = pct(left + step * 0.16), pct(step * 0.68)
            parts.append(tag("rect", x=x, width=width, y=y(low), height=max(FLOOR - y(low), 0), class_="k"))
            if low != high:
                parts.append(tag("rect", x=x, width=width, y=y(high), height=y(low) - y(high), class_="w"))
                parts.append(tag("rect", x=x, width=width, y=at - 1, height=2, class_="k"))
        january = month.endswith("-01")
        if january or number == 0 or (int(month[5:]) - 1) % every == 0:
            parts.append(
                tag("line", x1=pct(left), x2=pct(left), y1=FLOOR, y2=FLOOR + (8 if january else 5), class_="tk")
            )
            name = month[:4] if january else numbers.MONTHS[int(month[5:]) - 1]
            crowded = (
                number == 0
                and not january
                and any(m.endswith("-01") for m in months[1 : 1 + max(1, len(months) // 12)])
            )
            if not crowded:
                parts.append(tag("text", name, x=pct(left), y=FLOOR + 20, dx=3, class_="b" if january else "minor"))
    parts.append(tag("line", x1="0", x2="100%", y1=FLOOR, y2=FLOOR, class_="fl"))
    return MonthChart(drawing(parts, title, width="100%", height=HEIGHT, class_="c months"), blank)
