"""Names against lists: every entry that answers, by its best alias, with a probability, a decision and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enduse.parties.batch import probabilities
from enduse.parties.candidates import Index, steady_memory
from enduse.parties.identify import identifier
from enduse.parties.kinds import declared_kind
from enduse.parties.lexicon import lexicon
from enduse.parties.listed import KINDS, Entry, Lists, lists
from enduse.parties.name import Kind, Name, parse
from enduse.parties.quick import Glance
from enduse.parties.score import Scored, score
from enduse.parties.text import split
from enduse.parties.traits import traits
from enduse.parties.workers import cores, spread

if TYPE_CHECKING:
    import pyarrow as pa

SHIP = 0.9  # the most a declared party and a listed vessel of one name can reach without a number
WEAK = 0.9  # what a weak alias leaves of the probability
# Similarity below which a candidate is not scored: in one script; across scripts, where words are translated.
LIKE, LIKE_ACROSS = 0.25, 0.05
NEAR = 12  # distinct listed names of each kind that are scored for a query
BUDGET = 10_000  # postings read for a name and kind (see `candidates`)
CHUNK = 4_000
MANY = 8_000  # queries from which a second process pays
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


class Screener:
    """Lists made ready once; `ask` answers many names, `hits` one."""

    def __init__(self, entries: Iterable[Mapping[str, object]] | Lists) -> None:
        with steady_memory():
            self.lists = entries if isinstance(entries, Lists) else lists(entries)
            self._index = {k: Index(self.lists.names[k], self.lists.traits[k]) for k in KINDS}

    @property
    def labels(self) -> tuple[str, ...]:
        return self.lists.labels

    def hits(self, name: str, country: str, number: str, review: float) -> list[Hit]:
        """Entries that answer `name` with at least `review`, best first."""
        return self.ask([Query(name, country, number)], review)[0]

    def ask(self, queries: Sequence[Query], review: float) -> list[list[Hit]]:
        """For each query the entries that answer with at least `review`, best first, each by its best alias."""
        texts = sorted({q.name for q in queries if declared_kind(q.name) != "unnamed"})
        near = self._near(texts, review)
        return [self._answers(q, near.get(q.name), review) for q in queries]

    def _near(self, texts: Sequence[str], review: float) -> dict[str, list[tuple[Kind, int]]]:
        """For each text the listed names (kind, position) whose bare names could reach `review` with a country's help."""
        kinds = [asked_kinds(text) for text in texts]
        general = [parse(text) for text in texts]
        rows = traits(general)
        odds = np.log(max(review, 1e-6) / max(1.0 - review, 1e-6)) - COUNTRY
        least = float(1.0 / (1.0 + np.exp(-odds)))
        out: dict[str, list[tuple[Kind, int]]] = {text: [] for text in texts}
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
            asked = {q: general[q] if kind == "organization" else parse(texts[q], kind) for q, _ in pairs}
            for (q, position), p in zip(pairs, _bare(asked, names, pairs, kind, least), strict=True):
                if p >= least:
                    out[texts[q]].append((kind, position))
        return out

    def _answers(self, query: Query, near: list[tuple[Kind, int]] | None, review: float) -> list[Hit]:
        if near is None:
            return []
        own = identifier(query.number, query.country)
        numbers = frozenset({own} - {""})
        wanted = [i for kind, position in near for i in self.lists.of[kind][position]]
        if own:
            asked = asked_kinds(query.name)
            wanted += [i for i in self.lists.by_number.get(own, ()) if self.lists.entries[i].kind in asked]
        best: dict[tuple[str, str], Hit] = {}
        for i in dict.fromkeys(wanted):
            entry = self.lists.entries[i]
            scored = _score(
                replace(parse(query.name, entry.kind), country=query.country, identifiers=numbers), entry, review
            )
            at = (entry.list, entry.entry_id)
            if scored.probability >= review and (
                at not in best
                or (-scored.probability, entry.name) < (-best[at].scored.probability, best[at].entry.name)
            ):
                best[at] = Hit(entry, scored)
        return sorted(best.values(), key=lambda h: (-h.scored.probability, h.entry.list, h.entry.entry_id))


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


def _score(query: Name, entry: Entry, review: float) -> Scored:
    listed = replace(parse(entry.name, entry.kind), country=entry.country, identifiers=entry.numbers)
    scored = score(query, listed, entry.kind, least=review)
    if entry.weak:
        scored = Scored(round(scored.probability * WEAK, 4), scored.reasons + ";against: listed as a weak alias")
    if entry.kind == "vessel" and not query.identifiers and scored.probability > SHIP:
        scored = Scored(SHIP, scored.reasons + ";against: the listed one is a vessel, what was declared a party")
    return scored


def asked_kinds(name: str) -> tuple[Kind, ...]:
    """Kinds of entries a name is asked against: all, unless a legal form or a word of trade makes it a firm."""
    words, forms = lexicon().strip_forms(split(name))
    if (forms and "ip" not in forms) or len(words) > 7 or any(lexicon().concepts(w) for w in words):
        return ("organization",)
    return KINDS


def ask_all(made: Lists, queries: Sequence[Query], review: float, processes: int | None = None) -> list[list[Hit]]:
    """`Screener.ask` over all processors. Queries of one name should stand together: it is looked up once a chunk."""
    many = cores() if processes is None else processes
    chunks = [list(queries[i : i + CHUNK]) for i in range(0, len(queries), CHUNK)]
    answers: list[list[list[tuple[int, float, str]]]] = spread(
        Asked, (made, review), Asked.chunk, chunks, many if len(queries) >= MANY else 1
    )
    place = made.entries
    return [[Hit(place[i], Scored(p, why)) for i, p, why in hits] for part in answers for hits in part]


class Asked:
    """A screener in a process of its own; answers name entries by their number."""

    def __init__(self, shared: tuple[Lists, float]) -> None:
        made, self.review = shared
        self.screener = Screener(made)
        self.number = {e: i for i, e in enumerate(made.entries)}

    def chunk(self, queries: list[Query]) -> list[list[tuple[int, float, str]]]:
        found = self.screener.ask(queries, self.review)
        return [[(self.number[h.entry], h.scored.probability, h.scored.reasons) for h in hits] for hits in found]


def decision(probability: float, match: float) -> str:
    return "match" if probability >= match else "review"


def screen(
    names: Sequence[str | None],
    countries: Sequence[str | None] | None,
    entries: pa.Table,
    *,
    match: float,
    review: float,
    identifiers: Sequence[str | None] | None = None,
) -> pa.Table:
    """Each name against every list of `entries` (contract LIST_ENTRY; `source` names the list in the answer).

    Returns row (1-based), name, rank, list, entry_id, entry_name, score, decision, reasons: hits below `review` are not
    listed, a name without hits gets one `no_match` row whose `list` names all lists asked. `countries` are alpha-2.
    """
    import pyarrow as pa

    made = lists(entries.to_pylist())
    rows = [
        Query(name or "", (countries[i] or "") if countries is not None else "", (identifiers[i] or "") if identifiers is not None else "")
        for i, name in enumerate(names)
    ]  # fmt: skip
    distinct = sorted(set(rows))
    known = dict(zip(distinct, ask_all(made, distinct, review), strict=True))
    asked = ";".join(made.labels)
    out: dict[str, list[object]] = {c: [] for c in ("row", "name", "rank", "list", "entry_id", "entry_name", "score", "decision", "reasons")}  # fmt: skip
    for row, query in enumerate(rows, 1):
        hits = known[query]
        lines: list[tuple[object, ...]] = [
            (n, h.entry.list, h.entry.entry_id, h.entry.name, h.scored.probability, decision(h.scored.probability, match), h.scored.reasons)
            for n, h in enumerate(hits, 1)
        ]  # fmt: skip
        for line in lines or [(None, asked, "", "", None, "no_match", why_none(query.name))]:
            for column, value in zip(out.values(), (row, query.name, *line), strict=True):
                column.append(value)
    schema = pa.schema([("row", pa.int64()), ("name", pa.string()), ("rank", pa.int64()), ("list", pa.string()), ("entry_id", pa.string()), ("entry_name", pa.string()), ("score", pa.float64()), ("decision", pa.string()), ("reasons", pa.string())])  # fmt: skip
    return pa.table(out, schema=schema)


def why_none(name: str) -> str:
    """Why a name has no hit, in words."""
    return "no name to ask" if declared_kind(name) == "unnamed" else "no listed name reaches the review threshold"
