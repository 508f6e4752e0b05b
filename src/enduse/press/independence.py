"""Do two claims, or the claims of a cluster, rest on independent roots? Said only where both roots are known by name.

`same`: one root. `different`: at least two named roots that are not known to rest on each other say the same thing.
`unknown`: all else. A denial, an unnamed source, an outlet speaking in its own voice and a comment on another's figure
never count as a second root.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

Claim = dict[str, Any]

_NOBODY = frozenset({"outlet:media", "outlet:report", "outlet:reports"})
_RECORDS = ("data:", "document:")
_REPEATED = 60  # members compared with each other; a page that repeats one claim more often adds no root


def named(c: Claim) -> bool:
    """True where the root is known by name: no unnamed source, no outlet that gives no source for its words."""
    key = c["independent_root_key"]
    if key.startswith("anonymous:") or "@" in key or key in _NOBODY:
        return False
    return not own_voice(c)


def own_voice(c: Claim) -> bool:
    """True where an outlet says so itself and names nobody; a party's own statement is that party's word."""
    return len(c["attribution"]) == 1 and c["stance"] != "party_confirmed"


def pair(a: Claim, b: Claim) -> str:
    """Independence of two claims: same, different or unknown."""
    if a["independent_root_key"] == b["independent_root_key"]:
        return "same"
    if "denied" in (a["polarity"], b["polarity"]) or not (named(a) and named(b)):
        return "unknown"
    if _rests(a, b) or _rests(b, a) or not _one_thing(a, b):
        return "unknown"
    return "different"


def counted(group: Sequence[Claim]) -> list[Claim]:
    """The claims of a cluster that bring a root of their own; all of them where none does."""
    said = [c for c in group if c["polarity"] != "denied"]
    sourced = {c["doc"] for c in said if len(c["attribution"]) > 1}
    kept = [
        c
        for c in said
        if not (own_voice(c) and c["doc"] in sourced) and not any(_comments(c, o) for o in said if o is not c)
    ]
    return kept or said or list(group)


def of(group: Sequence[Claim]) -> str:
    """Independence of a cluster."""
    kept = counted(group)
    if len({c["independent_root_key"] for c in kept}) == 1:
        return "same"
    first: dict[tuple[str, str, str], Claim] = {}
    for c in kept:  # claims of one root in one text on one thing are compared once
        first.setdefault((c["independent_root_key"], c["doc"], _head(c["goods"])), c)
    some = list(first.values())[:_REPEATED]
    return "different" if any(pair(a, b) == "different" for a, b in combinations(some, 2)) else "unknown"


def _rests(a: Claim, b: Claim) -> bool:
    """`a` rests on an outlet that passed on `b`, or comments on what the records of `b` show."""
    kind, _, _ = a["independent_root_key"].partition(":")
    carried = any(link["name"] == a["root"] for link in b["attribution"][:-1])
    return (kind in ("outlet", "agency") and carried) or _comments(a, b)


def _comments(a: Claim, b: Claim) -> bool:
    """A person or firm that, in the text that tells of records, repeats a figure of those records."""
    return (
        a["doc"] == b["doc"]
        and b["independent_root_key"].startswith(_RECORDS)
        and not a["independent_root_key"].startswith((*_RECORDS, "outlet:"))
        and bool(_sums(a) & _sums(b))
    )


def _sums(c: Claim) -> set[float]:
    found = [(c["quantity"] or {}).get("value"), (c["value"] or {}).get("amount")]
    return {float(x) for x in found if x is not None}


def _one_thing(a: Claim, b: Claim) -> bool:
    """Both tell of the same goods: the same model, figure or head noun, or one leaves the goods open."""
    if a["model"] and b["model"]:
        return bool(a["model"] == b["model"])
    left, right = _head(a["goods"]), _head(b["goods"])
    return not left or not right or left == right or bool(_sums(a) & _sums(b))


def _head(goods: str | None) -> str:
    """Last noun of the first thing named, without its plural ("drones and drone parts": drone)."""
    first = re.split(r",| and | or | of ", (goods or "").lower())[0].split()
    return first[-1].removesuffix("s") if first else ""
