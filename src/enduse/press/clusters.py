"""Which claims speak of the same deal: by slots (parties, goods, kind of deal, period, figure) and root, not by wording."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

Claim = dict[str, Any]

_FAMILY = {
    "supply": "deal",
    "order": "deal",
    "request": "deal",
    "denial": "deal",
    "route": "deal",
    "production": "production",
    "capability": "capability",
    "stock": "stock",
    "use": "use",
    "restriction": "restriction",
    "component_origin": "origin",
}
THRESHOLD = 3.0
# a claim is compared with the first members of the first groups of its parties: more adds time, not news
_MEMBERS, _GROUPS = 8, 40
_BROAD = frozenset({"goods", "aid", "equipment", None})
_PENDING = frozenset(
    {"under_consideration", "in_talks", "requested", "agreed", "planned", "ordered", "unspecified", "n/a"}
)


def assign(claims: Sequence[Claim]) -> None:
    """Set `cluster` of each claim. A related link of a host article is a cluster of its own."""
    leaders: list[list[Claim]] = []
    by_party: dict[tuple[str | None, str], list[int]] = {}
    for c in claims:
        home = None
        if c["section"] != "related_link":
            shared = Counter(i for k in _keys(c) for i in by_party.get(k, ())[:_GROUPS])
            # those that share most come first: of a large file the rest is left uncompared
            near = sorted(shared, key=lambda i: (-shared[i], i))[:_GROUPS]
            scored = [(_linked([_score(c, o) for o in leaders[i][:_MEMBERS]]), -i) for i in near]
            best = max(scored, default=None)
            if best and best[0] >= THRESHOLD:
                home = -best[1]
        if home is None:
            home = len(leaders)
            leaders.append([])
        leaders[home].append(c)
        for k in _keys(c):
            known = by_party.setdefault(k, [])
            if home not in known[-_GROUPS:]:
                known.append(home)
    for group in leaders:
        seed = json.dumps([group[0]["id"]])
        name = "K-" + hashlib.sha256(seed.encode()).hexdigest()[:8]
        for c in group:
            c["cluster"] = name


def _linked(scores: list[float]) -> float:
    """Between the best member and the average one: one bridge does not join two deals."""
    return (max(scores) + sum(scores) / len(scores)) / 2


def _keys(c: Claim) -> list[tuple[str | None, str]]:
    """What a claim must share with another to be compared at all: the family of its kind and a party, or a party's home."""
    parties = {*names(c["supplier"]), *names(c["recipient"]), c.get("_supplier_home"), c.get("_recipient_home")} - {
        None
    }
    return sorted(((_FAMILY.get(c["kind"]), str(p)) for p in parties), key=str)


@lru_cache(maxsize=65536)
def names(value: str | None) -> frozenset[str]:
    """The parties in a slot that may join several."""
    return frozenset(n.strip() for n in re.split(r",| and ", value)) if value else frozenset()


def _score(a: Claim, b: Claim) -> float:
    """At least 3 for one deal; negative evidence (other parties, other goods, other period) outweighs the rest."""
    if b["section"] == "related_link" or _FAMILY.get(a["kind"]) != _FAMILY.get(b["kind"]):
        return -9
    score = 0.0
    for slot in ("supplier", "recipient"):
        left, right = names(a[slot]), names(b[slot])
        if left and right:
            same = bool(left & right) or _home(a, b, slot)
            if not same:
                return -9
            score += 1.5 if left & right else 0.8 if a["independent_root_key"] == b["independent_root_key"] else 0.4
        elif left or right:
            score += 0.25 if slot == "recipient" else 0.4
        else:
            score += 0.2
    ga, gb = a.get("_group"), b.get("_group")
    if ga and gb:
        score += (
            1
            if ga == gb
            else 0
            if ga in _BROAD
            or gb in _BROAD
            or ({ga, gb} <= {"weapon", "munition", "drone", "aid", "artillery"} and _early(a, b))
            else -2
        )
    else:
        score += 0.4
    if _harmless(a["goods"]) != _harmless(b["goods"]):
        score -= 2
    if a["model"] and b["model"]:
        score += 1 if a["model"] == b["model"] else -1.5
    figures = _figures(a, b)
    if _retold(a, b):
        figures = max(figures, 0.3)  # one root, one trade, another sum: that is drift, not another deal
    score += figures
    score += _periods(a, b)
    if a["independent_root_key"] == b["independent_root_key"]:
        score += 0.5
    if (a["stage"] in _PENDING) != (b["stage"] in _PENDING) and "n/a" not in (a["stage"], b["stage"]):
        score -= 0.7 if _shared(a, b) else 1.4
    if (
        _early(a, b)
        and a["doc"] != b["doc"]
        and a["independent_root_key"] != b["independent_root_key"]
        and not _shared(a, b)
    ):
        score -= 1.1
    if a["stage"] == "ceased" or b["stage"] == "ceased":
        score -= 1
    return score


@lru_cache(maxsize=65536)
def _harmless(goods: str | None) -> bool:
    """Goods said to be no arms: a claim apart from one on arms or on drones, whoever the parties are."""
    return bool(re.search(r"(?i)\b(?:non-lethal|humanitarian|medical)\b", goods or ""))


def _retold(a: Claim, b: Claim) -> bool:
    """Two documents on one root tell of one trade in the same direction over periods that meet, each with a total."""
    return (
        a["doc"] != b["doc"]
        and a["independent_root_key"] == b["independent_root_key"]
        and a["independent_root_key"].startswith(("data:", "document:"))
        and a["kind"] == b["kind"] == "supply"
        and bool(a["value"] and b["value"])
        and not (a["via"] or b["via"])
        and a["recipient"] is not None
        and names(a["recipient"]) == names(b["recipient"])
        and names(a["supplier"]) == names(b["supplier"])
        and _periods(a, b) >= 0
    )


def _shared(a: Claim, b: Claim) -> bool:
    """A figure or a model that both name."""
    same = any(
        a[s] and b[s] and a[s].get(k) is not None and a[s].get(k) == b[s].get(k)
        for s, k in (("quantity", "value"), ("value", "amount"))
    )
    return bool(same or (a["model"] and a["model"] == b["model"]))


def _early(a: Claim, b: Claim) -> bool:
    return a["stage"] in _PENDING and b["stage"] in _PENDING


def _home(a: Claim, b: Claim, slot: str) -> bool:
    """A firm and its own state may be one party ("a Chinese maker", "China") when the firm's home is known."""
    return bool(a.get(f"_{slot}_home") and a[f"_{slot}_home"] in names(b[slot])) or bool(
        b.get(f"_{slot}_home") and b[f"_{slot}_home"] in names(a[slot])
    )


def _figures(a: Claim, b: Claim) -> float:
    score = 0.0
    for slot, key in (("quantity", "value"), ("value", "amount")):
        left, right = a[slot], b[slot]
        if left and right:
            x, y = left.get(key), right.get(key)
            if slot == "quantity" and bool(left["per"]) != bool(right["per"]):
                score -= 1
            elif x and y:
                ratio = max(x, y) / min(x, y) if min(x, y) > 0 else 9
                score += 0.7 if ratio < 1.35 else -0.4 if ratio < 3 else -1.2
    return score


def _periods(a: Claim, b: Claim) -> float:
    ta, tb = a["time"], b["time"]
    if not ta or not tb or not ((ta["start"] or ta["end"]) and (tb["start"] or tb["end"])):
        return 0.0
    apart = (ta["end"] or "9999") < (tb["start"] or "0000") or (tb["end"] or "9999") < (ta["start"] or "0000")
    return -1.2 if apart else 0.2
