"""What a reader of lists makes: entries with their names, and the table they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from enduse.contracts import TABLES

AliasKind = Literal["primary", "strong", "weak"]
EntryKind = Literal["organization", "person", "vessel", "other"]

REASONS: dict[str, str] = {
    "no_name": "The record of a list has no name of a person, firm or vessel in any of its name columns.",
    "broken_record": "The record of a list does not have the columns of its layout.",
}

_RANK: dict[str, int] = {"primary": 0, "strong": 1, "weak": 2}
EXCERPT = 200


@dataclass(slots=True)
class Entry:
    """One record of a list. `names` are in order: the main name first, where the record has one."""

    entry_id: str
    row: int
    names: tuple[tuple[str, AliasKind], ...]
    kind: EntryKind | None = None
    countries: tuple[str, ...] = ()  # alpha-2
    identifiers: tuple[str, ...] = ()  # TYPE:number
    program: str | None = None


@dataclass(slots=True)
class Refusal:
    """One record that cannot be an entry."""

    row: int
    reason: str
    excerpt: str


@dataclass(frozen=True)
class ListRead:
    """A list as read. `entries` follows LIST_ENTRY, `rejected` REJECTION; records = loaded + rows of `rejected`."""

    entries: pa.Table
    records: int
    loaded: int
    rejected: pa.Table
    format: str
    as_of: str | None = None  # ISO date of the snapshot
    places: dict[str, tuple[str, ...]] | None = None  # of OFAC's addresses: countries by entry


@dataclass(slots=True)
class _Line:
    """One name of one entry, with every record that states it."""

    kind: AliasKind
    entry: Entry
    rows: list[int] = field(default_factory=list)


@dataclass
class Collector:
    """Gathers entries and refusals of one list and counts its records."""

    alias: str
    records: int = 0
    loaded: int = 0
    _lines: dict[tuple[str, str], _Line] = field(default_factory=dict)
    _refused: list[Refusal] = field(default_factory=list)

    def add(self, found: Entry | Refusal) -> None:
        self.records += 1
        if isinstance(found, Refusal):
            self._refused.append(found)
            return
        self.loaded += 1
        for name, kind in found.names:
            # The key of LIST_ENTRY is (source, entry_id, name): a name stated twice is one line with both records.
            line = self._lines.get((found.entry_id, name))
            if line is None:
                self._lines[found.entry_id, name] = _Line(kind, found, [found.row])
                continue
            if _RANK[kind] < _RANK[line.kind]:
                line.kind = kind
            if found.row not in line.rows:
                line.rows.append(found.row)

    def result(self, layout: str) -> ListRead:
        lines = self._lines.items()
        entries = {
            "source": [self.alias] * len(lines),
            "entry_id": [key[0] for key, _ in lines],
            "name": [key[1] for key, _ in lines],
            "alias_kind": [line.kind for _, line in lines],
            "entry_kind": [line.entry.kind for _, line in lines],
            "country": [";".join(line.entry.countries) or None for _, line in lines],
            "identifiers": [";".join(line.entry.identifiers) or None for _, line in lines],
            "program": [line.entry.program or None for _, line in lines],
            "row": [";".join(map(str, line.rows)) for _, line in lines],
        }
        rejected = {
            "source": [self.alias] * len(self._refused),
            "row": [r.row for r in self._refused],
            "reason": [r.reason for r in self._refused],
            "excerpt": [r.excerpt[:EXCERPT] for r in self._refused],
            "value": [None] * len(self._refused),
        }
        return ListRead(
            pa.table(entries, schema=TABLES["list_entry"].schema),
            self.records,
            self.loaded,
            pa.table(rejected, schema=TABLES["rejection"].schema),
            layout,
        )
