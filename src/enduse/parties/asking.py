"""Many questions to lists, a page at a time over all processors: what is held grows with the hits, not with the names asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enduse.parties.kinds import declared_kind
from enduse.parties.listed import Lists
from enduse.parties.screening import Query, Screener
from enduse.parties.workers import cores, flow

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

PAGE = 4_000  # questions a process answers at a time; what it knows of their names is let go of afterwards
MANY = 8_000  # questions from which a second process pays


@dataclass(frozen=True)
class Questions:
    """Distinct questions in order of name, country and number (columns `name`, `country`, `number`, without nulls)."""

    table: pa.Table

    @property
    def size(self) -> int:
        return int(self.table.num_rows)

    def pages(self, many: int = PAGE) -> Iterator[list[Query]]:
        """The questions as objects, so many at a time: those of one name stand together, for it is looked up once a page."""
        for at in range(0, self.size, many):
            some = self.table.slice(at, many)
            yield list(map(Query, *(some[c].to_pylist() for c in ("name", "country", "number"))))


class Page(NamedTuple):
    """Answers to consecutive questions: how many hits each has and whether it names nobody; and hit by hit, best first, the number
    of the entry (its place in `Book.entries`), the probability and the reasons.
    """

    hits: NDArray[np.int64]
    nobody: NDArray[np.bool_]
    entry: NDArray[np.int64]
    score: NDArray[np.float64]
    reasons: list[str] | pa.Array


class Answers(NamedTuple):
    """All pages: hits `start[i]` up to `start[i + 1]` are those of question i, best first; `nobody` by question."""

    start: NDArray[np.int64]
    nobody: NDArray[np.bool_]
    entry: NDArray[np.int64]
    score: NDArray[np.float64]
    reasons: pa.ChunkedArray


def distinct(
    name: pa.ChunkedArray, country: pa.ChunkedArray, number: pa.ChunkedArray
) -> tuple[Questions, NDArray[np.int64]]:
    """Each question once, and which one every row puts. What is null counts as empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = {"name": name, "country": country, "number": number}
    ranked: list[tuple[str, pa.Array, NDArray[np.int64]]] = []
    for label, values in columns.items():
        coded = values.cast(pa.string()).fill_null("").combine_chunks().dictionary_encode()
        order = pc.sort_indices(coded.dictionary).to_numpy()
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        ranked.append((label, coded.dictionary.take(pa.array(order)), rank[coded.indices.to_numpy()]))
    code = np.zeros(len(name), np.int64)
    for _, values, rank in ranked:
        code = code * len(values) + rank
    code, place = np.unique(code, return_inverse=True)
    made: dict[str, pa.Array] = {}
    for label, values, _ in reversed(ranked):
        code, own = np.divmod(code, max(1, len(values)))
        made[label] = values.take(pa.array(own))
    return Questions(pa.table({c: made[c] for c in columns})), place.astype(np.int64)


def ask(
    made: Lists, questions: Questions, review: float, processes: int | None = None, page: int = PAGE
) -> Iterator[Page]:
    """The answers page by page, in order. Where several processes answer, nothing here holds on to `made` (its `book` is enough to read them)."""
    many = (cores() if processes is None else processes) if questions.size >= MANY else 1
    return flow(_Asked, (made, review), _Asked.page, questions.pages(page), min(many, -(-questions.size // page)))


def gathered(pages: Iterable[Page]) -> Answers:
    """All answers; the hits are kept as arrays."""
    import pyarrow as pa

    counts: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    nobody: list[NDArray[np.bool_]] = [np.zeros(0, np.bool_)]
    entry: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    score: list[NDArray[np.float64]] = [np.zeros(0)]
    reasons: list[pa.Array] = []
    for page in pages:
        counts.append(page.hits)
        nobody.append(page.nobody)
        entry.append(page.entry)
        score.append(page.score)
        reasons.append(pa.array(page.reasons, pa.string()))
    return Answers(
        np.cumsum(np.concatenate(counts)),
        np.concatenate(nobody),
        np.concatenate(entry),
        np.concatenate(score),
        pa.chunked_array(reasons, pa.string()),
    )


class _Asked:
    """A screener in a process of its own."""

    def __init__(self, shared: tuple[Lists, float]) -> None:
        made, self.review = shared
        self.screener = Screener(made)
        made.traits.clear()  # the index has them

    def page(self, queries: Sequence[Query]) -> Page:
        found = self.screener.numbers(queries, self.review)
        hits = [hit for some in found for hit in some]
        return Page(
            np.asarray([len(some) for some in found], np.int64),
            np.asarray([declared_kind(q.name) == "unnamed" for q in queries], np.bool_),
            np.asarray([i for i, _ in hits], np.int64),
            np.asarray([s.probability for _, s in hits], np.float64),
            [s.reasons for _, s in hits],
        )
