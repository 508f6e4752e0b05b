"""Codes that an amendment of the Harmonized System made, dropped or filled with other goods: their series break for that alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from enduse.reference.route_tables import amended

from .lanes import Panel


@dataclass(frozen=True)
class Amendment:
    """`year` of the amendment; `change` new, gone or changed."""

    year: int
    change: str


@lru_cache(maxsize=65_536)
def of(goods: str) -> tuple[Amendment, ...]:
    """Amendments that touch a code, or any code of a heading; all goods together are touched by none."""
    if not goods.isdigit():
        return ()
    if len(goods) == 6:
        return tuple(Amendment(y, c) for y, c in amended().get(goods, ()))
    found: dict[int, set[str]] = {}
    for code, changes in amended().items():
        if code.startswith(goods):
            for year, change in changes:
                found.setdefault(year, set()).add(change)
    return tuple(
        Amendment(y, c.pop() if len(c) == 1 and goods in ("8806", "8807") else "changed")
        for y, c in sorted(found.items())
    )


def known(panel: Panel, row: int, values: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.bool_], Amendment | None]:
    """Periods in which the code means one thing, and the amendment that ends or begins it.

    A new code is looked at from the first January after the amendment in which anything is reported under it; one that
    is gone until the last December before.
    """
    use = np.ones(len(values), bool)
    why: Amendment | None = None
    for amendment in of(panel.lanes[row].goods):
        at = next((n for n, p in enumerate(panel.periods) if p.year >= amendment.year), len(values))
        filled = np.flatnonzero(values > 0)
        if at >= len(values) or not len(filled):
            continue
        before, after = (values[:at] > 0).any(), (values[at:] > 0).any()
        if amendment.change == "new" and not before:
            # From the first period in which this reporter uses the code at all: a lane without trade then had none.
            use[: panel.first_use[panel.lanes[row].reporter, panel.lanes[row].goods]] = False
            why = amendment if at > 0 else None
        elif amendment.change == "gone" and before and at < len(values):
            use[at:] = False
            why = amendment if not after or values[at:].sum() < 0.2 * values[:at].sum() else why
    return use, why


def touches(panel: Panel, row: int, low: int, high: int) -> Amendment | None:
    """The amendment whose January (or one of the two months beside it) lies in a set of dates."""
    for amendment in of(panel.lanes[row].goods):
        at = next((n for n, p in enumerate(panel.periods) if p.year >= amendment.year), None)
        if at is not None and panel.periods[at].year == amendment.year and low - 1 <= at <= high + 2:
            return amendment
    return None
