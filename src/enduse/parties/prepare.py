"""Names made ready for a whole file: parsed, told apart as firm, person or nobody, with their traits; over several processes where many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from enduse.parties.kinds import declared_kind
from enduse.parties.name import Kind, Name, parse, parse_once
from enduse.parties.packing import Packed, pack, unpack
from enduse.parties.traits import Traits, joined, traits
from enduse.parties.workers import cores, spread

MANY = 20_000  # names from which a second process pays
CHUNK = 5_000
_Parser = Callable[[str, Kind], Name]
_Part = tuple[list[str], list[Packed], Traits]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Distinct names in the order given: `kinds` is organization, person or unnamed."""

    kinds: list[str]
    names: list[Name]
    traits: Traits


def prepare(raw: Sequence[str], processes: int | None = None) -> Prepared:
    """Parse every name as what it is declared to be (`kinds.declared_kind`)."""
    many = cores() if processes is None else processes
    chunks = [list(raw[i : i + CHUNK]) for i in range(0, len(raw), CHUNK)] or [[]]
    many = many if len(raw) >= MANY else 1
    parts: list[_Part] = spread(_begin, many > 1, _prepared, chunks, many)
    kinds = [k for p in parts for k in p[0]]
    return Prepared(kinds, [n for p in parts for n in unpack(p[1])], joined([p[2] for p in parts]))


def _begin(apart: bool) -> _Parser:
    """How a name is parsed: a helper process sees every name once and need not remember it."""
    return parse_once if apart else parse


def _prepared(parser: _Parser, raw: list[str]) -> _Part:
    kinds = [declared_kind(text) for text in raw]
    names = [parser(text, "person" if k == "person" else "organization") for text, k in zip(raw, kinds, strict=True)]
    return kinds, pack(names), traits(names)
