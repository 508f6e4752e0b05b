"""How probable it is that one firm of a group sells what another bought, with no record between: estimated, with strangers as decoys.

Two things are unknown of a pair of linked firms: whether the link means anything for goods at all, and if so which sale came from
which purchase. A pair either hands over (with a probability to be estimated for each kind of link) or does not; of the sales of a pair that
does, a share (to be estimated) came from the other's purchases. What purchase and sale say of each other is the likelihood ratio fitted on links
through one and the same firm, scaled so that pairs of strangers say nothing on average. Expectation and maximization; what the
strangers would get with the same weights is taken off, on the whole and again among pairs that look as good: large firms meet by chance more often than small ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .evidence import Floats, Ints, monotone

ROUNDS = 40
PRIOR, WORTH = 0.02, 20.0  # one linked pair in fifty hands goods over, as if known from twenty pairs
TURN, TURNS = 0.3, 10.0  # share of the sales of a pair that hands over, and how many sales that guess is worth
LOUDEST = 7.0  # no two records say more than e^7 for or against


@dataclass(frozen=True)
class Beside:
    """Candidates: a purchase and a sale of a pair of firms. `pair` and `sale` number pairs, and sales of a pair, from 0 without gaps."""

    pair: Ints
    sale: Ints
    odds: Floats  # log likelihood ratio of purchase and sale
    free: Floats  # how much of the two no link through one firm explains, 0 to 1
    bond: Ints  # of each pair: which kind of link
    score: Floats  # of each pair: how sure the link is

    @property
    def pair_of(self) -> Ints:
        """The pair of each sale."""
        out = np.zeros(int(self.sale.max(initial=-1)) + 1, dtype=np.int64)
        out[self.sale] = self.pair
        return out


@dataclass(frozen=True)
class Found:
    """`pair`: probability that a pair hands over; `link`: of each candidate, given that it does; `rate` by kind of link; `turn` share of sales."""

    pair: Floats
    link: Floats
    rate: Floats
    turn: float


def ratio(b: Beside) -> Floats:
    return np.asarray(np.exp(np.clip(b.odds, -LOUDEST, LOUDEST)) * b.free)


def _expect(b: Beside, pair_of: Ints, said: Floats, rate: Floats, turn: float) -> tuple[Floats, Floats]:
    """Probability of each pair, and of each sale given its pair; `said` is the likelihood ratio of each sale."""
    each = 1.0 - turn + turn * said
    log = np.bincount(pair_of, np.log(each), len(b.bond))
    prior = np.clip(rate[b.bond] * b.score, 1e-9, 1.0 - 1e-9)
    odds = prior / (1.0 - prior) * np.exp(np.clip(log, -30.0, 30.0))
    return odds / (1.0 + odds), turn * said / each


def _beyond(linked: Floats, strangers: Floats) -> Floats:
    """By how much linked pairs of a probability outnumber strangers of the same, as a share of the linked ones; it never falls as the probability rises."""
    if not len(linked) or not len(strangers):
        return np.ones(len(linked))
    value = np.concatenate([linked, strangers])
    order = np.argsort(value, kind="stable")
    ours = (order < len(linked)).astype(np.float64)
    part = monotone(ours, np.where(ours > 0, 1.0, len(linked) / len(strangers)))
    out = np.empty(len(value))
    out[order] = np.clip(2.0 - 1.0 / np.maximum(part, 0.5), 0.0, 1.0)
    return out[: len(linked)]


def estimate(linked: Beside, strangers: Beside, kinds: int = 4) -> Found:
    """Fit on linked pairs and strangers; every stranger pair stands for as many as make both sides equal."""
    weight, chance = ratio(linked), ratio(strangers)
    scale = float(chance.mean()) if len(chance) else 1.0
    scale = max(scale, 1e-6)
    sides = []
    for b, w in ((linked, weight), (strangers, chance)):
        pair_of = b.pair_of
        total = np.bincount(b.sale, w, len(pair_of))
        count = np.bincount(b.sale, minlength=len(pair_of))
        sides.append((b, pair_of, total / np.maximum(count, 1) / scale))
    many = np.bincount(linked.bond, minlength=kinds).astype(np.float64)
    others = np.bincount(strangers.bond, minlength=kinds).astype(np.float64)
    rate, turn = np.full(kinds, PRIOR), TURN
    for _ in range(ROUNDS):
        real, gone = (_expect(b, of, said, rate, turn) for b, of, said in sides)
        got = np.bincount(linked.bond, real[0], kinds)
        chance_got = np.bincount(strangers.bond, gone[0], kinds) * many / np.maximum(others, 1.0)
        rate = np.clip((PRIOR * WORTH + np.maximum(got - chance_got, 0.0)) / (WORTH + many), 1e-4, 0.95)
        mine = real[0][sides[0][1]]
        turn = float((TURN * TURNS + (mine * real[1]).sum()) / (TURNS + mine.sum()))
    pair, sale = _expect(linked, sides[0][1], sides[0][2], rate, turn)
    stranger = _expect(strangers, sides[1][1], sides[1][2], rate, turn)[0]
    for kind in range(kinds):
        mine, other = linked.bond == kind, strangers.bond == kind
        pair[mine] = np.minimum(pair[mine], _beyond(pair[mine], stranger[other]))
    part = weight / np.maximum(np.bincount(linked.sale, weight, len(sale))[linked.sale], 1e-12)
    return Found(pair, sale[linked.sale] * part, rate, turn)
