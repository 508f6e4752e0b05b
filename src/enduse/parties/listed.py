"""Lists made ready for asking: every alias of every entry, distinct names once, an index for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from enduse.parties.identify import identifier
from enduse.parties.kinds import declared_kind
from enduse.parties.name import Kind, Name, parse_once
from enduse.parties.packing import Packed, pack, unpack
from enduse.parties.traits import Traits, joined, traits
from enduse.parties.workers import cores, spread

KINDS: tuple[Kind, ...] = ("organization", "person", "vessel")
_STATED: Mapping[str, Kind] = {"organization": "organization", "person": "person", "vessel": "vessel"}
CHUNK = 5_000
MANY = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One listed name: `list` is its label, `country` alpha-2 codes separated by `;`, `numbers` TYPE:number."""

    list: str
    entry_id: str
    name: str
    kind: Kind
    weak: bool
    country: str
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Book:
    """What an answer is written with: every entry once, in order of list and id."""

    labels: tuple[str, ...]
    sizes: dict[str, int]  # names of each list, aliases included
    entries: list[Entry]


@dataclass(slots=True)
class Lists:
    """For each kind of entry its distinct names with their traits; `of[kind][i]` are the entries of name i, by number."""

    book: Book
    names: dict[Kind, list[Name]]
    traits: dict[Kind, Traits]
    of: dict[Kind, list[list[int]]]
    by_number: dict[str, list[int]] = field(default_factory=dict)


def lists(rows: Iterable[Mapping[str, object]], processes: int | None = None) -> Lists:
    """`rows` are of the contract LIST_ENTRY, `source` the label to answer with. Repeated lines count once; an entry without
    a stated kind is taken for what its name is.
    """
    entries = sorted(_distinct(rows), key=lambda e: (e.list, e.entry_id, e.name, e.kind))
    wanted: dict[Kind, dict[str, list[int]]] = {kind: {} for kind in KINDS}
    numbers: dict[str, list[int]] = defaultdict(list)
    for i, entry in enumerate(entries):
        wanted[entry.kind].setdefault(entry.name, []).append(i)
        for number in entry.numbers:
            numbers[number].append(i)
    many = cores() if processes is None else processes
    sizes: dict[str, int] = defaultdict(int)
    for entry in entries:
        sizes[entry.list] += 1
    made = Lists(Book(tuple(sorted(sizes)), dict(sizes), entries), {}, {}, {}, dict(numbers))
    for kind in KINDS:
        texts = sorted(wanted[kind])
        chunks = [(kind, texts[i : i + CHUNK]) for i in range(0, len(texts), CHUNK)] or [(kind, [])]
        parts = spread(_begin, None, _parsed, chunks, many if len(texts) >= MANY else 1)
        made.names[kind] = [n for packed, _ in parts for n in unpack(packed)]
        made.traits[kind] = joined([t for _, t in parts])
        made.of[kind] = [wanted[kind][text] for text in texts]
    return made


def _distinct(rows: Iterable[Mapping[str, object]]) -> list[Entry]:
    seen: dict[tuple[str, str, str], Entry] = {}
    for row in rows:
        text = {k: str(v) if v is not None else "" for k, v in row.items()}
        name = text["name"]
        kind = _STATED.get(text.get("entry_kind", ""))
        if kind is None:
            kind = "person" if declared_kind(name) == "person" else "organization"
        countries = text.get("country", "")
        numbers = frozenset(identifier(i, countries.split(";")[0]) for i in text.get("identifiers", "").split(";"))
        weak = text.get("alias_kind") == "weak"
        entry = Entry(text["source"], text["entry_id"], name, kind, weak, countries, numbers - {""})
        at = (entry.list, entry.entry_id, name)
        # Said twice, once as a weak alias: the stronger statement counts.
        if at not in seen or (seen[at].weak and not weak):
            seen[at] = entry
    return list(seen.values())


def _begin(_: object) -> None:
    """Nothing is shared: the tables of the lexicon load on first use."""


def _parsed(_: None, chunk: tuple[Kind, Sequence[str]]) -> tuple[list[Packed], Traits]:
    kind, texts = chunk
    names = [parse_once(text, kind) for text in texts]
    return pack(names), traits(names)
