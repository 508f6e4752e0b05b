"""OFAC's alias files say nothing of the entry but its number: what its primary file says of it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from enduse.intake.lists import ofac

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.intake.lists.model import ListRead

FILLED = ("entry_kind", "country", "identifiers", "program")


def complete(read: Sequence[ListRead]) -> list[pa.Table]:
    """The entries of all lists of a case, in order; aliases of OFAC with the kind, country, identifiers and programme of
    the entry that bears the same number in a primary file of the case; primary names and aliases with the countries of
    its addresses where that file is in the case. Lists of others stay as they are.
    """
    import pyarrow as pa

    known: dict[str, tuple[str | None, ...]] = {}
    places: dict[str, tuple[str, ...]] = {}
    for made in read:
        for entry, found in (made.places or {}).items():
            places[entry] = tuple(dict.fromkeys((*places.get(entry, ()), *found)))
    for made in read:
        if made.format.startswith(ofac.PRIMARY):
            columns = [made.entries[c].to_pylist() for c in FILLED]
            for entry_id, *said in zip(made.entries["entry_id"].to_pylist(), *columns, strict=True):
                kind, country, *rest = said
                stated = country.split(";") if country else []
                joined = ";".join(dict.fromkeys((*stated, *places.get(entry_id, ())))) or None
                known.setdefault(entry_id, (kind, joined, *rest))
    out: list[pa.Table] = []
    for made in read:
        table = made.entries
        filled = made.format.startswith(ofac.ALIASES) or (places and made.format.startswith(ofac.PRIMARY))
        if known and filled:
            said = [known.get(i, (None,) * len(FILLED)) for i in table["entry_id"].to_pylist()]
            for place, name in enumerate(FILLED):
                at = table.schema.get_field_index(name)
                table = table.set_column(at, table.schema.field(at), pa.array([s[place] for s in said], pa.string()))
        out.append(table)
    return out
