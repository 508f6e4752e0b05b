"""From scored pairs to parties: joins that every main name of both sides supports, and judgements that nothing overrides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

MAIN = 3  # names of a cluster that a newcomer is checked against
LINK = 0.75  # of the threshold: what the weakest of these comparisons must reach


@dataclass(slots=True)
class Cluster:
    """Members by position, best known first; `foes` are clusters that must stay apart."""

    members: list[int]
    identifiers: set[str] = field(default_factory=set)
    foes: set[int] = field(default_factory=set)


class Clusters:
    """Union of positions 0..n-1 under constraints. `rank` orders main names (most rows first)."""

    def __init__(self, identifiers: Sequence[str], rank: Sequence[tuple[int, str]]) -> None:
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
        self, edges: Iterable[tuple[float, int, int]], threshold: float, again: Callable[[int, int], float]
    ) -> None:
        """Join along `edges` (score, i, j), surest first; `again(i, j)` scores main names that no edge has compared."""
        for score, i, j in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
            if score < threshold or not self.may(i, j):
                continue
            a, b = self.find(i), self.find(j)
            if a == b:
                continue
            mains = ((x, y) for x in self._of[a].members[:MAIN] for y in self._of[b].members[:MAIN])
            if all(again(x, y) >= LINK * threshold for x, y in mains if (x, y) != (i, j)):
                self.join(i, j)

    def groups(self) -> list[list[int]]:
        """Members of every cluster, main name first."""
        return [c.members for _, c in sorted(self._of.items())]


def conflicting(a: set[str], b: set[str]) -> bool:
    """Whether two sets of `TYPE:number` hold different numbers of one type and none in common."""
    if not a or not b or a & b:
        return False
    return bool({i.partition(":")[0] for i in a} & {i.partition(":")[0] for i in b})
