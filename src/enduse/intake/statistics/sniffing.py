"""Whether a table is published statistics: countries, periods and figures, and no firm, paper or parcel in it."""

from __future__ import annotations

from collections.abc import Sequence

from enduse.reference import areas

from . import columns, lookups
from .reader import flow_in, reporter_in

KNOWN = 0.6  # share of cells of a country column that must be areas


def _cells(sample: Sequence[Sequence[str | None]], column: str) -> list[str]:
    place = column.removeprefix("r.c")
    if not place.isdigit():
        return []
    at = int(place) - 1
    return [c for c in (r[at] if at < len(r) else None for r in sample[:500]) if c]


def _areas(layout: columns.Layout, sample: Sequence[Sequence[str | None]], roles: Sequence[str]) -> bool:
    for role in roles:
        for column in layout.roles.get(role, ()):
            if not column.startswith("r."):
                return True  # a part of the first column of an Eurostat TSV
            cells = _cells(sample, column)
            system = areas.system_of(cells)
            if cells and sum(areas.area(c, system) is not None for c in cells) >= KNOWN * len(cells):
                return True
    return False


def why(header: Sequence[str], sample: Sequence[Sequence[str | None]], name: str) -> str | None:
    """What speaks for statistics, or None."""
    layout = columns.read(header)
    if not layout.slots or columns.firms(header):
        return None
    if not (layout.has("period", "year") or any(s.period for s in layout.slots)):
        return None
    periods = [
        c for role in ("period", "year") for column in layout.roles.get(role, ())[:1] for c in _cells(sample, column)
    ]
    if periods and sum(lookups.period(c) is not None for c in periods) < KNOWN * len(periods):
        return None
    if (
        layout.has("exporter")
        and layout.has("importer")
        and _areas(layout, sample, ("exporter",))
        and _areas(layout, sample, ("importer",))
    ):
        return "exporting and importing countries by period"
    reporter = _areas(layout, sample, ("reporter_iso", "reporter_name", "reporter_code"))
    partner = _areas(layout, sample, ("partner_iso", "partner_name", "partner_code"))
    flows = layout.has("flow") or any(s.flow for s in layout.slots)
    if reporter and (partner or flows or layout.has("goods")):
        return (
            "columns of trade statistics: reporter"
            + (", partner" if partner else "")
            + (", flow" if flows else "")
            + " by period"
        )
    if partner and (flows or reporter_in(name) or flow_in(name)):
        return "partner countries by period, with figures"
    if flows and reporter_in(name) and len(layout.rest) <= 2:
        return "exports or imports by period"
    if layout.has("partner_name") and layout.has("goods", "goods_group") and flow_in(name):
        return "groups of partners by period, with figures"
    return None
