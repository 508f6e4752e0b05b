"""From names as declared to parties: group equal keys, look for candidates, score, cluster, name the result."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from enduse.parties.candidates import Index, steady_memory
from enduse.parties.cluster import Clusters
from enduse.parties.identify import identifier, number_of
from enduse.parties.judgements import FILE, Judgements
from enduse.parties.kinds import declared_kind
from enduse.parties.name import Name, parse
from enduse.parties.score import Scored, score

MERGE_FLOOR = 0.3  # share of its keys a name must find in another to be scored: a merge needs more than a list hit
SHARED_ID = 25  # a number declared with more names than this is a placeholder or an agent's


class Mention(NamedTuple):
    """A distinct (name, country, identifier) of the declarations and the number of rows that carry it."""

    name: str
    country: str = ""
    identifier: str = ""
    rows: int = 1


@dataclass(frozen=True)
class Given:
    """The answer for one mention."""

    mention: Mention
    method: str
    score: float
    reasons: str


@dataclass(frozen=True)
class Party:
    """A resolved party with its mentions, main name first."""

    party_id: str
    name: str
    country: str
    kind: str
    identifiers: tuple[str, ...]
    given: tuple[Given, ...]


@dataclass(slots=True)
class _Group:
    """Mentions that no rule of ours can tell apart: same key, forms, country and number."""

    key: str
    kind: str
    name: Name
    identifier: str
    mentions: list[Mention]
    rows: int = 0


class Pairs:
    """Scores of pairs of names, each computed once."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self._seen: dict[tuple[int, int], Scored] = {}

    def __call__(self, i: int, j: int) -> Scored:
        if i > j:
            i, j = j, i
        got = self._seen.get((i, j))
        if got is None:
            a, b = self._names[i], self._names[j]
            kind = "person" if a.kind == b.kind == "person" else "organization"
            if a.kind != b.kind:
                a, b = (n if n.kind == kind else _as_organization(n) for n in (a, b))
            got = self._seen[i, j] = score(a, b, kind, least=0.5)  # type: ignore[arg-type]
        return got

    def probability(self, i: int, j: int) -> float:
        return self(i, j).probability


def _as_organization(name: Name) -> Name:
    return replace(parse(name.raw, "organization"), country=name.country, identifiers=name.identifiers)


def resolve(
    mentions: Iterable[Mention],
    judgements: Judgements,
    threshold: float,
    *,
    say: Callable[[str], None] = lambda _: None,
) -> list[Party]:
    """Parties of all mentions, ordered by id. The result does not depend on the order of `mentions`.

    `say` is told of every `same` judgement that could not be obeyed because a `different` one stands against it.
    """
    with steady_memory():
        return _resolve(mentions, judgements, threshold, say)


def _resolve(
    mentions: Iterable[Mention], judgements: Judgements, threshold: float, say: Callable[[str], None]
) -> list[Party]:
    ordered = sorted(mentions)
    judged = {n for pair in (*judgements.same, *judgements.different) for n in pair}
    groups = _groups(ordered, judged)
    named = [g for g in groups if g.kind != "unnamed"]
    pairs = Pairs([g.name for g in named])
    clusters = Clusters([g.identifier for g in named], [(-g.rows, g.mentions[0].name, g.key) for g in named])  # type: ignore[misc]
    ruled = _rule(named, judgements, clusters, say)
    edges = [(pairs.probability(i, j), i, j) for i, j in sorted(_pairs(named))]
    clusters.link(edges, threshold, pairs.probability)
    near = defaultdict(list)
    for s, i, j in edges:
        if s >= threshold:
            near[i].append(j)
            near[j].append(i)
    out = [_party([named[m] for m in members], members, pairs, near, ruled) for members in clusters.groups()]
    out += [_party([g], [-1], pairs, near, ruled) for g in groups if g.kind == "unnamed"]
    return sorted(out, key=lambda p: p.party_id)


def _groups(mentions: Sequence[Mention], judged: set[str]) -> list[_Group]:
    many: dict[str, set[str]] = defaultdict(set)
    typed: dict[Mention, str] = {}
    for m in mentions:
        typed[m] = identifier(m.identifier, m.country)
        if typed[m]:
            many[typed[m]].add(m.name)
    surest = {
        number_of(t): t for t in sorted(many, key=lambda t: (not t.startswith("ID:"), t))
    }  # a known type wins over ID
    typed = {m: surest.get(number_of(t), "") if t else "" for m, t in typed.items()}
    many = {t: many[t] | many.get("ID:" + number_of(t), set()) for t in many}
    groups: dict[str, _Group] = {}
    for m in mentions:
        number = typed[m] if len(many.get(typed[m], ())) <= SHARED_ID else ""
        kind = declared_kind(m.name)
        name = parse(m.name, "person" if kind == "person" else "organization")
        if kind == "unnamed" or not name.words:
            kind, key = "unnamed", f"~unnamed\t{m.name}\t{m.country}\t{m.identifier}"
        else:
            forms = ",".join(sorted(name.forms))
            key = "\t".join((name.key, forms, m.country, number, m.name if m.name in judged else "")).rstrip("\t")
        group = groups.get(key)
        if group is None:
            known = (
                replace(name, country=m.country, identifiers=frozenset({number} - {""}))
                if m.country or number
                else name
            )
            group = groups[key] = _Group(key, kind, known, number, [])
        group.mentions.append(m)
        group.rows += m.rows
    for group in groups.values():
        group.mentions.sort(key=lambda m: (-m.rows, m))
    return [groups[k] for k in sorted(groups)]


def _rule(
    groups: Sequence[_Group], judgements: Judgements, clusters: Clusters, say: Callable[[str], None]
) -> dict[tuple[int, int], str]:
    """Judgements into the clusters, before any score: what must stay apart first, then what belongs together."""
    where: dict[str, list[int]] = defaultdict(list)
    for i, g in enumerate(groups):
        for name in {m.name for m in g.mentions}:
            where[name].append(i)
    for left, right in sorted(judgements.different):
        for i in where.get(left, ()):
            for j in where.get(right, ()):
                clusters.forbid(i, j)
    ruled: dict[tuple[int, int], str] = {}
    for left, right in judgements.same:
        apart = False
        for i in where.get(left, ()):
            for j in where.get(right, ()):
                if i != j and clusters.may(i, j, strict=False):
                    clusters.join(i, j)
                    ruled[min(i, j), max(i, j)] = judgements.note(left, right)
                elif i != j:
                    apart = True
        if apart:
            say(f"{FILE}: same on {left!r} and {right!r} is against a different judgement, which stands")
    return ruled


def _pairs(groups: Sequence[_Group]) -> set[tuple[int, int]]:
    """Candidate pairs: equal numbers, equal keys, and what the index finds."""
    found: set[tuple[int, int]] = set()
    for label in ("identifier", "key"):
        same: dict[str, list[int]] = defaultdict(list)
        for i, g in enumerate(groups):
            value = g.identifier if label == "identifier" else g.name.key
            if value:
                same[value].append(i)
        for rows in same.values():
            # All pairs of a few; of many, each with the first and with its neighbour.
            if len(rows) <= 12:
                found.update((i, j) for n, i in enumerate(rows) for j in rows[n + 1 :])
            else:
                found.update((rows[0], j) for j in rows[1:])
                found.update(pairwise(rows))
    firsts: dict[str, int] = {}
    for i, g in enumerate(groups):
        firsts.setdefault(g.name.key, i)
    positions = sorted(firsts.values())
    index = Index([groups[i].name for i in positions])
    for n, i in enumerate(positions):
        for k in index.around(n, best=7, floor=MERGE_FLOOR):
            j = positions[k]
            found.add((min(i, j), max(i, j)))
    return found


def _party(
    groups: Sequence[_Group],
    members: Sequence[int],
    pairs: Pairs,
    near: dict[int, list[int]],
    ruled: dict[tuple[int, int], str],
) -> Party:
    given: list[Given] = []
    alone = len(groups) == 1
    inside = set(members)
    for group, i in zip(groups, members, strict=True):
        method, value, why = "alone", 1.0, ""
        if group.kind == "unnamed":
            why = "no firm is named"
        elif alone and len(group.mentions) > 1:
            method, why = "exact_key", "for: same words after normalisation"
        elif not alone:
            method, value, why = _how(i, inside, groups, members, pairs, near, ruled)
        given += [Given(m, method, value, why) for m in group.mentions]
    main = groups[0]
    rows: dict[str, int] = defaultdict(int)
    for group in groups:
        for m in group.mentions:
            rows[m.name] += m.rows
    countries = {m.country for g in groups for m in g.mentions} - {""}
    kinds = {g.kind for g in groups}
    smallest = min(g.key for g in groups)
    return Party(
        party_id="P-" + hashlib.sha256(smallest.encode()).hexdigest()[:10],
        name=min(rows, key=lambda n: (-rows[n], n)),
        country=countries.pop() if len(countries) == 1 else "",
        kind=main.kind if len(kinds) == 1 else "organization",
        identifiers=tuple(sorted({g.identifier for g in groups} - {""})),
        given=tuple(sorted(given, key=lambda g: g.mention)),
    )


def _how(
    i: int,
    inside: set[int],
    groups: Sequence[_Group],
    members: Sequence[int],
    pairs: Pairs,
    near: dict[int, list[int]],
    ruled: dict[tuple[int, int], str],
) -> tuple[str, float, str]:
    """(method, score, reasons) of a member: what tied it to the others."""
    for (a, b), note in sorted(ruled.items()):
        if i in (a, b):
            return "judgement", 1.0, "for: judged the same" + (f" by {note}" if note else "")
    others = [j for j in near.get(i, ()) if j in inside] or [m for m in members if m != i]
    best = min(others, key=lambda j: (-pairs.probability(i, j), j))
    scored = pairs(i, best)
    at = dict(zip(members, groups, strict=True))
    mine, other = at[i], at[best]
    if mine.identifier and mine.identifier == other.identifier:
        method = "identifier"
    else:
        method = "exact_key" if mine.name.key == other.name.key else "rare_token"
    return method, scored.probability, scored.reasons
