"""The lanes of the case: what published statistics show around dates, as data, pictures and the table behind each picture."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from enduse.dossier.ask import Record, ask
from enduse.dossier.charts.flows import flow_map
from enduse.dossier.charts.routes_slopes import Slope, slope_chart
from enduse.dossier.charts.routes_time import Point, break_chart, gap_chart
from enduse.dossier.model import Leg
from enduse.dossier.places import name_of
from enduse.dossier.png import Paint

if TYPE_CHECKING:
    from enduse.engine.base import Engine

BREAKS, GAPS = 4, 2
GROUPS = frozenset({"ALL", "EU27"})


@dataclass(frozen=True)
class Picture:
    """A drawing with its finding, what to know of it, and its table: heads and rows of text."""

    name: str
    title: str
    svg: Markup
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.heads)
        writer.writerows(self.rows)
        return out.getvalue()


@dataclass(frozen=True)
class Lanes:
    """Everything the chapter says."""

    tests: tuple[Record, ...]
    moves: tuple[Record, ...]
    pairs: tuple[Record, ...]  # with a hub
    losses: tuple[Record, ...]  # without one
    renamed: int
    reexports: tuple[Record, ...]
    pictures: tuple[Picture, ...]


def lanes_of(engine: Engine) -> Lanes | None:
    """None where the case holds no published statistics."""
    tests = ask(engine, "lane_tests")
    moves, pairs = ask(engine, "lane_moves"), ask(engine, "lane_pairs")
    gaps = ask(engine, "lane_gap")
    if not tests and not gaps:
        return None
    pictures = [
        *_break_pictures(engine, moves, tests),
        *_slopes(engine, moves, tests),
        *_maps(engine, pairs),
        *_gap_pictures(engine, gaps, tests),
    ]
    return Lanes(
        tuple(tests),
        tuple(moves),
        tuple(p for p in pairs if p["hub"]),
        tuple(p for p in pairs if not p["hub"])[:20],
        int(ask(engine, "lane_renamed")[0]["series"]),
        tuple(ask(engine, "lane_reexports")),
        tuple(pictures),
    )


def place(code: str) -> str:
    """A country's name; groups as they are."""
    return {"ALL": "all origins", "EU27": "EU27"}.get(code) or name_of(code)


def goods_words(code: str) -> str:
    """A code of goods in a title."""
    return "all goods" if code == "ALL" else f"HS {code}" if code.isdigit() else code


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01" if len(text) == 7 else text)


def _dates(tests: list[Record]) -> dict[str, dt.date]:
    return {t["event"]: dt.date.fromisoformat(t["event_date"]) for t in tests if t["event_date"]}


def _series(engine: Engine, move: Record, *, dollars: bool = False) -> list[Point]:
    """The lane's months; a month between two without a row is zero."""
    reporting = move["exporter"] if move["flow"] == "export" else move["importer"]
    other = move["importer"] if move["flow"] == "export" else move["exporter"]
    members = move["reporter"] in GROUPS and not ask_any(engine, move["reporter"])
    rows = ask(
        engine,
        "lane_series",
        {
            "flow": move["flow"], "reporter": reporting, "partner": other, "goods": "" if move["goods"] == "ALL" else move["goods"], "any_reporter": int(members),
            "any_partner": int(other == "ALL"), "any_goods": int(move["goods"] == "ALL"), "kilograms": int(move["measure"] == "kg"), "dollars": int(dollars),
        },
    )  # fmt: skip
    known = {r["period"]: r["value"] for r in rows}
    if not known:
        return []
    out, day = [], min(known)
    while day <= max(known):
        out.append(Point(day, float(known.get(day) or 0.0)))
        day = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return out


def ask_any(engine: Engine, reporter: str) -> bool:
    """Whether a group reports under its own name."""
    return bool(
        engine.fetch("SELECT count(*) AS n FROM statistic WHERE reporter = $reporter", {"reporter": reporter})["n"][
            0
        ].as_py()
    )


def _times(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def _break_pictures(engine: Engine, moves: list[Record], tests: list[Record]) -> list[Picture]:
    dates = _dates(tests)
    out: list[Picture] = []
    seen: set[tuple[str, str, str]] = set()
    for move in moves:
        lane = (move["exporter"], move["importer"], move["goods"])
        if len(out) == BREAKS or lane in seen:
            continue
        points = _series(engine, move)
        at = _day(move["date"])
        before = [p.value for p in points if p.period < at and p.value is not None][-24:]
        after = [p.value for p in points if p.period >= at and p.value is not None][:12]
        if not before or not after:
            continue
        title = f"{place(lane[0])} to {place(lane[1])}, {goods_words(lane[2])}: {_times(move['level_ratio'])} times its level"
        title = title[:1].upper() + title[1:]
        svg = break_chart(
            points, title, f"{move['measure']} a month", event=dates.get(move["event"]), low=_day(move["date_low"]), high=_day(move["date_high"]),
            before=sum(before) / len(before), after=sum(after) / len(after),
        )  # fmt: skip
        if svg is None:
            continue
        seen.add(lane)
        note = f"{move['flow'].capitalize()}s as {place(move['reporter'])} reports them. Shaded: the months at which the level may have moved. Thick lines: mean of 24 months before and 12 after."
        out.append(
            Picture(
                f"break-{'-'.join(lane)}",
                title,
                svg,
                note,
                ("Month", move["measure"]),
                tuple((f"{p.period:%Y-%m}", f"{p.value:.0f}") for p in points),
            )
        )
    return out


def _slopes(engine: Engine, moves: list[Record], tests: list[Record]) -> list[Picture]:
    """Partners of the reporter that moved most at an event."""
    dates = _dates(tests)
    move = next((m for m in moves if m["event"] in dates and m["flow"] == "export" and m["exporter"] != "ALL"), None)
    if move is None:
        return []
    event = dates[move["event"]]
    start = event.replace(day=1) if event.day <= 5 else (event.replace(day=28) + dt.timedelta(days=5)).replace(day=1)
    rows = ask(
        engine,
        "lane_partners",
        {
            "flow": "export", "reporter": move["reporter"], "goods": "" if move["goods"] == "ALL" else move["goods"], "any_goods": int(move["goods"] == "ALL"),
            "first": start.replace(year=start.year - 1), "start": start, "stop": start.replace(year=start.year + 1),
        },
    )  # fmt: skip
    slopes = [Slope(place(r["partner"]), r["before"] / 12, r["after"] / 12) for r in rows]
    title = f"Where {place(move['reporter'])} sent {goods_words(move['goods'])} in the year before and after {event.isoformat()}"
    svg = slope_chart(slopes, title, "USD", before="year before", after="year after")
    if svg is None:
        return []
    table = tuple((s.name, f"{s.before:.0f}", f"{s.after:.0f}") for s in slopes)
    return [
        Picture(
            "partners",
            title,
            svg,
            "Dollars a month, on a root scale. Solid blue: rose by more than 5 %; dashed red: fell by more than 5 %.",
            ("Partner", "Before, USD a month", "After, USD a month"),
            table,
        )
    ]


def _maps(engine: Engine, pairs: list[Record]) -> list[Picture]:
    """The lanes of the largest substitution before and after: the same countries, two maps."""
    best = next((p for p in pairs if p["hub"] and p["measure"] == "USD" and p["origin"] not in GROUPS), None)
    if best is None:
        return []
    event = _day(best["event_date"])
    goods, destination = best["goods"], best["destination"]
    mates = [
        p
        for p in pairs
        if p["hub"]
        and p["goods"] == goods
        and p["destination"] == destination
        and p["measure"] == "USD"
        and p["origin"] not in GROUPS
    ][:8]
    legs = (
        {(p["origin"], p["hub"]) for p in mates}
        | {(p["hub"], destination) for p in mates}
        | {(p["origin"], destination) for p in mates}
    )
    before: list[Leg] = []
    after: list[Leg] = []
    table: list[tuple[str, ...]] = []
    for start, end in sorted(legs):
        points: list[Point] = []
        for flow, reporter in (("export", start), ("import", end)):
            points = points or _series(
                engine,
                {
                    "exporter": start,
                    "importer": end,
                    "flow": flow,
                    "reporter": reporter,
                    "goods": goods,
                    "measure": "USD",
                },
                dollars=True,
            )
        early = [p.value or 0.0 for p in points if p.period < event][-12:]
        late = [p.value or 0.0 for p in points if p.period >= event][:12]
        levels = (sum(early) / len(early) if early else 0.0, sum(late) / len(late) if late else 0.0)
        for legs_, value in ((before, levels[0]), (after, levels[1])):
            if value >= 1:
                legs_.append(Leg(start, end, Decimal(f"{value:.0f}"), 1, 0, declared=True))
        table.append((f"{place(start)} to {place(end)}", f"{levels[0]:.0f}", f"{levels[1]:.0f}"))
    out = []
    for name, when, drawn in (("before", "year before", before), ("after", "year after", after)):
        title = f"Lanes of {goods_words(goods)} to {place(destination)}, {when} {event.isoformat()}"
        made = flow_map(tuple(drawn), title)
        if made is not None:
            note = "Dollars a month as published; a lane no file shows is not drawn. Schematic: no borders drawn."
            out.append(
                Picture(
                    f"map-{name}",
                    title,
                    made.wide,
                    note,
                    ("Lane", "Before, USD a month", "After, USD a month"),
                    tuple(table),
                )
            )
    return out


def _gap_pictures(engine: Engine, gaps: list[Record], tests: list[Record]) -> list[Picture]:
    out = []
    event = next(iter(sorted(_dates(tests).values())), None)
    for gap in gaps[:GAPS]:
        rows = ask(
            engine, "lane_gap_line", {"exporter": gap["exporter"], "importer": gap["importer"], "goods": gap["hs6"]}
        )
        points = [Point(_day(r["period"]), r["gap"], r["gap_low"], r["gap_high"]) for r in rows]
        title = f"{place(gap['exporter'])} to {place(gap['importer'])}, {goods_words(gap['hs6'])}: what one says it got less what the other says it sent"
        svg = gap_chart(points, title, event)
        if svg is not None:
            table = tuple(tuple("" if r[k] is None else f"{r[k]:.0f}" if isinstance(r[k], float) else str(r[k]) for k in ("period", "exports", "imports", "gap", "gap_low", "gap_high", "explained_by")) for r in rows)  # fmt: skip
            note = "Line: imports brought to FOB less exports. Band: what freight, shipping time and trade with no country named could make of it."
            out.append(
                Picture(
                    f"gap-{gap['exporter']}-{gap['importer']}-{gap['hs6']}",
                    title,
                    svg,
                    note,
                    ("Month", "Exports", "Imports as published", "Gap", "Low", "High", "May explain"),
                    table,
                )
            )
    return out


def write_pictures(lanes: Lanes | None, folder: Path, paint: Paint | None = None) -> list[Path]:
    """Each picture as SVG with its table as CSV beside it, and as PNG where `paint` is given; returns what was written."""
    out: list[Path] = []
    if lanes is None:
        return out
    folder.mkdir(parents=True, exist_ok=True)
    for picture in lanes.pictures:
        svg = str(picture.svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        for suffix, text in ((".svg", svg), (".csv", picture.csv())):
            path = folder / f"{picture.name}{suffix}"
            path.write_text(text, encoding="utf-8")
            out.append(path)
        if paint is not None:
            path = folder / f"{picture.name}.png"
            path.write_bytes(paint(svg))
            out.append(path)
    return out


__all__ = ["Lanes", "Picture", "lanes_of", "place", "write_pictures"]
