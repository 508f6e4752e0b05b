"""Countries of the labelled worlds: what they make, trade and consume, with whom, and which sides their offices publish."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Land:
    """`makes`, `trades`, `uses` are weights; `style` is how its firms are named; `near` are regions (transit is short inside one)."""

    code: str
    makes: float
    trades: float
    uses: float
    style: str
    near: str
    hub: bool = False


LANDS: tuple[Land, ...] = (
    Land("CN", 38, 10, 6, "zh", "e"),
    Land("DE", 10, 4, 6, "de", "w"),
    Land("KR", 4, 2, 3, "en", "e"),
    Land("JP", 4, 2, 3, "en", "e"),
    Land("TW", 4, 2, 2, "en", "e"),
    Land("US", 6, 3, 10, "en", "a"),
    Land("IN", 9, 5, 7, "in", "es", True),
    Land("VN", 8, 4, 5, "vi", "e", True),
    Land("TR", 9, 9, 7, "tr", "sw", True),
    Land("AE", 5, 10, 4, "ar", "s", True),
    Land("HK", 5, 8, 1, "en", "e", True),
    Land("KZ", 5, 9, 6, "kz", "cs", True),
    Land("KG", 2.5, 6, 2, "kg", "cs", True),
    Land("UZ", 3, 4, 4, "uz", "cs", True),
    Land("AM", 2, 4, 1.5, "am", "sc", True),
    Land("GE", 2, 4, 2, "ge", "sc", True),
    Land("RS", 2.5, 3, 3, "rs", "w", True),
    Land("UA", 3, 3, 5, "ua", "wc"),
    Land("RU", 5, 6, 16, "ru", "c"),
    Land("MX", 4, 4, 7, "es", "a", True),
    Land("BR", 4, 3, 7, "pt", "a"),
    Land("PE", 2.5, 3, 4, "es", "a", True),
    Land("PL", 3, 3, 4, "de", "w"),
)
CODES = np.array([land.code for land in LANDS])
HUBS: NDArray[np.int64] = np.flatnonzero([land.hub for land in LANDS])
AT = {land.code: i for i, land in enumerate(LANDS)}
COUNT = len(LANDS)


def close() -> NDArray[np.bool_]:
    """Which pairs of countries share a region."""
    return np.array([[bool(set(a.near) & set(b.near)) for b in LANDS] for a in LANDS])


def lanes(weight: str) -> NDArray[np.float64]:
    """Cumulative shares [from, to] with which a firm in one country trades with firms of another; none with its own."""
    table = np.array([getattr(land, weight) for land in LANDS])[None, :] * np.where(close(), 4.0, 1.0)
    np.fill_diagonal(table, 0.0)
    return np.cumsum(table / table.sum(axis=1, keepdims=True), axis=1)
