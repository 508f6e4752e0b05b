"""From scored pairs to parties: surest first, only where the main names of both sides agree, and never against a judgement.

The three readings come from one pass. Pairs above the strict threshold join first, then those above the central, then those above the
broad one, so that every strict cluster lies in a central one and every central one in a broad one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

MAIN = 3  # names of a cluster that a newcomer is checked against
VETO, VETO_ACROSS = (
    0.2,
    0.08,
)  # a comparison below forbids the join: in one script; across scripts, where a low score says little
AGREE = 0.5  # what all comparisons together must support
SLIGHT = -0.4  # log-odds that a comparison across scripts can take away


@dataclass(slots=True)
class Cluster:
    """Members by position, best known first; `foes` are clusters that must stay apart."""

    members: list[int]
    identifiers: set[str] = field(default_factory=set)
    foes: set[int] = field(default_factory=set)


class Clusters:
    """Union of positions 0..n-1 under constraints. `rank` orders main names (most rows first)."""

    def __init__(self, identifiers: Sequence[str], rank: Sequence[tuple[object, ...]]) -> None:
        self._parent = list(range(len(rank)))
        self._rank = rank
        self._of = {i: Cluster([i], {identifiers[i]} - {""}) for i in range(len(rank))}

    def find(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def forbid(self, i: int, j: int) -> None:
        a, b = self.find(i), self.find(j)
        if a != b:
            self._of[a].foes.add(b)
            self._of[b].foes.add(a)

    def may(self, i: int, j: int, *, strict: bool = True) -> bool:
        """Whether the clusters of `i` and `j` may be one: no judgement against it and (strict) no two numbers of one type."""
        a, b = self.find(i), self.find(j)
        if a == b:
            return True
        if b in self._of[a].foes:
            return False
        return not (strict and conflicting(self._of[a].identifiers, self._of[b].identifiers))

    def join(self, i: int, j: int) -> None:
        a, b = sorted((self.find(i), self.find(j)))
        if a == b:
            return
        keep, gone = self._of[a], self._of.pop(b)
        self._parent[b] = a
        keep.members = sorted(keep.members + gone.members, key=lambda m: self._rank[m])
        keep.identifiers |= gone.identifiers
        for foe in gone.foes:
            self._of[foe].foes.discard(b)
            self._of[foe].foes.add(a)
        keep.foes |= gone.foes

    def link(
        self,
        edges: Iterable[tuple[float, int, int]],
        threshold: float,
        again: Callable[[int, int], float],
        across: Callable[[int, int], bool],
    ) -> None:
        """Join along `edges` (probability, i, j) of at least `threshold`, surest first.

        `again(i, j)` gives the probability of main names that no edge has compared, `across(i, j)` whether their scripts differ.
        """
        for probability, i, j in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
            if probability < threshold:
                break
            if self.find(i) != self.find(j) and self.may(i, j) and self._agree(probability, i, j, again, across):
                self.join(i, j)

    def _agree(
        self, probability: float, i: int, j: int, again: Callable[[int, int], float], across: Callable[[int, int], bool]
    ) -> bool:
        """Whether the main names of both clusters support the join, the edge's own pair among them."""
        ours, theirs = (self._of[self.find(x)].members[:MAIN] for x in (i, j))
        odds = [_odds(probability)]
        for x in ours:
            for y in theirs:
                if {x, y} == {i, j}:
                    continue
                p, far = again(x, y), across(x, y)
                if p < (VETO_ACROSS if far else VETO):
                    return False
                odds.append(max(_odds(p), SLIGHT) if far else _odds(p))
        return sum(odds) / len(odds) >= _odds(AGREE)

    def groups(self) -> list[list[int]]:
        """Members of every cluster, main name first."""
        return [list(c.members) for _, c in sorted(self._of.items())]


def _odds(p: float) -> float:
    return math.log(max(p, 1e-4) / max(1.0 - p, 1e-4))


def conflicting(a: set[str], b: set[str]) -> bool:
    """Whether two sets of `TYPE:number` hold different numbers of one type and none in common."""
    if not a or not b or a & b:
        return False
    return bool({i.partition(":")[0] for i in a} & {i.partition(":")[0] for i in b})
