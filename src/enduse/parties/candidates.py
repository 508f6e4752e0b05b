"""Candidates for a name: the nearest others by what the names show (see `traits`), found as one sparse product.

Weights are TF-IDF times what a trait tells, scaled to one for each family of traits and then rounded to whole numbers, so that a
similarity is a sum of integers: the same on every machine, with any number of threads. Columns are numbered by rarity, the rarest first. Of a
query's traits the rarest are read first and only as many as its budget of postings allows; the best found so far are then compared with everything.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from enduse.parties.name import Name
from enduse.parties.traits import TRIPLES, WIDTH, Traits, between, traits

if TYPE_CHECKING:
    from numpy.typing import NDArray

BEST = 10  # candidates handed to the scorer
WIDER = 6  # times as many are compared in full
MOST = 48  # names of the index at most that are compared in full
BUDGET = 20_000  # postings read for a query
SURE = 3  # of its rarest traits are read whatever they cost
BLOCK = 32_768  # names weighed at a time: bounds memory
CHUNK = 8_192  # queries at a time: bounds memory
TOGETHER = 64  # queries whose weights lie in one table that fits a processor's cache
UNIT = 1_000  # what weight 1 is as a whole number
SHARES = (0.7, 0.5, 0.4, 0.8)  # of triples, triples of the words run together, of consonants, keys: for the search
TEXT, MEANING = 10, 2  # for the rank and the similarity: what is alike in letters, and in words beside letters
FULL = round(UNIT * UNIT * (TEXT * sum(s * s for s in SHARES[:3]) + MEANING * SHARES[3] ** 2))
_HALF = 32  # bits of a sum: letters in the lower half of a whole number, words in the upper


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

    def __init__(self, names: Sequence[Name], rows: Traits | None = None, threads: int = 1) -> None:
        self.size = len(names)
        own = rows if rows is not None else traits(names)
        common = np.bincount(own.column, minlength=WIDTH)
        self._idf = (np.log((self.size + 1.0) / (common + 1.0)) + 1.0).astype(np.float32)
        used = np.flatnonzero(common)
        used = used[np.argsort(common[used], kind="stable")]
        self._number = np.full(WIDTH, len(used), np.int32)  # the last column is for traits that no name here has
        self._number[used] = np.arange(len(used), dtype=np.int32)
        self._trait = np.append(used, WIDTH)
        self._df = np.append(common[used], 0)
        self._word = np.append(used >= 3 * TRIPLES, False)
        self._own = self._weighted(own, threads)
        self._turned = self._own.T.tocsr() if self.size else None

    def _weighted(self, rows: Traits, threads: int = 1) -> Any:
        """The rows as a matrix of whole numbers, in each the traits no name here has first, then the rarest."""
        from scipy.sparse import vstack

        parts = [between(rows, at, at + BLOCK) for at in range(0, max(1, rows.rows), BLOCK)]
        with ThreadPoolExecutor(threads) as pool:
            made = list(pool.map(self._whole, parts))
        return made[0] if len(made) == 1 else vstack(made, format="csr")

    def _whole(self, rows: Traits) -> Any:
        from scipy.sparse import csr_matrix

        value = rows.weight * self._idf[rows.column]
        family = np.minimum(rows.column // TRIPLES, 3)
        row = np.repeat(np.arange(rows.rows), np.diff(rows.start))
        slot = row * 4 + family
        norm = np.sqrt(np.bincount(slot, weights=value.astype(np.float64) ** 2, minlength=4 * rows.rows))
        share = np.asarray(SHARES)[family]
        whole = np.maximum(1, np.rint(UNIT * share * value / np.maximum(norm[slot], 1e-9))).astype(np.int32)
        column = self._number[rows.column]
        order = np.argsort((row << _HALF) | np.where(column < len(self._df) - 1, column + 1, 0))
        return csr_matrix((whole[order], column[order], rows.start), shape=(rows.rows, len(self._df)))

    def around(self, *, best: int = BEST, floor: float = 0.0, budget: int = BUDGET, threads: int = 1) -> Found:
        """Candidates of every name of the index among the others."""
        found = self._search(self._own, best + 1, floor, budget, threads)
        other = found.query != found.position
        return Found(*(a[other] for a in found))

    def search(
        self, rows: Traits, *, best: int = BEST, floor: float = 0.0, budget: int = BUDGET, threads: int = 1
    ) -> Found:
        """Up to `best` candidates for each row of `rows` with at least the similarity `floor`."""
        return self._search(self._weighted(rows), best, floor, budget, threads)

    def _search(self, queries: Any, best: int, floor: float, budget: int, threads: int) -> Found:
        from sparse_dot_topn import sp_matmul_topn

        parts: list[Found] = []
        wide = max(best, min(WIDER * best, MOST))
        with ThreadPoolExecutor(threads) as pool:
            for at in range(0, queries.shape[0] if self.size else 0, CHUNK):
                some = queries[at : at + CHUNK]
                near = sp_matmul_topn(
                    self._affordable(some, budget), self._turned, top_n=wide, threshold=0, n_threads=threads
                )
                step = -(-some.shape[0] // threads)
                cuts = [slice(n, n + step) for n in range(0, some.shape[0], step)]
                ranked = pool.map(lambda cut, s=some, n=near: self._ranked(s[cut], n[cut], best, floor), cuts)
                parts += [f._replace(query=f.query + at + cut.start) for f, cut in zip(ranked, cuts, strict=True)]
        if not parts:
            return Found(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        return Found(*(np.concatenate([p[k] for p in parts]) for k in range(3)))

    def _affordable(self, rows: Any, budget: int) -> Any:
        """The rows with their rarest traits only: as many as cost `budget` postings."""
        from scipy.sparse import csr_matrix

        start = rows.indptr.astype(np.int64)
        lengths = np.diff(start)
        spent = np.cumsum(self._df[rows.indices])
        before = np.concatenate([[0], spent])[start[:-1]]
        place = np.arange(len(spent)) - np.repeat(start[:-1], lengths)
        keep = (spent - np.repeat(before, lengths) <= budget) | (place < SURE)
        starts = np.concatenate([[0], np.cumsum(keep)])[start]
        # In order of traits: of equally near names the product keeps those it met first.
        row = np.repeat(np.arange(len(lengths)), np.diff(starts))
        order = np.flatnonzero(keep)[np.argsort((row << _HALF) | self._trait[rows.indices[keep]])]
        return csr_matrix((rows.data[order], rows.indices[order], starts), shape=rows.shape)

    def _ranked(self, rows: Any, near: Any, best: int, floor: float) -> Found:
        """The found compared with everything both show; ties by position."""
        count = np.diff(near.indptr)
        wide = int(count.max(initial=1))
        there = np.arange(wide) < count[:, None]
        # One line for each query, its candidates in order of position: what stands first wins a tie.
        position = np.full(there.shape, self.size, np.int64)
        position[there] = near.indices
        position.sort(axis=1)
        alike = np.full(there.shape, -1, np.int64)
        alike[there] = self._alike(rows, near.indptr, position[there])
        text, meaning = alike & ((1 << _HALF) - 1), alike >> _HALF
        whole = np.where(there, TEXT * text + MEANING * meaning, -1)
        # A translation shares words and few letters: of ten places about three are for those most alike in words.
        place = np.minimum(3 * _ranks(whole), 9 * (_ranks(meaning) + 1) - 1)
        whole = np.where(there, np.maximum(whole, (TEXT + MEANING) * meaning), -1)
        top = _order(whole - place * (4 * FULL))[:, :best]
        query = np.repeat(np.arange(len(count)), top.shape[1])
        at = query, top.ravel()
        good = there[at] & (whole[at] >= floor * FULL)
        return Found(query[good], position[at][good], np.minimum(1.0, whole[at][good] / FULL))

    def _alike(self, rows: Any, start: NDArray[np.int64], position: NDArray[np.int64]) -> NDArray[np.int64]:
        """What each query shows in common with its candidates (`position[start[i]:start[i + 1]]` of row i): the sum over letters,
        and in the upper half of the number the sum over words.
        """
        out = np.zeros(len(position), np.int64)
        value = rows.data.astype(np.int64)
        value[self._word[rows.indices]] <<= _HALF
        number = np.zeros(len(self._df), np.int32)
        for first in range(0, rows.shape[0], TOGETHER):
            last = min(rows.shape[0], first + TOGETHER)
            some, own = slice(start[first], start[last]), slice(rows.indptr[first], rows.indptr[last])
            if some.start == some.stop:
                continue
            column = rows.indices[own]
            known = np.unique(column)
            number[known] = np.arange(1, len(known) + 1, dtype=np.int32)
            base = np.arange(last - first, dtype=np.int32) * (len(known) + 1)
            table = np.zeros((last - first) * (len(known) + 1), np.int64)
            table[np.repeat(base, np.diff(rows.indptr[first : last + 1])) + number[column]] = value[own]
            other = self._own[position[some]]
            cell = np.repeat(np.repeat(base, np.diff(start[first : last + 1])), np.diff(other.indptr))
            cell += number[other.indices]
            out[some] = np.add.reduceat(table[cell] * other.data, other.indptr[:-1])
            number[known] = 0
        return out


def _ranks(value: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each number in its line, the highest first, ties by column."""
    ranks = np.empty(value.shape, np.int64)
    np.put_along_axis(ranks, _order(value), np.arange(value.shape[1])[None, :], axis=1)
    return ranks


def _order(value: NDArray[np.int64]) -> NDArray[np.int64]:
    """The columns of each line, the highest number first, ties by column."""
    width = value.shape[1]
    order: NDArray[np.int64] = np.sort(np.arange(width) - value * width, axis=1) % width
    return order
