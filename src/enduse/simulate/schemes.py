"""Planted schemes, and honest chains built by the same code, so that no single column tells them apart.

A scheme is a small graph of deals by steps: each deal waits for the deals before it, takes their goods, and goes on. Days,
quantities, prices and countries come from the draws that lawful trade uses; what differs is who the firms are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from . import lands
from .chance import Ints, generator
from .deals import DIRECT, ONWARD, Deals
from .population import CONSUMER, PRODUCER, SHELL, TRADER
from .products import SECTORS
from .settings import DAYS
from .trade import Setting, lots_of, ship, when, working

KINDS = ("shell_relay", "sector_switch", "successor_swap", "parallel", "split", "family", "no_industry")
SHARES = (0.22, 0.15, 0.13, 0.14, 0.13, 0.12, 0.11)
ROLES = ("", "origin", "relay", "shell", "splitter", "collector", "destination")
ORIGIN, RELAY, NEW, SPLITTER, COLLECTOR, DESTINATION = range(1, 7)
_RELAYS = (0.2, 0.29, 0.2, 0.11, 0.07, 0.05, 0.03, 0.02, 0.02, 0.01)  # one to ten firms in the middle
HONEST = 2.0  # honest chains of the same make for each planted scheme
HONEST_RATE = 1 / 1500


@dataclass
class Step:
    """One deal of a plan. `before` are the deals whose goods it takes, `part` the share of their goods."""

    level: int
    seller: int
    buyer: int
    before: tuple[int, ...] = ()
    part: float = 1.0
    role: int = RELAY  # of the seller
    path: int = 0
    hidden: bool = False


@dataclass
class Plan:
    """A scheme as planned: `waves` are its runs, each a first day and its deals."""

    number: int
    kind: int
    model: int
    waves: list[tuple[int, list[Step]]] = field(default_factory=list)


class _Planner:
    def __init__(self, setting: Setting, number: int, models: Ints) -> None:
        self.setting, self.rng = setting, generator(setting.seed, 200 + number)
        self.firms, self.models = setting.firms, models
        self.fronts: list[int] = []  # new firms that trade in other goods besides
        self.weight = setting.models.share[models] / setting.models.share[models].sum()
        weight = np.array([land.trades for land in lands.LANDS])
        self.trades = np.cumsum(weight / weight.sum())
        self.lanes = {w: lands.lanes(w) for w in ("makes", "trades", "uses")}

    def country(self, lane: str, near: int) -> int:
        return min(int(np.searchsorted(self.lanes[lane][near], self.rng.random())), lands.COUNT - 1)

    def firm(self, role: int, country: int, sector: int) -> int:
        three = self.setting.pool.draw(role, np.array([country] * 3), np.array([sector] * 3), self.rng.random(3))
        # Among lots sent on, those of firms with many lots are met more often than the size of the firms would say.
        largest = role == TRADER and self.rng.random() < 0.75
        return int(three[np.argmax(self.firms.size[three])] if largest else three[0])

    def shell(self, country: int, sector: int, day: int, *, like: int = -1, honest: bool = False) -> int:
        """A firm founded not long before its first deal, or bought off the shelf; one like another is under its owner."""
        rng, firms = self.rng, self.firms
        address = int(firms.address[like]) if like >= 0 and rng.random() < 0.6 else -1
        if address < 0 and rng.random() < 0.12:  # business centres hold shells as often as honest firms
            address = -1 - (country * 100_000 + int(rng.integers(0, 1 + len(firms) // 150)))
        group = int(firms.group[like]) if like >= 0 else -1
        born = np.array([day - 5 - int(rng.exponential(330))])
        made = firms.found(
            np.array([country]),
            np.array([sector]),
            born,
            role=TRADER if honest else SHELL,
            address=np.array([address]),
            group=np.array([group]),
        )
        if rng.random() < 0.85:
            self.fronts.append(int(made[0]))
        return int(made[0])

    def relays(self, kind: int, count: int, start: int, sector: int, day: int, *, honest: bool) -> list[int]:
        """Firms in the middle, each in another country than the one before; the first in `start`."""
        rng, here = self.rng, start
        found: list[int] = []
        fresh = int(rng.integers(0, count)) if kind in (0, 2, 6) or rng.random() < 0.5 else -1
        family = -1
        for turn in range(count):
            here = self.country("trades", here) if turn else start
            old = int(rng.integers(0, len(SECTORS))) if kind == 1 else sector
            if honest:
                new, old = bool(rng.random() < 0.15), sector
            else:
                new = (turn == fresh and kind in (0, 3, 4, 5)) or rng.random() < 0.04
            if kind == 6 and not honest and turn == fresh:
                barren = np.flatnonzero(self.setting.barren[sector])
                barren = barren[barren != self.firms.country[found[-1]]] if found else barren
                here = int(rng.choice(barren)) if len(barren) else here
                old = (sector + int(rng.integers(1, len(SECTORS)))) % len(SECTORS)
            one = (
                self.shell(here, old, day, like=family if kind == 5 else -1, honest=honest)
                if new
                else self.firm(TRADER, here, old)
            )
            if kind == 5 and not honest:  # relays of one owner, old and new
                family = one if family < 0 else family
                self.firms.group[one] = self.firms.group[family]
            if one in found:
                here = int(self.firms.country[found[-1]])
                continue
            found.append(one)
        return found

    def plan(self, number: int, kind: int, *, honest: bool) -> Plan:
        rng = self.rng
        model = int(rng.choice(self.models, p=self.weight))
        sector = int(self.setting.models.sector[model])
        start = min(int(np.searchsorted(self.trades, rng.random())), lands.COUNT - 1)
        count = min(10, 1 + int(rng.choice(len(_RELAYS), p=_RELAYS)))
        if kind in (3, 4) and not honest:
            count = min(count, 3)
        # A scheme may have begun before the files do, or go on when they end.
        day = int(
            when(
                self.setting, np.array([sector]), np.array([0]), np.array([DAYS - 20]), np.array([rng.random() ** 0.75])
            )[0]
        )
        plan = Plan(number, kind, model)
        waves = min(6, int(rng.geometric(0.45)))
        width = int(rng.integers(2, 5)) if kind in (3, 4) and not honest else 1
        paths = [self.relays(kind, count, start, sector, day, honest=honest) for _ in range(width)]
        seller = self.firm(PRODUCER, self.other("makes", [p[0] for p in paths], start), sector)
        buyer = self.firm(
            CONSUMER, self.other("uses", [p[-1] for p in paths], int(self.firms.country[paths[0][-1]])), sector
        )
        hands = self.hands(paths, sector, day) if kind == 5 and not honest and self.setting.world.handed else {}
        for wave in range(waves):
            if kind == 2 and not honest and wave == max(1, waves // 2):
                paths = [self.succeed(paths[0], sector, day)]
            steps = (
                self.splitting(seller, paths, buyer, sector)
                if kind == 4 and not honest
                else self.straight(seller, paths, buyer, kind, hands)
            )
            plan.waves.append((day, steps))
            day += int(rng.integers(18, 95))
        return plan

    def other(self, lane: str, firms: list[int], near: int) -> int:
        """A country along a lane in which none of the firms sits."""
        taken = {int(self.firms.country[f]) for f in firms}
        for _ in range(30):
            country = self.country(lane, near)
            if country not in taken:
                return country
        return next(c for c in range(lands.COUNT) if c not in taken)

    def succeed(self, path: list[int], sector: int, day: int) -> list[int]:
        """One relay gives way to a new firm of the same owner."""
        at = int(self.rng.integers(0, len(path)))
        new = self.shell(int(self.firms.country[path[at]]), sector, day, like=path[at])
        return [*path[:at], new, *path[at + 1 :]]

    def hands(self, paths: list[list[int]], sector: int, day: int) -> dict[int, int]:
        """Of a family's relays, those that sell through a new firm of the same owner in the same country, and that firm."""
        some = [firm for path in paths for firm in path if self.rng.random() < 0.5]
        return {firm: self.shell(int(self.firms.country[firm]), sector, day, like=firm) for firm in some}

    def straight(
        self, seller: int, paths: list[list[int]], buyer: int, kind: int, hands: dict[int, int] | None = None
    ) -> list[Step]:
        steps: list[Step] = []
        for number, path in enumerate(paths):
            who = [seller, *path, buyer]
            sells = [(hands or {}).get(firm, firm) for firm in who]
            for level in range(len(who) - 1):
                role = ORIGIN if level == 0 else NEW if self.firms.role[sells[level]] == SHELL else RELAY
                inside = 0 < level < len(who) - 2 and self.firms.group[who[level]] == self.firms.group[who[level + 1]]
                hidden = bool(inside and kind == 5 and self.rng.random() < self.setting.world.hidden_hop)
                before = (len(steps) - 1,) if level else ()
                steps.append(Step(level, sells[level], who[level + 1], before, 1.0, role, number, hidden))
        return steps

    def splitting(self, seller: int, paths: list[list[int]], buyer: int, sector: int) -> list[Step]:
        """One lot to a splitter, parts of it over several relays to a collector, one lot to the buyer."""
        country = self.firms.country
        first = paths[0][0]
        middles = [p[-1] for p in paths if country[p[-1]] != country[first]]
        middles = list(dict.fromkeys(middles)) or [
            self.firm(TRADER, self.other("trades", [first], int(country[first])), sector)
        ]
        collector = self.firm(TRADER, self.other("trades", [*middles, buyer], int(country[middles[0]])), sector)
        steps = [Step(0, seller, first, (), 1.0, ORIGIN)]
        ends = []
        for number, middle in enumerate(middles):
            steps.append(Step(1, first, middle, (0,), 1 / len(middles), SPLITTER, number))
            steps.append(
                Step(
                    2,
                    middle,
                    collector,
                    (len(steps) - 1,),
                    1.0,
                    NEW if self.firms.role[middle] == SHELL else RELAY,
                    number,
                )
            )
            ends.append(len(steps) - 1)
        steps.append(Step(3, collector, buyer, tuple(ends), 1.0, COLLECTOR))
        return steps


class Crowd:
    """The plans of a block: made before its lawful trade, so that their new firms can trade lawfully too; carried out after it."""

    def __init__(self, setting: Setting, number: int, models: Ints, rows: int, first: int) -> None:
        self.setting, self.planner = setting, _Planner(setting, number, models)
        rng = self.planner.rng
        # The honest chains are as many in a world without schemes.
        honest = int(rows * HONEST_RATE * HONEST + rng.random())
        count = int(rows * setting.world.schemes + rng.random())
        self.chains = [self.planner.plan(-1, int(rng.choice(2)), honest=True) for _ in range(honest)]
        self.plans = [
            self.planner.plan(first + i, int(rng.choice(len(KINDS), p=SHARES)), honest=False) for i in range(count)
        ]

    def fronts(self) -> Ints:
        return np.array(self.planner.fronts, dtype=np.int64)

    def carry_out(self, deals: Deals) -> list[Plan]:
        """Adds the deals of all plans; returns the plans of the schemes."""
        _carry_out(self.setting, self.planner.rng, deals, [*self.chains, *self.plans])
        return self.plans


def _carry_out(setting: Setting, rng: np.random.Generator, deals: Deals, plans: list[Plan]) -> None:
    """Turns plans into deals, step by step over all plans at once. What would end after the last day stays undone."""
    flat = [(p, w, day, i, s) for p in plans for w, (day, steps) in enumerate(p.waves) for i, s in enumerate(steps)]
    if not flat:
        return
    place: dict[tuple[int, int, int], int] = {(id(p), w, i): at for at, (p, w, _, i, _) in enumerate(flat)}
    sold, done = np.full(len(flat), -1), np.zeros(len(flat), np.int64)
    for level in range(max(s.level for *_, s in flat) + 1):
        mine = np.array([at for at, (*_, s) in enumerate(flat) if s.level == level])
        model = np.array([flat[at][0].model for at in mine])
        seller, buyer = (np.array([getattr(flat[at][4], side) for at in mine]) for side in ("seller", "buyer"))
        if level == 0:
            day = working(rng, np.array([flat[at][2] for at in mine]) + rng.integers(0, 6, len(mine)))
            quantity = np.maximum(2, lots_of(setting, rng, model, seller))
            kept = np.ones(len(mine), bool)
            pairs: list[tuple[int, int]] = []
        else:
            pairs = [
                (n, place[id(flat[at][0]), flat[at][1], b]) for n, at in enumerate(mine) for b in flat[at][4].before
            ]
            to, source = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
            good = sold[source] >= 0
            kept = np.bincount(to, weights=good, minlength=len(mine)) > 0
            arrival = np.zeros(len(mine), np.int64)
            np.maximum.at(arrival, to[good], deals.column("arrival")[sold[source[good]]])
            part = np.array([flat[at][4].part for at in mine])
            keep = np.where(rng.random(len(mine)) < 0.55, 1.0, rng.uniform(0.55, 1.0, len(mine)))
            taken = np.zeros(len(pairs), np.int64)
            taken[good] = np.maximum(1, (done[source[good]] * (part * keep)[to[good]]).astype(np.int64))
            quantity = np.bincount(to, weights=taken, minlength=len(mine)).astype(np.int64)
            u = rng.random(len(mine))
            typical = np.where(rng.random(len(mine)) < 0.65, 9 + 22 * u, 20 + 50 * u) * setting.world.slow
            day = working(rng, arrival + 1 + (np.exp(rng.normal(0, 0.55, len(mine))) * typical).astype(np.int64))
        kept &= day < DAYS
        rows = np.flatnonzero(kept)
        if not len(rows):
            continue
        usd = setting.models.usd[model[rows]]
        price = usd * np.exp(rng.normal(0.0 if level == 0 else 0.12, 0.12 if level == 0 else 0.14, len(rows)))
        facts = [flat[mine[n]] for n in rows]
        numbers = ship(
            setting, rng, deals, seller=seller[rows], buyer=buyer[rows], model=model[rows], day=day[rows], quantity=quantity[rows], price=price,
            kind=np.array([DIRECT if f[4].level == 0 else ONWARD for f in facts]), origin=_origin(setting, facts),
            scheme=np.array([f[0].number for f in facts]), role=np.array([f[4].role if f[0].number >= 0 else 0 for f in facts]),
            hop=np.array([f[4].level + 1 if f[0].number >= 0 else 0 for f in facts]), path=np.array([f[4].path for f in facts]),
            wave=np.array([f[1] for f in facts]), hidden=np.array([int(f[4].hidden) for f in facts]),
        )  # fmt: skip
        sold[mine[rows]], done[mine[rows]] = numbers, quantity[rows]
        if level:
            use = good & kept[to]
            deals.drawn(sold[mine[to[use]]], sold[source[use]], taken[use])


def _origin(setting: Setting, facts: list[tuple[Plan, int, int, int, Step]]) -> Ints:
    """Goods keep the country in which the first seller of the plan sits."""
    return np.array([int(setting.firms.country[f[0].waves[f[1]][1][0].seller]) for f in facts])
