"""OFAC's advanced XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML): names in parts, kinds and documents by number in tables of the file.

Layout: the Treasury's data dictionary of the advanced sanctions list standard. Programmes stand behind the parties, so
entries are kept until the end of the file; the list has some ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from enduse.intake.lists import identifiers
from enduse.intake.lists.countries import alpha2
from enduse.intake.lists.model import Entry, EntryKind, Refusal
from enduse.intake.lists.names import collect

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NUMBERS = (
    ("tax", "TAX"), ("registration", "REG"), ("company number", "REG"), ("passport", "PASSPORT"), ("swift", "SWIFT"), ("gazette", "OKPO"),
    ("vessel registration", "IMO"), ("imo", "IMO"), ("mmsi", "MMSI"), ("lei", "LEI"), ("social credit", "USCC"),
)  # fmt: skip


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Element, name: str) -> Iterator[Element]:
    return (e for e in element.iter() if _tag(e) == name)


class Reader:
    """Takes the elements of the file as they end; gives the entries at its end, in file order."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, str]] = {}
        self._party_type: dict[str, str] = {}
        self._country: dict[str, str] = {}
        self._documents: dict[str, list[tuple[str, str, str]]] = {}
        self._programs: dict[str, list[str]] = {}
        self._entries: list[tuple[Entry | Refusal, str, str]] = []

    def end(self, tag: str, element: Element, dates: list[str]) -> Iterator[Entry | Refusal]:
        """An element is whole."""
        if tag in ("PartyType", "PartySubType", "AliasType", "IDRegDocType", "SanctionsType"):
            self._values.setdefault(tag, {})[element.get("ID", "")] = " ".join((element.text or "").split())
            if tag == "PartySubType":
                self._party_type[element.get("ID", "")] = element.get("PartyTypeID", "")
        elif tag in ("Country", "AreaCode"):
            code = alpha2(element.get("ISO2") or " ".join((element.text or "").split()))
            if code and element.get("ID"):
                self._country.setdefault(element.get("CountryID") or element.get("ID") or "", code)
        elif tag == "DateOfIssue" and not dates:
            year, month, day = (next((e.text or "" for e in _all(element, k)), "") for k in ("Year", "Month", "Day"))
            if year.isdecimal() and month.isdecimal() and day.isdecimal():
                dates.append(f"{int(year):04d}-{int(month):02d}-{int(day):02d}")
        elif tag == "IDRegDocument":
            number = next((e.text or "" for e in _all(element, "IDRegistrationNo")), "").strip()
            if number:
                held = (element.get("IDRegDocTypeID", ""), number, element.get("IssuedBy-CountryID", ""))
                self._documents.setdefault(element.get("IdentityID", ""), []).append(held)
            element.clear()
        elif tag == "DistinctParty":
            self._party(element)
            element.clear()
        elif tag == "SanctionsEntry":
            said = [
                " ".join((e.text or "").split()) for m in _all(element, "SanctionsMeasure") for e in _all(m, "Comment")
            ]
            self._programs.setdefault(element.get("ProfileID", ""), []).extend(t for t in said if t)
            element.clear()
        return iter(())

    def _party(self, element: Element) -> None:
        row = len(self._entries) + 1
        profile = next(_all(element, "Profile"), element)
        main: list[str] = []
        strong: list[str] = []
        weak: list[str] = []
        identity = ""
        for one in _all(element, "Identity"):
            identity = identity or one.get("ID", "")
            for alias in _all(one, "Alias"):
                low = alias.get("LowQuality") == "true"
                kept = weak if low else main if alias.get("Primary") == "true" else strong
                for name in _all(alias, "DocumentedName"):
                    kept.append(
                        " ".join(
                            t for part in _all(name, "NamePartValue") if (t := " ".join((part.text or "").split()))
                        )
                    )
        names = collect(main[:1], [*main[1:], *strong], weak)
        profile_id = profile.get("ID") or element.get("FixedRef") or f"#{row}"
        if not names:
            self._entries.append((Refusal(row, "no_name", " ".join(element.itertext())), "", ""))
            return
        sub = profile.get("PartySubTypeID", "")
        told = f"{self._values.get('PartySubType', {}).get(sub, '')} {self._values.get('PartyType', {}).get(self._party_type.get(sub, ''), '')}"
        entry = Entry(element.get("FixedRef") or profile_id, row, names, _kind(told))
        self._entries.append((entry, profile_id, identity))

    def close(self) -> Iterator[Entry | Refusal]:
        """All entries, with documents and programmes."""
        for found, profile, identity in self._entries:
            if isinstance(found, Refusal):
                yield found
                continue
            documents = self._documents.get(identity, [])
            types = self._values.get("IDRegDocType", {})
            numbers = (identifiers.typed(n, _stated(types.get(t, ""))) for t, n, _ in documents)
            places = identifiers.unique(self._country.get(c, "") for _, _, c in documents)
            programs = ";".join(dict.fromkeys(self._programs.get(profile, [])))
            yield replace(found, identifiers=identifiers.unique(numbers), countries=places, program=programs or None)


def _stated(label: str) -> str:
    low = label.casefold()
    return next((kind for word, kind in _NUMBERS if word in low), "ID")


def _kind(told: str) -> EntryKind | None:
    low = told.casefold()
    for word, kind in (
        ("vessel", "vessel"),
        ("aircraft", "other"),
        ("individual", "person"),
        ("entity", "organization"),
    ):
        if word in low:
            return kind  # type: ignore[return-value]
    return None
