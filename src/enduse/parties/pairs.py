"""`compare`: the same-party probability of pairs of names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from enduse.parties.kinds import nobody
from enduse.parties.name import Kind, kind_of, parse
from enduse.parties.score import Scored, score

if TYPE_CHECKING:
    import pyarrow as pa

SAME = 0.5  # the default threshold of `same`


def compare(
    left: Sequence[str | None], right: Sequence[str | None], kind: Sequence[str | None] | None = None
) -> pa.Table:
    """Pair by pair: score (0 to 1), same (0/1 at the default threshold), reasons separated by `;`.

    `kind` holds person, organization, vessel or names of FollowTheMoney schemas; anything else counts as organization.
    """
    import pyarrow as pa

    kinds = [kind_of(k) for k in kind] if kind is not None else [kind_of(None)] * len(left)
    scored = [_pair(a or "", b or "", k) for a, b, k in zip(left, right, kinds, strict=True)]
    return pa.table(
        {
            "score": pa.array([s.probability for s in scored], pa.float64()),
            "same": pa.array([int(s.probability >= SAME) for s in scored], pa.int32()),
            "reasons": pa.array([s.reasons for s in scored], pa.string()),
        }
    )


def _pair(left: str, right: str, kind: Kind) -> Scored:
    """A text that names nobody (`TO ORDER`, an address) is never the same as anything."""
    for text in (left, right):
        why = nobody(text)
        if why:
            return Scored(0.0, f"against: {_short(text)} names no party ({why})")
    return score(parse(left, kind), parse(right, kind), kind)


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…").replace(";", ",")
