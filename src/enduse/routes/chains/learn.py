"""Learning what real links look like from the links that competition leaves over.

Expectation: shares among rivals (`compete`). Maximization: boosted trees on days, amounts, prices, goods, stock and the
firm's habits, taught by those shares. The trees never see the rivals, so that what they learn is what probable links have in
common beyond what made them probable. Each firm is judged by trees grown on other firms.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from .amounts import Pairs, Side, habits, numbers, part
from .compete import shares
from .evidence import Floats

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 1  # a second round raises nothing but its own confidence (decision 0006)
ENOUGH = 400.0  # links expected in the sample; with fewer the weights of the cells stand
SAMPLE = 100_000  # pairs that trees are grown on, whole firms
NOBODY = 0.08  # weight of a purchase nobody declared beside the odds that trees state (decision 0006)
CHUNK = 250_000  # pairs judged at once, whole firms
LEAST = 1e-4  # trees are not believed to be surer than this


@dataclass
class Lesson:
    """Trees of each round, one for each half of the firms; empty where there was too little to learn from."""

    bought: Side
    sold: Side
    nobody: float
    rounds: list[tuple[Any, Any]] = field(default_factory=list)

    def judge(self, p: Pairs, weight: Floats) -> Floats:
        """Share of each pair: by its weight among rivals, then round by round by the trees."""
        beside = _Beside(p, self.bought, self.sold)
        share = beside.compete(weight, self.nobody)
        for trees in self.rounds:
            share = beside.compete(_odds(beside.table(share), p, trees), NOBODY)
        return share


class _Beside:
    """Pairs with what stays the same in every round."""

    def __init__(self, p: Pairs, bought: Side, sold: Side) -> None:
        self.pairs = p
        self.purchase = np.unique(p.inb, return_inverse=True)[1]
        self.sale = p.sale
        self.part = part(p, bought, sold)
        self.said = numbers(p, bought, sold)

    def compete(self, weight: Floats, nobody: float) -> Floats:
        return shares(weight, self.purchase, self.sale, self.part.astype(np.float64), nobody)

    def table(self, share: Floats) -> Floats:
        columns = [*self.said.values(), *habits(share, self.pairs.firm, self.said).values()]
        out = np.empty((len(share), len(columns)))
        for k, values in enumerate(columns):
            out[:, k] = values
        return out


def _odds(table: Floats, p: Pairs, trees: tuple[Any, Any]) -> Floats:
    from threadpoolctl import threadpool_limits

    out = np.empty(len(p))
    with threadpool_limits(limits=1, user_api="openmp"):  # stretches of firms are judged side by side
        for half in (0, 1):
            mine = np.flatnonzero(p.firm % 2 == half)
            if len(mine):
                out[mine] = trees[half].predict(table[mine])
    out = np.clip(out, LEAST, 1.0 - LEAST)
    return np.asarray(out / (1.0 - out))


def _grown(table: Floats, share: Floats) -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits

    least = int(np.clip(len(share) // 1000, 10, 50))
    trees = HistGradientBoostingRegressor(
        max_iter=60, learning_rate=0.15, max_leaf_nodes=31, min_samples_leaf=least, l2_regularization=1.0, early_stopping=False, random_state=0
    )  # fmt: skip
    # Threads add up the first gradients in parts, and parts of other sizes give other last digits: one thread, one result.
    with threadpool_limits(limits=1, user_api="openmp"):
        return trees.fit(table, share)


def sampled(firm: np.ndarray, total: int) -> np.ndarray:
    """Whole firms to learn from, whichever their number happens to pick: about SAMPLE of `total` pairs, all where there are fewer."""
    if total <= SAMPLE:
        return np.ones(len(firm), dtype=bool)
    mixed = (firm.astype(np.uint64) * np.uint64(2654435761)) % np.uint64(1 << 32)
    return np.asarray(mixed < np.uint64(SAMPLE / total * (1 << 32)))


def learn(some: Pairs, weight: Floats, bought: Side, sold: Side, nobody: float, most: float) -> Lesson:
    """Grow the trees of every round on the pairs of some firms.

    Where shares add up to more than `most` links, nobody's weight is raised until they do not, and nothing is learned:
    there is too little to tell real links by.
    """
    beside = _Beside(some, bought, sold)
    share = beside.compete(weight, nobody)
    if float(share.sum()) > most:
        return Lesson(bought, sold, _raised(beside, weight, nobody, most))
    lesson = Lesson(bought, sold, nobody)
    half = some.firm % 2 == 0
    for _ in range(ROUNDS):
        if lesson.rounds:
            share = beside.compete(_odds(beside.table(share), some, lesson.rounds[-1]), NOBODY)
        if min(float(share[half].sum()), float(share[~half].sum())) < ENOUGH / 2:
            break
        lesson.rounds.append(_halves(beside.table(share), share, half))
    return lesson


def _halves(table: Floats, share: Floats, half: np.ndarray) -> tuple[Any, Any]:
    """Trees to judge one half of the firms by, grown on the other; and the reverse."""
    with ThreadPoolExecutor(2) as hands:
        first, second = (hands.submit(_grown, table[side], share[side]) for side in (~half, half))
        return first.result(), second.result()


def _raised(beside: _Beside, weight: Floats, nobody: float, most: float) -> float:
    """The weight of nobody at which shares add up to `most`, within a tenth; never more than a thousand to one."""
    low, high = nobody, 1000.0
    while high > low * 1.1:
        middle = float(np.sqrt(low * high))
        if float(beside.compete(weight, middle).sum()) > most:
            low = middle
        else:
            high = middle
    return high


def by_firms(p: Pairs) -> Iterator[slice]:
    """Stretches of about CHUNK pairs that hold whole firms; `p` is in order of firm."""
    start = 0
    while start < len(p):
        end = min(start + CHUNK, len(p))
        if end < len(p):
            end = int(np.searchsorted(p.firm, p.firm[end - 1], "right"))
        yield slice(start, end)
        start = end
