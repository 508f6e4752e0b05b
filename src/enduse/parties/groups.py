"""Mentions that no rule can tell apart, taken together before anything is compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from enduse.parties.identify import identifier, number_of
from enduse.parties.name import Name
from enduse.parties.prepare import prepare
from enduse.parties.traits import Traits

SHARED_ID = 25  # a number declared with more names than this is a placeholder or an agent's


class Mention(NamedTuple):
    """A distinct (name, country, identifier) of the declarations: its rows, their value in US dollars, and the place of the
    first file (in the order in which files were added) that declares it.
    """

    name: str
    country: str = ""
    identifier: str = ""
    rows: int = 1
    usd: Decimal = Decimal(0)
    first: int = 0


@dataclass(slots=True)
class Group:
    """Mentions of one key (words, legal forms, country, number); `row` is the place of its name among the prepared names."""

    key: str
    kind: str
    name: Name
    identifier: str
    row: int
    mentions: list[Mention]
    rows: int = 0
    first: int = 0
    usd: Decimal = Decimal(0)


def groups(mentions: Sequence[Mention], apart: Iterable[tuple[str, str]]) -> tuple[list[Group], Traits]:
    """Groups in order of their key, and the traits of all distinct names (`Group.row` counts them).

    `apart` are pairs of names judged different: where their words are equal, each name keeps a group of its own.
    """
    texts = sorted({m.name for m in mentions})
    ready = prepare(texts)
    place = {text: i for i, text in enumerate(texts)}
    numbers = _numbers(mentions)
    keys = {text: name.key for text, name in zip(texts, ready.names, strict=True)}
    alone = {n for a, b in apart if a in keys and b in keys and keys[a] == keys[b] for n in (a, b)}
    made: dict[str, Group] = {}
    for m in mentions:
        row = place[m.name]
        kind, name, number = ready.kinds[row], ready.names[row], numbers[m]
        if kind == "unnamed" or not name.words:
            kind, key = "unnamed", f"~unnamed\t{m.name}\t{m.country}\t{m.identifier}"
        else:
            forms = ",".join(sorted(name.forms))
            key = "\t".join((name.key, forms, m.country, number, m.name if m.name in alone else "")).rstrip("\t")
        group = made.get(key)
        if group is None:
            if m.country or number:
                name = replace(name, country=m.country, identifiers=frozenset({number} - {""}))
            group = made[key] = Group(key, kind, name, number, row, [], first=m.first)
        group.mentions.append(m)
        group.rows += m.rows
        group.usd += m.usd
        group.first = min(group.first, m.first)
    for group in made.values():
        group.mentions.sort(key=lambda m: (-m.rows, m))
    return [made[k] for k in sorted(made)], ready.traits


def _numbers(mentions: Sequence[Mention]) -> dict[Mention, str]:
    """`TYPE:number` of each mention; empty where it is a placeholder or shared by too many names."""
    typed = {m: identifier(m.identifier, m.country) for m in mentions}
    names: dict[str, set[str]] = defaultdict(set)
    for m, t in typed.items():
        if t:
            names[t].add(m.name)
    # One number under two types: a known type wins over ID.
    surest = {number_of(t): t for t in sorted(names, key=lambda t: (not t.startswith("ID:"), t))}
    out = {}
    for m, t in typed.items():
        number = surest[number_of(t)] if t else ""
        users = names.get(number, set()) | names.get("ID:" + number_of(number), set()) if number else set()
        out[m] = number if len(users) <= SHARED_ID else ""
    return out
