"""Files in formats that can attack their reader are parsed in a process of their own, with limits on memory and time.

The parent names a function by `module:function`; arguments go in and the result comes back as JSON. Tables are written by
the child as files. What kills the child (a bomb, a fault in a parser) costs the file that did it, and nothing else.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enduse.errors import EnduseError, SourceRefused

FRESH = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from enduse.intake.child import main; main(sys.argv[2])"
)
WATCH = 0.02  # seconds between two looks at the child's memory
VIRTUAL = 6_000_000_000  # libraries reserve addresses that they never use: the hard fence stands behind the watched one


@dataclass(frozen=True)
class Limits:
    """What a child may use: `memory` in bytes (resident), `cpu` and `wall` in seconds."""

    memory: int = 2_000_000_000
    cpu: int = 1_800
    wall: int = 3_600


def run(work: str, *args: Any, where: str, limits: Limits | None = None) -> Any:
    """Call `work` (`module:function`) with JSON arguments in a child; gives its JSON result.

    Raises what the child raised where that is an error of enduse, and SourceRefused naming `where` when the child ran
    into a limit or died.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="enduse-child-") as folder:
        note = Path(folder) / "call.json"
        note.write_text(json.dumps({"work": work, "args": args, "limits": vars(limits)}), encoding="utf-8")
        command = [sys.executable, "-c", FRESH, json.dumps(sys.path), str(note)]
        with subprocess.Popen(  # noqa: S603 - this interpreter, with code of this module
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=True
        ) as process:
            why = _watch(process, limits)
        answer = note.with_name("answer.json")
        if why or not answer.is_file():
            raise _dead(why, process.returncode, limits, where)
        found = json.loads(answer.read_text(encoding="utf-8"))
    if "error" in found:
        kind = {"SourceRefused": SourceRefused}.get(found["error"], EnduseError)
        raise kind(found["what"], where=found["where"], fix=found["fix"])
    return found["result"]


def _watch(process: subprocess.Popen[bytes], limits: Limits) -> str:
    """Wait for the child; kill it and say why where it passes a limit."""
    end = time.monotonic() + limits.wall
    while True:
        try:
            process.wait(WATCH)
        except subprocess.TimeoutExpired:
            why = "time" if time.monotonic() > end else "memory" if resident(process.pid) > limits.memory else ""
            if why:
                process.kill()
                return why
        except BaseException:  # the user stopped the run: the child must not outlive it
            process.kill()
            raise
        else:
            return ""


def resident(pid: int) -> int:
    """Bytes of memory a process holds now; 0 where the system does not say."""
    try:
        with Path(f"/proc/{pid}/statm").open("rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _dead(why: str, code: int | None, limits: Limits, where: str) -> SourceRefused:
    if why == "time" or code == -signal.SIGXCPU:
        return SourceRefused(
            f"the file takes longer to read than is allowed ({limits.cpu:,} s)",
            where=where,
            fix="Split it, or save its table as CSV, if the file is to be trusted",
        )
    if why == "memory" or code in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV):
        return SourceRefused(
            f"the file needs more than {limits.memory // 1_000_000:,} MB of memory to read, or breaks its reader",
            where=where,
            fix="Split it, or save its table as CSV, if the file is to be trusted",
        )
    return SourceRefused(
        "the file breaks its reader", where=where, fix="Open it in its own program and save it again, as CSV or text"
    )


def _fence(limits: dict[str, int]) -> None:
    """What the operating system holds the child to, where it can."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the parent's clock remains
        return
    wanted = (
        (resource.RLIMIT_AS, limits["memory"] + VIRTUAL),
        (resource.RLIMIT_CPU, limits["cpu"]),
        (resource.RLIMIT_CORE, 0),
    )
    for what, value in wanted:
        _, hard = resource.getrlimit(what)
        low = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (low, hard))


def main(note: str) -> None:
    """The child's side: read the call, hold to the limits, work, write the answer."""
    place = Path(note)
    call = json.loads(place.read_text(encoding="utf-8"))
    _fence(call["limits"])
    module, _, name = call["work"].partition(":")
    try:
        answer = {"result": getattr(importlib.import_module(module), name)(*call["args"])}
    except EnduseError as error:
        answer = {"error": type(error).__name__, "what": error.what, "where": error.where, "fix": error.fix}
    except MemoryError:
        sys.exit(-signal.SIGABRT)
    except Exception as error:  # noqa: BLE001 - whatever a parser raises on a broken file is the file's fault
        answer = {
            "error": "SourceRefused", "what": f"the file cannot be read ({type(error).__name__}: {str(error)[:200]})",
            "where": Path(str(call["args"][0])).name if call["args"] else "", "fix": "Get the file again, or save it in another format",
        }  # fmt: skip
    partial = place.with_name("answer.part")
    partial.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    partial.replace(place.with_name("answer.json"))
