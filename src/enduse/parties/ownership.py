"""Who stands behind a firm: ownership files as a graph, and the firms that listed owners hold by a dated rule.

A rule such as OFAC's works downwards: a firm of which listed owners together hold half counts as listed itself, and its own
holdings then count whole. Shares through firms that do not reach the rule count for nothing, so shares are never multiplied.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from enduse.parties.identify import identifier, number_of
from enduse.parties.name import parse
from enduse.reference.party_facts import OwnershipRule, ownership_rules

HOLDS = (
    "owner",
    "parent",
    "beneficial_owner",
)  # roles that are a holding; a director or a related person holds nothing


class Holding(NamedTuple):
    """One line of an ownership file between two nodes. `share` is None where it is not stated."""

    owner: int
    owned: int
    role: str
    share: float | None
    start: dt.date | None
    end: dt.date | None
    record: str  # alias of the file, `:`, record


@dataclass(slots=True)
class Node:
    """A firm or person of the ownership files; names and numbers as stated in any of their lines."""

    kind: str
    names: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.names[0]


class Listed(NamedTuple):
    """A list entry that a node is taken for."""

    list: str
    entry_id: str
    entry_name: str


@dataclass(frozen=True)
class Behind:
    """A node held by a listed owner: `share` is what all owners that count hold together, None where none is stated."""

    node: int
    owner: Listed
    share: float | None
    rule: str
    path: str


@dataclass(slots=True)
class Graph:
    """Nodes and holdings of all ownership files."""

    nodes: list[Node]
    holdings: list[Holding]

    def owners(self) -> dict[int, list[Holding]]:
        """Holdings by the firm that is held."""
        out: dict[int, list[Holding]] = defaultdict(list)
        for h in self.holdings:
            out[h.owned].append(h)
        return out


def graph(rows: Iterable[Mapping[str, object]]) -> Graph:
    """The graph of rows of the contract OWNERSHIP. One node is one id of one file; nodes of all files with a number in common,
    or with equal words, legal forms and country, are one.
    """
    ordered = sorted(rows, key=lambda r: (str(r["source"]), int(str(r["row"]))))
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    sides = []
    for row in ordered:
        for side in ("owner", "owned"):
            keys = _keys(row, side)
            for other in keys[1:]:
                a, b = sorted((find(keys[0]), find(other)))
                parent[b] = a
            sides.append(keys[0])
    place: dict[str, int] = {}
    nodes: list[Node] = []
    holdings: list[Holding] = []
    for n, row in enumerate(ordered):
        ends = []
        for side, key in zip(("owner", "owned"), sides[2 * n : 2 * n + 2], strict=True):
            root = find(key)
            if root not in place:
                place[root] = len(nodes)
                nodes.append(Node("organization"))
            ends.append(place[root])
            _state(nodes[place[root]], row, side)
        share, start, end = row.get("share"), row.get("start"), row.get("end")
        holdings.append(
            Holding(
                ends[0], ends[1], str(row["role"]), float(str(share)) if share is not None else None,
                start if isinstance(start, dt.date) else None, end if isinstance(end, dt.date) else None, f"{row['source']}:{row['row']}",
            )
        )  # fmt: skip
    return Graph(nodes, holdings)


def _keys(row: Mapping[str, object], side: str) -> list[str]:
    """What names the firm or person on one side of a line: its id in the file, its numbers, its words with forms and country."""
    country, name = str(row.get(f"{side}_country") or ""), str(row[f"{side}_name"])
    kind = "person" if side == "owner" and row.get("owner_kind") == "person" else "organization"
    parsed = parse(name, kind)
    forms = ",".join(sorted(parsed.forms))
    own = row.get(f"{side}_id")
    words = f"name\t{kind}\t{parsed.key or name}\t{forms}\t{country}"
    keys = [f"id\t{row['source']}\t{own}"] if own else [words]
    # Two persons of one name are two persons; a firm's full name in one country is taken for the firm.
    if own and kind == "organization" and parsed.information >= 1.0 and country:
        keys.append(words)
    return keys + [f"number\t{number_of(n)}" for n in _numbers(row, side)]


def _numbers(row: Mapping[str, object], side: str) -> list[str]:
    country = str(row.get(f"{side}_country") or "")
    cell = str(row.get(f"{side}_identifiers") or "")
    return sorted({n for n in (identifier(i, country) for i in cell.split(";")) if n})


def _state(node: Node, row: Mapping[str, object], side: str) -> None:
    name, country = str(row[f"{side}_name"]), str(row.get(f"{side}_country") or "")
    if name not in node.names:
        node.names.append(name)
    if country and country not in node.countries:
        node.countries.append(country)
    node.numbers.update(_numbers(row, side))
    if side == "owner" and row.get("owner_kind") == "person":
        node.kind = "person"


def rule_for(label: str) -> OwnershipRule:
    """The rule that goes with a list, by the words of its label; the first of the table where none does."""
    words = "".join(c if c.isalnum() else " " for c in label.partition("@")[0].casefold()).split()
    rules = ownership_rules()
    return next((r for r in rules if any(w.startswith(start) for w in words for start in r.lists)), rules[0])


def behind(made: Graph, listed: Mapping[int, Sequence[Listed]], *, since: dt.date | None = None) -> list[Behind]:
    """Nodes that are held by listed owners and not listed themselves, one line for each listed entry behind them.

    `listed` names the nodes taken for list entries. A holding that ended before `since` (the first day of the records) is left out.
    """
    owners: dict[int, list[Holding]] = defaultdict(list)
    for h in made.holdings:
        if h.role in HOLDS and h.owner != h.owned and not (since and h.end and h.end < since):
            owners[h.owned].append(h)
    out: list[Behind] = []
    for label in sorted({one.list for some in listed.values() for one in some}):
        rule = rule_for(label)
        roots = {n: [one for one in some if one.list == label] for n, some in listed.items()}
        out += _held(made, owners, {n: some for n, some in roots.items() if some}, rule)
    return sorted(out, key=lambda b: (b.node, b.owner))


def _held(
    made: Graph, owners: Mapping[int, Sequence[Holding]], roots: Mapping[int, Sequence[Listed]], rule: OwnershipRule
) -> list[Behind]:
    reached, shares = _closure(owners, set(roots), rule)
    unstated = _unstated(owners, {*roots, *reached})
    out = []
    for node in sorted(reached):
        for owner, steps in _sources(node, owners, roots, {*roots, *reached}):
            out.append(Behind(node, owner, round(shares[node], 6), rule.label, _path(made, steps)))
    for node, holding in sorted(unstated.items()):
        for owner, steps in _sources(holding.owner, owners, roots, {*roots, *reached}, first=holding):
            out.append(
                Behind(node, owner, None, f"{rule.label}: share not stated, cannot be decided", _path(made, steps))
            )
    return out


def _closure(
    owners: Mapping[int, Sequence[Holding]], roots: set[int], rule: OwnershipRule
) -> tuple[set[int], dict[int, float]]:
    """Firms that reach the rule, round by round until none is added, and what counting owners hold of each."""
    reached: set[int] = set()
    shares: dict[int, float] = {}
    while True:
        counting = roots | reached
        fresh = set()
        for node, held in owners.items():
            if node in counting:
                continue
            each: dict[int, float] = {}
            for h in held:
                if h.owner in counting and h.share is not None:
                    each[h.owner] = max(each.get(h.owner, 0.0), h.share)  # one holding stated twice is one
            whole = min(1.0, sum(each.values())) if rule.aggregate else max(each.values(), default=0.0)
            if each and rule.met(whole):
                fresh.add(node)
                shares[node] = whole
        if not fresh:
            return reached, shares
        reached |= fresh


def _unstated(owners: Mapping[int, Sequence[Holding]], counting: set[int]) -> dict[int, Holding]:
    """Firms outside with an owner inside whose share is not stated."""
    out = {}
    for node, held in owners.items():
        if node not in counting:
            open_ = [h for h in held if h.owner in counting and h.share is None]
            if open_:
                out[node] = min(open_, key=lambda h: h.record)
    return out


def _sources(
    node: int,
    owners: Mapping[int, Sequence[Holding]],
    roots: Mapping[int, Sequence[Listed]],
    counting: set[int],
    first: Holding | None = None,
) -> list[tuple[Listed, list[Holding]]]:
    """Each listed entry above `node` with the shortest way up through owners that count."""
    start = [first] if first else []
    way: dict[int, list[Holding]] = {node: start}
    queue = [node]
    out: list[tuple[Listed, list[Holding]]] = []
    for at in queue:
        if at in roots:
            out += [(one, way[at]) for one in roots[at]]
            continue
        for h in sorted(owners.get(at, ()), key=lambda h: (-(h.share or 0.0), h.record)):
            if h.owner in counting and h.owner not in way and h.share is not None:
                way[h.owner] = [*way[at], h]
                queue.append(h.owner)
    return sorted(out, key=lambda s: s[0])


def _path(made: Graph, steps: Sequence[Holding]) -> str:
    """From the firm up: `A < 60 % B (file:3) < 100 % C (file:9, until 2023-05-01)`."""
    text = made.nodes[steps[0].owned].name if steps else ""
    for h in steps:
        share = f"{100 * h.share:g} % " if h.share is not None else "share not stated, "
        dates = "".join(f", {word} {day.isoformat()}" for word, day in (("since", h.start), ("until", h.end)) if day)
        text += f" < {share}{made.nodes[h.owner].name} ({h.record}{dates})"
    return text
