"""Which lanes moved at a known date, and at what dates others did: a move is claimed only where placebo dates and lanes seldom match it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from enduse.contracts.case_file import CaseFile

from . import events, levels, nomenclature, ppml, rates
from .lanes import Lane, Matrix, Panel

UNKNOWN_MONTHS = 24  # an unknown date is looked for in series at least so long
PROMISING = 12.0  # F below which no bootstrap is drawn: Andrews' 5 % bound without autocorrelation is 8.9
MOST_DRAWN = 4000
MOST_PPML, MOST_FIXEST = 300, 12  # lanes fitted an event; of these by pyfixest, the surest first
ANTICIPATED = 3  # months before a date in which its effect may begin
LIKELY = 0.05  # p value a move needs besides its rate, where nearly all lanes move and the rate is no bar
SMALLEST = 0.1  # a move of less than a tenth is none


@dataclass
class Tested:
    """Counts of one event and test."""

    event: str
    event_date: str | None
    test: str
    lanes: int = 0
    tested: int = 0
    claimed: int = 0
    false_share: float | None = None
    nomenclature: int = 0
    short: int = 0
    empty: int = 0
    source: str | None = None
    note: str | None = None


@dataclass
class Found:
    breaks: list[dict[str, Any]] = field(default_factory=list)
    tests: list[Tested] = field(default_factory=list)


def seed(*parts: str) -> np.random.Generator:
    """A generator that is the same on every machine for the same lane."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8], "big"))


def measures(panel: Panel) -> Iterator[tuple[str, Matrix]]:
    """The figures looked at: value as published (the lane's own currency), then kilograms where there are any."""
    yield "value", panel.value
    if (np.nan_to_num(panel.kg) > 0).any():
        yield "kg", panel.kg


def unit(lane: Lane, measure: str) -> str:
    return measure if measure == "kg" else lane.currency or "value"


def _goods(panel: Panel) -> npt.NDArray[np.int64]:
    names: dict[tuple[str, str], int] = {}
    return np.array([names.setdefault((x.goods, x.flow), len(names)) for x in panel.lanes], dtype=np.int64)


def _scan(
    panel: Panel, row: int, series: npt.NDArray[np.float64], low: int = 0, high: int | None = None
) -> tuple[levels.Step, int] | None:
    """The best step of one lane in its known periods; and where these begin."""
    use, _ = nomenclature.known(panel, row, np.nan_to_num(series))
    use &= ~np.isnan(series)
    places = np.flatnonzero(use)
    if len(places) < 18 or (places[-1] - places[0] + 1) != len(places) or not (series[places] > 0).any():
        return None
    first = int(places[0])
    found = scan_for(tuple(panel.season[places].tolist())).best(
        levels.logs(series[places]), max(0, low - first), None if high is None else high - first
    )
    return (found, first) if found else None


_SCANS: dict[tuple[int, ...], levels.Scan] = {}


def scan_for(season: tuple[int, ...]) -> levels.Scan:
    """The matrices of one calendar, made once."""
    if season not in _SCANS:
        if len(_SCANS) > 64:
            _SCANS.clear()
        _SCANS[season] = levels.Scan(np.array(season, dtype=np.int64))
    return _SCANS[season]


def at_events(panel: Panel, case: CaseFile) -> Found:
    """Moves of every lane near an event, claimed by their rate of false ones over all of them."""
    made = Found()
    settings = case.settings.routes
    goods = _goods(panel)
    for event in events.events(case):
        day = panel.index(event.date)
        near = events.near(panel, event)
        tested = Tested(event.name, event.date.isoformat(), "break", lanes=int(near.sum()), source=event.source)
        made.tests.append(tested)
        gap = max(0, day - panel.index(event.announced)) if event.announced else 0
        if panel.freq == "year":
            # One figure a year: a price cycle cannot be told from a rule, and a placebo goods (lithium) shows both.
            tested.short, tested.note = (
                int(near.sum()),
                "from yearly series no move is claimed: one figure after the date proves no level",
            )
            continue
        window = levels.fitted_window(panel, day, settings.months_before, settings.months_after, gap)
        if window is None or not near.any():
            tested.short = int(near.sum())
            tested.note = (
                f"the {panel.freq}ly series hold too few periods before or after the date"
                if near.any()
                else "no lane of the case is in its scope"
            )
            continue
        control = events.untouched(panel, event)
        for measure, series in measures(panel):
            found = levels.moves(panel, series, window, goods, control)
            _claim(
                panel,
                event,
                measure,
                series,
                found,
                near,
                settings.false_share,
                made,
                tested,
                errors=settings.standard_errors,
            )
    return made


def _claim(
    panel: Panel, event: events.Happening, measure: str, series: Matrix, found: levels.Moves, near: npt.NDArray[np.bool_], most_false: float,
    made: Found, tested: Tested, *, errors: bool,
) -> None:  # fmt: skip
    window = found.window
    p = np.where(near, found.p(), np.nan)
    renamed: dict[int, nomenclature.Amendment] = {}
    first, last = max(0, window.start - window.gap - window.before), window.start + window.after
    for row in np.flatnonzero(near & ~np.isnan(p)).tolist():
        _, why = nomenclature.known(panel, int(row), np.nan_to_num(series[row]))
        inside = (
            why is not None
            and first <= next((n for n, q in enumerate(panel.periods) if q.year >= why.year), last) <= last
        )
        if why is not None and inside:
            renamed[int(row)] = why
            p[row] = np.nan
    empty = near & (np.nan_to_num(found.after) + np.nan_to_num(found.expected) <= 0)
    p[empty] = np.nan
    q = rates.q_values(p)
    own = np.abs(found.move - found.common)
    # The range of the ratio must leave 1 out, too: lanes with few placebo dates have a wide one.
    claimed = np.flatnonzero(
        (q <= most_false) & (p <= LIKELY) & (np.expm1(own) >= SMALLEST) & (own > 1.96 * found.sigma)
    )
    if measure == "value":
        tested.tested, tested.empty = int((~np.isnan(p)).sum()), int(empty.sum())
        tested.nomenclature = len(renamed)
        tested.short = int((near & np.isnan(found.z) & ~empty).sum())
    fitted = 0
    for row in claimed[np.argsort(p[claimed], kind="stable")]:
        line = _line(panel, int(row), measure, series, found, event.name, float(p[row]), float(q[row]))
        changed = nomenclature.touches(panel, int(row), *line.pop("_set"))
        if changed is not None:
            line |= {"nomenclature_change": 1, "note": _renamed(changed)}
            tested.nomenclature += measure == "value"
        elif fitted < MOST_PPML:
            line |= _poisson(panel, int(row), series, window, errors=errors and fitted < MOST_FIXEST)
            fitted += 1
        tested.claimed += measure == "value" and changed is None
        made.breaks.append(line)
    if measure == "value":
        tested.false_share = round(float(q[claimed].max()), 4) if len(claimed) else 0.0
        for row, why in sorted(renamed.items())[:2000]:
            made.breaks.append(_named(panel, row, measure, event.name, why))


def _named(panel: Panel, row: int, measure: str, event: str, why: nomenclature.Amendment) -> dict[str, Any]:
    """A series that begins or ends with an amendment: named, and no move."""
    lane = panel.lanes[row]
    return {
        "exporter": lane.exporter, "importer": lane.importer, "goods": lane.goods, "reporter": lane.reporter, "flow": lane.flow, "event": event,
        "measure": unit(lane, measure), "date": f"{why.year}-01", "nomenclature_change": 1, "note": _renamed(why),
    }  # fmt: skip


def _renamed(why: nomenclature.Amendment) -> str:
    words = {
        "new": "the code is new",
        "gone": "the code was dropped",
        "changed": "the code holds other goods than before",
    }
    return f"HS {why.year}: {words[why.change]}; no move of trade is read from it"


def _line(
    panel: Panel, row: int, measure: str, series: Matrix, found: levels.Moves, event: str, p: float, q: float
) -> dict[str, Any]:
    lane, window = panel.lanes[row], found.window
    step = (
        _scan(panel, row, series[row], window.start - ANTICIPATED, window.start + 12) if panel.freq == "month" else None
    )
    at, low, high = (
        (step[0].at + step[1], step[0].low + step[1], step[0].high + step[1]) if step else (window.start,) * 3
    )
    stop = len(panel.periods) - 1
    at, low, high = min(at, stop), min(low, stop), min(high, stop)
    after, expected = float(found.after[row]), float(found.expected[row])
    level = after / expected if expected > 0 else float(np.exp(found.move[row]))
    spread = 1.96 * float(found.sigma[row])
    notes = []
    run_up = _stock(series[row], window, panel)
    if run_up is not None and run_up >= 1.3:
        notes.append(f"stockpiling: the months before the date stood {run_up:.1f} times over the year before them")
    if step is None:
        notes.append(
            "yearly figures: the date is the first whole year after the event"
            if panel.freq == "year"
            else "short series: the date is the event's"
        )
    if window.before < 12 and panel.freq == "month":
        notes.append(f"only {window.before} months before the date")
    if abs(float(found.common[row])) > 0.02:
        notes.append(
            f"lanes of the same goods outside the rule moved to {np.exp(found.common[row]):.2f} of their level: taken off before the test"
        )
    return {
        "exporter": lane.exporter, "importer": lane.importer, "goods": lane.goods, "date": panel.label(at), "date_low": panel.label(low),
        "date_high": panel.label(high), "level_ratio": round(level, 4), "p_placebo": round(p, 6), "nomenclature_change": 0,
        "reporter": lane.reporter, "flow": lane.flow, "event": event, "note": "; ".join(notes) or None, "measure": unit(lane, measure),
        "level_low": round(level * float(np.exp(-spread)), 4), "level_high": round(level * float(np.exp(spread)), 4), "q_value": round(q, 6),
        "stockpiling": None if run_up is None else round(run_up, 4), "_set": (low, high),
    }  # fmt: skip


def _stock(series: npt.NDArray[np.float64], window: levels.Window, panel: Panel) -> float | None:
    """Mean of the months between announcement and date (three months where none is known) over the year before them."""
    if panel.freq == "year":
        return None
    run = window.gap or 3
    late, early = (
        series[window.start - run : window.start],
        series[max(0, window.start - run - 12) : window.start - run],
    )
    if np.isnan(late).any() or np.isnan(early).any() or len(early) < 6 or early.mean() <= 0:
        return None
    return float(late.mean() / early.mean())


def _poisson(panel: Panel, row: int, series: Matrix, window: levels.Window, *, errors: bool) -> dict[str, Any]:
    """The same move by PPML against the other lanes of the goods, whose report it is too."""
    lane = panel.lanes[row]
    mates = [
        n
        for n, x in enumerate(panel.lanes)
        if n == row or ((x.goods, x.flow, x.reporter if x.flow == "export" else x.importer) == (lane.goods, lane.flow, lane.reporter if lane.flow == "export" else lane.importer)
                        and "ALL" not in (x.exporter, x.importer) and len(x.importer) == 2)
    ][:400]  # fmt: skip
    first = max(0, window.start - window.gap - window.before)
    block = series[mates, first : window.start + window.after]
    late = [n >= window.start for n in range(first, first + block.shape[1])]
    block = block[~np.isnan(block).all(axis=1)]
    if row not in mates or len(mates) < 2:
        return {}
    made = ppml.fit(series[mates, first : window.start + window.after], late, mates.index(row), errors=errors)
    if made is None:
        return {}
    # The range by placebo dates stands unless a standard error was asked for and found.
    return {"ratio_ppml": made.ratio} | ({"ppml_low": made.low, "ppml_high": made.high} if made.low is not None else {})


def unknown_dates(panel: Panel, case: CaseFile) -> Found:
    """The date of the largest step in each monthly series, where no series without a step often has one as large."""
    made = Found()
    tested = Tested("unknown dates", None, "break", lanes=len(panel.lanes))
    made.tests.append(tested)
    if panel.freq != "month":
        tested.short = len(panel.lanes)
        tested.note = (
            f"yearly series are too coarse and too short to find a date in: {UNKNOWN_MONTHS} months are needed"
        )
        return made
    promising: list[tuple[int, levels.Step, int]] = []
    p = np.full(len(panel.lanes), np.nan)
    renamed: list[tuple[int, nomenclature.Amendment]] = []
    for row in range(len(panel.lanes)):
        series = panel.value[row]
        _, why = nomenclature.known(panel, row, np.nan_to_num(series))
        if why is not None:
            renamed.append((row, why))
        if (
            int((~np.isnan(series)).sum()) < UNKNOWN_MONTHS
            or int((np.nan_to_num(series) > 0).sum()) < UNKNOWN_MONTHS // 3
        ):
            tested.short += 1
            continue
        found = _scan(panel, row, series)
        if found is None:
            tested.short += 1
            continue
        p[row] = 1.0
        if found[0].f >= PROMISING:
            promising.append((row, *found))
    tested.tested = int((~np.isnan(p)).sum())
    promising.sort(key=lambda x: (-x[1].f, x[0]))
    for row, step, first in promising[:MOST_DRAWN]:
        use, _ = nomenclature.known(panel, row, np.nan_to_num(panel.value[row]))
        places = np.flatnonzero(use & ~np.isnan(panel.value[row]))
        lane = panel.lanes[row]
        scan = scan_for(tuple(panel.season[places].tolist()))
        p[row] = scan.p(
            levels.logs(panel.value[row][places]),
            step,
            seed(lane.exporter, lane.importer, lane.reporter, lane.flow, lane.goods),
        )
        del first
    if len(promising) > MOST_DRAWN:
        tested.note = f"{len(promising) - MOST_DRAWN} series with smaller steps were not drawn for and claim nothing"
    q = rates.q_values(p, 1.0)
    share = case.settings.routes.false_share
    for row, step, first in promising[:MOST_DRAWN]:
        if not (q[row] <= share and p[row] <= LIKELY) or abs(step.size) < np.log1p(SMALLEST):
            continue
        lane = panel.lanes[row]
        low, high = step.low + first, step.high + first
        changed = nomenclature.touches(panel, row, low, high)
        tested.nomenclature += changed is not None
        tested.claimed += changed is None
        made.breaks.append(
            {"exporter": lane.exporter, "importer": lane.importer, "goods": lane.goods, "date": panel.label(step.at + first), "date_low": panel.label(low),
             "date_high": panel.label(min(high, len(panel.periods) - 1)), "level_ratio": round(float(np.exp(step.size)), 4), "p_placebo": round(float(p[row]), 6),
             "nomenclature_change": int(changed is not None), "reporter": lane.reporter, "flow": lane.flow, "event": "",
             "note": _renamed(changed) if changed else f"date not given: the largest step of the series; autocorrelation {step.rho:.2f}",
             "measure": unit(lane, "value"), "q_value": round(float(q[row]), 6)}
        )  # fmt: skip
    for row, why in renamed[:2000]:
        made.breaks.append(_named(panel, row, "value", "", why))
    tested.nomenclature += len(renamed)
    tested.false_share = share if tested.claimed else 0.0
    return made
