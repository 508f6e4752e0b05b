"""FollowTheMoney: entities of schema Ownership and Directorship (and what is like them) between parties of the same file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from enduse.intake.lists import identifiers
from enduse.intake.lists.countries import alpha2
from enduse.intake.lists.ftm import NUMBERS, PLACES, texts
from enduse.intake.lists.table import kind_of

from .model import Holding, Kind, Party, Refusal, day_of, ended, role_of, share_of

LAYOUT = "FollowTheMoney ownership (JSON)"
# Schema of the link -> (property of the owner, property of the owned, role).
LINKS: dict[str, tuple[str, str, str]] = {
    "Ownership": ("owner", "asset", "owner"),
    "Directorship": ("director", "organization", "director"),
    "Membership": ("member", "organization", "related"),
    "Employment": ("employee", "employer", "related"),
    "Representation": ("agent", "client", "related"),
    "UnknownLink": ("subject", "object", "related"),
}
Objects = Callable[[], Iterator[tuple[int, object]]]


def _end(value: Any) -> tuple[str, dict[str, Any] | None]:
    """The id of a party, with the entity itself where it is nested."""
    if isinstance(value, dict):
        return str(value.get("id") or ""), value
    return str(value or ""), None


def holdings(objects: Objects) -> Iterator[Holding | Refusal | None]:
    """Two passes: the ids that links name, then the links with the names of those. Entities that are no link give None."""
    wanted: set[str] = set()
    for _, entity in objects():
        if isinstance(entity, dict) and entity.get("schema") in LINKS:
            for side in LINKS[str(entity["schema"])][:2]:
                wanted.update(_end(v)[0] for v in _values(entity, side))
    parties = {
        str(entity.get("id")): _party(entity)
        for _, entity in objects()
        if isinstance(entity, dict) and str(entity.get("id")) in wanted and entity.get("schema") not in LINKS
    }
    for row, entity in objects():
        if not isinstance(entity, dict) or "schema" not in entity:
            yield Refusal(
                row, "no_statement", entity if isinstance(entity, str) else json.dumps(entity, ensure_ascii=False)[:400]
            )
        elif entity["schema"] not in LINKS:
            yield None
        else:
            yield from _links(row, entity, parties)


def _values(entity: dict[str, Any], key: str) -> list[Any]:
    value = (entity.get("properties") or {}).get(key) or []
    return value if isinstance(value, list) else [value]


def _links(row: int, entity: dict[str, Any], parties: dict[str, Party]) -> Iterator[Holding | Refusal]:
    """One record names one owner and one owned, as files write it; of several the first two are taken."""
    left, right, role = LINKS[str(entity["schema"])]
    sides: list[Party] = []
    for side in (left, right):
        named = [_known(v, parties) for v in _values(entity, side)]
        sides.append(next((p for p in named if p.name), Party()))
    if not all(s.name for s in sides):
        yield Refusal(row, "no_party", json.dumps(entity, ensure_ascii=False)[:400])
        return
    properties = entity.get("properties") or {}
    said = " ".join(texts(properties, "role", "ownershipType"))
    found = role_of(said, role) if role != "related" else role_of(said, "related")
    share = next((s for t in texts(properties, "percentage", "sharesValue") if (s := share_of(t)) is not None), None)
    start = next((d for t in texts(properties, "startDate", "date") if (d := day_of(t))), None)
    end = next((d for t in texts(properties, "endDate") if (d := day_of(t))), None)
    yield ended(Holding(row, sides[0], sides[1], role if role == "director" else found, share, start, end))


def _known(value: Any, parties: dict[str, Party]) -> Party:
    key, nested = _end(value)
    return parties.get(key) or (_party(nested) if nested else Party(id=key))


def _party(entity: dict[str, Any]) -> Party:
    properties = entity.get("properties") or {}
    kind = kind_of(str(entity.get("schema") or ""))
    numbers = identifiers.unique(identifiers.typed(n, t) for k, t in NUMBERS.items() for n in texts(properties, k))
    country = next((c for t in texts(properties, *PLACES) if (c := alpha2(t))), None)
    name = str(entity.get("caption") or next(iter(texts(properties, "name")), ""))
    stated: Kind | None = "other" if kind == "vessel" else kind
    return Party(name.strip(), str(entity.get("id") or ""), stated, country, numbers)
