"""Best chains of links by dynamic programming over consignments in order of time, taken one after the other, disjoint.

A link is worth log(p / floor): a chain grows as long as its next link is more probable than the floor. The number of
links bounds the rounds, so a cycle of firms is no trouble: a consignment is sent once and time runs one way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

SWEEPS = 12  # rounds of taking disjoint chains out; what is left afterwards is fragments of two


@dataclass(frozen=True)
class Graph:
    """Links as arrays: `start` and `end` are consignments (compact numbers), `p` the probability of each link."""

    nodes: Ints  # consignment id of each compact number
    start: Ints
    end: Ints
    p: Floats


def graph(inbound: Ints, outbound: Ints, p: Floats) -> Graph:
    """Compact the ids; links sorted by their end, so that one pass takes the best of each end."""
    nodes, place = np.unique(np.concatenate([inbound, outbound]), return_inverse=True)
    start, end = place[: len(inbound)], place[len(inbound) :]
    order = np.lexsort((start, end))
    return Graph(nodes, start[order], end[order], p[order])


def _layers(start: Ints, end: Ints, worth: Floats, size: int, most: int) -> tuple[Floats, Ints, list[Ints]]:
    """Best value and number of links of a chain that ends in each node, and for each number of links the node before."""
    best, length = np.zeros(size), np.zeros(size, dtype=np.int64)
    before: list[Ints] = []
    if not len(start):
        return best, length, before
    first = np.flatnonzero(np.concatenate([[True], end[1:] != end[:-1]]))
    heads = end[first]
    now = np.zeros(size)
    for links in range(1, most + 1):
        value = now[start] + worth
        top = np.maximum.reduceat(value, first)
        if not np.isfinite(top).any():
            break
        # The first link that reaches the best value: links of one end stand in order of their start.
        spread = np.repeat(top, np.diff(np.concatenate([first, [len(end)]])))
        hit = np.flatnonzero((value == spread) & np.isfinite(value))
        back = np.full(size, -1, dtype=np.int64)
        back[end[hit[::-1]]] = start[hit[::-1]]
        now = np.full(size, -np.inf)
        now[heads] = top
        before.append(back)
        better = now > best
        best[better], length[better] = now[better], links
    return best, length, before


def disjoint(g: Graph, floor: float, most: int, last: npt.NDArray[np.bool_] | None = None) -> list[list[int]]:
    """Chains as lists of compact node numbers, best first. `most` is the largest number of links; `last` marks where a chain may end."""
    worth = np.log(g.p / floor)
    good = worth > 0
    start, end, worth = g.start[good], g.end[good], worth[good]
    used = np.zeros(len(g.nodes), dtype=bool)
    found: list[list[int]] = []
    for _ in range(SWEEPS):
        free = ~(used[start] | used[end])
        start, end, worth = start[free], end[free], worth[free]
        best, length, before = _layers(start, end, worth, len(g.nodes), most)
        ends = np.flatnonzero(length > 0)
        if last is not None:
            ends = ends[last[ends]]
        if not len(ends):
            break
        taken = 0
        for node in ends[np.lexsort((ends, -best[ends]))].tolist():
            if used[node]:
                continue
            path, at = [node], node
            for links in range(int(length[node]), 0, -1):
                at = int(before[links - 1][at])
                path.append(at)
            if any(used[n] for n in path):
                continue
            used[path] = True
            found.append(path[::-1])
            taken += 1
        if not taken:
            break
    return found
