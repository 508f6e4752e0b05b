"""The flow map: country codes where the countries lie, a graticule instead of borders, lines as wide as their value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from enduse.dossier import numbers
from enduse.dossier.charts.svg import drawing, number, tag
from enduse.dossier.model import Leg
from enduse.dossier.places import places

MOST_LEGS = 14
LEAST_GRID = 62  # between two lines of the graticule, so that their degrees do not touch
RADIUS = 12.0
NARROWEST, WIDEST = 1.2, 11.0


@dataclass(frozen=True)
class FlowMap:
    wide: Markup
    narrow: Markup
    drawn: int
    unknown: tuple[str, ...]  # codes that are on no map


@dataclass
class _Node:
    code: str
    x: float
    y: float


def _cut_longitude(longitudes: list[float]) -> float:
    """Where to cut the globe: in the widest gap between the places, so that no line runs round the back."""
    turned = sorted({x % 360 for x in longitudes})
    gaps = [(b - a, b) for a, b in zip(turned, [*turned[1:], turned[0] + 360], strict=True)]
    return max(gaps, key=lambda g: (g[0], -g[1]))[1] % 360


def _project(codes: list[str], width: float, height: float, pad: float) -> tuple[dict[str, _Node], list[Markup]]:
    """Plate carrée with the middle latitude true, fitted into the frame; and its graticule."""
    known = places()
    cut = _cut_longitude([known[c].lon for c in codes])
    lon = {c: (known[c].lon - cut) % 360 for c in codes}
    lat = {c: known[c].lat for c in codes}
    squeeze = max(0.35, math.cos(math.radians((max(lat.values()) + min(lat.values())) / 2)))
    lon_low, lon_high, lat_low, lat_high = min(lon.values()), max(lon.values()), min(lat.values()), max(lat.values())
    scale = min(
        (width - 2 * pad) / max((lon_high - lon_low) * squeeze, 8), (height - 2 * pad) / max(lat_high - lat_low, 8)
    )
    middle_lon, middle_lat = (lon_low + lon_high) / 2, (lat_low + lat_high) / 2

    def x(degrees: float) -> float:
        return width / 2 + (degrees - middle_lon) * squeeze * scale

    def y(degrees: float) -> float:
        return height / 2 - (degrees - middle_lat) * scale

    span = width / (squeeze * scale)
    step = next((s for s in (5, 10, 20, 30, 45) if s * squeeze * scale >= LEAST_GRID), 60)
    grid = []
    first = math.ceil((middle_lon - span / 2 + cut) / step) * step
    for degrees in range(int(first), int(middle_lon + span / 2 + cut) + 1, step):
        at = x(degrees - cut)
        real = (degrees + 180) % 360 - 180
        grid.append(tag("line", x1=at, x2=at, y1=0, y2=height, class_="gr"))
        if 0 <= at < width - 44:
            grid.append(
                tag(
                    "text",
                    f"{abs(real)}°{' E' if real > 0 else ' W' if real < 0 else ''}",
                    x=at + 4,
                    y=height - 5,
                    class_="deg",
                )
            )
    tall = height / scale
    for degrees in range(
        math.ceil(max(-90, middle_lat - tall / 2) / step) * step, int(min(90, middle_lat + tall / 2)) + 1, step
    ):
        at = y(degrees)
        grid.append(tag("line", x1=0, x2=width, y1=at, y2=at, class_="gr"))
        if 12 < at < height - 24:
            grid.append(
                tag(
                    "text",
                    f"{abs(degrees)}°{' N' if degrees > 0 else ' S' if degrees < 0 else ''}",
                    x=width - 4,
                    y=at - 4,
                    class_="deg",
                    text_anchor="end",
                )
            )
    return {c: _Node(c, x(lon[c]), y(lat[c])) for c in codes}, grid


def _push_apart(nodes: list[_Node], width: float, height: float) -> None:
    """Neighbouring countries must not hide each other: their marks are pushed apart until they only touch."""
    least = 2 * RADIUS + 6
    for _ in range(60):
        moved = False
        for i, a in enumerate(nodes):
            for b in nodes[i + 1 :]:
                dx, dy = b.x - a.x, b.y - a.y
                distance = math.hypot(dx, dy)
                if distance < least:
                    if distance < 0.01:
                        dx, dy, distance = 1.0, 0.5, 1.12
                    shift = (least - distance) / 2 + 0.2
                    a.x, a.y = a.x - dx / distance * shift, a.y - dy / distance * shift
                    b.x, b.y = b.x + dx / distance * shift, b.y + dy / distance * shift
                    moved = True
        for node in nodes:
            node.x = min(width - RADIUS - 4, max(RADIUS + 4, node.x))
            node.y = min(height - RADIUS - 18, max(RADIUS + 4, node.y))
        if not moved:
            return


def _curve(a: _Node, b: _Node) -> tuple[tuple[float, float], float]:
    """The control point of the line from a to b, bent to one side so that there and back are two lines; and its length."""
    dx, dy = b.x - a.x, b.y - a.y
    length = max(math.hypot(dx, dy), 1.0)
    bend = 0.16 if length > 90 else 0.3
    return ((a.x + b.x) / 2 + dy * bend, (a.y + b.y) / 2 - dx * bend), length


def _at(a: _Node, c: tuple[float, float], b: _Node, t: float) -> tuple[float, float]:
    """A point on the quadratic curve."""
    u = 1 - t
    return u * u * a.x + 2 * u * t * c[0] + t * t * b.x, u * u * a.y + 2 * u * t * c[1] + t * t * b.y


def _leg(leg: Leg, a: _Node, b: _Node, width: float) -> list[Markup]:
    """Line and arrow head. The line ends where the head begins."""
    control, length = _curve(a, b)
    head = max(7.0, width * 1.5)
    stop = max(0.3, 1 - (RADIUS + head * 0.8) / length)
    tip = max(0.35, 1 - (RADIUS + 1) / length)
    points = [_at(a, control, b, stop * k / 24) for k in range(25)]
    path = "M" + " L".join(f"{number(x)} {number(y)}" for x, y in points)
    (x1, y1), (x2, y2) = points[-1], _at(a, control, b, tip)
    away = max(math.hypot(x2 - x1, y2 - y1), 0.01)
    nx, ny = -(y2 - y1) / away * head * 0.55, (x2 - x1) / away * head * 0.55
    arrow = f"M{number(x1 + nx)} {number(y1 + ny)} L{number(x2)} {number(y2)} L{number(x1 - nx)} {number(y1 - ny)}Z"
    kind = "fd" if leg.declared else "fm"
    return [tag("path", d=path, class_=kind, stroke_width=width), tag("path", d=arrow, class_=f"{kind} hd")]


def _points(a: _Node, b: _Node) -> list[tuple[float, float]]:
    """Points along a leg, near enough to each other that none passes through a label unseen."""
    control, _ = _curve(a, b)
    return [_at(a, control, b, k / 60) for k in range(61)]


def _leg_text(leg: Leg) -> str:
    if not leg.value:
        return f"{numbers.count(leg.rows)} rec."
    return numbers.brief(leg.value, "USD").removesuffix("USD").rstrip(numbers.NBSP)


def _spot(
    a: _Node,
    b: _Node,
    thick: float,
    half: float,
    taken: list[tuple[float, float]],
    others: list[tuple[float, float]],
    size: tuple[float, float],
) -> tuple[float, float] | None:
    """Where the number of a leg stands: on a thin line, beside a thick one, where the fewest other lines pass. None: no room."""
    control, _ = _curve(a, b)
    beside = thick / 2 + 11
    best: tuple[int, float, float] | None = None
    for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
        x, y = _at(a, control, b, t)
        (x1, y1), (x2, y2) = _at(a, control, b, t - 0.05), _at(a, control, b, t + 0.05)
        away = max(math.hypot(x2 - x1, y2 - y1), 0.01)
        nx, ny = -(y2 - y1) / away, (x2 - x1) / away
        slant = beside + abs(nx) * half
        for shift in (0.0, slant, -slant) if thick < 6 else (slant, -slant, 0.0):
            sx, sy = x + nx * shift, y + ny * shift
            if not (half < sx < size[0] - half and 10 < sy < size[1] - 20):
                continue
            if any(abs(sx - px) <= half + 18 and abs(sy - py) <= 17 for px, py in taken):
                continue
            crossed = sum(abs(sx - px) <= half + 3 and abs(sy - py) <= 9 for px, py in others)
            if best is None or crossed < best[0]:
                best = (crossed, sx, sy)
            if not crossed:
                return sx, sy
    return (best[1], best[2]) if best else None


def _frame(legs: list[Leg], width: float, height: float, pad: float, title: str) -> Markup:
    codes = sorted({c for leg in legs for c in (leg.start, leg.end)})
    nodes, grid = _project(codes, width, height, pad)
    _push_apart([nodes[c] for c in codes], width, height)
    most = max((leg.value for leg in legs), default=Decimal(0)) or Decimal(1)
    lines, labels = [], []
    taken = [(n.x, n.y) for n in nodes.values()]
    for leg in sorted(legs, key=lambda x: (x.declared, x.value)):
        a, b = nodes[leg.start], nodes[leg.end]
        lines += _leg(leg, a, b, max(NARROWEST, WIDEST * float(leg.value / most)))
    curves = {(leg.start, leg.end, leg.declared): _points(nodes[leg.start], nodes[leg.end]) for leg in legs}
    for leg in sorted(legs, key=lambda x: (-x.value, -x.rows, x.start, x.end, x.declared)):
        a, b = nodes[leg.start], nodes[leg.end]
        text = _leg_text(leg)
        if _curve(a, b)[1] < 70:
            continue  # no room for a number on so short a line; the table has it
        own = (leg.start, leg.end, leg.declared)
        others = [at for key, points in curves.items() if key != own for at in points]
        thick = max(NARROWEST, WIDEST * float(leg.value / most))
        spot = _spot(a, b, thick, len(text) * 3.7, taken, others, (width, height))
        if spot:
            taken.append(spot)
            x, y = spot
            labels.append(
                tag("text", text, x=x, y=y + 4, class_="fl-d" if leg.declared else "fl-m", text_anchor="middle")
            )
    marks = []
    for code in codes:
        node = nodes[code]
        marks.append(tag("circle", cx=node.x, cy=node.y, r=RADIUS, class_="nd"))
        marks.append(tag("text", code, x=node.x, y=node.y + 3.8, class_="cc", text_anchor="middle"))
    return drawing(
        [*grid, *lines, *labels, *marks], title, viewbox=f"0 0 {number(width)} {number(height)}", class_="c map"
    )


def flow_map(legs: tuple[Leg, ...], title: str) -> FlowMap | None:
    """The largest legs between known countries, for a wide and for a narrow page. None where nothing can be placed."""
    known = places()
    unknown = tuple(sorted({c for leg in legs for c in (leg.start, leg.end) if c not in known}))
    placed = [leg for leg in legs if leg.start in known and leg.end in known]
    chosen = sorted(placed, key=lambda leg: (-leg.value, -leg.rows, leg.start, leg.end, leg.declared))[:MOST_LEGS]
    if not chosen:
        return None
    return FlowMap(_frame(chosen, 930, 440, 64, title), _frame(chosen, 360, 400, 34, title), len(chosen), unknown)
