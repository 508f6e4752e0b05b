"""What happens to claims once all documents are read: unique ids, homes of firms, shared roots, public form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enduse.reference import press_tables as tables

from .attribution import slug

Claim = dict[str, Any]


def lean(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Claims of one document without what only its reading needed: of the homes of firms those of its own parties."""
    for c in claims:
        c["_homes"] = {k: v for k, v in c["_homes"].items() if k in (c["supplier"], c["recipient"])} or None
    return claims


def unify(claims: Sequence[Claim]) -> None:
    """Give spellings of one firm one name, know its home state, and keep ids apart."""
    seen: dict[str, int] = {}
    homes: dict[str, str] = {}
    spelled: dict[str, str] = {}
    for c in claims:
        for slot in ("supplier", "recipient"):
            if c[slot]:
                c[slot] = spelled.setdefault(slug(c[slot].replace("'", "").replace("’", "")), c[slot])
    for c in claims:
        seen[c["id"]] = seen.get(c["id"], -1) + 1
        if seen[c["id"]]:
            c["id"] = f"C-{(int(c['id'].removeprefix('C-'), 16) + seen[c['id']]) % 16**10:010x}"
        for slot in ("supplier", "recipient"):
            home = tables.makers().get(c[slot] or "", ((), ""))[1] or (c["_homes"] or {}).get(c[slot] or "")
            if home:
                homes[c[slot]] = home
    for c in claims:
        for slot in ("supplier", "recipient"):
            c[f"_{slot}_home"] = homes.get(c[slot] or "")


def share_roots(claims: Sequence[Claim]) -> None:
    """In one cluster, an outlet known elsewhere to rest on records counts as resting on them (the chain stays as told)."""
    deeper: dict[tuple[str, str], str] = {}
    for c in claims:
        chain = c["_chain"]
        for i, link in enumerate(chain[1:-1], 1):
            if link.type in ("outlet", "agency") and chain[-1].type == "data":
                deeper[(c["cluster"], f"outlet:{link.name}")] = c["independent_root_key"]
                del i
                break
    for c in claims:
        root = c["_chain"][-1]
        if root.type in ("outlet", "agency") and len(c["_chain"]) > 1:
            c["independent_root_key"] = deeper.get((c["cluster"], f"outlet:{root.name}"), c["independent_root_key"])


def public(claim: Claim) -> Claim:
    """The record without the working fields, which are taken out of it: no second copy of every claim is made."""
    for k in [k for k in claim if k.startswith("_")]:
        del claim[k]
    return claim
