"""Numbers that depend on nothing but their keys: the same firm has the same partners, spelling and habits in every block."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_A, _B, _C = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(0x9E3779B97F4A7C15)


def mix(*keys: Any) -> NDArray[np.uint64]:
    """A 64-bit number for each tuple of integer keys (arrays or scalars): the finalizer of SplitMix64, once per key."""
    with np.errstate(over="ignore"):
        state: NDArray[np.uint64] = np.asarray(0x243F6A8885A308D3, dtype=np.uint64)
        for key in keys:
            state = (state ^ np.asarray(key).astype(np.int64).view(np.uint64)) + _C
            state = (state ^ (state >> np.uint64(30))) * _A
            state = (state ^ (state >> np.uint64(27))) * _B
            state = state ^ (state >> np.uint64(31))
        return np.asarray(state)


def share(*keys: Any) -> Floats:
    """An even share in [0, 1) for each tuple of keys."""
    return (mix(*keys) >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def pick(count: int, *keys: Any) -> Ints:
    """A whole number below `count` for each tuple of keys."""
    return (share(*keys) * count).astype(np.int64)


def generator(*keys: int) -> np.random.Generator:
    """A generator of its own for each tuple of keys, whatever was drawn elsewhere."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([k & 0xFFFFFFFF for k in keys])))
