"""Work spread over processes: each a fresh interpreter that speaks pickle over its pipes.

No fork, which an open DuckDB and its threads would not survive, and no `multiprocessing` start-up, which would run the caller's script
again. Results come back in the order of the work, so they do not depend on how many processes there are.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from enduse.errors import EnduseError

Function = Callable[..., Any]
AHEAD = 2  # results a process that may wait to be taken
_kept: list[subprocess.Popen[bytes]] | None = None  # helpers that wait for more work, where a caller asked to keep them


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def kept() -> Iterator[None]:
    """Helper processes stay between two calls of `spread` inside, with what they have read and remembered; they end with the block."""
    global _kept  # noqa: PLW0603 - the helpers belong to the process, as the memory they use does
    if _kept is not None:
        yield
        return
    mine = _kept = []
    try:
        yield
    finally:
        _kept = None
        for child in mine:
            _end(child)


def spread(begin: Function, shared: object, work: Function, chunks: Sequence[object], processes: int) -> list[Any]:
    """`work(state, chunk)` of every chunk, in order, where `state = begin(shared)` is made once a process.

    `begin` and `work` are module-level functions. With one process, or one chunk, nothing is started.
    """
    return list(flow(begin, shared, work, chunks, min(processes, len(chunks))))


def flow(begin: Function, shared: object, work: Function, chunks: Iterable[object], processes: int) -> Iterator[Any]:
    """`spread` for work that need not be held at once: chunks are drawn as processes get free, results come in order, and no
    more than AHEAD results a process wait to be taken. Begins when it is called; the first result is asked for afterwards.
    """
    if processes < 2:
        return _here(begin, shared, work, chunks)
    return _Flow(pickle.dumps((begin, work, shared), protocol=5), chunks, processes).results()


def _here(begin: Function, shared: object, work: Function, chunks: Iterable[object]) -> Iterator[Any]:
    state = begin(shared)
    del shared
    for chunk in chunks:
        yield work(state, chunk)


class _Flow:
    """Chunks on their way through helper processes, each driven by a thread that only waits and copies."""

    def __init__(self, opening: bytes, chunks: Iterable[object], processes: int) -> None:
        self._opening: bytes | None = opening  # functions and shared data; let go of when every helper has them
        self._unopened = self._running = processes
        self._todo = enumerate(chunks)
        self._drawing = threading.Lock()
        self._changed = threading.Condition()
        self._done: dict[int, Any] = {}
        self._taken = 0  # results handed to the caller
        self._ahead = AHEAD * processes
        self._faults: list[BaseException] = []
        self._over = False  # the caller wants no more
        self._drivers = [threading.Thread(target=self._drive, daemon=True) for _ in range(processes)]
        for driver in self._drivers:
            driver.start()

    def results(self) -> Iterator[Any]:
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(self._may_take)
                    if self._faults:
                        break
                    if self._taken not in self._done:
                        return
                    result = self._done.pop(self._taken)
                    self._taken += 1
                    self._changed.notify_all()
                yield result
                del result
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()
            for driver in self._drivers:
                driver.join()
        raise self._faults[0]

    def _may_take(self) -> bool:
        return bool(self._faults) or self._taken in self._done or not self._running

    def _next(self) -> tuple[int, object] | None:
        """The next chunk, once there is room for its result; None where nothing more is wanted."""
        with self._drawing:
            found = next(self._todo, None)
        if found is None:
            return None
        with self._changed:
            self._changed.wait_for(lambda: self._over or self._faults or found[0] < self._taken + self._ahead)
            return None if self._over or self._faults else found

    def _drive(self) -> None:
        child = None
        try:
            child = _helper()
            assert self._opening is not None  # noqa: S101 - it is let go of below, by the last driver
            _send(child.stdin, self._opening)
            with self._changed:
                self._unopened -= 1
                if not self._unopened:
                    self._opening = None
            while (found := self._next()) is not None:
                _send(child.stdin, pickle.dumps(found[1], protocol=5))
                result = _answer(child.stdout)
                with self._changed:
                    self._done[found[0]] = result
                    self._changed.notify_all()
                del found, result
            _send(child.stdin, b"")
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
            with self._changed:
                self._faults.append(error)
            if child is not None:
                _end(child)
        else:
            _rest(child)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()


def _helper() -> subprocess.Popen[bytes]:
    """A helper that waits, or a new one."""
    try:
        if _kept:
            return _kept.pop()
    except IndexError:  # another thread took it
        pass
    path = os.pathsep.join(p for p in sys.path if p)
    environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", "from enduse.parties.workers import serve; serve()"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)  # noqa: S603 - our own interpreter


def _rest(child: subprocess.Popen[bytes]) -> None:
    """Its work is done: it waits for more where somebody wants it to."""
    if _kept is None:
        _end(child)
    else:
        _kept.append(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """A helper ends when nothing more can come."""
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:  # it ended by itself, with something unsent
            pass
    child.wait()


def _send(pipe: BinaryIO | Any, data: bytes) -> None:
    pipe.write(len(data).to_bytes(8, "big"))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> bytes | None:
    head = pipe.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    data: bytes = pipe.read(size)
    return data if len(data) == size else None


def _answer(pipe: BinaryIO | Any) -> Any:
    data = _receive(pipe)
    if data is None:
        raise EnduseError(
            "a helper process ended before its work was done",
            fix="Is there memory enough? Two processes share the work",
        )
    good, value = pickle.loads(data)  # noqa: S301 - from our own process
    if not good:
        raise EnduseError(f"a helper process failed: {value}")
    return value


def serve() -> None:
    """The helper's side: functions and shared data first, then chunks until an empty one, and again until the pipe closes."""
    gc.disable()  # hundreds of thousands of small objects are made, and none in a circle
    source, target = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    try:
        while (opening := _receive(source)) is not None:
            begin, work, shared = pickle.loads(opening)  # noqa: S301 - from our own process
            state = begin(shared)
            del shared, opening
            while data := _receive(source):
                _send(target, pickle.dumps((True, work(state, pickle.loads(data))), protocol=5))  # noqa: S301 - from our own process
            del state
    except BrokenPipeError:  # nobody listens any more
        pass
    except BaseException as error:  # noqa: BLE001 - told to the parent, which raises
        _send(target, pickle.dumps((False, f"{type(error).__name__}: {error}"), protocol=5))
    os._exit(0)  # at once: to take a million objects apart one by one would take seconds
