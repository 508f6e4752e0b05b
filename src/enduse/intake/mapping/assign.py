"""The best set of pairs: every role one column at most, every column one role at most, the sum of scores as large as can be."""

from __future__ import annotations

from collections.abc import Sequence


def assign(scores: Sequence[Sequence[float]]) -> list[int | None]:
    """For each row (role) the column it gets, or None. A score of 0 or less never makes a pair.

    Hungarian method with potentials, O(rows^2 * columns) (Kuhn 1955 as given by Jonker & Volgenant 1987). Rows may stay
    alone: each has a private column of score 0. Ties go to the column further left.
    """
    rows = len(scores)
    width = len(scores[0]) if rows else 0
    cost = [[-s for s in row] + [0.0 if i == j else 1.0 for j in range(rows)] for i, row in enumerate(scores)]
    columns = width + rows
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        least, seen = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            seen[at] = True
            current, delta, nxt = owner[at], float("inf"), 0
            for j in range(1, columns + 1):
                if seen[j]:
                    continue
                reduced = cost[current - 1][j - 1] - u[current] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, at
                if least[j] < delta:
                    delta, nxt = least[j], j
            for j in range(columns + 1):
                if seen[j]:
                    u[owner[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            at = nxt
            if owner[at] == 0:
                break
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    out: list[int | None] = [None] * rows
    for j in range(1, width + 1):
        if owner[j] and scores[owner[j] - 1][j - 1] > 0:
            out[owner[j] - 1] = j - 1
    return out
