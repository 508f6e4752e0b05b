"""What replaced a lane: goods that leave the origin for a hub, and leave the hub for the old destination, in that order.

For origin O, hub H, destination D and goods k, against the same months before: lost = fall of O to D; first leg = rise of O to
H; second leg = rise of H to D; routed = the smaller of both, since the first leg alone may be the hub's own demand and the
second its own stock or make. A pair of legs counts when both rise beyond placebo dates, the second not before the first, and
kilograms do not grow on the way. Ratio R = sum over hubs of routed over lost; ranges by drawing months again (bootstrap);
rates of false finds over all pairs of legs by `rates.joint`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from enduse.contracts.case_file import CaseFile

from . import events, levels, rates
from .breaks import Tested, seed
from .lanes import Panel
from .measured import Leg, Study

FELL = 0.1  # p value at which a lane counts as fallen
ORDER = 1  # periods the second leg may seem to rise before the first: customs months differ
GROWN = 1.5  # kilograms that leave a hub over those that entered it, beyond which they are not the same goods
LISTED = 400  # losses without a hub that are listed, the largest first
NO_HUB = ""


@dataclass
class Found:
    rows: list[dict[str, Any]] = field(default_factory=list)
    tests: list[Tested] = field(default_factory=list)


@dataclass(frozen=True)
class Pair:
    origin: str
    hub: str
    destination: str
    goods: str
    first: Leg
    second: Leg
    direct: Leg | None
    lost: float | None
    fits: tuple[str, ...]  # what speaks against the same goods

    @property
    def routed(self) -> float:
        return min(self.first.gain, self.second.gain)


def study(panel: Panel, case: CaseFile) -> Found:
    """Substitutes for every event, in dollars and, where there are weights, in kilograms."""
    made = Found()
    settings = case.settings.routes
    for event in events.events(case):
        day = panel.index(event.date)
        gap = max(0, day - panel.index(event.announced)) if event.announced else 0
        window = levels.fitted_window(panel, day, settings.months_before, settings.months_after, gap)
        tested = Tested(event.name, event.date.isoformat(), "substitution", source=event.source)
        made.tests.append(tested)
        if window is None:
            tested.note = f"the {panel.freq}ly series hold too few periods before or after the date"
            continue
        for measure in ("USD", "kg"):
            if measure == "kg" and not (np.nan_to_num(panel.kg) > 0).any():
                continue
            _measure(Study(panel, event, measure, window), settings.false_share, made, tested)
    return made


def _scope(found: Study) -> tuple[list[str], list[str], list[str]]:
    """Origins, destinations and goods the event names that the case has; origins ALL where an importer's report adds them up."""
    panel, event = found.panel, found.event
    lanes = [x for x in panel.lanes if event.covers_goods(x.goods)]
    origins = sorted(
        {x.exporter for x in lanes if not event.exporter or x.exporter in event.exporter or x.exporter == "ALL"}
    )
    places = (
        sorted({x.importer for x in lanes if x.importer in event.importer})
        if event.importer
        else sorted({x.importer for x in lanes})
    )
    return origins, places, sorted({x.goods for x in lanes})


def _measure(found: Study, most_false: float, made: Found, tested: Tested) -> None:
    losses, pairs, out_of_view = _candidates(found)
    if found.measure == "USD":
        tested.lanes, tested.tested = len(losses) + len(pairs) + len(out_of_view), len(pairs)
    q = (
        rates.joint(np.array([x.first.p for x in pairs]), np.array([x.second.p for x in pairs]))
        if pairs
        else np.array([])
    )
    claimed = [n for n in range(len(pairs)) if q[n] <= most_false and pairs[n].routed > 0]
    lines = [_line(found, pairs[n], float(q[n])) for n in claimed]
    made.rows += lines
    if found.measure == "USD":
        tested.claimed = len(lines)
        tested.false_share = round(max((float(q[n]) for n in claimed), default=0.0), 4)
    answered = {(pairs[n].origin, pairs[n].destination, pairs[n].goods) for n in claimed}
    if found.panel.freq == "year":
        return  # a fall between two years is no loss to explain: only pairs that stand out are told
    made.rows += _unanswered(found, losses, answered, pairs, out_of_view)


def _candidates(
    found: Study,
) -> tuple[list[tuple[str, str, str, Leg | None, int]], list[Pair], list[tuple[str, str, str, Leg]]]:
    """Lanes that fell, pairs of legs to look at, and hubs whose second leg no file shows."""
    origins, destinations, goods = _scope(found)
    by_origin: dict[tuple[str, str], list[tuple[str, int]]] = {}
    by_hub: dict[tuple[str, str], dict[str, int]] = {}
    for (exporter, importer, code), place in found._rows.items():  # noqa: SLF001 - the study is this module's own
        by_origin.setdefault((exporter, code), []).append((importer, place))
        by_hub.setdefault((importer, code), {})[exporter] = place
    losses: list[tuple[str, str, str, Leg | None, int]] = []
    pairs: list[Pair] = []
    blind: list[tuple[str, str, str, Leg]] = []
    touched = found.event.importer
    sees = {(x.exporter, x.goods) for x in found.panel.lanes if x.flow == "export"}
    for code in goods:
        for origin in origins:
            firsts = by_origin.get((origin, code), [])
            for destination in destinations:
                row = found.row(origin, destination, code)
                direct = found.leg(row) if row is not None else None
                fell = direct is not None and found.down[direct.row] <= FELL
                if row is not None and (direct is None or not fell):
                    if direct is None and (np.nan_to_num(found.series[row]) > 0).any():
                        losses.append((origin, destination, code, None, row))
                    continue
                if direct is not None and row is not None:
                    losses.append((origin, destination, code, direct, row))
                elif not touched:
                    continue  # without a named destination and a lane to it nothing is lost
                lost = (
                    None
                    if direct is None
                    else float(found.moves.expected[direct.row] - found.moves.after[direct.row]) / found.window.after
                )
                for hub, first_row in firsts:
                    if hub in (origin, destination) or hub in touched or hub in found.event.exporter or len(hub) != 2:
                        continue
                    first = found.leg(first_row)
                    if first is None:
                        continue
                    second_row = by_hub.get((destination, code), {}).get(hub)
                    if second_row is None:
                        if first.p <= FELL and (hub, code) not in sees and origin != "ALL":
                            blind.append((origin, hub, code, first))
                        continue
                    second = found.leg(second_row)
                    if second is not None:
                        first = _against_demand(found, first)
                        pairs.append(
                            Pair(
                                origin, hub, destination, code, first, second, direct, lost, _fits(found, first, second)
                            )
                        )
    return losses, _in_order(found, pairs), blind


def _against_demand(found: Study, first: Leg) -> Leg:
    """The first leg with the p value that remains once the hub's own demand is allowed for.

    Where all origins of the hub rose alike, no single one of them can be told apart; all of them together (ALL) still can.
    """
    beyond = found.beyond[first.row]
    if np.isnan(beyond) or found.panel.lanes[first.row].exporter == "ALL":
        return first
    return Leg(first.row, first.gain, first.rise, max(first.p, float(beyond)), first.weight)


def _in_order(found: Study, pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs whose second leg rose before the first by more than a period are no route: their second p value is one."""
    out = []
    for pair in pairs:
        if pair.first.p <= FELL and pair.second.p <= FELL:
            a, b = found.first_rise(pair.first.row), found.first_rise(pair.second.row)
            if a is not None and b is not None and b < a - ORDER and pair.origin != "ALL":
                continue
        out.append(pair)
    return out


def _fits(found: Study, first: Leg, second: Leg) -> tuple[str, ...]:
    """What kilograms and unit values say against the same goods on both legs."""
    against = []
    if (
        first.weight is not None
        and second.weight is not None
        and first.weight > 0
        and second.weight > GROWN * first.weight
    ):
        against.append(
            f"{second.weight / first.weight:.1f} times as many kilograms leave the hub as entered it from this origin"
        )
    if found.measure == "USD" and first.weight and second.weight and first.weight > 0 and second.weight > 0:
        ratio = (second.gain / second.weight) / max(first.gain / first.weight, 1e-12)
        if not 0.5 <= ratio <= 3:
            against.append(f"a kilogram leaves the hub at {ratio:.1f} times the value at which it entered")
    return tuple(against)


def _line(found: Study, pair: Pair, q: float) -> dict[str, Any]:
    rng = seed(pair.origin, pair.hub, pair.destination, pair.goods, found.event.name, found.measure)
    gained = np.maximum(np.minimum(found.drawn(pair.first.row, rng), found.drawn(pair.second.row, rng)), 0)
    ratio = low = high = None
    words = [
        f"{pair.origin} to {pair.hub} stood at {pair.first.rise:.1f} times, {pair.hub} to {pair.destination} at {pair.second.rise:.1f} times the same months before"
    ]
    if pair.lost is not None and pair.lost > 0 and pair.direct is not None:
        lost = np.maximum(-found.drawn(pair.direct.row, rng), 1e-9)
        ratio = pair.routed / pair.lost
        low, high = (float(x) for x in np.percentile(gained / lost, [2.5, 97.5]))
        verdict = "substitute" if ratio >= 0.5 and not pair.fits else "partial"
    else:
        verdict = "two_legs"
        words.append("the direct lane is in no file of the case: what was lost is not known")
    words += pair.fits
    words.append("would change with the hub's own demand, use or stock, which statistics do not show")
    return {
        "origin": pair.origin, "hub": pair.hub, "destination": pair.destination, "goods": pair.goods, "event_date": found.event.date.isoformat(),
        "lost": pair.lost, "gained": pair.routed, "ratio": _short(ratio), "ratio_low": _short(low), "ratio_high": _short(high),
        "lag_months": found.lag(pair.first.row, pair.second.row) * (1 if found.panel.freq == "month" else 12), "q_value": round(q, 6), "verdict": verdict,
        "measure": found.measure, "reason": "; ".join(words), "evidence": _evidence(found, pair),
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _evidence(found: Study, pair: Pair) -> str:
    """The series behind the line and both counterfactuals, as JSON."""
    panel = found.panel

    def side(leg: Leg | None) -> dict[str, Any] | None:
        if leg is None:
            return None
        lane = panel.lanes[leg.row]
        n = found.window.after
        return {
            "reporter": lane.reporter, "flow": lane.flow, "after": round(float(found.moves.after[leg.row]) / n, 2),
            "same_months_before": round(float(found.moves.expected[leg.row]) / n, 2), "ppml": _poisson_level(found, leg.row), "p": round(leg.p, 6),
            "from": panel.label(found.window.start),
        }  # fmt: skip

    first_leg, second_leg, direct = side(pair.first), side(pair.second), side(pair.direct)
    total = found.row("ALL", pair.hub, pair.goods)
    share = None
    if (
        total is not None
        and pair.origin != "ALL"
        and found.moves.expected[total] > 0
        and panel.lanes[pair.first.row].reporter == panel.lanes[total].reporter
    ):
        constant = float(found.moves.expected[pair.first.row] / found.moves.expected[total])
        share = round(
            max(0.0, float(found.moves.after[pair.first.row]) - constant * float(found.moves.after[total]))
            / found.window.after,
            2,
        )
    return json.dumps(
        {"first_leg": first_leg, "second_leg": second_leg, "direct": direct, "first_leg_over_constant_share": share, "months_after": found.window.after, "months_before": found.window.before},
        sort_keys=True,
    )  # fmt: skip


def _poisson_level(found: Study, row: int) -> float | None:
    """What a lane would have come to a period had it moved as the lanes of its report and goods did, by PPML."""
    from . import ppml

    panel, lane = found.panel, found.panel.lanes[row]
    mates = [n for n, x in enumerate(panel.lanes) if n == row or (x.goods == lane.goods and x.reporter == lane.reporter and x.flow == lane.flow and "ALL" not in (x.exporter, x.importer))][:200]  # fmt: skip
    first = max(0, found.window.start - found.window.gap - found.window.before)
    late = [n >= found.window.start for n in range(first, found.window.start + found.window.after)]
    if len(mates) < 2:
        return None
    made = ppml.fit(
        found.series[mates, first : found.window.start + found.window.after], late, mates.index(row), errors=False
    )
    return (
        None
        if made is None or made.ratio <= 0
        else round(float(found.moves.after[row]) / found.window.after / made.ratio, 2)
    )


def _unanswered(
    found: Study, losses: list[tuple[str, str, str, Leg | None, int]], answered: set[tuple[str, str, str]], pairs: list[Pair],
    blind: list[tuple[str, str, str, Leg]],
) -> list[dict[str, Any]]:  # fmt: skip
    """Lanes that fell and for which nothing is claimed: no visible substitute, a last leg nobody shows, or too little data."""
    looked: dict[tuple[str, str, str], int] = {}
    for pair in pairs:
        key = (pair.origin, pair.destination, pair.goods)
        looked[key] = looked.get(key, 0) + 1
    unseen: dict[tuple[str, str], list[tuple[str, Leg]]] = {}
    for origin, hub, goods, leg in blind:
        if (hub, leg) not in unseen.setdefault((origin, goods), []):
            unseen[origin, goods].append((hub, leg))

    def size(item: tuple[str, str, str, Leg | None, int]) -> float:
        return float(np.nan_to_num(found.moves.expected[item[4]] - found.moves.after[item[4]]))

    out = []
    ordered = sorted((x for x in losses if x[:3] not in answered), key=lambda x: (-size(x), x[:3]))
    for origin, destination, goods, direct, _row in ordered[:LISTED]:
        lost = (
            None
            if direct is None
            else float(found.moves.expected[direct.row] - found.moves.after[direct.row]) / found.window.after
        )
        gain = hub_words = None
        hubs = sorted(unseen.get((origin, goods), []), key=lambda x: (-x[1].gain, x[0]))
        hubs = [h for h in hubs if h[0] != destination]
        if direct is None:
            verdict, reason = "not_enough_data", "the lane has too few periods on one side of the date"
        elif hubs:
            verdict, gain = "final_leg_out_of_view", sum(h[1].gain for h in hubs)
            hub_words = ", ".join(f"{h} ({leg.rise:.1f} times)" for h, leg in hubs[:6])
            reason = f"{origin} sent more to {hub_words}; no file of the case shows what left there for {destination}"
        else:
            verdict = "no_visible_substitute"
            n = looked.get((origin, destination, goods), 0)
            reason = (
                f"{n} hubs with both legs in view were looked at, none rose on both beyond placebo dates"
                if n
                else "no third country with a rise from this origin is in view"
            )
        out.append(
            {"origin": origin, "hub": NO_HUB, "destination": destination, "goods": goods, "event_date": found.event.date.isoformat(), "lost": lost,
             "gained": gain, "verdict": verdict, "measure": found.measure, "reason": reason}
        )  # fmt: skip
    return out
