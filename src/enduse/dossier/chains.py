"""The chapter on chains: the first cards, one of lawful or unproven trade beside them, and what the decoys say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from enduse.dossier.ask import Record, ask, listed
from enduse.dossier.text import cut, lang_of

if TYPE_CHECKING:
    from enduse.engine.base import Engine


@dataclass(frozen=True)
class ChainStep:
    """One step of a chain: a shipment as declared, or a hand-over inside a group that no record states; and how surely the goods before went on in it."""

    position: int
    shipment_id: str
    seller: str
    seller_lang: str
    buyer: str
    buyer_lang: str
    start: str
    end: str
    day: dt.date | None
    goods: str
    quantity: Decimal | None
    kg: Decimal | None
    value: Decimal | None
    strength: float | None
    lag: int | None
    basis: str
    weakest: bool
    tie: str = ""  # of an inferred hop: what links the two firms


@dataclass(frozen=True)
class ChainCard:
    id: str
    rank: int
    continuity: float
    concern: float
    goods: str
    quantity: Decimal | None
    kg: Decimal | None
    reasons: tuple[str, ...]
    weakest: str
    rivals: int
    alternative: str
    steps: tuple[ChainStep, ...]
    counter: bool  # shown as the counter-example
    longest: bool = False  # the one with the most shipments, of those that ask for a look


@dataclass(frozen=True)
class DecoyLine:
    threshold: float
    links: int
    stated: float | None
    reversal: float | None
    permutation: float | None
    note: str


@dataclass(frozen=True)
class HubLine:
    name: str
    lang: str
    goods: str
    received: int
    sent: int
    kg_in: Decimal | None
    kg_out: Decimal | None
    reason: str


@dataclass(frozen=True)
class Chains:
    cards: tuple[ChainCard, ...]
    total: int
    alerts: int
    links: int
    decoys: tuple[DecoyLine, ...]
    hubs: tuple[HubLine, ...]


def _steps(rows: list[Record]) -> tuple[ChainStep, ...]:
    known = [r["strength"] for r in rows if r["strength"] is not None]
    low = min(known, default=None)
    out: list[ChainStep] = []
    marked = False
    for r in rows:
        weakest = not marked and low is not None and r["strength"] == low
        marked = marked or weakest
        before = next((s.day for s in reversed(out) if s.day), None)  # a hand-over has no day of its own
        seller, buyer = cut(r["from_name"] or r["from_party"], 120), cut(r["to_name"] or r["to_party"], 120)
        out.append(
            ChainStep(
                position=r["position"], shipment_id=r["shipment_id"], seller=seller, seller_lang=lang_of(seller, r["from_country"] or ""),
                buyer=buyer, buyer_lang=lang_of(buyer, r["to_country"] or ""), start=r["from_country"] or "", end=r["to_country"] or "",
                day=r["date"], goods=cut(r["goods"] or "", 80), quantity=r["quantity"], kg=r["net_kg"], value=r["value_usd"],
                strength=r["strength"], lag=(r["date"] - before).days if before and r["date"] else None, basis=r["basis"] or "declared", weakest=weakest, tie=cut(r["tie"] or "", 160),
            )
        )  # fmt: skip
    return tuple(out)


def _card(row: Record, steps: list[Record], counter: bool) -> ChainCard:
    return ChainCard(
        id=row["chain_id"],
        rank=row["rank"],
        continuity=row["continuity"],
        concern=row["concern"],
        goods=cut(row["goods"] or "", 80),
        quantity=row["quantity"],
        kg=row["net_kg"],
        reasons=listed(row["reasons"]),
        weakest=cut(row["weakest_link"] or "", 200),
        rivals=row["rivals"],
        alternative=row["alternative"] or "",
        steps=_steps(steps),
        counter=counter,
        longest=bool(row["longest"]),
    )


def _decoys(rows: list[Record]) -> tuple[DecoyLine, ...]:
    by: dict[float, dict[str, Record]] = {}
    for r in rows:
        by.setdefault(r["threshold"], {})[r["decoy"]] = r
    out = []
    for threshold in sorted(by):
        line = by[threshold]
        any_row = next(iter(line.values()))

        def share(name: str, line: dict[str, Record] = line) -> float | None:
            return line[name]["false_share"] if name in line else None

        note = line["time reversal"]["note"] if "time reversal" in line else ""
        out.append(DecoyLine(threshold, any_row["links"], share("none: shares among rivals"), share("time reversal"), share("partner permutation"), note or ""))  # fmt: skip
    return tuple(out)


def chains_of(engine: Engine) -> Chains | None:
    """None where the case has neither chains nor hubs. The last card is a chain that asks for no look, where there is one."""
    total = ask(engine, "chain_total")[0]
    hubs = tuple(
        HubLine(
            cut(r["name"] or r["party_id"], 120),
            lang_of(r["name"] or "", r["country"] or ""),
            r["goods"],
            r["consignments_in"],
            r["consignments_out"],
            r["kg_in"],
            r["kg_out"],
            r["reason"],
        )
        for r in ask(engine, "chain_hub")
    )
    if not total["chains"] and not hubs:
        return None
    rows = ask(engine, "chain_first")
    counters = {r["chain_id"] for r in rows if r["counter"]}
    steps: dict[str, list[Record]] = {}
    if rows:
        for r in ask(engine, "chain_hop", {"ids": [r["chain_id"] for r in rows]}):
            steps.setdefault(r["chain_id"], []).append(r)
    cards = tuple(_card(r, steps.get(r["chain_id"], []), r["chain_id"] in counters) for r in rows)
    decoys = _decoys(ask(engine, "chain_quality"))
    return Chains(cards, total["chains"], total["alerts"], total["links"], decoys, hubs)
