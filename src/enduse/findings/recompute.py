"""A figure, computed again from the rows listed for it: the records themselves, not what the findings stage noted."""

from __future__ import annotations

from typing import Any

from enduse.engine.base import Engine

from .book import plain
from .measures import BY_ID, RANKINGS

# What a row adds, read afresh from shipment and goods.
FIELDS: dict[str, str] = {
    "value_usd": "s.value_usd",
    "net_kg": "s.net_kg",
    "pieces": "CASE WHEN s.unit = 'C62' THEN s.quantity END",
    "shipment_id": "s.shipment_id",
    "exporter_party": "s.exporter_party",
    "importer_party": "s.importer_party",
    "brand": "nullif(g.brand, '')",
    "model": "nullif(g.model, '')",
    "day": "CASE WHEN s.date_precision = 'day' THEN s.date END",
    "value": "s.value",
}
RANKED = frozenset(r.id for r in RANKINGS)


def _field(figure: dict[str, Any]) -> str:
    measure = figure["measure"].removeprefix("claim:")
    if measure == "value":
        return FIELDS["value"]
    if measure in RANKED:
        return FIELDS["value_usd"] if figure["rule"] == "sum" else FIELDS["shipment_id"]
    return FIELDS[BY_ID[measure].field]


def recompute(engine: Engine, figure: dict[str, Any]) -> str:
    """The value of a figure (a row of `figure` as a dict) from its rows, as figure text."""
    field = _field(figure)
    aggregate = {
        "sum": "sum(x)",
        "count": "count(x)",
        "distinct": "count(DISTINCT x)",
        "first": "min(x)",
        "last": "max(x)",
    }[figure["rule"]]
    found = engine.fetch(
        f"SELECT {aggregate} AS value FROM (SELECT {field} AS x FROM figure_row AS f "
        "JOIN shipment AS s ON s.shipment_id = f.shipment_id JOIN goods AS g ON g.shipment_id = f.shipment_id WHERE f.figure_id = $figure) AS listed",
        {"figure": figure["figure_id"]},
    )
    return plain(found["value"][0].as_py())
