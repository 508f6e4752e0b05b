"""Columns that name a party by where it sits (the resident trader, the foreign partner), read as importer or exporter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .headers import Header

_SEATS = frozenset({"RESIDENT", "COUNTERPARTY"})
_NAMED = frozenset({"IMPORTER", "EXPORTER", "AGENT", "MAKER"})
_OTHER = {"IMPORTER": "EXPORTER", "EXPORTER": "IMPORTER"}
ASSUMED = "ASSUMED"  # neither a direction nor the other party says which side a seat is


_ATTRIBUTES = frozenset({"ADDRESS", "ID", "COUNTRY", "CODE"})
_LONE = frozenset({"NAME", "ADDRESS", "ID", "CODE", "NUMBER", "IDWORD", "TAX", "LOCALNAME", "ENGLISH"})


def seated(headers: Sequence[Header], direction: str | None, *, mixed: bool = False) -> list[Header]:
    """The headers with RESIDENT and COUNTERPARTY turned into IMPORTER or EXPORTER.

    The resident of an import file is its importer. Where no direction is known, the party that is named otherwise
    decides (a `supplier` beside a `contribuyente`), else an import is assumed and the header bears `ASSUMED`. A file of
    both directions (`mixed`) has its resident on either side: then the column stays without a role. A name, number or
    address that says of nobody whose it is belongs to the one party that is not named otherwise.
    """
    resident = {"import": "IMPORTER", "export": "EXPORTER"}.get(direction or "")
    importer, exporter = (_names(headers, side) for side in ("IMPORTER", "EXPORTER"))
    assumed = False
    if resident is None:
        resident = "EXPORTER" if importer and not exporter else "IMPORTER"
        assumed = importer == exporter
    made = [_seat(h, resident, assumed=assumed, mixed=mixed and direction is None) for h in headers]
    if direction is None and not mixed:
        missing = [side for side in ("IMPORTER", "EXPORTER") if not _names(made, side)]
        if len(missing) == 1:
            made = [_adopt(h, missing[0]) for h in made]
    return made


def _names(headers: Sequence[Header], side: str) -> bool:
    apart = frozenset({"AGENT", "ID", "TAX", "PLACE", "CONTACT", "ADDRESS", "COUNTRY"})
    return any(side in h.concepts and not h.concepts & apart for h in headers)


def _adopt(header: Header, side: str) -> Header:
    plain = header.concepts
    if plain and plain <= _LONE and plain & {"NAME", "ADDRESS", "ID"} and not header.unknown and not header.box:
        return replace(header, concepts=plain | {side, ASSUMED})
    return header


def _seat(header: Header, resident: str, *, assumed: bool, mixed: bool) -> Header:
    seats = header.concepts & _SEATS
    if not seats:
        return header
    plain = header.concepts - _SEATS
    if plain & _NAMED:
        return replace(header, concepts=plain)
    if plain & _ATTRIBUTES:
        plain -= {"NAME"}  # `alamat perusahaan`: address of the company
    for word, side in (("IMPWORD", "IMPORTER"), ("EXPWORD", "EXPORTER")):  # công ty nhập khẩu
        if word in plain and "RESIDENT" in seats:
            return replace(header, concepts=plain - {word} | {side})
    if mixed:
        return replace(header, concepts=plain | {"BOTHSIDES"})
    side = _OTHER[resident] if "COUNTERPARTY" in seats else resident
    return replace(header, concepts=plain | {side} | ({ASSUMED} if assumed else set()))
