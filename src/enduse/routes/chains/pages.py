"""Rows of some firms as arrays: what is gathered at once is a page of whole firms, so that memory follows the page and not the case.

Rivals share the middle firm and the two declarations of a lot share both firms, so nothing is cut in two by a page.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from enduse.engine.base import Engine

Array = npt.NDArray[Any]
Columns = dict[str, Array]
Of = TypeVar("Of")
Made = TypeVar("Made")

PAGE = 500_000  # rows of a page, about
HANDS = 2  # pages that are worked on at once
_ASKING = threading.Lock()  # an engine is asked one question at a time


def pages(engine: Engine, *tables: str) -> int:
    """How many pages the rows of some tables make."""
    total = sum(int(engine.fetch(f"SELECT count(*) AS n FROM {t}")["n"][0].as_py()) for t in tables)
    return max(1, -(-total // PAGE))


def ask(engine: Engine, sql: str, params: Mapping[str, object]) -> pa.Table:
    """The engine's answer, from any thread."""
    with _ASKING:
        return engine.fetch(sql, params)


def each(work: Callable[[Of], Made], over: Iterable[Of]) -> Iterator[Made]:
    """Results of `work` in order, a few worked on at a time and none kept. Array work lets go of Python's lock, so two hands are two cores."""
    with ThreadPoolExecutor(HANDS) as hands:
        running: deque[Future[Made]] = deque()
        for one in over:
            running.append(hands.submit(work, one))
            if len(running) > HANDS:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def coded(tables: Sequence[pa.Table], name: str) -> list[Array]:
    """A column of words of several tables as numbers: equal words have equal numbers; -1 where nothing is stated."""
    column = pa.chunked_array([c.cast(pa.large_string()) for t in tables for c in t[name].chunks], pa.large_string())
    parts = [c.indices.fill_null(-1) for c in column.dictionary_encode().chunks]
    number = pa.concat_arrays(parts).to_numpy(zero_copy_only=False) if parts else np.zeros(0, dtype=np.int32)
    ends = np.cumsum([t.num_rows for t in tables])
    return [a.astype(np.int32, copy=False) for a in np.split(number, ends[:-1])]


def plain(table: pa.Table, name: str, kind: npt.DTypeLike) -> Array:
    """A column of numbers; NaN where nothing is stated."""
    return np.asarray(table[name].to_numpy(zero_copy_only=False), dtype=kind)
