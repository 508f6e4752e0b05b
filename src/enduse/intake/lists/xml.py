"""Lists in XML: the UN consolidated list, OFAC's SDN.XML, the EU's financial sanctions files. One entry a record.

The files are read as a stream by defusedxml, which refuses entity bombs and outside references.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING

from enduse.errors import SourceRefused
from enduse.intake.lists import identifiers
from enduse.intake.lists.countries import alpha2
from enduse.intake.lists.model import Entry, EntryKind, Refusal
from enduse.intake.lists.names import collect
from enduse.intake.lists.table import kind_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Name of the root element (without namespace) -> how the list is called.
ROOTS: dict[str, str] = {
    "CONSOLIDATED_LIST": "UN consolidated list (XML)",
    "sdnList": "OFAC list (SDN.XML layout)",
    "export": "EU consolidated financial sanctions list (XML)",
    "Sanctions": "OFAC list (advanced XML)",
}


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Element, *path: str) -> Iterator[Element]:
    """Descendants by tag names, whatever their namespace."""
    if not path:
        yield element
        return
    for child in element:
        if _tag(child) == path[0]:
            yield from _all(child, *path[1:])


def _texts(element: Element, *path: str) -> list[str]:
    return [t for e in _all(element, *path) if (t := " ".join((e.text or "").split()))]


def _first(element: Element, *path: str) -> str:
    return next(iter(_texts(element, *path)), "")


def _codes(names: Iterable[str]) -> tuple[str, ...]:
    return identifiers.unique(code for n in names if (code := alpha2(n)))


def _un(element: Element, row: int) -> Entry:
    person = _tag(element) == "INDIVIDUAL"
    stem = "INDIVIDUAL" if person else "ENTITY"
    main = " ".join(t for part in ("FIRST", "SECOND", "THIRD", "FOURTH") for t in _texts(element, f"{part}_NAME"))
    strong, weak = _texts(element, "NAME_ORIGINAL_SCRIPT"), list[str]()
    for alias in _all(element, f"{stem}_ALIAS"):
        (weak if _first(alias, "QUALITY").casefold() == "low" else strong).extend(_texts(alias, "ALIAS_NAME"))
    numbers = [
        identifiers.typed(number, "PASSPORT" if "passport" in _first(document, "TYPE_OF_DOCUMENT").casefold() else "ID")
        for document in _all(element, f"{stem}_DOCUMENT")
        for number in _texts(document, "NUMBER")
    ]
    kind: EntryKind = "person" if person else "organization"
    places = [*_texts(element, "NATIONALITY", "VALUE"), *_texts(element, f"{stem}_ADDRESS", "COUNTRY")]
    return Entry(
        entry_id=_first(element, "REFERENCE_NUMBER") or _first(element, "DATAID") or f"#{row}",
        row=row,
        names=collect([main], [n for t in strong for n in t.split(";")], [n for t in weak for n in t.split(";")]),
        kind=kind,
        countries=_codes(places),
        identifiers=identifiers.unique(numbers),
        program=_first(element, "UN_LIST_TYPE"),
    )


def _ofac(element: Element, row: int) -> Entry:
    def name(part: Element) -> str:
        last, first = _first(part, "lastName"), _first(part, "firstName")
        return f"{last}, {first}" if first else last

    strong, weak = list[str](), list[str]()
    for aka in _all(element, "akaList", "aka"):
        (weak if _first(aka, "category") == "weak" else strong).append(name(aka))
    numbers = []
    for document in _all(element, "idList", "id"):
        label = _first(document, "idType").casefold()
        stated = next(
            (
                k
                for w, k in (
                    ("tax", "TAX"),
                    ("registration", "REG"),
                    ("passport", "PASSPORT"),
                    ("swift", "SWIFT"),
                    ("gazette", "OKPO"),
                )
                if w in label
            ),
            "ID",
        )
        numbers += [identifiers.typed(n, stated) for n in _texts(document, "idNumber")]
    places = [
        *_texts(element, "nationalityList", "nationality", "country"),
        *_texts(element, "citizenshipList", "citizenship", "country"),
    ]
    places += [*_texts(element, "addressList", "address", "country"), *_texts(element, "vesselInfo", "vesselFlag")]
    return Entry(
        entry_id=_first(element, "uid") or f"#{row}",
        row=row,
        names=collect([name(element)], strong, weak),
        kind=kind_of(_first(element, "sdnType")),
        countries=_codes(places),
        identifiers=identifiers.unique(numbers),
        program=";".join(_texts(element, "programList", "program")),
    )


def _eu(element: Element, row: int) -> Entry:
    def attributes(key: str, *path: str) -> list[str]:
        return [v for e in _all(element, *path) if (v := e.get(key, "").strip())]

    strong = [e.get("wholeName", "") for e in _all(element, "nameAlias") if e.get("strong", "true") != "false"]
    weak = [e.get("wholeName", "") for e in _all(element, "nameAlias") if e.get("strong", "true") == "false"]
    numbers = [
        identifiers.typed(e.get("number", ""), "PASSPORT" if e.get("identificationTypeCode") == "passport" else "ID")
        for e in _all(element, "identification")
    ]
    subject = " ".join(attributes("code", "subjectType") + attributes("classificationCode", "subjectType"))
    return Entry(
        entry_id=element.get("euReferenceNumber") or element.get("logicalId") or f"#{row}",
        row=row,
        names=collect(strong, weak=weak),
        kind=kind_of(subject)
        or ("person" if subject.endswith("P") else "organization" if subject.endswith("E") else None),
        countries=_codes(attributes("countryIso2Code", "citizenship") + attributes("countryIso2Code", "address")),
        identifiers=identifiers.unique(numbers),
        program=";".join(dict.fromkeys(attributes("programme", "regulation"))),
    )


_RECORDS: dict[str, Callable[[Element, int], Entry]] = {
    "INDIVIDUAL": _un,
    "ENTITY": _un,
    "sdnEntry": _ofac,
    "sanctionEntity": _eu,
}
# Elements that hold records and are freed with them; all else is small.
_HOLDERS = frozenset(("INDIVIDUALS", "ENTITIES", "CONSOLIDATED_LIST", "sdnList", "export"))


def entries(stream: IO[bytes], name: str, dates: list[str]) -> Iterator[Entry | Refusal]:
    """One entry a record of the XML in `stream`, in file order; the date the list states is put into `dates`.

    `name` is for messages. Raises SourceRefused where the file is not well-formed or tries what a data file has no need of.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    from enduse.intake.lists import ofac_advanced

    row = 0
    holders: list[Element] = []
    advanced: ofac_advanced.Reader | None = None
    try:
        for event, element in iterparse(stream, events=("start", "end")):
            tag = _tag(element)
            if event == "start":
                if tag == "Sanctions" and not holders and not row:
                    advanced = ofac_advanced.Reader()
                if tag in _HOLDERS:
                    holders.append(element)
                dates += [d for k in ("dateGenerated", "generationDate") if (d := _iso(element.get(k, "")))]
                continue
            if advanced is not None:
                yield from advanced.end(tag, element, dates)
                continue
            if tag == "Publish_Date" and (stated := _iso((element.text or "").strip())):
                dates.append(stated)
            record = _RECORDS.get(tag)
            if record is None:
                continue
            row += 1
            entry = record(element, row)
            yield entry if entry.names else Refusal(row, "no_name", " ".join(element.itertext()))
            element.clear()
            if holders and len(holders[-1]) > 1000:
                holders[-1].clear()
        if advanced is not None:
            yield from advanced.close()
    except ParseError as error:
        raise SourceRefused(f"the XML is broken ({error})", where=name, fix="Download the file again") from error
    except DefusedXmlException as error:
        raise SourceRefused(
            f"the XML declares entities or outside references ({type(error).__name__})",
            where=name,
            fix="A list has no need of them: get it from its publisher",
        ) from error


def _iso(text: str) -> str:
    """The date of an ISO time, or of OFAC's month/day/year."""
    found = re.match(r"([0-9]{4}-[0-9]{2}-[0-9]{2})", text)
    if found:
        return found[1]
    us = re.match(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})$", text)
    return f"{us[3]}-{int(us[1]):02d}-{int(us[2]):02d}" if us else ""


def root(head: bytes) -> str | None:
    """The name of the list whose XML begins so, or None."""
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    found = re.search(
        r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]",
        re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>", " ", text, flags=re.DOTALL),
    )
    return ROOTS.get(found.group(1)) if found else None
