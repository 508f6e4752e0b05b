"""Answers of lists as tables, made in pages: one row a hit of a plain name or of a party, and the log of every question, the negative answers too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from enduse.contracts import TABLES
from enduse.parties.asking import Answers, Page, Questions, ask, distinct, gathered
from enduse.parties.listed import Book, lists
from enduse.parties.ownership import Listed
from enduse.parties.screening import NO_HIT, NO_NAME
from enduse.parties.workers import kept

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

ROWS = 100_000  # rows of a table made at a time
DECISIONS = ("match", "review", "no_match")


def screen(
    names: Sequence[str | None],
    countries: Sequence[str | None] | None,
    entries: pa.Table,
    *,
    match: float,
    review: float,
    identifiers: Sequence[str | None] | None = None,
) -> pa.Table:
    """Each name against every list of `entries` (contract LIST_ENTRY; `source` names the list in the answer).

    Returns row (1-based), name, rank, list, entry_id, entry_name, score, decision, reasons: hits below `review` are not
    listed, a name without hits gets one `no_match` row whose `list` names all lists asked. `countries` are alpha-2.
    """
    import pyarrow as pa

    empty = pa.chunked_array([pa.nulls(len(names), pa.string())])
    asked = [
        empty if some is None else pa.chunked_array([pa.array(some, pa.string())])
        for some in (names, countries, identifiers)
    ]
    questions, place = distinct(*asked)
    with kept():
        made = lists(row for batch in entries.to_batches() for row in batch.to_pylist())
        book, pages = made.book, ask(made, questions, review)
        del made
        answers = gathered(pages)
    given = asked[0].fill_null("")
    told = _Told(book, answers, match)
    tables = [
        pa.table(
            {"row": pa.array(lines.subject + 1, pa.int64()), "name": given.take(pa.array(lines.subject)), "rank": pa.array(lines.nth + 1, pa.int64(), mask=~lines.hit)}
            | told.columns(lines, answers.nobody[place[lines.subject]])
        )
        for lines in _pages(np.diff(answers.start)[place], answers.start[place])
    ]  # fmt: skip
    schema = pa.schema([("row", pa.int64()), ("name", pa.string()), ("rank", pa.int64()), ("list", pa.string()), ("entry_id", pa.string()), ("entry_name", pa.string()), ("score", pa.float64()), ("decision", pa.string()), ("reasons", pa.string())])  # fmt: skip
    return pa.concat_tables(tables) if tables else schema.empty_table()


class _Lines(NamedTuple):
    """Rows of a table: the subject of each, its how-manieth row it is, which hit it shows, and whether it shows one at all."""

    subject: NDArray[np.int64]
    nth: NDArray[np.int64]
    at: NDArray[np.int64]
    hit: NDArray[np.bool_]


def _pages(count: NDArray[np.int64], start: NDArray[np.int64]) -> Iterator[_Lines]:
    """One row for each of the `count[i]` hits from `start[i]` on of subject i, and one for a subject without; about ROWS at a time."""
    lines = np.maximum(count, 1)
    ends = np.cumsum(lines)
    first = 0
    while first < len(lines):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + ROWS, side="right")))
        some = slice(first, last)
        subject = np.repeat(np.arange(first, last), lines[some])
        nth = np.arange(len(subject)) - np.repeat(ends[some] - lines[some] - before, lines[some])
        yield _Lines(subject, nth, start[subject] + nth, count[subject] > 0)
        first = last


class _Told:
    """What is said of a hit, or of no hit, in columns."""

    def __init__(self, book: Book, answers: Answers, match: float) -> None:
        import pyarrow as pa

        self._answers, self._match = answers, match
        number = {label: i for i, label in enumerate(book.labels)}
        self._list = np.asarray([number[e.list] for e in book.entries], np.int64)
        self._labels = pa.array([*book.labels, ";".join(book.labels)], pa.string())
        self._ids = pa.array([*(e.entry_id for e in book.entries), ""], pa.string())
        self._names = pa.array([*(e.name for e in book.entries), ""], pa.string())
        self._reasons = pa.chunked_array([*answers.reasons.chunks, pa.array([NO_HIT, NO_NAME])], pa.string())

    def columns(self, lines: _Lines, nobody: NDArray[np.bool_]) -> dict[str, pa.Array]:
        """`list` to `reasons` of the rows; `nobody` says of each row whether no name was asked."""
        import pyarrow as pa

        hits = len(self._answers.entry)
        entry, score = np.full(len(lines.at), len(self._list)), np.zeros(len(lines.at))
        entry[lines.hit] = self._answers.entry[lines.at[lines.hit]]
        score[lines.hit] = self._answers.score[lines.at[lines.hit]]
        label = np.append(self._list, len(self._labels) - 1)[entry]
        reason = np.where(lines.hit, lines.at, hits + nobody)
        return {
            "list": self._labels.take(pa.array(label)),
            "entry_id": self._ids.take(pa.array(entry)),
            "entry_name": self._names.take(pa.array(entry)),
            "score": pa.array(score, pa.float64(), mask=~lines.hit),
            "decision": _decisions(score, lines.hit, self._match),
            "reasons": self._reasons.take(pa.array(reason)),
        }


def _decisions(score: NDArray[np.float64], hit: NDArray[np.bool_], match: float) -> pa.Array:
    import pyarrow as pa

    return pa.array(DECISIONS, pa.string()).take(pa.array(np.where(hit, np.where(score >= match, 0, 1), 2)))


class Parties(NamedTuple):
    """Which party puts which question (row by row), and every party with its name in order of id."""

    asks: pa.ChunkedArray
    question: NDArray[np.int64]
    ids: pa.ChunkedArray
    names: pa.ChunkedArray


class Best(NamedTuple):
    """The best answer of each entry to each party, in order of party, list and entry: the party's place, the question and the hit."""

    party: NDArray[np.int64]
    question: NDArray[np.int64]
    at: NDArray[np.int64]


def best(book: Book, answers: Answers, parties: Parties) -> Best:
    """Of several names of a party, or several aliases of an entry, the surest pair; of equal ones the first name."""
    import pyarrow.compute as pc

    # Entries stand in order of list and id: aliases of one are neighbours.
    entries = book.entries
    new = [
        i == 0 or (e.list, e.entry_id) != (entries[i - 1].list, entries[i - 1].entry_id) for i, e in enumerate(entries)
    ]
    one = np.cumsum(np.asarray(new, np.int64))
    count = np.diff(answers.start)[parties.question]
    row = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    question = parties.question[row]
    at = answers.start[question] + nth
    party = pc.index_in(parties.asks, value_set=parties.ids.combine_chunks()).to_numpy()[row].astype(np.int64)
    same = one[answers.entry[at]]
    order = np.lexsort((question, -answers.score[at], same, party))
    first = np.ones(len(order), np.bool_)
    first[1:] = (party[order][1:] != party[order][:-1]) | (same[order][1:] != same[order][:-1])
    top = order[first]
    return Best(party[top], question[top], at[top])


def screening_pages(
    book: Book, answers: Answers, questions: Questions, parties: Parties, found: Best, match: float
) -> Iterator[pa.Table]:
    """Contract SCREENING: for each party its best answers, or one `no_match` row."""
    import pyarrow as pa
    import pyarrow.compute as pc

    schema = TABLES["screening"].schema
    told = _Told(book, answers, match)
    count = np.bincount(found.party, minlength=len(parties.ids)).astype(np.int64)
    asked = questions.table["name"]
    own = pc.index_in(parties.names, value_set=asked.combine_chunks()).to_numpy().astype(np.int64)
    for lines in _pages(count, np.cumsum(count) - count):
        question, at = own[lines.subject], np.zeros(len(lines.at), np.int64)
        question[lines.hit] = found.question[lines.at[lines.hit]]
        at[lines.hit] = found.at[lines.at[lines.hit]]
        columns = {"party_id": parties.ids.take(pa.array(lines.subject)), "query": asked.take(pa.array(question))}
        columns |= told.columns(lines._replace(at=at), answers.nobody[question])
        yield pa.table([columns[c] for c in schema.names], schema=schema)


def log_pages(
    book: Book, questions: Questions, pages: Iterable[Page], digests: Mapping[str, str], match: float
) -> Iterator[tuple[Page, pa.Table]]:
    """Each page with its rows of contract SCREENING_LOG: every question times every list. `digests` gives the SHA-256 of the
    file behind each label.
    """
    import pyarrow as pa

    many = len(book.labels)
    number = {label: i for i, label in enumerate(book.labels)}
    of = np.asarray([number[e.list] for e in book.entries], np.int64)
    ids = pa.array([*(e.entry_id for e in book.entries), ""], pa.string())
    sizes = np.asarray([book.sizes[label] for label in book.labels], np.int64)
    files = pa.array([digests.get(label) or None for label in book.labels], pa.string())
    schema = TABLES["screening_log"].schema
    done = 0
    for page in pages:
        count = len(page.hits)
        entry, score = np.full(count * many, len(book.entries)), np.zeros(count * many)
        cell = np.repeat(np.arange(count), page.hits) * many + of[page.entry]
        cell, first = np.unique(cell, return_index=True)  # hits come best first
        entry[cell], score[cell] = page.entry[first], page.score[first]
        hit = entry < len(book.entries)
        each, list_ = pa.array(np.repeat(np.arange(count), many)), np.tile(np.arange(many), count)
        put = questions.table.slice(done, count)
        columns = {
            "query": put["name"].take(each),
            "country": put["country"].take(each),
            "identifier": put["number"].take(each),
            "list": pa.array(book.labels, pa.string()).take(pa.array(list_)),
            "sha256": files.take(pa.array(list_)),
            "listed_names": pa.array(sizes[list_], pa.int64()),
            "entry_id": ids.take(pa.array(entry)),
            "score": pa.array(score, pa.float64(), mask=~hit),
            "decision": _decisions(score, hit, match),
        }
        yield page, pa.table([columns[c] for c in schema.names], schema=schema)
        done += count


def listed_names(
    book: Book, answers: Answers, place: Sequence[int], whose: Sequence[int], match: float
) -> dict[int, list[Listed]]:
    """The list entries that each asked node is taken for (node `whose[i]` puts question `place[i]`): matches only, for a review is no listing."""
    out: dict[int, list[Listed]] = {}
    for node, question in zip(whose, place, strict=True):
        for at in range(int(answers.start[question]), int(answers.start[question + 1])):
            entry = book.entries[int(answers.entry[at])]
            one = Listed(entry.list, entry.entry_id, entry.name)
            if answers.score[at] >= match and one not in out.setdefault(node, []):
                out[node].append(one)
    return out


def matches(book: Book, answers: Answers, parties: Parties, found: Best, match: float) -> dict[str, list[Listed]]:
    """The entries that each party is taken for, by party id."""
    out: dict[str, list[Listed]] = {}
    sure = np.flatnonzero(answers.score[found.at] >= match)
    ids = parties.ids.take(found.party[sure]).to_pylist()
    for party, number in zip(ids, answers.entry[found.at[sure]].tolist(), strict=True):
        entry = book.entries[number]
        out.setdefault(party, []).append(Listed(entry.list, entry.entry_id, entry.name))
    return out


class Written:
    """A table that goes to a Parquet file as it is made, about ROWS rows at a time; complete when the block is left."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self._schema = path, schema
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def __enter__(self) -> Self:
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(self.path, self._schema, compression="zstd", compression_level=1)
        return self

    def add(self, rows: pa.Table) -> None:
        self._waiting.append(rows)
        self._rows += rows.num_rows
        if self._rows >= ROWS:
            self._flush()

    def __exit__(self, *_: object) -> None:
        if self._waiting:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.concat_tables(self._waiting))
        self._waiting, self._rows = [], 0
