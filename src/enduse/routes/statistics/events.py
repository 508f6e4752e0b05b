"""The dated rules looked before and after: those of the case, else the ones that come with enduse and touch its lanes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from enduse.contracts.case_file import CaseFile
from enduse.reference import route_tables

from .lanes import Panel, countries

REPORTERS = 3  # that must report lanes outside a rule before their common move is taken off
MARKET = (5, 20)  # exporters and importers that make a market


@dataclass(frozen=True)
class Happening:
    """An event with its groups of countries written out; empty scopes mean any."""

    name: str
    date: dt.date
    announced: dt.date | None
    exporter: frozenset[str]
    importer: frozenset[str]
    goods: tuple[str, ...]
    source: str

    def covers_goods(self, goods: str) -> bool:
        """Whether a code (or the total, for a rule about all goods) is in scope; a heading is where a code of it is named."""
        if not self.goods:
            return True
        return any(goods.startswith(g) or (goods.isdigit() and len(goods) >= 4 and g.startswith(goods)) or goods.casefold() == g.casefold() for g in self.goods)  # fmt: skip

    def covers(self, exporter: str, importer: str, goods: str) -> bool:
        """Whether the rule touches a lane. ALL exporters together are touched where any of them is."""
        return (
            (not self.exporter or exporter in self.exporter or exporter == "ALL")
            and (not self.importer or importer in self.importer)
            and self.covers_goods(goods)
        )


def events(case: CaseFile) -> list[Happening]:
    """In order of date. Denied announcements and nomenclature amendments are never among them."""
    own = [
        Happening(e.name, e.date, e.announced, frozenset(countries(e.exporter)), frozenset(countries(e.importer)), tuple(e.goods), e.source or "case.toml")
        for e in case.event
    ]  # fmt: skip
    if own or not case.settings.routes.shared_events:
        return sorted(own, key=lambda e: (e.date, e.name))
    shared = [
        Happening(r.name, r.date, r.announced, frozenset(countries(r.exporter)), frozenset(countries(r.importer)), r.goods, r.source)
        for r in route_tables.rules()
        if r.kind == "control" and r.start
    ]  # fmt: skip
    return sorted(shared, key=lambda e: (e.date, e.name))


def in_scope(panel: Panel, event: Happening) -> npt.NDArray[np.bool_]:
    """Lanes the rule touches."""
    return np.array([event.covers(x.exporter, x.importer, x.goods) for x in panel.lanes], dtype=bool)


def near(panel: Panel, event: Happening) -> npt.NDArray[np.bool_]:
    """Lanes that may show its effect: from a country whose exports it limits, or to one it keeps goods from, by any way."""
    return np.array(
        [
            event.covers_goods(x.goods)
            and (
                (not event.exporter and not event.importer)
                or x.exporter in event.exporter
                or x.importer in event.importer
                or (x.exporter == "ALL" and bool(event.exporter))
            )
            for x in panel.lanes
        ],
        dtype=bool,
    )


def untouched(panel: Panel, event: Happening) -> npt.NDArray[np.bool_]:
    """Lanes between countries the rule does not name: what all lanes of the goods did. None where it names no country.

    Third countries' trade with a named one is not among them: that is where goods go when a lane closes.
    """
    ends = event.exporter | event.importer
    if not ends:
        # A date without countries: in a large enough market, what all its lanes did is not the lane's own.
        many: dict[str, tuple[set[str], set[str]]] = {}
        for x in panel.lanes:
            sides = many.setdefault(x.goods, (set(), set()))
            sides[0].add(x.exporter)
            sides[1].add(x.importer)
        return np.array(
            [len(many[x.goods][0]) >= MARKET[0] and len(many[x.goods][1]) >= MARKET[1] for x in panel.lanes], dtype=bool
        )
    outside = [x.exporter not in ends and x.importer not in ends and x.exporter != "ALL" for x in panel.lanes]
    # One country's own lanes share its fortune, and it may be the hub: several must report for a common move to be told.
    who: dict[str, set[str]] = {}
    for free, x in zip(outside, panel.lanes, strict=True):
        if free:
            who.setdefault(x.goods, set()).add(x.reporter)
    return np.array(
        [free and len(who[x.goods]) >= REPORTERS for free, x in zip(outside, panel.lanes, strict=True)], dtype=bool
    )
