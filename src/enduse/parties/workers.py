"""Work spread over processes: each a fresh interpreter that speaks pickle over its pipes.

No fork, which an open DuckDB and its threads would not survive, and no `multiprocessing` start-up, which would run the caller's script
again. Results come back in the order of the work, so they do not depend on how many processes there are.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from enduse.errors import EnduseError

Function = Callable[..., Any]


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(begin: Function, shared: object, work: Function, chunks: Sequence[object], processes: int) -> list[Any]:
    """`work(state, chunk)` of every chunk, in order, where `state = begin(shared)` is made once a process.

    `begin` and `work` are module-level functions. With one process, or one chunk, nothing is started.
    """
    processes = min(processes, len(chunks))
    if processes < 2:
        state = begin(shared)
        return [work(state, chunk) for chunk in chunks]
    results: list[Any] = [None] * len(chunks)
    todo = iter(range(len(chunks)))
    lock = threading.Lock()
    faults: list[BaseException] = []
    first = pickle.dumps((begin, work, shared), protocol=5)

    def drive() -> None:
        try:
            with _start() as child:
                assert child.stdin is not None  # noqa: S101 - both were asked for as pipes
                assert child.stdout is not None  # noqa: S101
                _send(child.stdin, first)
                while not faults:
                    with lock:
                        number = next(todo, None)
                    if number is None:
                        break
                    _send(child.stdin, pickle.dumps(chunks[number], protocol=5))
                    results[number] = _answer(child.stdout)
                child.stdin.close()
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
            faults.append(error)

    drivers = [threading.Thread(target=drive, daemon=True) for _ in range(processes)]
    for driver in drivers:
        driver.start()
    for driver in drivers:
        driver.join()
    if faults:
        raise faults[0]
    return results


def _start() -> subprocess.Popen[bytes]:
    path = os.pathsep.join(p for p in sys.path if p)
    environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", "from enduse.parties.workers import serve; serve()"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)  # noqa: S603 - our own interpreter


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
    """The helper's side: functions and shared data first, then chunks until the pipe closes."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    opening = _receive(source)
    if opening is None:
        return
    try:
        begin, work, shared = pickle.loads(opening)  # noqa: S301 - from our own process
        state = begin(shared)
        del shared, opening
        while (data := _receive(source)) is not None:
            _send(target, pickle.dumps((True, work(state, pickle.loads(data))), protocol=5))  # noqa: S301
    except BaseException as error:  # noqa: BLE001 - told to the parent, which raises
        _send(target, pickle.dumps((False, f"{type(error).__name__}: {error}"), protocol=5))
