"""Timing helpers of the benchmarks: everything is a ratio to work measured in the same run, on the same machine."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Check:
    """One line of a benchmark's table. `limit` is an upper bound unless `at_least`."""

    name: str
    value: float
    limit: float | None = None
    unit: str = ""
    at_least: bool = False

    @property
    def ok(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True)
class Spent:
    """Seconds by the wall clock and of processor time (all threads and finished children)."""

    wall: float
    cpu: float


def cpu() -> float:
    """Processor seconds this process and its finished children have used so far."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def spent(work: Callable[[], object], repeats: int = 1) -> Spent:
    """What `work` costs: the least of `repeats` runs on each clock, for a busy machine only ever adds."""
    runs = []
    for _ in range(repeats):
        wall, processor = time.perf_counter(), cpu()
        work()
        runs.append((time.perf_counter() - wall, cpu() - processor))
    return Spent(min(r[0] for r in runs), min(r[1] for r in runs))


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Wall-clock time of `work`, the least of `repeats` runs."""
    return spent(work, repeats).wall


def exponent(cost: Mapping[int, float]) -> float:
    """Slope of log cost over log size by least squares: 1 is linear."""
    points = [(log(size), log(value)) for size, value in cost.items()]
    mean_x, mean_y = (sum(side) / len(points) for side in zip(*points, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


class Held:
    """Most memory that this process and its children held at one moment, in MB, while the block ran; looked at five times a second.

    Not `ru_maxrss`: of a child it counts what its parent held when it was started.
    """

    def __init__(self) -> None:
        self.most = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.2):
            held = me.memory_info().rss
            for other in me.children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    held += other.memory_info().rss
            self.most = max(self.most, held / 2**20)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()


def child(script: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """Run a script in a process of its own and take the JSON of its last line of output, with its peak memory.

    The script prints `peak_mb` itself (`ru_maxrss` of the process), so the parent's memory does not count.
    """
    done = subprocess.run([sys.executable, str(script), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{script.name} {' '.join(arguments)} failed:\n{done.stderr[-4000:]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def table(checks: Iterable[Check]) -> str:
    """The checks as text: name, value, limit, ok or OVER."""
    lines = [f"{'measure':<52} {'value':>10}  {'limit':>10}"]
    for check in checks:
        sign = ">=" if check.at_least else "<="
        limit = "" if check.limit is None else f"{sign} {check.limit:g}"
        verdict = "" if check.limit is None else "ok" if check.ok else "OVER"
        lines.append(f"{check.name:<52} {check.value:>10.2f}  {limit:>10}  {check.unit:<8} {verdict}".rstrip())
    return "\n".join(lines)


def shared() -> Path:
    """The folder of the shared development data; the benchmark stops with a reason where it is not there."""
    folder = SHARED / "data"
    if not folder.is_dir():
        sys.exit("skipped: the shared development data does not lie beside the project")
    return folder
