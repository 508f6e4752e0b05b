"""Best chains of links by dynamic programming over consignments in order of time, taken one after the other, disjoint.

A link is worth log(p / floor): a chain grows as long as its next link is more probable than the floor. The number of
links bounds the rounds. Time runs one way but for some days of slack (a sale may be declared before its purchase), so two firms that send
each other the like within days may be linked both ways: of two links between the same consignments the more probable counts, and a
chain that comes back to a consignment by a longer way begins after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Small = npt.NDArray[np.int32]

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


def _layers(start: Ints, end: Ints, worth: Floats, size: int, most: int) -> tuple[Floats, Ints, list[Small]]:
    """Best value and number of links of a chain that ends in each node, and for each number of links the node before."""
    best, length = np.zeros(size), np.zeros(size, dtype=np.int64)
    before: list[Small] = []
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
        back = np.full(size, -1, dtype=np.int32)
        back[end[hit[::-1]]] = start[hit[::-1]]
        now = np.full(size, -np.inf)
        now[heads] = top
        before.append(back)
        better = now > best
        best[better], length[better] = now[better], links
    return best, length, before


@dataclass(frozen=True)
class Paths:
    """Chains one after the other: `nodes` of all in order, `length` of each."""

    nodes: Ints
    length: Ints

    def __len__(self) -> int:
        return len(self.length)

    def __add__(self, other: Paths) -> Paths:
        return Paths(np.concatenate([self.nodes, other.nodes]), np.concatenate([self.length, other.length]))

    def lists(self) -> list[list[int]]:
        """Each chain as a list."""
        return [part.tolist() for part in np.split(self.nodes, np.cumsum(self.length)[:-1])] if len(self) else []


def _walked(ends: Ints, length: Ints, before: list[Small]) -> Small:
    """One row an end, from the end back to the start, -1 where a chain is shorter."""
    back = np.stack(before)
    most = int(length.max())
    out = np.full((len(ends), most + 1), -1, dtype=np.int32)
    out[:, 0] = ends
    for step in range(most):
        on = length > step
        out[on, step + 1] = back[length[on] - step - 1, out[on, step]]
    return out


def _simple(walks: Small) -> Small:
    """Walks (from the end back) cut before they come to a node again."""
    out = walks.copy()
    over = np.zeros(len(out), dtype=bool)
    for step in range(1, out.shape[1]):
        over |= (out[:, :step] == out[:, [step]]).any(axis=1)
        out[over, step] = -1
    return out


def _one_way(start: Ints, end: Ints, p: Floats, size: int) -> npt.NDArray[np.bool_]:
    """Links to keep: of two that join the same nodes both ways the more probable, of equals the one from the smaller number."""
    key = np.minimum(start, end) * size + np.maximum(start, end)
    order = np.lexsort((start, -p, key))
    keep = np.ones(len(start), dtype=bool)
    keep[order[1:][key[order][1:] == key[order][:-1]]] = False
    return keep


def _taken(walks: Small, size: int) -> Ints:
    """Rows that a reader would take who goes from the first to the last and leaves out what shares a node with one taken.

    A row is taken as soon as it is the first of those left at each of its nodes; what shares a node with it is then left out.
    """
    used = np.zeros(size + 1, dtype=bool)
    left = np.arange(len(walks))
    taken: list[Ints] = []
    while len(left):
        some = walks[left]  # -1 stands for a place of its own, after the last node, that is nobody's
        first = np.full(size + 1, -1, dtype=np.int64)
        rows = np.repeat(left[::-1], some.shape[1])
        first[some[::-1].ravel()] = rows
        mine = ((first[some] == left[:, None]) | (some < 0)).all(axis=1)
        taken.append(left[mine])
        used[some[mine].ravel()] = True
        used[-1] = False
        left = left[~mine]
        left = left[~used[walks[left]].any(axis=1)]
    return np.sort(np.concatenate(taken)) if taken else np.zeros(0, dtype=np.int64)


def disjoint(g: Graph, floor: float, most: int, last: npt.NDArray[np.bool_] | None = None) -> Paths:
    """Chains of compact node numbers, best first. `most` is the largest number of links; `last` marks where a chain may end."""
    worth = np.log(g.p / floor)
    good = (worth > 0) & _one_way(g.start, g.end, g.p, len(g.nodes))
    start, end, worth = g.start[good], g.end[good], worth[good]
    size = len(g.nodes)
    used = np.zeros(size, dtype=bool)
    found = Paths(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    for _ in range(SWEEPS):
        free = ~(used[start] | used[end])
        start, end, worth = start[free], end[free], worth[free]
        best, length, before = _layers(start, end, worth, size, most)
        ends = np.flatnonzero(length > 0)
        if last is not None:
            ends = ends[last[ends]]
        if not len(ends):
            break
        ends = ends[np.lexsort((ends, -best[ends]))]
        walks = _simple(_walked(ends, length[ends], before))
        walks = walks[_taken(walks, size)][:, ::-1]
        real = walks >= 0
        nodes = walks[real].astype(np.int64)
        used[nodes] = True
        found = found + Paths(nodes, real.sum(axis=1))
    return found
