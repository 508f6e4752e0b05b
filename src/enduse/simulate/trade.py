"""A block of the world's lawful trade: some models with all that firms buy and sell of them over the years.

Stock is kept per firm and model, so blocks of models can be made one after the other in bounded memory and still be parts
of one world: firms, their partners and habits depend on keys, not on the block.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import lands, sisters, stock
from .chance import Flags, Floats, Ints, generator, share
from .deals import ONWARD, RETURN, TRANSFORMED, Deals
from .models import Models
from .population import CONSUMER, FORWARDER, PRODUCER, SHELL, TRADER, Firms, Pool, habit
from .products import SECTORS
from .settings import BEGIN, DAYS, FIRST, World

NEAR, FAR = (4, 14), (9, 40)  # days under way inside a region and between regions


@dataclass
class Setting:
    """What every block of a world shares."""

    world: World
    seed: int
    firms: Firms
    models: Models
    pool: Pool
    calendar: Floats  # cumulative trade by sector and day
    control: (
        Ints  # day from which goods of a sector may not go to a country, by [sector, country]; beyond DAYS where never
    )
    forwarders: Ints  # sorted by country
    near: Flags
    barren: Flags  # [sector, country]: nobody there deals in these goods lawfully
    sister: Ints | None = None  # of each firm the one that sells for it, or -1; None where the world has none

    @property
    def buys(self) -> Floats:
        return lands.lanes("uses")


def weekend(day: Ints) -> Flags:
    """Whether a day is a Saturday or Sunday."""
    return np.asarray((day + FIRST.weekday()) % 7 >= 5)


def working(rng: np.random.Generator, day: Ints) -> Ints:
    """Most of what falls on a weekend waits for Monday."""
    return day + np.where(weekend(day) & (rng.random(len(day)) < 0.65), 7 - (day + FIRST.weekday()) % 7, 0)


def calendar(world: World) -> Floats:
    """Cumulative intensity of trade by sector and day: growth, a season of each sector's own, quiet weekends and a quiet February."""
    day = np.arange(DAYS)
    rows = []
    for sector in range(len(SECTORS)):
        season = 1 + 0.3 * np.cos(2 * np.pi * ((day - BEGIN) / 365.25 - sector / len(SECTORS)))
        week = np.where(weekend(day), 0.35, 1.0)
        new_year = np.where(((day - BEGIN) % 365 > 25) & ((day - BEGIN) % 365 < 45), 0.6, 1.0)
        rows.append(np.cumsum((1 + world.growth) ** (day / 365.25) * season * week * new_year))
    return np.array([row / row[-1] for row in rows])


def when(setting: Setting, sector: Ints, first: Ints, last: Ints, u: Floats) -> Ints:
    """A day between `first` and `last` of each deal, by the calendar of its sector."""
    days = np.empty(len(sector), np.int64)
    for number in range(len(SECTORS)):
        mine = np.flatnonzero(sector == number)
        line = setting.calendar[number]
        low = line[np.maximum(first[mine], 1) - 1]
        high = line[np.clip(last[mine], 0, DAYS - 1)]
        days[mine] = np.searchsorted(line, low + u[mine] * np.maximum(high - low, 0))
    return np.minimum(np.maximum(days, first), DAYS - 1)


def lots_of(setting: Setting, rng: np.random.Generator, model: Ints, seller: Ints) -> Ints:
    """Usual quantities: a value of some thousand dollars, more from large firms, often a round number."""
    value = np.exp(rng.normal(8.9, 1.0, len(model))) * np.minimum(setting.firms.size[seller] + 0.5, 60) ** 0.22
    raw = np.maximum(1.0, value / setting.models.usd[model])
    step = 10.0 ** np.maximum(np.floor(np.log10(raw)) - rng.choice([0, 1, 1, 2], len(raw)), 0)
    even = rng.random(len(raw)) < 0.7
    return np.maximum(1, np.where(even, np.round(raw / step) * step, raw)).astype(np.int64)


def under_way(setting: Setting, rng: np.random.Generator, start: Ints, end: Ints) -> Ints:
    """Days under way; one lot in seven flies."""
    close = setting.near[setting.firms.country[start], setting.firms.country[end]]
    low, high = np.where(close, NEAR[0], FAR[0]), np.where(close, NEAR[1], FAR[1])
    days = low + rng.beta(1.5, 2.5, len(start)) * (high - low)
    days = np.where(rng.random(len(start)) < 0.14, 2 + rng.exponential(2.5, len(start)), days)
    return np.asarray(np.round(days * setting.world.slow**0.5), dtype=np.int64)


def forwarder(setting: Setting, rng: np.random.Generator, seller: Ints, buyer: Ints, rate: float) -> Ints:
    """The forwarder through which a lot goes, or -1: always the same for a pair of firms, in a country between."""
    u = share(setting.seed, seller, buyer, 31)
    chosen = setting.forwarders[(u * len(setting.forwarders)).astype(np.int64)]
    country = setting.firms.country
    fit = (
        (country[chosen] != country[seller]) & (country[chosen] != country[buyer]) & (country[buyer] != country[seller])
    )
    return np.where(fit & (rng.random(len(seller)) < rate), chosen, -1)


def partner(setting: Setting, firm: Ints, sector: Ints, slot: Ints, onward: Flags) -> Ints:
    """The customer that a firm has under a slot of its book: the same in every block. `onward` ones trade themselves."""
    keys = (setting.seed, firm, sector, slot, onward)
    lanes = np.where(
        onward[:, None], lands.lanes("trades")[setting.firms.country[firm]], setting.buys[setting.firms.country[firm]]
    )
    country = np.minimum((lanes < share(*keys, 1)[:, None]).sum(axis=1), lands.COUNT - 1)
    return setting.pool.draw(np.where(onward, TRADER, CONSUMER), country, sector, share(*keys, 2))


def ship(setting: Setting, rng: np.random.Generator, deals: Deals, *, seller: Ints, buyer: Ints, model: Ints, day: Ints, quantity: Ints, price: Floats, rate: float = 0.05, **more: object) -> Ints:  # fmt: skip
    """Adds deals with their time under way, through a forwarder now and then."""
    via = forwarder(setting, rng, seller, buyer, rate)
    straight = under_way(setting, rng, seller, buyer)
    stop = np.where(via >= 0, via, buyer)
    bent = (
        under_way(setting, rng, seller, stop) + rng.integers(2, 13, len(seller)) + under_way(setting, rng, stop, buyer)
    )
    arrival = day + np.where(via >= 0, bent, straight)
    return deals.add(
        seller=seller,
        buyer=buyer,
        via=via,
        model=model,
        day=day,
        arrival=arrival,
        quantity=quantity,
        price=price,
        **more,
    )


def source(setting: Setting, rng: np.random.Generator, deals: Deals, models: Ints, count: int, fronts: Ints) -> None:
    """Producers sell to traders and consumers abroad: repeat relations with Pareto numbers of orders."""
    m, firms = setting.models, setting.firms
    relations = max(8, int(count / 2.4))
    model = rng.choice(models, relations, p=m.share[models] / m.share[models].sum())
    sector = m.sector[model]
    trades = rng.random(relations) < 0.4
    weight = np.array([[land.uses for land in lands.LANDS], [land.trades for land in lands.LANDS]])
    weight = np.cumsum(weight / weight.sum(axis=1, keepdims=True), axis=1)
    country = np.minimum((weight[trades.astype(int)] < rng.random(relations)[:, None]).sum(axis=1), lands.COUNT - 1)
    buyer = setting.pool.draw(np.where(trades, TRADER, CONSUMER), country, sector, rng.random(relations))
    turn = rng.permutation(relations)[: 6 * len(fronts)]
    buyer[turn], trades[turn] = np.resize(fronts, len(turn)), True
    country = firms.country[buyer]
    slot = (rng.random(relations) ** 2 * 4).astype(np.int64)
    origin = np.minimum(
        (lands.lanes("makes")[country] < share(setting.seed, buyer, sector, slot, 3)[:, None]).sum(axis=1),
        lands.COUNT - 1,
    )
    seller = setting.pool.draw(PRODUCER, origin, sector, share(setting.seed, buyer, sector, slot, 4))
    orders = np.minimum(rng.pareto(1.2, relations) + 1, 250).astype(np.int64)
    begin = np.maximum(np.maximum(firms.born[buyer], firms.born[seller]), rng.integers(-500, DAYS - 60, relations))
    full = begin + (rng.exponential(500, relations) + 60).astype(np.int64)
    end = np.minimum(full, DAYS - 1)
    # Of a relation that began before the world or outlives it only the part within is told.
    within = np.maximum(end - np.maximum(begin, 0), 0) / (full - begin)
    orders = np.floor(orders * within + rng.random(relations)).astype(np.int64)
    alive = (end > np.maximum(begin, 0)) & ~(trades & setting.barren[sector, firms.country[buyer]])
    which = np.repeat(np.flatnonzero(alive), orders[alive])[: int(count * 1.15)]
    day = when(setting, sector[which], np.maximum(begin[which], 0), end[which], rng.random(len(which)))
    which, day, buyer_now = _controlled(setting, rng, which, day, sector, buyer)
    abroad = firms.country[seller[which]] != firms.country[buyer_now]
    which, day, buyer_now = which[abroad], day[abroad], buyer_now[abroad]
    price = (
        m.usd[model[which]]
        * np.exp(rng.normal(0, 0.12, len(which)))
        * np.exp(0.2 * (habit(firms, seller[which], 11) - 0.5))
    )
    ship(setting, rng, deals, seller=seller[which], buyer=buyer_now, model=model[which], day=day, quantity=lots_of(setting, rng, model[which], seller[which]), price=price, origin=firms.country[seller[which]])  # fmt: skip


def _controlled(setting: Setting, rng: np.random.Generator, which: Ints, day: Ints, sector: Ints, buyer: Ints) -> tuple[Ints, Ints, Ints]:  # fmt: skip
    """After a control most direct deals end; some of the goods go to traders of other countries instead, lawfully."""
    now = buyer[which]
    country = setting.firms.country[now]
    hit = day >= setting.control[sector[which], country]
    fate = rng.random(len(which))
    turned = hit & (fate < 0.35)
    lanes = lands.lanes("trades")[country]
    hub = np.minimum((lanes < rng.random(len(which))[:, None]).sum(axis=1), lands.COUNT - 1)
    trader = setting.pool.draw(TRADER, hub, sector[which], rng.random(len(which)))
    now = np.where(turned & (setting.firms.born[trader] < day) & ~setting.barren[sector[which], hub], trader, now)
    kept = ~hit | (fate < 0.35) | (fate > 0.75)
    return which[kept], day[kept], now[kept]


def onward(setting: Setting, rng: np.random.Generator, deals: Deals, first: int, tier: int) -> None:
    """What traders do with the purchases from number `first` on: stock, and sales out of it to the next tier."""
    m, firms, world = setting.models, setting.firms, setting.world
    buyer = deals.column("buyer")[first:]
    # Shells that keep up a front trade like anyone; their planted deals are not among these.
    mine = (
        np.flatnonzero(
            ((firms.role[buyer] == TRADER) | (firms.role[buyer] == SHELL)) & (deals.column("kind")[first:] != RETURN)
        )
        + first
    )
    if not len(mine):
        return
    buyer, model = deals.column("buyer")[mine], deals.column("model")[mine]
    came, quantity = deals.column("arrival")[mine], deals.column("quantity")[mine]
    keys, which = np.unique(buyer * len(m) + model, return_inverse=True)
    firm, goods = keys // len(m), keys % len(m)
    mode = habit(firms, firm, 21)  # below .5: sends lots on; below .65: collects; else keeps stock
    exports = np.where(habit(firms, firm, 22) < 0.3, 0.04, 0.25 + 0.7 * habit(firms, firm, 23))
    factor = np.where(mode < 0.65, 1.5 + 2 * habit(firms, firm, 24), 0.25 + 0.6 * habit(firms, firm, 24))
    sold = stock.cut(rng, which, came, quantity, whole=mode < 0.5, factor=factor, abroad=exports, mixing=world.mixing)
    owner = firm[sold.stock]
    typical = np.where(mode < 0.5, 9 + 22 * habit(firms, firm, 25), 20 + 50 * habit(firms, firm, 25)) * world.slow
    wait = np.exp(rng.normal(0, 0.55, len(owner))) * typical[sold.stock]
    day = working(rng, sold.ready + 1 + wait.astype(np.int64))
    book = 1 + np.minimum(24, 2 * firms.size[owner]).astype(np.int64)
    slot = (rng.random(len(owner)) ** 2.2 * book).astype(np.int64)
    sector = m.sector[goods[sold.stock]]
    trades = (share(setting.seed, owner, sector, slot, 5) < (0.42, 0.3, 0.2, 0.0)[min(tier, 4) - 1]) & (
        tier < world.tiers
    )
    to = partner(setting, owner, sector, slot, trades)
    seller = sisters.sellers(rng, firms, setting.sister, owner, day)
    works = (m.becomes[goods[sold.stock]] >= 0) & (habit(firms, owner, 26) < 0.5)
    new = np.where(works, m.becomes[goods[sold.stock]], goods[sold.stock])
    amount = np.where(works, np.maximum(1, sold.quantity // 2), sold.quantity)
    fine = (
        (day < DAYS)
        & (firms.country[owner] != firms.country[to])
        & (firms.born[to] <= day)
        & (to != owner)
        & (to != seller)
    )
    fine &= ~(trades & setting.barren[sector, firms.country[to]])
    # After a control the honest stop selling there; a few lawful licences remain.
    fine &= (day < setting.control[sector, firms.country[to]]) | (rng.random(len(day)) < 0.6)
    price = m.usd[new] * np.exp(rng.normal(0.12, 0.14, len(owner))) * np.exp(0.2 * (habit(firms, owner, 11) - 0.5))
    before = np.zeros(len(owner), np.int64)
    before[sold.sale] = deals.column("origin")[mine][sold.purchase]
    kind = np.where(works, TRANSFORMED, ONWARD)
    made_in = np.where(works, firms.country[owner], before)
    numbers = np.full(len(owner), -1)
    numbers[fine] = ship(setting, rng, deals, seller=seller[fine], buyer=to[fine], model=new[fine], day=day[fine], quantity=amount[fine], price=price[fine], kind=kind[fine], origin=made_in[fine])  # fmt: skip
    kept = fine[sold.sale]
    deals.drawn(numbers[sold.sale[kept]], mine[sold.purchase[kept]], sold.drawn[kept])


def returns(setting: Setting, rng: np.random.Generator, deals: Deals) -> None:
    """One lot in seventy that reached a consumer goes back in part."""
    back = np.flatnonzero((setting.firms.role[deals.column("buyer")] == CONSUMER) & (rng.random(deals.count) < 1 / 70))
    day = deals.column("arrival")[back] + rng.integers(8, 70, len(back))
    back, day = back[day < DAYS], day[day < DAYS]
    quantity = np.maximum(1, (deals.column("quantity")[back] * rng.uniform(0.02, 1, len(back))).astype(np.int64))
    seller, buyer = deals.column("buyer")[back], deals.column("seller")[back]
    numbers = ship(setting, rng, deals, seller=seller, buyer=buyer, model=deals.column("model")[back], day=day, quantity=quantity, price=deals.column("price")[back], rate=0.0, kind=RETURN, origin=deals.column("origin")[back])  # fmt: skip
    deals.drawn(numbers, back, quantity)


def block(setting: Setting, number: int, models: Ints, count: int, fronts: Ints) -> Deals:
    """The lawful deals of a block: about `count` of them start at a producer. `fronts` are new firms that shall trade too."""
    rng = generator(setting.seed, 100 + number)
    deals = Deals()
    source(setting, rng, deals, models, count, fronts)
    first = 0
    for tier in range(1, setting.world.tiers + 1):
        end = deals.count
        onward(setting, rng, deals, first, tier)
        first = end
    returns(setting, rng, deals)
    return deals


__all__ = ["FORWARDER", "Setting", "block", "calendar", "lots_of", "partner", "ship", "under_way", "when"]
