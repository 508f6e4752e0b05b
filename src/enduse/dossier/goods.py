"""What the counted goods are and where they went: families, vague texts, control entries, legs between countries."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from enduse.dossier.ask import Record, ask, listed
from enduse.dossier.model import Goods, GoodsLine, IndicatorLine, Leg, Routes, VagueExporter, Wording

if TYPE_CHECKING:
    from enduse.engine.base import Engine


def _tally(rows: list[Record], column: str) -> tuple[tuple[str, int], ...]:
    """Records by item of a `;` list, most first."""
    found: Counter[str] = Counter()
    for row in rows:
        for item in listed(row[column]):
            found[item] += row["records"]
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def goods_of(engine: Engine) -> Goods | None:
    """None where no row is counted."""
    lines = tuple(
        GoodsLine(r["family"], r["basis"], r["records"], r["value_usd"], r["without_value"] or 0, r["vague"] or 0)
        for r in ask(engine, "goods_counted")
    )
    if not lines:
        return None
    return Goods(
        lines=lines,
        rows=sum(line.rows for line in lines),
        vague=sum(line.vague for line in lines),
        vague_rules=_tally(ask(engine, "vague_rule"), "vague_rules"),
        controls=_tally(ask(engine, "control"), "controls")[:20],
        vague_exporters=tuple(
            VagueExporter(r["party_id"], r["name"] or "", r["country"] or "", r["records"], r["vague"])
            for r in ask(engine, "vague_exporter")
        ),
        wording=tuple(
            Wording(
                r["exporter"],
                r["rule"],
                r["rule_date"],
                r["measure"],
                (r["before_met"], r["before_records"]),
                (r["after_met"], r["after_records"]),
                r["change"] or 0.0,
                r["low"] or 0.0,
                r["high"] or 0.0,
                r["verdict"],
            )
            for r in ask(engine, "wording")
        ),
    )


def routes_of(engine: Engine) -> Routes | None:
    """Legs between countries. A leg from the country of making to another country of departure stands in no record."""
    legs: dict[tuple[str, str, bool], list[tuple[Decimal | None, int, int]]] = {}
    unplaced, unplaced_value = 0, Decimal(0)
    for row in ask(engine, "leg"):
        origin, departure, destination = (row[f"{k}_country"] for k in ("origin", "departure", "destination"))
        start = departure or origin
        found = (row["value_usd"], row["records"], row["without_value"] or 0)
        if start and destination and start != destination:
            legs.setdefault((start, destination, True), []).append(found)
        else:
            unplaced += row["records"]
            unplaced_value += row["value_usd"] or 0
        if origin and departure and origin != departure:
            legs.setdefault((origin, departure, False), []).append(found)
    out = [
        Leg(
            a,
            b,
            sum((v or Decimal(0) for v, _, _ in found), Decimal(0)),
            sum(n for _, n, _ in found),
            sum(w for _, _, w in found),
            declared,
        )
        for (a, b, declared), found in legs.items()
    ]
    if not out:
        return None
    return Routes(
        tuple(sorted(out, key=lambda leg: (not leg.declared, -leg.value, -leg.rows, leg.start, leg.end))),
        unplaced,
        unplaced_value,
    )


def indicators_of(engine: Engine) -> tuple[IndicatorLine, ...]:
    """Rules that rows or firms of the case meet."""
    return tuple(
        IndicatorLine(
            r["rule_id"],
            r["source"] or "",
            r["strength"] or "",
            r["subject_kind"] or "",
            r["subjects"],
            r["first_subject"] or "",
        )
        for r in ask(engine, "indicator")
    )
