"""Many distinct combinations at once: split by text over the processor cores, each part read in a process of its own.

A worker is a plain child process (`python -m enduse.goods.worker`) that takes a part over its standard input and gives
the answers back over its standard output. Where a worker cannot be started or dies, its part is read here instead.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from enduse.goods.answer import Case, Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enduse.goods.watch import Profile

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]

APART = 60_000  # combinations from which a second process pays
MOST_WORKERS = 8
COLUMNS = ("family", "brand", "model", "controls", "evidence", "basis", "listed")


@dataclass(frozen=True)
class Combinations:
    """Distinct combinations as places into lists: text, maker, declared code digits, HS revision."""

    texts: Sequence[str]
    codes: Sequence[str]
    revisions: Sequence[str]
    text: Numbers
    maker: Numbers
    code: Numbers
    revision: Numbers

    def __len__(self) -> int:
        return len(self.text)

    def part(self, places: Numbers) -> Combinations:
        """Some of the combinations, with only the texts they need."""
        used, inverse = np.unique(np.concatenate([self.text[places], self.maker[places]]), return_inverse=True)
        texts = [self.texts[i] for i in used.tolist()]
        half = len(places)
        return Combinations(
            texts, self.codes, self.revisions, inverse[:half], inverse[half:], self.code[places], self.revision[places]
        )


@dataclass(frozen=True)
class Answers:
    """One line for each combination: the columns of `Row`, confidence, spray, the vague rules; and how many texts spoke."""

    columns: dict[str, pa.Array]
    spoke: int

    def take(self, places: pa.Array) -> Answers:
        return Answers({k: v.take(places) for k, v in self.columns.items()}, self.spoke)


def read_part(profile: Profile, part: Combinations) -> Answers:
    """The answers to some combinations, read in this process.

    Nothing made here refers back to itself, so the collector of cycles rests meanwhile: it would walk millions of rows.
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        return _read_part(profile, part)
    finally:
        if resting:
            gc.enable()


def _read_part(profile: Profile, part: Combinations) -> Answers:
    size = len(part)
    reader = Reader(profile, part.texts)
    speaks = np.zeros(len(part.texts), dtype=bool)
    speaks[list(reader.open | reader.numbers)] = True
    named = np.zeros(len(part.texts), dtype=bool)
    for number in np.unique(part.maker[part.maker != part.text]).tolist():
        named[number] = reader.speaking(-1, number)
    width = max(len(part.revisions), 1)
    pairs, pair = np.unique(part.code * width + part.revision, return_inverse=True)
    heard = np.array([bool(reader.codes.speaks(part.codes[p // width], part.revisions[p % width])) for p in pairs.tolist()], dtype=bool)  # fmt: skip
    controlled = np.array(
        [bool(reader.controlled(part.codes[p // width], part.revisions[p % width])) for p in pairs.tolist()], dtype=bool
    )
    mask = speaks[part.text] | (named[part.maker] & (part.maker != part.text)) | ((heard | controlled)[pair] if size else False)  # fmt: skip
    telling = np.flatnonzero(mask)
    rows = [
        reader.answer(Case(t, m, part.codes[c], part.revisions[r]))
        for t, m, c, r in zip(part.text[telling].tolist(), part.maker[telling].tolist(), part.code[telling].tolist(), part.revision[telling].tolist(), strict=True)
    ]  # fmt: skip
    places = np.full(size, -1, dtype=np.int64)
    places[telling] = np.arange(len(telling))
    at = pa.array(places, mask=places < 0)
    columns = {name: pa.array([getattr(r, name) for r in rows], pa.string()).take(at) for name in COLUMNS}
    columns["confidence"] = pa.array([r.confidence for r in rows], pa.float64()).take(at)
    columns["spray"] = pa.array([int(r.spray) for r in rows], pa.int32()).take(at)
    kinds: dict[tuple[str, ...], int] = {}
    rules = np.array([kinds.setdefault(r, len(kinds)) for r in reader.vague], dtype=np.int64)
    words = pa.array([";".join(k) for k in kinds], pa.string())
    columns["vague_rules"] = words.take(pa.array(rules[part.text])) if size else pa.array([], pa.string())
    return Answers(columns, len(reader.open))


def read_all(profile: Profile, asked: Combinations, *, workers: int | None = None) -> Answers:
    """The answers to all combinations in order; `workers` processes beside this one (by default what the machine has)."""
    size = len(asked)
    beside = (_cores() - 1 if size >= APART else 0) if workers is None else workers
    beside = min(beside, MOST_WORKERS)
    if beside < 1 or size < 2:
        return read_part(profile, asked)
    # A text goes to one part only; texts are dealt out in turn, so that no part gets all the dear ones.
    share = asked.text % (beside + 1)
    places = [np.flatnonzero(share == n) for n in range(beside + 1)]
    parts = [asked.part(p) for p in places]
    children = [_start(profile, part) for part in parts[1:]]
    done = [read_part(profile, parts[0])]
    done += [_finish(child, profile, part) for child, part in zip(children, parts[1:], strict=True)]
    order = np.empty(size, dtype=np.int64)
    order[np.concatenate(places)] = np.arange(size)
    whole = {k: pa.concat_arrays([d.columns[k] for d in done]) for k in done[0].columns}
    return Answers(whole, sum(d.spoke for d in done)).take(pa.array(order))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Child:
    """A worker and the thread that talks to it, so that this process can read its own part meanwhile."""

    def __init__(self, profile: Profile, part: Combinations) -> None:
        from threading import Thread

        self.answer: Any = None
        self._thread = Thread(target=self._talk, args=(profile, part), daemon=True)
        self._thread.start()

    def _talk(self, profile: Profile, part: Combinations) -> None:
        question = pickle.dumps((profile, part), protocol=pickle.HIGHEST_PROTOCOL)
        command = [sys.executable, "-m", "enduse.goods.worker"]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                command, input=question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
            )
            self.answer = pickle.loads(done.stdout)  # noqa: S301 - our own child's words
        except (OSError, subprocess.CalledProcessError, pickle.UnpicklingError, EOFError):
            self.answer = None

    def join(self) -> Any:
        self._thread.join()
        return self.answer


def _start(profile: Profile, part: Combinations) -> _Child:
    return _Child(profile, part)


def _finish(child: _Child, profile: Profile, part: Combinations) -> Answers:
    found = child.join()
    return found if isinstance(found, Answers) else read_part(profile, part)
