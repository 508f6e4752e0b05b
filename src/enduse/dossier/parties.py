"""Firms of the page: counted ones with a hit on a list, then those with most declared value; hits beside the counted rows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from enduse.dossier.ask import Record, ask, listed
from enduse.dossier.model import AsideHit, Hit, Parties, PartyCard, Spelling
from enduse.dossier.text import cut, lang_of, script_of

if TYPE_CHECKING:
    from enduse.engine.base import Engine

HITS, LARGEST, SPELLINGS, SHOWN_HITS = 12, 10, 5, 3
# How a reason says which way it points: a sign, or a word before a colon.
_AGAINST = re.compile(r"^\s*(?:[-−–]\s*|against\s*:?\s+|contra\s*:?\s+)", re.IGNORECASE)
_FOR = re.compile(r"^\s*(?:\+\s*|for\s*:\s*|pro\s*:\s*)", re.IGNORECASE)


def sides(reasons: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Reasons for and against, without their signs."""
    supports, opposes = [], []
    for reason in listed(reasons):
        if _AGAINST.match(reason):
            opposes.append(_AGAINST.sub("", reason))
        else:
            supports.append(_FOR.sub("", reason))
    return tuple(supports), tuple(opposes)


def _hit(row: Record) -> Hit:
    supports, opposes = sides(row["reasons"])
    return Hit(
        row["list"] or "",
        row["entry_id"] or "",
        cut(row["entry_name"] or "", 200),
        row["score"],
        row["decision"],
        supports,
        opposes,
        row["query"] or "",
    )


def _spellings(rows: list[Record], counts: dict[str, int], country: str) -> tuple[Spelling, ...]:
    """Distinct names of a party, the most used first."""
    found: dict[str, Record] = {}
    for row in rows:
        found.setdefault(row["name"] or "", row)
    spellings = []
    for name, row in found.items():
        of = row["country"] or country or ""
        spellings.append(
            Spelling(
                script_of(name),
                lang_of(name, of),
                cut(name, 200),
                of,
                row["method"] or "",
                row["score"],
                counts.get(name),
            )
        )
    return tuple(sorted(spellings, key=lambda s: (-(s.rows or 0), s.name)))


def _by_party(rows: list[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(row["party_id"], []).append(row)
    return found


def firms(engine: Engine, ids: set[str]) -> dict[str, Record]:
    """Name and country by party id."""
    found = {}
    for row in ask(engine, "party", {"ids": sorted(ids)}) if ids else []:
        row["name"] = cut(row["name"] or "", 200)
        found[row["party_id"]] = row
    return found


def latin_names(engine: Engine, found: dict[str, Record]) -> dict[str, str]:
    """The most used Latin spelling of each firm whose name is in another script; no spelling is made up."""
    other = sorted(party for party, row in found.items() if script_of(row["name"]) not in ("Latn", ""))
    if not other:
        return {}
    best: dict[str, tuple[int, str]] = {}
    for row in ask(engine, "spelling_rows", {"ids": other}):
        name, records = row["name"] or "", row["records"]
        if script_of(name) == "Latn" and records > best.get(row["party_id"], (0, ""))[0]:
            best[row["party_id"]] = (records, cut(name, 120))
    return {party: name for party, (_, name) in best.items()}


def _aside(engine: Engine, ids: list[str]) -> tuple[AsideHit, ...]:
    """The best hit of each of these firms, in their order."""
    if not ids:
        return ()
    found = firms(engine, set(ids))
    answers = _by_party(ask(engine, "screening", {"ids": ids}))
    out = []
    for party in ids:
        hits = [_hit(r) for r in answers.get(party, []) if r["decision"] in ("match", "review")]
        row = found.get(party)
        if hits and row:
            out.append(AsideHit(party, row["name"], row["country"] or "", hits[0]))
    return tuple(out)


def _cards(engine: Engine, chosen: list[str], counted: dict[str, list[Record]]) -> list[PartyCard]:
    ids = {"ids": chosen}
    parties = firms(engine, set(chosen))
    latin = latin_names(engine, parties)
    spellings = _by_party(ask(engine, "spelling", ids))
    screened = _by_party(ask(engine, "screening", ids))
    named = _by_party(ask(engine, "spelling_rows", ids))
    cards = []
    for party in (p for p in chosen if p in parties):
        row = parties[party]
        roles = counted.get(party, [])
        values = [r["value_usd"] for r in roles if r["value_usd"] is not None]
        variants = _spellings(
            spellings.get(party, []), {r["name"] or "": r["records"] for r in named.get(party, [])}, row["country"]
        )
        answers = screened.get(party, [])
        hits = tuple(_hit(r) for r in answers if r["decision"] in ("match", "review"))
        cards.append(
            PartyCard(
                id=party,
                name=row["name"],
                lang=lang_of(row["name"], row["country"] or ""),
                latin=latin.get(party, ""),
                country=row["country"] or "",
                kind=row["kind"] or "",
                identifiers=listed(row["identifiers"]),
                roles=tuple(r["role"] for r in roles),
                rows=sum(r["records"] for r in roles),
                value=sum(values, Decimal(0)) if values else None,
                spellings=variants[:SPELLINGS],
                spellings_total=len(variants),
                hits=hits[:SHOWN_HITS],
                hits_total=len(hits),
                asked=tuple(
                    dict.fromkeys(name for r in answers if r["decision"] == "no_match" for name in listed(r["list"]))
                ),
            ),
        )
    return cards


def parties_of(engine: Engine, lists: tuple[str, ...]) -> Parties | None:
    """None where no firm was resolved. `lists` names the list files of the case."""
    total = ask(engine, "party_total")[0]
    if not total["parties"]:
        return None
    counted = _by_party(ask(engine, "party_counted"))
    hits = ask(engine, "party_hit", {"few": HITS})
    aside = [r for r in hits if not r["on_rows"]]
    chosen = list(dict.fromkeys([*(r["party_id"] for r in hits if r["on_rows"]), *list(counted)[:LARGEST]]))
    return Parties(
        cards=tuple(_cards(engine, chosen, counted)),
        aside=_aside(engine, [r["party_id"] for r in aside]),
        aside_total=aside[0]["hits"] if aside else 0,
        total=total["parties"],
        names=total["names"] or 0,
        decisions={r["decision"]: r["parties"] for r in ask(engine, "decision")},
        lists=lists,
        counted=len(counted),
    )
