"""Beneficial Ownership Data Standard (Open Ownership): JSON statements of versions 0.1 to 0.4.

0.4 states records (`recordType` entity, person or relationship with `recordDetails`); before it, statements of entities, of persons and
of ownership or control.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from enduse.intake.lists import identifiers
from enduse.intake.lists.countries import alpha2

from .model import Holding, Party, Refusal, day_of, ended, role_of, share_of

LAYOUT = "BODS statements (JSON)"
Objects = Callable[[], Iterator[tuple[int, object]]]
_PARTIES = ("entityStatement", "personStatement", "entity", "person")


def looks(first: dict[str, Any]) -> bool:
    """Whether an object is a statement."""
    return bool({"statementType", "recordType"} & first.keys()) and bool(
        {"statementID", "statementId", "recordId"} & first.keys()
    )


def _type(statement: dict[str, Any]) -> str:
    return str(statement.get("recordType") or statement.get("statementType") or "")


def _details(statement: dict[str, Any]) -> dict[str, Any]:
    found = statement.get("recordDetails")
    return found if isinstance(found, dict) else statement


def _ids(statement: dict[str, Any]) -> list[str]:
    return [str(v) for k in ("recordId", "statementId", "statementID") if (v := statement.get(k))]


def holdings(objects: Objects) -> Iterator[Holding | Refusal | None]:
    """Statements of ownership or control with the names of both sides; statements of parties give None."""
    parties: dict[str, Party] = {}
    for _, statement in objects():
        if isinstance(statement, dict) and _type(statement) in _PARTIES:
            party = _party(statement)
            parties.update(dict.fromkeys(_ids(statement), party))
    for row, statement in objects():
        if not isinstance(statement, dict) or not _type(statement):
            yield Refusal(
                row,
                "no_statement",
                statement if isinstance(statement, str) else json.dumps(statement, ensure_ascii=False)[:400],
            )
        elif _type(statement) in _PARTIES:
            yield None
        else:
            yield _holding(row, statement, parties)


def _holding(row: int, statement: dict[str, Any], parties: dict[str, Party]) -> Holding | Refusal:
    details = _details(statement)
    owned, owner = (_side(details.get(key), parties) for key in ("subject", "interestedParty"))
    if not owned.name or not owner.name:
        return Refusal(row, "no_party", json.dumps(statement, ensure_ascii=False)[:400])
    interests = [i for i in details.get("interests") or [] if isinstance(i, dict)]
    shares = [s for i in interests if (s := _share(i.get("share"))) is not None]
    types = [str(i.get("type") or "") for i in interests]
    beneficial = any(i.get("beneficialOwnershipOrControl") is True for i in interests)
    role = "beneficial_owner" if beneficial else role_of(" ".join(types))
    dates = [(str(i.get("startDate") or ""), str(i.get("endDate") or "")) for i in interests]
    start = min((d for s, _ in dates if (d := day_of(s))), default=None)
    ends = [day_of(e) for _, e in dates]
    end = max((e for e in ends if e), default=None) if ends and all(ends) else None
    return ended(Holding(row, owner, owned, role, max(shares, default=None), start, end))


def _share(share: Any) -> float | None:
    """The exact share, else the least it can be."""
    if not isinstance(share, dict):
        return share_of(str(share)) if share is not None else None
    for key in ("exact", "minimum", "exclusiveMinimum"):
        if share.get(key) not in (None, ""):
            return share_of(str(share[key]))
    return None


def _side(value: Any, parties: dict[str, Party]) -> Party:
    if isinstance(value, str):
        return parties.get(value, Party(id=value))
    if not isinstance(value, dict):
        return Party()
    for key in ("describedByEntityStatement", "describedByPersonStatement"):
        if value.get(key):
            return parties.get(str(value[key]), Party(id=str(value[key])))
    return Party()  # unspecified: the statement says why it does not name the owner


def _party(statement: dict[str, Any]) -> Party:
    details = _details(statement)
    person = _type(statement).startswith("person")
    name = str(details.get("name") or "")
    if person:
        names = [n for n in details.get("names") or [] if isinstance(n, dict)]
        given = names[0] if names else {}
        name = name or str(
            given.get("fullName") or " ".join(str(given.get(k) or "") for k in ("givenName", "familyName")).strip()
        )
    places = [
        details.get("jurisdiction"),
        details.get("incorporatedInJurisdiction"),
        *(details.get("nationalities") or []),
    ]
    country = next(
        (c for p in places if isinstance(p, dict) and (c := alpha2(str(p.get("code") or p.get("name") or "")[:60]))),
        None,
    )
    numbers = [
        identifiers.typed(str(i.get("id")), "LEI" if "LEI" in str(i.get("scheme")) else "REG")
        for i in details.get("identifiers") or []
        if isinstance(i, dict) and i.get("id")
    ]
    key = next(iter(_ids(statement)), "")
    return Party(name.strip(), key, "person" if person else "organization", country, identifiers.unique(numbers))
