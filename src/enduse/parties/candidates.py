"""Candidates for a name: the nearest others by what the names show (see `traits`), found as one sparse product.

Weights are TF-IDF times what a trait tells, scaled to one for each family of traits and then rounded to whole numbers, so that a
similarity is a sum of integers: the same on every machine, with any number of threads. Of a query's traits the rarest are read first and
only as many as its budget of postings allows; the best found so far are then compared with everything.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from enduse.parties.name import Name
from enduse.parties.traits import TRIPLES, WIDTH, Traits, traits

if TYPE_CHECKING:
    from numpy.typing import NDArray

BEST = 10  # candidates handed to the scorer
WIDER = 6  # times as many are compared in full
MOST = 48  # names of the index at most that are compared in full
BUDGET = 20_000  # postings read for a query
SURE = 3  # of its rarest traits are read whatever they cost
CHUNK = 8_192  # queries at a time: bounds memory
UNIT = 1_000  # what weight 1 is as a whole number
SHARES = (0.7, 0.5, 0.4, 0.8)  # of triples, triples of the words run together, of consonants, keys: for the search
TEXT, MEANING = 10, 2  # for the rank and the similarity: what is alike in letters, and in words beside letters
FULL = round(UNIT * UNIT * (TEXT * sum(s * s for s in SHARES[:3]) + MEANING * SHARES[3] ** 2))


class Found(NamedTuple):
    """Candidates in order of query, best first: query, position in the index, similarity (0 to 1)."""

    query: NDArray[np.int64]
    position: NDArray[np.int64]
    similarity: NDArray[np.float64]


@contextmanager
def steady_memory() -> Iterator[None]:
    """Without the cycle collector while hundreds of thousands of small objects are made that all stay: a third faster."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Index:
    """Names by their traits. `rows` are theirs where they were computed elsewhere."""

    def __init__(self, names: Sequence[Name], rows: Traits | None = None) -> None:
        self.size = len(names)
        own = rows if rows is not None else traits(names)
        self._df = np.bincount(own.column, minlength=WIDTH).astype(np.int64)
        self._idf = (np.log((self.size + 1.0) / (self._df + 1.0)) + 1.0).astype(np.float32)
        self._own = self._weighted(own)
        self._turned = self._own.T.tocsr() if self.size else None

    def _weighted(self, rows: Traits) -> Any:
        """The rows as a matrix of whole numbers."""
        from scipy.sparse import csr_matrix

        value = rows.weight * self._idf[rows.column]
        family = np.minimum(rows.column // TRIPLES, 3)
        row = np.repeat(np.arange(rows.rows), np.diff(rows.start))
        slot = row * 4 + family
        norm = np.sqrt(np.bincount(slot, weights=value.astype(np.float64) ** 2, minlength=4 * rows.rows))
        share = np.asarray(SHARES)[family]
        whole = np.maximum(1, np.rint(UNIT * share * value / np.maximum(norm[slot], 1e-9))).astype(np.int32)
        return csr_matrix((whole, rows.column, rows.start), shape=(rows.rows, WIDTH))

    def around(self, *, best: int = BEST, floor: float = 0.0, budget: int = BUDGET, threads: int = 1) -> Found:
        """Candidates of every name of the index among the others."""
        found = self._search(self._own, best + 1, floor, budget, threads, WIDER)
        other = found.query != found.position
        return Found(*(a[other] for a in found))

    def search(
        self, rows: Traits, *, best: int = BEST, floor: float = 0.0, budget: int = BUDGET, threads: int = 1
    ) -> Found:
        """Up to `best` candidates for each row of `rows` with at least the similarity `floor`."""
        return self._search(self._weighted(rows), best, floor, budget, threads, WIDER)

    def _search(self, queries: Any, best: int, floor: float, budget: int, threads: int, wider: int) -> Found:
        from sparse_dot_topn import sp_matmul_topn

        parts: list[Found] = []
        count = queries.shape[0]
        for at in range(0, count if self.size else 0, CHUNK):
            some = queries[at : at + CHUNK]
            near = sp_matmul_topn(
                self._affordable(some, budget),
                self._turned,
                top_n=max(best, min(wider * best, MOST)),
                threshold=0,
                n_threads=threads,
            )
            query = np.repeat(np.arange(some.shape[0]), np.diff(near.indptr))
            parts.append(self._ranked(some, at, query, near.indices.astype(np.int64), best, floor))
        if not parts:
            return Found(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        return Found(*(np.concatenate([p[k] for p in parts]) for k in range(3)))

    def _affordable(self, rows: Any, budget: int) -> Any:
        """The rows with their rarest traits only: as many as cost `budget` postings."""
        from scipy.sparse import csr_matrix

        start, column = rows.indptr.astype(np.int64), rows.indices
        lengths = np.diff(start)
        row = np.repeat(np.arange(len(lengths)), lengths)
        cost = self._df[column]
        order = np.lexsort((column, cost, row))
        spent = np.cumsum(cost[order])
        before = np.concatenate([[0], spent])[start[:-1]]
        keep = (spent - np.repeat(before, lengths) <= budget) | (
            np.arange(len(order)) - np.repeat(start[:-1], lengths) < SURE
        )
        order = np.sort(order[keep])
        starts = np.concatenate([[0], np.cumsum(np.bincount(row[order], minlength=len(lengths)))])
        return csr_matrix((rows.data[order], column[order], starts), shape=rows.shape)

    def _ranked(
        self, rows: Any, base: int, query: NDArray[np.int64], position: NDArray[np.int64], best: int, floor: float
    ) -> Found:
        """The found compared with everything both show; ties by position."""
        both = rows[query].multiply(self._own[position]).tocsr()
        letters = np.where(both.indices < 3 * TRIPLES, both.data.astype(np.int64), 0)
        words = both.data.astype(np.int64) - letters
        alike = [np.concatenate([[0], np.cumsum(part)]) for part in (letters, words)]
        text, meaning = (sums[both.indptr[1:]] - sums[both.indptr[:-1]] for sums in alike)
        whole = TEXT * text + MEANING * meaning
        # A translation shares words and few letters: of ten places about three are for those most alike in words.
        place = np.minimum(3 * _ranks(query, position, whole), 9 * (_ranks(query, position, meaning) + 1) - 1)
        whole = np.maximum(whole, (TEXT + MEANING) * meaning)
        order = np.lexsort((position, -whole, place, query))
        query, position, whole = query[order], position[order], whole[order]
        top = (np.arange(len(query)) - np.searchsorted(query, query) < best) & (whole >= floor * FULL)
        return Found(query[top] + base, position[top], np.minimum(1.0, whole[top] / FULL))


def _ranks(query: NDArray[np.int64], position: NDArray[np.int64], value: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each pair among those of its query, the highest value first, ties by position."""
    order = np.lexsort((position, -value, query))
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order)) - np.searchsorted(query[order], query[order])
    return ranks
