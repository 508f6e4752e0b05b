"""How much of the mapped files lies in the memory of the process, and letting go of it.

Pages of a mapped file count as memory of whoever read them, until they are let go; the system keeps them in its own cache as long as nobody
else needs the room, so taking them up again costs microseconds. Systems that cannot tell or cannot let go are left alone.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

MOST = 900 * 2**20  # bytes of mapped files held after an answer
_STATM = Path("/proc/self/statm")


def held() -> int:
    """Bytes of mapped files in memory now; 0 where the system does not tell."""
    try:
        return int(_STATM.read_text(encoding="ascii").split()[2]) * mmap.PAGESIZE
    except (OSError, IndexError, ValueError):
        return 0


def let_go(arrays: Iterable[Any]) -> None:
    """Let go of the pages of arrays that are mapped read-only; others, and arrays of other kinds, are passed over."""
    if not hasattr(mmap, "MADV_DONTNEED"):
        return
    for array in arrays:
        file = getattr(array, "_mmap", None)  # numpy has no public name for it
        if isinstance(file, mmap.mmap) and isinstance(array, np.memmap) and array.mode == "r":
            file.madvise(mmap.MADV_DONTNEED)
