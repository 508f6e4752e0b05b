"""The firms of a labelled world: where they sit, what they do, how large they are, when they were founded, who owns them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from . import lands
from .chance import Floats, Ints, share
from .products import SECTORS
from .settings import BEGIN, DAYS

PRODUCER, TRADER, CONSUMER, FORWARDER, SHELL = range(5)
ROLES = ("producer", "trader", "consumer", "forwarder", "shell")
_SECTORS = len(SECTORS)
ALIKE = 0.25


@dataclass
class Firms:
    """One entry a firm. `born` is a day counted from the first (negative: before it); `group` is shared by firms of one owner."""

    country: Ints
    role: Ints
    sector: Ints
    second: Ints
    size: Floats
    born: Ints
    address: Ints
    group: Ints
    seed: int
    added: list[tuple[Ints, ...]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.country)

    def found(self, country: Ints, sector: Ints, born: Ints, *, role: int, address: Ints, group: Ints) -> Ints:
        """New firms with the given traits; returns their numbers. An address or group below 0 is one of their own."""
        first, count = len(self), len(country)
        own = np.arange(first, first + count)
        self.country = np.concatenate([self.country, country])
        self.role = np.concatenate([self.role, np.full(count, role)])
        self.sector = np.concatenate([self.sector, sector])
        self.second = np.concatenate([self.second, sector])
        self.size = np.concatenate([self.size, np.full(count, 0.5)])
        self.born = np.concatenate([self.born, born])
        self.address = np.concatenate([self.address, np.where(address < 0, own, address)])
        self.group = np.concatenate([self.group, np.where(group < 0, own, group)])
        return own


def _born(rng: np.random.Generator, count: int) -> Ints:
    """Most firms are old; a fifth is founded within the years of the world, as honest newcomers are."""
    old = -(rng.exponential(2600, count).astype(np.int64) + 30)
    return np.where(rng.random(count) < 0.2, rng.integers(BEGIN - 200, DAYS - 90, count), old)


def make(rows: int, seed: int, rng: np.random.Generator) -> Firms:
    """Firms enough for about `rows` records: their number grows slower than trade does."""
    count = min(2_500_000, max(600, int(0.32 * rows**0.85)))
    hubs = len(lands.HUBS)
    forwarders = hubs * max(1, int(3 + rows**0.4 / 60))
    role = rng.choice([PRODUCER, TRADER, CONSUMER], size=count, p=[0.12, 0.24, 0.64])
    weights = np.array([[land.makes for land in lands.LANDS], [land.trades for land in lands.LANDS], [land.uses for land in lands.LANDS]])  # fmt: skip
    cumulative = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    u = rng.random(count)
    country = np.minimum((cumulative[role] < u[:, None]).sum(axis=1), lands.COUNT - 1)
    # Every corner of the table has a firm, so that no country lacks a seller of some goods in a small world.
    corner = np.arange(3 * lands.COUNT * _SECTORS)
    role = np.concatenate([corner % 3, role, np.full(forwarders, FORWARDER)])
    country = np.concatenate([corner // 3 % lands.COUNT, country, np.resize(lands.HUBS, forwarders)])
    total = len(role)
    sector = rng.integers(0, _SECTORS, total)
    sector[: len(corner)] = corner // (3 * lands.COUNT)
    second = np.where(rng.random(total) < 0.3, rng.integers(0, _SECTORS, total), sector)
    size = np.minimum(rng.pareto(1.15, total) + 0.2, 0.02 * total)
    size[: len(corner)] = np.where(rows > 200_000, 0.2, size[: len(corner)])
    # Honest shared addresses: business centres hold many firms that have nothing to do with each other.
    own = np.arange(total)
    address = np.where(
        rng.random(total) < 0.12, -1 - (country * 100_000 + rng.integers(0, 1 + total // 150, total)), own
    )
    # Honest groups: one firm in fourteen belongs to the owner of another firm of its country or of abroad.
    group = np.where(rng.random(total) < 0.07, rng.integers(0, total, total), own)
    return Firms(country, role, sector, second, size, _born(rng, total), address, group, seed)


class Pool:
    """Draws firms by role, country and sector: large ones more often, but one wish in four falls on any firm alike."""

    def __init__(self, firms: Firms) -> None:
        every = np.flatnonzero(firms.role < FORWARDER)
        twice = every[firms.second[every] != firms.sector[every]]
        who = np.concatenate([every, twice])
        sector = np.concatenate([firms.sector[every], firms.second[twice]])
        key = self.key(firms.role[who], firms.country[who], sector)
        order = np.argsort(key, kind="stable")
        self.who = who[order]
        self.ends = np.concatenate([[0.0], np.cumsum(firms.size[self.who])])
        edges = np.searchsorted(key[order], np.arange(3 * lands.COUNT * _SECTORS + 1))
        self.low, self.high = self.ends[edges[:-1]], self.ends[edges[1:]]
        self.first, self.last = edges[:-1], edges[1:]

    @staticmethod
    def key(role: Ints, country: Ints, sector: Ints) -> Ints:
        return np.asarray((role * lands.COUNT + country) * _SECTORS + sector)

    def draw(self, role: Ints | int, country: Ints, sector: Ints, u: Floats) -> Ints:
        """One firm for each wish; `u` are shares in [0, 1)."""
        key = self.key(np.asarray(role), country, sector)
        by_size = np.maximum(u - ALIKE, 0) / (1 - ALIKE)
        at = self.low[key] + by_size * (self.high[key] - self.low[key])
        large = np.minimum(np.searchsorted(self.ends, at, "right") - 1, len(self.who) - 1)
        any_one = self.first[key] + (u / ALIKE * (self.last[key] - self.first[key])).astype(np.int64)
        return self.who[np.where(u < ALIKE, np.minimum(any_one, self.last[key] - 1), large)]


def habit(firms: Firms, who: Ints, purpose: int) -> Floats:
    """A lasting trait of each firm as a share in [0, 1): the same in every block of a world."""
    return share(firms.seed, who, purpose)
