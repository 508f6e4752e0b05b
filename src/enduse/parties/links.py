"""Parties that belong together without being one: owners, persons, addresses and contacts they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from enduse.parties.addresses import CROWDED, address, contacts, discount, places
from enduse.parties.ownership import HOLDS, Graph, Holding, Node
from enduse.parties.screening import Query, Screener

MINOR = 0.25  # of one owner, holdings below this share link nothing
MANY = 50  # parties behind one owner or person from which no pairs are written: a state, a fund, a nominee
SURE = 0.9  # what an inferred link can reach


class Link(NamedTuple):
    """One row of PARTY_LINK."""

    left_party: str
    right_party: str
    kind: str
    basis: str
    score: float
    evidence: str


class Cell(NamedTuple):
    """An address cell as declared with a party, and its rows."""

    party_id: str
    text: str
    rows: int


def attach(made: Graph, party_names: Iterable[Mapping[str, object]], threshold: float) -> dict[int, tuple[str, float]]:
    """Which party each node of the ownership files is: the best by name, country and number with at least `threshold`."""
    rows = [
        {"source": "party", "entry_id": r["party_id"], "name": r["name"], "country": r["country"], "identifiers": r["identifier"],
         "entry_kind": r["kind"], "alias_kind": "strong"}
        for r in party_names
        if r["kind"] != "unnamed"
    ]  # fmt: skip
    if not rows or not made.nodes:
        return {}
    screener = Screener(rows)
    queries, whose = asked(made.nodes)
    out: dict[int, tuple[str, float]] = {}
    for node, hits in zip(whose, screener.ask(queries, threshold), strict=True):
        for hit in hits[:1]:
            found = (hit.entry.entry_id, hit.scored.probability)
            if node not in out or (-found[1], found[0]) < (-out[node][1], out[node][0]):
                out[node] = found
    return out


def asked(nodes: Sequence[Node]) -> tuple[list[Query], list[int]]:
    """Every name of every node as a question, and the node it stands for."""
    queries, whose = [], []
    for i, node in enumerate(nodes):
        for name in node.names:
            for number in sorted(node.numbers) or [""]:
                queries.append(Query(name, node.countries[0] if len(node.countries) == 1 else "", number))
                whose.append(i)
    return queries, whose


def declared(made: Graph, parties: Mapping[int, tuple[str, float]]) -> tuple[list[Link], list[str]]:
    """Links that ownership files state: who owns whom, one owner, one person. Also what was left out, in words."""
    best: dict[tuple[str, str, str], Link] = {}
    of: dict[int, list[tuple[Holding, str, float]]] = defaultdict(list)
    for h in made.holdings:
        owned, owner = parties.get(h.owned), parties.get(h.owner)
        if owned is None:
            continue
        of[h.owner].append((h, *owned))
        if owner is not None and owner[0] != owned[0] and h.role in HOLDS:
            text = f"{made.nodes[h.owner].name} {_says(h)} {made.nodes[h.owned].name} ({h.record})"
            _keep(best, owner[0], owned[0], "owns", "declared", min(owner[1], owned[1]), text)
    left_out = []
    for node, held in sorted(of.items()):
        ids = {party for _, party, _ in held}
        if len(ids) > MANY:
            left_out.append(
                f"{made.nodes[node].name} stands behind {len(ids)} parties: no links between them are written"
            )
            continue
        for (h, a, p), (g, b, q) in combinations(held, 2):
            holds = all(x.role in HOLDS and (x.share is None or x.share >= MINOR) for x in (h, g))
            kind = "same_owner" if holds else "same_person" if made.nodes[node].kind == "person" else ""
            if a != b and kind:
                text = f"{made.nodes[node].name}: " + " and ".join(
                    f"{_says(x)} {made.nodes[x.owned].name} ({x.record})" for x in (h, g)
                )
                _keep(best, a, b, kind, "declared", min(p, q), text)
    return sorted(best.values()), left_out


def _says(h: Holding) -> str:
    if h.role in HOLDS:
        share = f"{100 * h.share:g} % of" if h.share is not None else "a share (not stated) of"
        return f"holds {share}" if not h.end else f"held {share}"
    return f"{h.role} of"


def inferred(cells: Iterable[Cell]) -> tuple[list[Link], list[str]]:
    """Links from address cells: one place, or one phone, mailbox or site. Places of CROWDED parties and more link nobody."""
    ordered = sorted(cells)
    texts = sorted({c.text for c in ordered})
    parsed = {t: one for t in texts if (one := address(t)) is not None}
    place = places(parsed.values())
    at: dict[str, dict[str, Cell]] = defaultdict(dict)
    for cell in ordered:
        spots = set(contacts(cell.text))
        if cell.text in parsed:
            spots.add(f"place:{place[parsed[cell.text]]:09d}")
        for spot in spots:
            known = at[spot].get(cell.party_id)
            if known is None or (-cell.rows, cell.text) < (-known.rows, known.text):
                at[spot][cell.party_id] = cell
    best: dict[tuple[str, str, str], Link] = {}
    crowded = 0
    for spot, users in sorted(at.items()):
        share = discount(len(users))
        if len(users) > 1 and share == 0.0:
            crowded += 1
            continue
        kind = "same_address" if spot.startswith("place:") else "same_contact"
        for a, b in combinations(sorted(users), 2):
            what = users[a].text if kind == "same_address" else spot.replace(":", " ", 1)
            text = f"{what} ({users[a].rows} and {users[b].rows} rows; {len(users)} parties in all)"
            _keep(best, a, b, kind, "inferred", SURE * share, text)
    left_out = [f"{crowded} addresses or contacts of {CROWDED} parties and more link nobody"] if crowded else []
    return sorted(best.values()), left_out


def _keep(
    best: dict[tuple[str, str, str], Link], a: str, b: str, kind: str, basis: str, score: float, evidence: str
) -> None:
    """The surest link of a kind between two parties; with it the evidence of the others."""
    left, right = (a, b) if a <= b else (b, a)
    known = best.get((left, right, kind))
    if known is None:
        best[left, right, kind] = Link(left, right, kind, basis, round(score, 4), evidence)
    elif evidence not in known.evidence:
        both = f"{known.evidence}; {evidence}"
        best[left, right, kind] = known._replace(score=max(known.score, round(score, 4)), evidence=both[:2000])
