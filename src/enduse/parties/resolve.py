"""From names as declared to parties: group, look for candidates, score, weigh what stands beside the names, cluster, name the result."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from enduse.parties.candidates import steady_memory
from enduse.parties.cluster import Clusters
from enduse.parties.corpus import Corpus
from enduse.parties.groups import Group, Mention, groups
from enduse.parties.judgements import FILE, Judgements
from enduse.parties.pairing import LEAST, Edge, Pairs, edges
from enduse.parties.workers import kept

__all__ = ["Beside", "Given", "Levels", "Mention", "Party", "Resolved", "Uncertain", "resolve"]

CERTAIN = 0.985  # what stands beside two names is not asked above


class Levels(NamedTuple):
    """Probability two names need to be merged in each reading."""

    strict: float
    central: float
    broad: float


@dataclass(frozen=True)
class Given:
    """The answer for one mention; `strict_party` is the party it would belong to in the strict reading."""

    mention: Mention
    method: str
    score: float
    reasons: str
    strict_party: str


@dataclass(frozen=True)
class Party:
    """A resolved party with its mentions; `broad_party` is the party it would be part of in the broad reading."""

    party_id: str
    name: str
    country: str
    kind: str
    identifiers: tuple[str, ...]
    broad_party: str
    given: tuple[Given, ...]


class Uncertain(NamedTuple):
    """Two names whose merge is a matter of judgement, for review: `same` is what was decided."""

    left: Mention
    right: Mention
    left_party: str
    right_party: str
    probability: float
    same: bool
    reasons: str
    rows: int
    usd: Decimal


@dataclass(frozen=True)
class Resolved:
    """Parties in order of id, and the uncertain pairs in order of names."""

    parties: list[Party]
    uncertain: list[Uncertain] = field(default_factory=list)


# Log-odds and reasons from what stands beside the names of some pairs of groups (addresses, partners, goods).
Beside = Callable[[Sequence[Group], Sequence[tuple[int, int]]], Mapping[tuple[int, int], tuple[float, str]]]


def resolve(
    mentions: Iterable[Mention],
    judgements: Judgements,
    levels: Levels | float,
    *,
    beside: Beside | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Resolved:
    """Parties of all mentions. The result does not depend on the order of `mentions`.

    `say` is told of every `same` judgement that could not be obeyed because a `different` one stands against it.
    """
    at = levels if isinstance(levels, Levels) else Levels(levels, levels, levels)
    with steady_memory(), kept():
        return _Work(sorted(mentions), judgements, at).run(beside, say)


class _Work:
    """One resolution from grouped mentions to named parties."""

    def __init__(self, mentions: Sequence[Mention], judgements: Judgements, levels: Levels) -> None:
        self.judgements, self.levels = judgements, levels
        every, traits = groups(mentions, judgements.different)
        self.nobody = [g for g in every if g.kind == "unnamed"]
        self.groups = [g for g in every if g.kind != "unnamed"]
        self.traits = traits
        self.pairs = Pairs([g.name for g in self.groups])
        self.clusters = Clusters(
            [g.identifier for g in self.groups], [(-g.rows, g.mentions[0].name, g.key) for g in self.groups]
        )
        self.corpus = Corpus(self.groups)
        self._ids: dict[str, str] = {}
        self.ruled: dict[tuple[int, int], str] = {}
        self.weighed: dict[tuple[int, int], tuple[float, str]] = {}

    def run(self, beside: Beside | None, say: Callable[[str], None]) -> Resolved:
        self._obey(say)
        found = edges(self.groups, self.traits, self.pairs, self.corpus)
        if beside is not None:
            asked = [(e.left, e.right) for e in found if LEAST <= self._probability(e) < CERTAIN]
            self.weighed = dict(beside(self.groups, asked))
        links = sorted((p, e.left, e.right) for e in found if (p := self._probability(e)) >= LEAST)
        readings = []
        for threshold in self.levels:
            self.clusters.link(links, threshold, self._known, self.pairs.across)
            readings.append(self.clusters.groups())
        parties, of = self._parties(readings, links)
        return Resolved(parties, self._uncertain(links, of))

    def _probability(self, edge: Edge) -> float:
        return self._known(edge.left, edge.right)

    def _known(self, i: int, j: int) -> float:
        """Probability of a pair by its names and by what stands beside them."""
        p = self.pairs.probability(i, j)
        told = self.corpus.told(i, j)
        p = max(p, told.at_least)
        if p < LEAST:
            return p
        more = told.odds + self.weighed.get((i, j) if i < j else (j, i), (0.0, ""))[0]
        return round(p * math.exp(more) / (1.0 - p + p * math.exp(more)), 4) if more else p

    def _obey(self, say: Callable[[str], None]) -> None:
        """Judgements into the clusters, before any score: what must stay apart first, then what belongs together."""
        where: dict[str, list[int]] = defaultdict(list)
        for i, g in enumerate(self.groups):
            for name in {m.name for m in g.mentions}:
                where[name].append(i)
        for left, right in sorted(self.judgements.different):
            for i in where.get(left, ()):
                for j in where.get(right, ()):
                    self.clusters.forbid(i, j)
        for left, right in self.judgements.same:
            apart = False
            for i in where.get(left, ()):
                for j in where.get(right, ()):
                    if i != j and self.clusters.may(i, j, strict=False):
                        self.clusters.join(i, j)
                        self.ruled[min(i, j), max(i, j)] = self.judgements.note(left, right)
                    elif i != j:
                        apart = True
            if apart:
                say(f"{FILE}: same on {left!r} and {right!r} is against a different judgement, which stands")

    def _parties(
        self, readings: Sequence[list[list[int]]], links: Sequence[tuple[float, int, int]]
    ) -> tuple[list[Party], dict[int, str]]:
        """Named parties, and the party of every group."""
        strict, central, broad = ({i: self._id(c) for c in reading for i in c} for reading in readings)
        near: dict[int, list[tuple[float, int]]] = defaultdict(list)
        tied: dict[int, str] = {}
        for p, i, j in links:
            if central[i] == central[j]:
                near[i].append((p, j))
                near[j].append((p, i))
        for (i, j), note in sorted(self.ruled.items()):
            tied.setdefault(i, note)
            tied.setdefault(j, note)
        parties = []
        for members in readings[1]:
            some = [self.groups[i] for i in members]
            given = []
            for i, group in zip(members, some, strict=True):
                how = self._how(i, members, near, tied)
                given += [Given(m, *how, strict[i]) for m in group.mentions]
            parties.append(_party(some, central[members[0]], broad[members[0]], given))
        for group in self.nobody:
            own = _id(group.key)
            given = [Given(m, "alone", 1.0, "no firm is named", own) for m in group.mentions]
            parties.append(_party([group], own, own, given))
        return sorted(parties, key=lambda p: p.party_id), central

    def _id(self, members: Sequence[int]) -> str:
        """The id of a cluster: of the key that stood first, by file and then by letter, so that a file more changes no id."""
        if len(members) == 1:  # most are
            key = self.groups[members[0]].key
        else:
            key = min((self.groups[i].first, self.groups[i].key) for i in members)[1]
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = _id(key)
        return found

    def _how(
        self, i: int, members: Sequence[int], near: Mapping[int, list[tuple[float, int]]], tied: Mapping[int, str]
    ) -> tuple[str, float, str]:
        """(method, score, reasons) of a member: what tied it to the others."""
        mine = self.groups[i]
        if len(members) == 1:
            many = len(mine.mentions) > 1
            return ("exact_key", 1.0, "for: same words after normalisation") if many else ("alone", 1.0, "")
        if i in tied:
            return "judgement", 1.0, "for: judged the same" + (f" by {tied[i]}" if tied[i] else "")
        links = near.get(i) or [(self._known(i, m), m) for m in members if m != i]
        p, best = min(links, key=lambda link: (-link[0], link[1]))
        other = self.groups[best]
        if mine.identifier and mine.identifier == other.identifier:
            method = "identifier"
        else:
            method = "exact_key" if mine.name.key == other.name.key else "rare_token"
        return method, p, self._reasons(i, best)

    def _reasons(self, i: int, j: int) -> str:
        more = self.weighed.get((min(i, j), max(i, j)), (0.0, ""))[1]
        return ";".join(r for r in (self.pairs.reasons(i, j), self.corpus.told(i, j).reason, more) if r)

    def _uncertain(self, links: Sequence[tuple[float, int, int]], of: Mapping[int, str]) -> list[Uncertain]:
        """Pairs that are neither sure nor out of the question, one for each pair of main mentions."""
        settled = {*self.judgements.same, *self.judgements.different, *self.judgements.unsure}
        out = []
        for p, i, j in links:
            if not LEAST < p < CERTAIN:
                continue
            a, b = sorted((self.groups[i], self.groups[j]), key=lambda g: g.mentions[0])
            left, right = a.mentions[0], b.mentions[0]
            if (left.name, right.name) in settled or left.name == right.name:
                continue
            ours, theirs = (of[i], of[j]) if a is self.groups[i] else (of[j], of[i])
            rows, usd = min(a.rows, b.rows), min(a.usd, b.usd)
            out.append(Uncertain(left, right, ours, theirs, p, ours == theirs, self._reasons(i, j), rows, usd))
        return sorted(out)


def _id(key: str) -> str:
    return "P-" + hashlib.sha256(key.encode()).hexdigest()[:10]


def _party(some: Sequence[Group], party_id: str, broad: str, given: Sequence[Given]) -> Party:
    if len(given) == 1:  # most are
        (group,), (one,) = some, given
        numbers = (group.identifier,) if group.identifier else ()
        return Party(party_id, one.mention.name, one.mention.country, group.kind, numbers, broad, (one,))
    rows: dict[str, int] = defaultdict(int)
    for group in some:
        for m in group.mentions:
            rows[m.name] += m.rows
    countries = {m.country for g in some for m in g.mentions} - {""}
    kinds = {g.kind for g in some}
    return Party(
        party_id=party_id,
        name=min(rows, key=lambda n: (-rows[n], n)),
        country=countries.pop() if len(countries) == 1 else "",
        kind=some[0].kind if len(kinds) == 1 else "organization",
        identifiers=tuple(sorted({g.identifier for g in some} - {""})),
        broad_party=broad,
        given=tuple(sorted(given, key=lambda g: g.mention)),
    )
