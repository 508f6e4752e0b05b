"""Sister firms: under one owner in one country, one buys abroad and the other sells abroad. No border lies between them, so no record does.

Only worlds with `World.handed` above nought have them; no other world draws a number for them.
"""

from __future__ import annotations

import numpy as np

from .chance import Ints, share
from .population import TRADER, Firms

ROOF = 0.5  # of sisters under one roof; the others have an address of their own
TURN = 0.7  # of a firm's sales that its sister makes, once it has one


def founded(firms: Firms, rate: float) -> Ints:
    """Founds a sister for `rate` of the traders. For each firm the number of its sister, or -1."""
    traders = np.flatnonzero(firms.role == TRADER)
    elder = traders[share(firms.seed, traders, 61) < rate]
    house = np.where(share(firms.seed, elder, 62) < ROOF, firms.address[elder], -1)
    born = firms.born[elder] + (share(firms.seed, elder, 63) * 900).astype(np.int64)
    made = firms.found(firms.country[elder], firms.sector[elder], born, role=TRADER, address=house, group=firms.group[elder])  # fmt: skip
    sister = np.full(len(firms), -1, dtype=np.int64)
    sister[elder] = made
    return sister


def sellers(rng: np.random.Generator, firms: Firms, sister: Ints | None, owner: Ints, day: Ints) -> Ints:
    """Who sells what `owner` bought: itself, or its sister once that is founded. Firms founded after the sisters have none."""
    if sister is None:
        return owner
    known = owner < len(sister)
    other = np.where(known, sister[np.where(known, owner, 0)], -1)
    ready = (other >= 0) & (firms.born[other] < day) & (rng.random(len(owner)) < TURN)
    return np.where(ready, other, owner)
