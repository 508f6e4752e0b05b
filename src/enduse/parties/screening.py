"""Names against lists: every entry that answers, by its best alias, with a probability, a decision and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from enduse.parties.batch import probabilities
from enduse.parties.candidates import Index, steady_memory
from enduse.parties.identify import identifier
from enduse.parties.kinds import declared_kind
from enduse.parties.lexicon import lexicon
from enduse.parties.listed import KINDS, Entry, Lists, lists
from enduse.parties.name import Kind, Name, parse_once
from enduse.parties.quick import Glance
from enduse.parties.score import Scored, score
from enduse.parties.text import split
from enduse.parties.traits import traits

SHIP = 0.9  # the most a declared party and a listed vessel of one name can reach without a number
WEAK = 0.9  # what a weak alias leaves of the probability
# Similarity below which a candidate is not scored: in one script; across scripts, where words are translated.
LIKE, LIKE_ACROSS = 0.25, 0.05
NEAR = 12  # distinct listed names of each kind that are scored for a query
BUDGET = 10_000  # postings read for a name and kind (see `candidates`)
COUNTRY = 0.5  # what an equal country may add in log-odds (see `score.evidence`): how far below the review threshold bare names still count


class Query(NamedTuple):
    """A name to ask, with the country (alpha-2) and registration number declared with it, where they are."""

    name: str
    country: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed entry that answered a name, by its best alias."""

    entry: Entry
    scored: Scored


class Near(NamedTuple):
    """Listed names (kind, position) whose bare names come near a text, and the text parsed as each of these kinds."""

    places: list[tuple[Kind, int]]
    parsed: dict[Kind, Name]


class Screener:
    """Lists made ready once; `ask` answers many names, `hits` one."""

    def __init__(self, entries: Iterable[Mapping[str, object]] | Lists) -> None:
        with steady_memory():
            self.lists = entries if isinstance(entries, Lists) else lists(entries)
            self._index = {k: Index(self.lists.names[k], self.lists.traits[k]) for k in KINDS}
            self._place = {i: n for k in KINDS for n, rows in enumerate(self.lists.of[k]) for i in rows}

    @property
    def labels(self) -> tuple[str, ...]:
        return self.lists.book.labels

    def hits(self, name: str, country: str, number: str, review: float) -> list[Hit]:
        """Entries that answer `name` with at least `review`, best first."""
        return self.ask([Query(name, country, number)], review)[0]

    def ask(self, queries: Sequence[Query], review: float) -> list[list[Hit]]:
        """For each query the entries that answer with at least `review`, best first, each by its best alias."""
        entries = self.lists.book.entries
        return [[Hit(entries[i], scored) for i, scored in hits] for hits in self.numbers(queries, review)]

    def numbers(self, queries: Sequence[Query], review: float) -> list[list[tuple[int, Scored]]]:
        """`ask` with the numbers of the entries (their places in `Book.entries`). Nothing is remembered of the queries afterwards."""
        texts = sorted({q.name for q in queries if declared_kind(q.name) != "unnamed"})
        near = self._near(texts, review)
        return [self._answers(q, near.get(q.name), review) for q in queries]

    def _near(self, texts: Sequence[str], review: float) -> dict[str, Near]:
        """For each text the listed names whose bare names could reach `review` with a country's help."""
        kinds = [asked_kinds(text) for text in texts]
        general = [parse_once(text, "organization") for text in texts]
        rows = traits(general)
        odds = np.log(max(review, 1e-6) / max(1.0 - review, 1e-6)) - COUNTRY
        least = float(1.0 / (1.0 + np.exp(-odds)))
        out = {text: Near([], {"organization": name}) for text, name in zip(texts, general, strict=True)}
        for kind in KINDS:
            names = self.lists.names[kind]
            if not names:
                continue
            found = self._index[kind].search(rows, best=NEAR, floor=LIKE_ACROSS, budget=BUDGET)
            pairs = [
                (q, position)
                for q, position, like in zip(*(a.tolist() for a in found), strict=True)
                if kind in kinds[q] and (like >= LIKE or general[q].script != names[position].script)
            ]
            asked = {q: general[q] if kind == "organization" else parse_once(texts[q], kind) for q, _ in pairs}
            for (q, position), p in zip(pairs, _bare(asked, names, pairs, kind, least), strict=True):
                if p >= least:
                    out[texts[q]].places.append((kind, position))
                    out[texts[q]].parsed[kind] = asked[q]
        return out

    def _answers(self, query: Query, near: Near | None, review: float) -> list[tuple[int, Scored]]:
        if near is None:
            return []
        entries = self.lists.book.entries
        own = identifier(query.number, query.country)
        wanted = [i for kind, position in near.places for i in self.lists.of[kind][position]]
        if own:
            asked = asked_kinds(query.name)
            wanted += [i for i in self.lists.by_number.get(own, ()) if entries[i].kind in asked]
        mine: dict[Kind, Name] = {}
        best: dict[tuple[str, str], tuple[int, Scored]] = {}
        for i in dict.fromkeys(wanted):
            entry = entries[i]
            name = mine.get(entry.kind)
            if name is None:
                plain = near.parsed.get(entry.kind) or parse_once(query.name, entry.kind)
                name = mine[entry.kind] = replace(plain, country=query.country, identifiers=frozenset({own} - {""}))
            scored = self._score(name, i, review)
            at = (entry.list, entry.entry_id)
            if scored.probability >= review and (
                at not in best
                or (-scored.probability, entry.name) < (-best[at][1].probability, entries[best[at][0]].name)
            ):
                best[at] = i, scored
        return sorted(best.values(), key=lambda h: (-h[1].probability, entries[h[0]].list, entries[h[0]].entry_id))

    def _score(self, query: Name, number: int, review: float) -> Scored:
        entry = self.lists.book.entries[number]
        bare = self.lists.names[entry.kind][self._place[number]]
        listed = replace(bare, country=entry.country, identifiers=entry.numbers)
        scored = score(query, listed, entry.kind, least=review)
        if entry.weak:
            scored = Scored(round(scored.probability * WEAK, 4), scored.reasons + ";against: listed as a weak alias")
        if entry.kind == "vessel" and not query.identifiers and scored.probability > SHIP:
            scored = Scored(SHIP, scored.reasons + ";against: the listed one is a vessel, what was declared a party")
        return scored


def _bare(
    asked: Mapping[int, Name], names: Sequence[Name], pairs: Sequence[tuple[int, int]], kind: Kind, least: float
) -> list[float]:
    """Probabilities by the names alone; 0 where a glance shows that a pair of firms stays below `least`."""
    good = list(range(len(pairs)))
    if kind == "organization":
        mine = {q: n for n, q in enumerate(asked)}
        theirs = {p: n for n, p in enumerate(dict.fromkeys(p for _, p in pairs), len(mine))}
        glance = Glance([*asked.values(), *(names[p] for p in theirs)])
        left, right = (
            np.asarray(side, np.int64) for side in ([mine[q] for q, _ in pairs], [theirs[p] for _, p in pairs])
        )
        good = np.flatnonzero(~glance.hopeless(left, right, least)).tolist()
    out = [0.0] * len(pairs)
    scored = probabilities([asked[pairs[n][0]] for n in good], [names[pairs[n][1]] for n in good], kind, least=least)
    for n, p in zip(good, scored, strict=True):
        out[n] = p
    return out


def asked_kinds(name: str) -> tuple[Kind, ...]:
    """Kinds of entries a name is asked against: all, unless a legal form or a word of trade makes it a firm."""
    words, forms = lexicon().strip_forms(split(name))
    if (forms and "ip" not in forms) or len(words) > 7 or any(lexicon().concepts(w) for w in words):
        return ("organization",)
    return KINDS


def decision(probability: float, match: float) -> str:
    return "match" if probability >= match else "review"


def why_none(name: str) -> str:
    """Why a name has no hit, in words."""
    return NO_NAME if declared_kind(name) == "unnamed" else NO_HIT


NO_NAME, NO_HIT = "no name to ask", "no listed name reaches the review threshold"
