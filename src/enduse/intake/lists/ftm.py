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
NUMBERS = {
    "innCode": "INN", "ogrnCode": "OGRN", "kppCode": "KPP", "okpoCode": "OKPO", "leiCode": "LEI", "swiftBic": "SWIFT", "imoNumber": "IMO", "mmsi": "MMSI", "uscCode": "USCC",
    "registrationNumber": "REG", "taxNumber": "TAX", "passportNumber": "PASSPORT", "idNumber": "ID",
}  # fmt: skip
PLACES = ("country", "jurisdiction", "nationality", "citizenship", "flag", "mainCountry")
# Links between parties, addresses and documents are no parties.
_NO_PARTY = frozenset(
    "Address Passport Identification Ownership Directorship Employment Membership Family Associate Representation UnknownLink Sanction Occupancy Position Succession".split()
)


def begins(text: str) -> bool:
    """Whether a file begins as entities, one a line or in an array."""
    try:
        found, _ = json.JSONDecoder().raw_decode(text.lstrip("\ufeff \t\r\n["))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "schema" in found and isinstance(found.get("properties"), dict)


def texts(properties: dict[str, Any], *keys: str) -> list[str]:
    out: list[str] = []
    for key in keys:
        value = properties.get(key) or []
        out += [str(v) for v in (value if isinstance(value, list) else [value]) if isinstance(v, str | int | float)]
    return out


def entries(lines: Iterable[str | dict[str, Any]]) -> Iterator[Entry | Refusal]:
    """One entry a line (or a member of an array); what is no entity, or cannot be a party, is refused with its reason."""
    row = 0
    for item in lines:
        line = item if isinstance(item, str) else ""
        if isinstance(item, str) and not line.strip():
            continue
        row += 1
        try:
            found = item if isinstance(item, dict) else json.loads(line)
            properties, schema = found["properties"], str(found["schema"])
        except (ValueError, KeyError, TypeError, RecursionError):
            yield Refusal(row, "broken_record", line.strip() or json.dumps(item, ensure_ascii=False))
            continue
        caption = [str(found["caption"])] if found.get("caption") else []
        names = (
            ()
            if schema in _NO_PARTY
            else collect(
                [*caption, *texts(properties, "name")],
                texts(properties, "alias", "previousName"),
                texts(properties, "weakAlias", "abbreviation"),
            )
        )
        if not names:
            yield Refusal(row, "no_name", line.strip() or json.dumps(item, ensure_ascii=False))
            continue
        yield Entry(
            entry_id=str(found.get("id") or f"#{row}"),
            row=row,
            names=names,
            kind=kind_of(schema),
            countries=identifiers.unique(c for t in texts(properties, *PLACES) if (c := alpha2(t))),
            identifiers=identifiers.unique(
                identifiers.typed(n, t) for key, t in NUMBERS.items() for n in texts(properties, key)
            ),
            program=";".join(texts(properties, "program", "programId")),
        )
