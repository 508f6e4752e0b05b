"""Files, firms, persons, holdings and links as FollowTheMoney entities."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enduse.engine.base import Engine

Entity = dict[str, Any]
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# Which property a declared registration number belongs to, by its type (see the parties room).
NUMBERS = {
    "INN": "innCode", "OGRN": "ogrnCode", "LEI": "leiCode", "USCC": "uscCode", "VAT": "vatCode", "IMO": "imoNumber", "TAX": "taxNumber",
    "VKN": "taxNumber", "BIN": "registrationNumber", "EDRPOU": "registrationNumber", "REG": "registrationNumber",
}  # fmt: skip
# The type alone does not put a number on a person or an organization that has no such property.
_NO_IMO = frozenset({"Person", "LegalEntity"})
_TABLES = frozenset({"customs", "statistics", "watchlist", "ownership", "order"})

_FILES = "SELECT source, sha256, kind, records_read, loaded, rejected, duplicates, format FROM source ORDER BY source"
_PARTIES = """
SELECT p.party_id, p.name, p.country, p.kind, p.identifiers, p.role, n.names, n.countries, h.hits
FROM party AS p
LEFT JOIN (
    SELECT party_id, array_agg(DISTINCT name ORDER BY name) AS names,
           array_agg(DISTINCT nullif(country, '') ORDER BY nullif(country, '')) AS countries
    FROM party_name GROUP BY party_id
) AS n ON n.party_id = p.party_id
LEFT JOIN (
    SELECT party_id, array_agg(decision || ': named like ' || entry_name || ' (entry ' || entry_id || ' of ' || list || '), probability '
               || CAST(round(score, 3) AS VARCHAR) ORDER BY list, entry_id) AS hits
    FROM screening WHERE decision <> 'no_match' GROUP BY party_id
) AS h ON h.party_id = p.party_id
WHERE p.kind <> 'unnamed'
ORDER BY p.party_id
"""
# A firm of an ownership file is a party of the records only where one declared name is exactly the same.
_HOLDINGS = """
SELECT o.source, o."row", o.owner_id, o.owner_name, o.owner_kind, o.owner_country, o.owned_id, o.owned_name, o.owned_country, o.role, o.share,
       o.start, o."end", o.owner_identifiers, o.owned_identifiers, f.sha256, a.party_id AS owner_party, b.party_id AS owned_party
FROM ownership AS o
LEFT JOIN source AS f ON f.source = o.source
LEFT JOIN (SELECT n.name, min(n.party_id) AS party_id FROM party_name AS n JOIN party AS p ON p.party_id = n.party_id WHERE p.kind IN ('organization', 'person') GROUP BY n.name HAVING count(DISTINCT n.party_id) = 1) AS a ON a.name = o.owner_name
LEFT JOIN (SELECT n.name, min(n.party_id) AS party_id FROM party_name AS n JOIN party AS p ON p.party_id = n.party_id WHERE p.kind = 'organization' GROUP BY n.name HAVING count(DISTINCT n.party_id) = 1) AS b ON b.name = o.owned_name
ORDER BY o.source, o."row"
"""
_LINKS = "SELECT left_party, right_party, kind, basis, score, evidence FROM party_link ORDER BY left_party, right_party, kind"
_OWNED = (
    "SELECT DISTINCT n.party_id FROM ownership AS o JOIN party_name AS n ON n.name = o.owned_name ORDER BY n.party_id"
)


def made_id(*parts: object) -> str:
    """An id that follows from what it stands for."""
    return "enduse-" + hashlib.sha256("\x1f".join(str(p) for p in parts).encode()).hexdigest()[:20]


def file_id(sha256: str) -> str:
    return f"enduse-file-{sha256[:20]}"


def _clean(text: str) -> str:
    """A name without marks no name has."""
    return _CONTROL.sub("", text).strip()


def _codes(countries: object) -> list[str]:
    found = countries if isinstance(countries, list) else [countries]
    return [c.lower() for c in dict.fromkeys(found) if c]


def _numbers(text: str | None, schema: str) -> dict[str, list[str]]:
    """`TYPE:number` items as properties; a number whose check digit is wrong names nobody and stands in the notes."""
    out: dict[str, list[str]] = {}
    for item in (text or "").split(";"):
        kind, _, number = item.strip().partition(":")
        if not number:
            continue
        if kind == "ODD":
            out.setdefault("notes", []).append(f"declared: number {number}, whose check digit is wrong")
            continue
        name = NUMBERS.get(kind, "idNumber")
        if name == "imoNumber" and schema in _NO_IMO:
            name = "idNumber"
        out.setdefault(name, []).append(number)
    return out


def files(engine: Engine, *, simulated: bool) -> Iterator[Entity]:
    """Each file of the case by its alias and digest: what lots and holdings name as proof."""
    for f in engine.fetch(_FILES).to_pylist():
        account = f"{f['kind']} file: {f['records_read']} records read, {f['loaded']} loaded, {f['rejected']} rejected, {f['duplicates']} repeat others and are no entity of their own"
        properties = {
            "fileName": [f["source"]],
            "title": [f["source"]],
            # No contentHash: FollowTheMoney keeps SHA-1 there.
            "notes": [
                *(["SIMULATED: the records are made up"] if simulated else []),
                account,
                f"SHA-256 {f['sha256']}",
            ],
        }
        yield {
            "id": file_id(f["sha256"]),
            "schema": "Table" if f["kind"] in _TABLES else "Document",
            "properties": properties,
        }


def _schema(kind: str, name: str, *, owned: bool) -> str:
    """Company where the name carries a legal form or a file says who owns it; Organization else."""
    if kind == "person":
        return "Person"
    if kind == "vessel":
        return "Vessel"
    if kind != "organization":
        return "LegalEntity"
    from enduse.parties.name import parse

    return "Company" if owned or parse(name, "organization").forms else "Organization"


def parties(engine: Engine, *, simulated: bool) -> Iterator[Entity]:
    """Resolved parties with every spelling, country and number they were declared with."""
    owned = set(engine.fetch(_OWNED)["party_id"].to_pylist())
    for batch in engine.stream(_PARTIES):
        for p in batch.to_pylist():
            schema = _schema(p["kind"] or "", p["name"], owned=p["party_id"] in owned)
            properties: dict[str, list[str]] = {
                "name": [_clean(p["name"])],
                "alias": list(dict.fromkeys(_clean(n) for n in p["names"] or [] if n != p["name"])),
                "country": _codes([p["country"], *(p["countries"] or [])]),
            }
            for name, values in _numbers(p["identifiers"], schema).items():
                properties.setdefault(name, []).extend(values)
            notes = properties.setdefault("notes", [])
            if simulated:
                notes.insert(0, "SIMULATED: this firm or person is made up")
            if p["role"]:
                notes.append(f"inferred: a {p['role']} by its name; as a consignee it stands for somebody else")
            notes.extend(f"apparent: {hit}" for hit in p["hits"] or [])
            yield {"id": f"enduse-{p['party_id']}", "schema": schema, "properties": properties}


def _side(row: dict[str, Any], side: str) -> tuple[str, Entity | None]:
    """The id of the owner or the owned firm of a line, and an entity where the records do not know it."""
    party = row[f"{side}_party"]
    if party:
        return f"enduse-{party}", None
    number, name, land = row[f"{side}_id"], row[f"{side}_name"], row[f"{side}_country"]
    key = made_id("holder", row["source"], number) if number else made_id("holder", name, land or "")
    # What is owned or directed is a company: FollowTheMoney lets nothing else be an asset.
    kinds = {"person": "Person", "organization": "Company"}
    schema = kinds.get(row["owner_kind"] or "", "LegalEntity") if side == "owner" else "Company"
    properties = {"name": [_clean(name)], "country": _codes(land), "proof": [file_id(row["sha256"])]}
    properties |= _numbers(row[f"{side}_identifiers"], schema)
    return key, {"id": key, "schema": schema, "properties": properties}


def holdings(engine: Engine) -> Iterator[Entity]:
    """What ownership files state: Ownership for a holding, Directorship, UnknownLink for the rest, each with its record."""
    seen: set[str] = set()
    for row in engine.fetch(_HOLDINGS).to_pylist():
        owner, new_owner = _side(row, "owner")
        firm, new_firm = _side(row, "owned")
        for entity in (new_owner, new_firm):
            if entity is not None and entity["id"] not in seen:
                seen.add(entity["id"])
                yield entity
        if owner == firm:
            continue
        common = {
            "role": [row["role"]],
            "startDate": [row["start"].isoformat()] if row["start"] else [],
            "endDate": [row["end"].isoformat()] if row["end"] else [],
            "recordId": [f"{row['source']}:{row['row']}"],
            "proof": [file_id(row["sha256"])],
            "summary": ["declared in an ownership file of the case"],
        }
        if row["role"] in ("owner", "parent", "beneficial_owner"):
            share = [f"{100 * row['share']:g}"] if row["share"] is not None else []
            schema, ends = "Ownership", {"owner": [owner], "asset": [firm], "percentage": share}
        elif row["role"] == "director":
            schema, ends = "Directorship", {"director": [owner], "organization": [firm]}
        else:
            schema, ends = "UnknownLink", {"subject": [owner], "object": [firm]}
        yield {"id": made_id("holding", row["source"], row["row"]), "schema": schema, "properties": ends | common}


def links(engine: Engine) -> Iterator[Entity]:
    """Parties that share an owner, an address, a person or a contact, without being one."""
    for batch in engine.stream(_LINKS):
        for row in batch.to_pylist():
            score = f", probability {row['score']:.3f}" if row["score"] is not None else ""
            yield {
                "id": made_id("link", row["left_party"], row["right_party"], row["kind"]),
                "schema": "UnknownLink",
                "properties": {
                    "subject": [f"enduse-{row['left_party']}"],
                    "object": [f"enduse-{row['right_party']}"],
                    "role": [row["kind"].replace("_", " ")],
                    "summary": [f"{row['basis']}{score}"],
                    "description": [row["evidence"]] if row["evidence"] else [],
                },
            }
