"""Runs of the case by another program, such as a terminal, while a server shows it.

Nothing of them reaches a page by itself: the server reads links to the tables of the run it opened. It only says that a run
is under way, or that there are newer results, and opens them when it is asked to.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container
from pathlib import Path

_SCRATCH = re.compile(r"\.scratch-([0-9]{1,9})")  # the folder a run works in, named after its process


def under_way(work: Path, own: Container[int]) -> int | None:
    """The process of a run that is going on in `work`, if it is none of `own`."""
    try:
        names = sorted(p.name for p in work.iterdir())
    except OSError:
        return None
    found = [int(m[1]) for m in map(_SCRATCH.fullmatch, names) if m]
    return next((p for p in found if p not in own and _lives(p)), None)


def _lives(process: int) -> bool:
    """Whether it is there and, as far as the system tells, one of ours: a killed run leaves its folder behind."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # another user's: it is there
    try:
        return b"enduse" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return True
