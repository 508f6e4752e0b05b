"""Names against lists: the best alias of an entry answers, with a probability, a decision and reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from enduse.parties.candidates import Index, steady_memory
from enduse.parties.identify import identifier
from enduse.parties.kinds import declared_kind
from enduse.parties.lexicon import lexicon
from enduse.parties.name import Kind, Name, parse
from enduse.parties.score import Scored, score
from enduse.parties.text import split

if TYPE_CHECKING:
    import pyarrow as pa

_KIND: Mapping[str, Kind] = {"person": "person", "vessel": "vessel"}
SHIP = 0.9  # the most a declared party and a listed vessel of one name can reach without a number


@dataclass(frozen=True)
class Entry:
    """One listed name, ready for comparison."""

    list: str
    entry_id: str
    name: str
    weak: bool
    parsed: Name


@dataclass(frozen=True)
class Hit:
    """A listed entry that answered a name, by its best alias."""

    entry: Entry
    scored: Scored


class Screener:
    """Lists made ready once; `hits` asks one name."""

    def __init__(self, entries: Iterable[Mapping[str, object]]) -> None:
        with steady_memory():
            self._prepare(entries)

    def _prepare(self, entries: Iterable[Mapping[str, object]]) -> None:
        by_kind: dict[Kind, list[Entry]] = {"organization": [], "person": [], "vessel": []}
        lists: set[str] = set()
        seen: set[tuple[str, str, str]] = set()
        self._by_number: dict[str, list[Entry]] = defaultdict(list)
        for row in entries:
            text = {k: str(v) if v is not None else "" for k, v in row.items()}
            lists.add(text["source"])
            at = (text["source"], text["entry_id"], text["name"])
            if at in seen:
                continue
            seen.add(at)
            kind = _KIND.get(text.get("entry_kind", ""), "organization")
            countries = text.get("country", "")
            first = countries.split(";")[0]
            numbers = frozenset(identifier(i, first) for i in text.get("identifiers", "").split(";")) - {""}
            parsed = replace(parse(text["name"], kind), country=countries, identifiers=numbers)
            entry = Entry(text["source"], text["entry_id"], text["name"], text.get("alias_kind") == "weak", parsed)
            by_kind[kind].append(entry)
            for number in numbers:
                self._by_number[number].append(entry)
        self._found: dict[tuple[str, Kind], tuple[Entry, ...]] = {}
        self.lists = tuple(sorted(lists))
        self._entries = {k: sorted(v, key=lambda e: (e.list, e.entry_id, e.name)) for k, v in by_kind.items()}
        self._index = {k: Index([e.parsed for e in v]) for k, v in self._entries.items()}

    def hits(self, name: str, country: str, number: str, review: float) -> list[Hit]:
        """Entries that answer `name` with at least `review`, best first, each by its best alias."""
        if declared_kind(name) == "unnamed":
            return []
        own = identifier(number, country)
        best: dict[tuple[str, str], Hit] = {}
        for kind in self._kinds(name):
            query = parse(name, kind)
            if not query.words:
                continue
            found = self._near(query)
            if not own and not found:
                continue
            if country or own:
                query = replace(query, country=country, identifiers=frozenset({own} - {""}))
            found += [e for e in self._by_number.get(own, ()) if e.parsed.kind == kind] if own else []
            for entry in found:
                scored = score(query, entry.parsed, kind, least=review)
                if entry.weak:
                    scored = Scored(
                        round(scored.probability * 0.9, 4), scored.reasons + ";against: listed as a weak alias"
                    )
                if kind == "vessel" and not own and scored.probability > SHIP:
                    scored = Scored(
                        SHIP, scored.reasons + ";against: the listed one is a vessel, what was declared a party"
                    )
                at = (entry.list, entry.entry_id)
                if scored.probability >= review and (
                    at not in best
                    or (-scored.probability, entry.name) < (-best[at].scored.probability, best[at].entry.name)
                ):
                    best[at] = Hit(entry, scored)
        return sorted(best.values(), key=lambda h: (-h.scored.probability, h.entry.list, h.entry.entry_id))

    def _near(self, query: Name) -> list[Entry]:
        """Entries of the query's kind that share enough with it to be scored; remembered, for a name is declared with many numbers."""
        at = (query.raw, query.kind)
        if at not in self._found:
            entries = self._entries[query.kind]
            self._found[at] = tuple(entries[i] for i in self._index[query.kind].search(query)) if entries else ()
        return list(self._found[at])

    def _kinds(self, name: str) -> tuple[Kind, ...]:
        """Kinds of entries a name is asked against: all, unless a legal form or a word of trade makes it a firm."""
        words, forms = lexicon().strip_forms(split(name))
        if (forms and "ip" not in forms) or len(words) > 7 or any(lexicon().concepts(w) for w in words):
            return ("organization",)
        return ("organization", "person", "vessel")


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

    screener = Screener(entries.to_pylist())
    asked = ";".join(screener.lists)
    known: dict[tuple[str, str, str], list[Hit]] = {}
    out: list[dict[str, object]] = []
    for row, raw in enumerate(names, 1):
        name = raw or ""
        country = (countries[row - 1] or "") if countries is not None else ""
        number = (identifiers[row - 1] or "") if identifiers is not None else ""
        at = (name, country, number)
        if at not in known:
            known[at] = screener.hits(*at, review)
        hits = known[at]
        for rank, hit in enumerate(hits, 1):
            p = hit.scored.probability
            out.append({"row": row, "name": name, "rank": rank, "list": hit.entry.list, "entry_id": hit.entry.entry_id, "entry_name": hit.entry.name, "score": p, "decision": decision(p, match), "reasons": hit.scored.reasons})  # fmt: skip
        if not hits:
            why = (
                "no name to ask" if declared_kind(name) == "unnamed" else "no listed name reaches the review threshold"
            )
            out.append({"row": row, "name": name, "rank": None, "list": asked, "entry_id": "", "entry_name": "", "score": None, "decision": "no_match", "reasons": why})  # fmt: skip
    schema = pa.schema([("row", pa.int64()), ("name", pa.string()), ("rank", pa.int64()), ("list", pa.string()), ("entry_id", pa.string()), ("entry_name", pa.string()), ("score", pa.float64()), ("decision", pa.string()), ("reasons", pa.string())])  # fmt: skip
    return pa.Table.from_pylist(out, schema=schema)
