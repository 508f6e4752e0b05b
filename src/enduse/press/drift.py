"""Where claims on one deal differ: drift (one root, told differently) and contradiction (roots different or unknown).

Not reported: a rate against a total, a part against the whole, a change over time, distinct events, plain rounding.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from .clusters import names
from .stages import LADDER

Claim = dict[str, Any]

_COMPARABLE = frozenset({"supply", "order", "request", "denial", "route", "production"})
_STAGES = frozenset(
    {
        "under_consideration",
        "requested",
        "in_talks",
        "agreed",
        "planned",
        "ordered",
        "purchased",
        "delivered",
        "in_progress",
        "ceased",
    }
)
_EXACT, _MORE, _LESS, _ABOUT = (
    frozenset({"="}),
    frozenset({">", ">=", "vague"}),
    frozenset({"<", "<=", "<~"}),
    frozenset({"~"}),
)


_RETOLD = 1.5


def find(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """Drift and contradiction records over all claims; pairs with the same reason are one record."""
    groups: dict[str, list[Claim]] = {}
    for c in claims:
        if c["section"] != "related_link":
            groups.setdefault(c["cluster"], []).append(c)
    pairs: dict[tuple[str, str, str], tuple[list[str], list[str], str]] = {}
    for cluster, group in groups.items():
        # a page that repeats one claim hundreds of times says nothing new after the first ones
        for a, b in combinations(group[:60], 2):
            for record, kind, why in _compare(a, b):
                left, right, _ = pairs.setdefault((record, kind, cluster + why), ([], [], why))
                if a["id"] not in left:
                    left.append(a["id"])
                if b["id"] not in right:
                    right.append(b["id"])
    out = []
    for (record, kind, _), (left, right, why) in pairs.items():
        only = [x for x in right if x not in left] or right
        digest = hashlib.sha256(json.dumps([record, kind, left, only]).encode()).hexdigest()[:10]
        out.append({"record": record, "id": f"D-{digest}", "type": kind, "left": left, "right": only, "why": why})
    return out


def _compare(a: Claim, b: Claim) -> list[tuple[str, str, str]]:
    if a["kind"] not in _COMPARABLE or b["kind"] not in _COMPARABLE:
        return []
    record = "drift" if a["independent_root_key"] == b["independent_root_key"] else "contradiction"
    if (a["polarity"] == "denied") != (b["polarity"] == "denied"):
        if "denied" in (a["polarity"], b["polarity"]) and _opposed(a, b):
            denial, claim = (a, b) if a["polarity"] == "denied" else (b, a)
            return [("contradiction", "denial", f"{_who(denial)} denies what {_who(claim)} says")]
        return []
    if a["polarity"] == "denied" or ("headline" in (a["section"], b["section"]) and a["doc"] == b["doc"]):
        return []
    out = []
    if _rates(a) == _rates(b):
        out += [
            (record, kind, why)
            for kind, why in _figures(a, b)
            if kind != "precision" or (record == "drift" and a["doc"] != b["doc"])
        ]
    if (
        a["doc"] != b["doc"]
        and record == "drift"
        and a["stage"] != b["stage"]
        and {a["stage"], b["stage"]} <= _STAGES
        and _same_deal(a, b)
        and _near_dates(a, b)
        and _parallel(a, b)
    ):
        out.append((record, "status", f"told as {_word(a['stage'])} and as {_word(b['stage'])}"))
    if (
        record == "contradiction"
        and a["stage"] != b["stage"]
        and {a["stage"], b["stage"]} <= _STAGES
        and _exclusive(a, b)
    ):
        out.append((record, "status", f"told as {_word(a['stage'])} and as {_word(b['stage'])}"))
    if record == "contradiction" and _goods_differ(a, b):
        out.append((record, "goods", f"{a['goods']} against {b['goods']}"))
    return out


def _word(stage: str) -> str:
    return stage.replace("_", " ")


def _who(c: Claim) -> str:
    return str(c["root"])


def _opposed(a: Claim, b: Claim) -> bool:
    denial, claim = (a, b) if a["polarity"] == "denied" else (b, a)
    if claim["kind"] not in ("supply", "order", "route", "request") or claim["polarity"] == "denied":
        return False
    if denial.get("_answers") and denial["_answers"] != claim["independent_root_key"]:
        return False
    for slot in ("supplier", "recipient"):
        if (
            denial[slot]
            and claim[slot]
            and not names(denial[slot]) & names(claim[slot])
            and not denial.get(f"_{slot}_home")
        ):
            return False
    return (
        claim["section"] == "body"
        and _dated(denial, claim)
        and claim["stage"] != "ceased"
        and claim["stance"] != "hedged"
    )


def _dated(denial: Claim, claim: Claim) -> bool:
    """A denial answers what was said in its own text or before it."""
    if denial["doc"] == claim["doc"]:
        return True
    return bool(denial["ref_date"] and claim["ref_date"] and claim["ref_date"] <= denial["ref_date"])


def _rates(c: Claim) -> str | None:
    return c["quantity"]["per"] if c["quantity"] else None


def _same_deal(a: Claim, b: Claim) -> bool:
    """One deal and not a part of it or another batch: a shared figure, or a shared model."""
    for slot, key in (("quantity", "value"), ("value", "amount")):
        if a[slot] and b[slot] and a[slot].get(key) == b[slot].get(key) and a[slot].get(key) is not None:
            return True
    return bool(a["model"] and a["model"] == b["model"])


def _near_dates(a: Claim, b: Claim) -> bool:
    """Articles far apart in time may tell how the deal went on."""
    if not a["ref_date"] or not b["ref_date"]:
        return True
    return (
        str(a["ref_date"])[:7] == str(b["ref_date"])[:7]
        or abs(
            int(a["ref_date"][:4]) * 12
            + int(a["ref_date"][5:7])
            - int(b["ref_date"][:4]) * 12
            - int(b["ref_date"][5:7])
        )
        <= 1
    )


def _parallel(a: Claim, b: Claim) -> bool:
    return a["stage"] in LADDER and b["stage"] in LADDER and "unspecified" not in (a["stage"], b["stage"])


def _exclusive(a: Claim, b: Claim) -> bool:
    """Stages that cannot both hold of one deal at one time: nothing decided against agreed or delivered."""
    early, late = {"under_consideration", "in_talks"}, {"agreed", "ordered", "delivered", "purchased"}
    return (
        _same_deal(a, b)
        and _near_dates(a, b)
        and ((a["stage"] in early and b["stage"] in late) or (b["stage"] in early and a["stage"] in late))
    )


def _goods_differ(a: Claim, b: Claim) -> bool:
    """Two unlike things said to be in one pending deal, each as the whole of it ("small arms rather than artillery")."""
    pending = {"under_consideration", "in_talks", "planned"}
    unlike = {a.get("_group"), b.get("_group")} in ({"munition", "weapon"}, {"drone", "munition"})
    return (
        a["stage"] in pending
        and b["stage"] in pending
        and unlike
        and a["doc"] == b["doc"]
        and "hedged" in (a["stance"], b["stance"])
    )


def _figures(a: Claim, b: Claim) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    if names(a["supplier"]) != names(b["supplier"]):
        return []  # one firm's share of a country's total is a part of the whole
    for slot, key, noun in (("quantity", "value", "unit"), ("value", "amount", "currency")):
        left, right = a[slot], b[slot]
        if (
            left
            and right
            and left.get(key) is not None
            and right.get(key) is not None
            and _unit(left[noun]) == _unit(right[noun])
        ):
            retold = a["doc"] != b["doc"] and a["independent_root_key"] == b["independent_root_key"]
            if why := _differs(
                left[key], left["modifier"], right[key], right["modifier"], left["raw"], right["raw"], retold=retold
            ):
                if _periods_agree(a, b):
                    out.append(why)
            elif left[key] == right[key] and slot == "value" and (scope := _scope(a, b)):
                out.append(scope)
    for x in a["counts"] or []:
        for y in b["counts"] or []:
            if x["noun"] and y["noun"] and x["value"] is not None and y["value"] is not None:
                if _unit(x["noun"]) == _unit(y["noun"]):
                    if (
                        a["id"] != b["id"]
                        and (why := _differs(x["value"], x["modifier"], y["value"], y["modifier"], x["raw"], y["raw"]))
                        and a["doc"] != b["doc"]
                    ):
                        out.append(why)
                elif x["value"] == y["value"] and x["value"] > 12 and a["doc"] != b["doc"]:
                    out.append(("scope", f"{x['raw']} against {y['raw']}"))
    return list(dict.fromkeys(out))


def _scope(a: Claim, b: Claim) -> tuple[str, str] | None:
    """The same sum said of different goods or of a different time."""
    if a["doc"] == b["doc"]:
        return None
    ta, tb = a["time"], b["time"]
    if (
        ta
        and tb
        and ta["start"]
        and tb["start"]
        and abs(
            int(ta["start"][:4]) * 372
            + int(ta["start"][5:7]) * 31
            + int(ta["start"][8:])
            - int(tb["start"][:4]) * 372
            - int(tb["start"][5:7]) * 31
            - int(tb["start"][8:])
        )
        > 20
    ):
        return "time", f"{ta['raw']} against {tb['raw']}"
    return None


def _unit(word: str | None) -> str:
    return (word or "").lower().rstrip("s")


def _periods_agree(a: Claim, b: Claim) -> bool:
    """False for figures of periods that do not meet: a change over time is no contradiction."""
    ta, tb = a["time"], b["time"]
    if not ta or not tb or not ta["start"] or not tb["start"]:
        return True
    return not ((ta["end"] or "9999") < tb["start"] or (tb["end"] or "9999") < ta["start"])


def _differs(x: float, mx: str, y: float, my: str, rx: str, ry: str, *, retold: bool = False) -> tuple[str, str] | None:
    """What kind of difference two figures are; None where both can hold or one is the other rounded.

    `retold`: two texts on one root. "More than 15" and "nearly 38" can both hold, but no retelling makes one of the other.
    """
    why = f"{rx.strip()} against {ry.strip()}"
    if x == y:
        sides = [next((i for i, s in enumerate((_EXACT, _MORE, _LESS, _ABOUT)) if m in s), 0) for m in (mx, my)]
        return ("precision", why) if sides[0] != sides[1] and 3 not in sides else None
    low, high, ml, mh = (x, y, mx, my) if x < y else (y, x, my, mx)
    if retold and low and high / low >= _RETOLD and ml in ("=", "~", ">", ">=") and mh in ("=", "~", ">", ">=", "<~"):
        return "quantity", why
    if ml in _MORE or mh in _LESS or "range" in (ml, mh):
        return None
    if low and high / low < 1.12 and (_ABOUT & {ml, mh} or _round(low) or _round(high)):
        return None
    return "quantity", why


def _round(x: float) -> bool:
    digits = str(int(x)).rstrip("0")
    return len(digits) <= 2
