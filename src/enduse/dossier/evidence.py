"""The rows behind each figure: as declared, as read, with the words that were recognised marked in the goods text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enduse.dossier.ask import Record, ask, listed
from enduse.dossier.figures import is_line
from enduse.dossier.model import Evidence, Figure, Row, Span
from enduse.dossier.text import marked

if TYPE_CHECKING:
    from enduse.engine.base import Engine

LEAD, TOTAL, LINE = 8, 5, 3  # rows shown for the first figure, for a total, for a line of a ranking
_SEEN = re.compile(r"description\[(\d+):(\d+)\]")


def described(row: Record) -> tuple[Span, ...]:
    """The goods text with the recognised spans marked; cut ones end in …"""
    text = row["description"] or ""
    spans = [(int(a), int(b)) for a, b in _SEEN.findall(row["evidence"] or "")]
    pieces = marked(text, spans)
    return (*pieces, Span("…")) if (row["description_length"] or 0) > len(text) else pieces


def read_row(row: Record) -> Row:
    words = ("source", "date_precision", "exporter_country", "exporter_party", "importer_country", "importer_party", "hs_code", "unit",
             "currency", "usd_basis", "quantity_text", "net_kg_text", "value_text", "brand", "model", "family", "basis", "item")  # fmt: skip
    return Row(
        shipment_id=row["shipment_id"],
        row=row["row"] or 0,
        date=row["date"],
        exporter=row["exporter_name"] or "",
        importer=row["importer_name"] or "",
        description=described(row),
        quantity=row["quantity"],
        net_kg=row["net_kg"],
        value_usd=row["value_usd"],
        value=row["value"],
        unread=frozenset(listed(row["unread"])),
        confidence=row["confidence"],
        strict=bool(row["in_strict"]),
        **{w: row[w] or "" for w in words},
    )


def evidence_of(engine: Engine, figures: list[Figure], lead: Figure | None) -> tuple[Evidence, ...]:
    """One entry for each figure, the first figure at the top, then totals, then the lines of rankings."""
    by_figure: dict[str, list[Row]] = {}
    for row in ask(engine, "evidence", {"few": LEAD}) if figures else []:
        by_figure.setdefault(row["figure_id"], []).append(read_row(row))
    sorted_figures = sorted(figures, key=lambda f: (f is not lead, is_line(f)))
    out = []
    for figure in sorted_figures:
        few = LEAD if figure is lead else LINE if is_line(figure) else TOTAL
        out.append(Evidence(figure, tuple(by_figure.get(figure.id, ())[:few]), figure.rows))
    return tuple(out)
