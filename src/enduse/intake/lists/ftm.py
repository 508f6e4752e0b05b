"""FollowTheMoney entities, one JSON object a line, as OpenSanctions and others publish lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from enduse.intake.lists import identifiers
from enduse.intake.lists.countries import alpha2
from enduse.intake.lists.model import Entry, Refusal
from enduse.intake.lists.names import collect
from enduse.intake.lists.table import kind_of

LAYOUT = "FollowTheMoney entities (JSON lines)"
_NUMBERS = {
    "innCode": "INN", "ogrnCode": "OGRN", "kppCode": "KPP", "okpoCode": "OKPO", "leiCode": "LEI", "swiftBic": "SWIFT", "imoNumber": "IMO", "mmsi": "MMSI", "uscCode": "USCC",
    "registrationNumber": "REG", "taxNumber": "TAX", "passportNumber": "PASSPORT", "idNumber": "ID",
}  # fmt: skip
_PLACES = ("country", "jurisdiction", "nationality", "citizenship", "flag", "mainCountry")
# Links between parties, addresses and documents are no parties.
_NO_PARTY = frozenset(
    "Address Passport Identification Ownership Directorship Employment Membership Family Associate Representation UnknownLink Sanction Occupancy Position Succession".split()
)


def looks(line: str) -> bool:
    """Whether a line is an entity: an object with `schema` and `properties` (or a `caption`)."""
    try:
        found = json.loads(line)
    except ValueError:
        return False
    return isinstance(found, dict) and "schema" in found and isinstance(found.get("properties"), dict)


def _texts(properties: dict[str, Any], *keys: str) -> list[str]:
    out: list[str] = []
    for key in keys:
        value = properties.get(key) or []
        out += [str(v) for v in (value if isinstance(value, list) else [value]) if isinstance(v, str | int | float)]
    return out


def entries(lines: Iterable[str]) -> Iterator[Entry | Refusal]:
    """One entry a line; a line that is no entity, or one that cannot be a party, is refused with its reason."""
    row = 0
    for line in lines:
        if not line.strip():
            continue
        row += 1
        try:
            found = json.loads(line)
            properties, schema = found["properties"], str(found["schema"])
        except (ValueError, KeyError, TypeError):
            yield Refusal(row, "broken_record", line.strip())
            continue
        caption = [str(found["caption"])] if found.get("caption") else []
        names = (
            ()
            if schema in _NO_PARTY
            else collect(
                [*caption, *_texts(properties, "name")],
                _texts(properties, "alias", "previousName"),
                _texts(properties, "weakAlias", "abbreviation"),
            )
        )
        if not names:
            yield Refusal(row, "no_name", line.strip())
            continue
        yield Entry(
            entry_id=str(found.get("id") or f"#{row}"),
            row=row,
            names=names,
            kind=kind_of(schema),
            countries=identifiers.unique(c for t in _texts(properties, *_PLACES) if (c := alpha2(t))),
            identifiers=identifiers.unique(
                identifiers.typed(n, t) for key, t in _NUMBERS.items() for n in _texts(properties, key)
            ),
            program=";".join(_texts(properties, "program", "programId")),
        )
