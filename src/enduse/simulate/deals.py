"""Deals as columns: one entry a sale of one model by one firm to another, seen by no office yet."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .chance import Ints

KINDS = ("direct", "onward", "forwarded", "return", "transformed")
DIRECT, ONWARD, FORWARDED, RETURN, TRANSFORMED = range(5)
COLUMNS: dict[str, str] = {
    "seller": "int64", "buyer": "int64", "via": "int64", "model": "int64", "day": "int64", "arrival": "int64", "quantity": "int64", "price": "float64",
    "kind": "int64", "origin": "int64", "scheme": "int64", "role": "int64", "hop": "int64", "path": "int64", "wave": "int64", "hidden": "int64",
}  # fmt: skip
_DEFAULT = {"via": -1, "kind": DIRECT, "scheme": -1, "role": 0, "hop": 0, "path": 0, "wave": 0, "hidden": 0}


@dataclass
class Deals:
    """Growing columns. `draws` are (outbound, inbound, quantity): which purchase the goods of a sale came from."""

    parts: dict[str, list[np.ndarray]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    draws: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    count: int = 0

    def add(self, **columns: object) -> Ints:
        """Appends deals; columns left out have their default. Returns the numbers of the new deals."""
        size = len(np.asarray(columns["seller"]))
        for name, kind in COLUMNS.items():
            value = columns.get(name, _DEFAULT.get(name))
            self.parts[name].append(np.broadcast_to(np.asarray(value, dtype=kind), (size,)))
        self.count += size
        return np.arange(self.count - size, self.count)

    def drawn(self, outbound: Ints, inbound: Ints, quantity: Ints) -> None:
        self.draws.append((outbound, inbound, quantity))

    def column(self, name: str) -> np.ndarray:
        """A whole column, in the order in which deals were added."""
        self.parts[name] = [np.concatenate(self.parts[name])] if self.parts[name] else [np.empty(0, COLUMNS[name])]
        return self.parts[name][0]

    def all_draws(self) -> tuple[Ints, Ints, Ints]:
        if not self.draws:
            none = np.empty(0, np.int64)
            return none, none, none
        out, inbound, quantity = (np.concatenate(side) for side in zip(*self.draws, strict=True))
        return out, inbound, quantity
