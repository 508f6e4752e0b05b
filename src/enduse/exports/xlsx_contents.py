"""What stands on which sheet of the workbook: a name, what it says, and a query in the order people read."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.contracts import TABLES, Column
from enduse.exports.xlsx_sheet import Col

_WIDE = {"label": 44, "definition": 40, "coverage": 40, "method": 30, "lever": 36, "name": 38, "names": 46, "description": 46,
         "sentence": 60, "reason": 50, "reasons": 40, "why": 50, "sha256": 20, "source": 30, "exporter_name": 30, "importer_name": 30,
         "note": 34, "would_refute": 40, "path": 40, "evidence": 30, "doc": 30, "query": 30, "entry_name": 30, "choice": 34}  # fmt: skip
_SHAPES = {"int": "count", "flag": "", "score": "score", "amount": "amount", "total": "amount", "date": "date"}


def column(contract: Column) -> Col:
    """A contract column as a column of a sheet."""
    width = _WIDE.get(
        contract.name, 20 if contract.type in ("list", "json") else 12 if contract.type in _SHAPES else 15
    )
    shape = "" if contract.name in ("row", "position", "rank") else _SHAPES.get(contract.type, "")
    return Col(contract.name, width, shape, contract.doc)


@dataclass(frozen=True)
class Content:
    """A sheet: `sql` gives the columns of `columns` in their order; `table` is where the whole of it stands as CSV."""

    name: str
    table: str
    sql: str
    columns: tuple[Col, ...]
    caption: str
    stage: str


def _plain(name: str, table: str, *, only: tuple[str, ...] = (), order: str = "") -> Content:
    """A contract table as it stands, or some of its columns."""
    contract = TABLES[table]
    chosen = [c for c in contract.columns if not only or c.name in only]
    columns = ", ".join(f'"{c.name}"' for c in chosen)
    by = order or ", ".join(f'"{k}"' for k in contract.sort)
    return Content(
        name,
        table,
        f"SELECT {columns} FROM {table} ORDER BY {by}",
        tuple(column(c) for c in chosen),
        contract.doc,
        contract.made_by,
    )


_PARTIES = """
SELECT p.party_id, p.name, p.country, p.kind, p.identifiers, p.role, n.names, n.spellings, n."rows", s.decision, s.entry_name, s.score
FROM party AS p
LEFT JOIN (
    SELECT party_id, string_agg(DISTINCT name, ' | ' ORDER BY name) AS names, count(DISTINCT name) AS spellings,
           CAST(sum("rows") AS BIGINT) AS "rows"
    FROM party_name GROUP BY party_id
) AS n ON n.party_id = p.party_id
LEFT JOIN (
    SELECT party_id, decision, entry_name, score,
           row_number() OVER (PARTITION BY party_id ORDER BY score DESC NULLS LAST, list, entry_id) AS place
    FROM screening WHERE decision <> 'no_match'
) AS s ON s.party_id = p.party_id AND s.place = 1
ORDER BY n."rows" DESC NULLS LAST, p.party_id
"""
PARTIES = Content(
    "Parties", "party", _PARTIES,
    (
        Col("party_id", 15), Col("name", 38), Col("country", 9), Col("kind", 13), Col("identifiers", 24), Col("role", 11), Col("names", 46),
        Col("spellings", 10, "count"), Col("rows", 10, "count"), Col("list decision", 12), Col("listed as", 30), Col("list score", 10, "score"),
    ),
    "Firms and persons as resolved, with every spelling given to each. A merge is a judgement; a list hit is a likeness of names, not a finding.",
    "parties",
)  # fmt: skip

AFTER_FIGURES: tuple[Content, ...] = (
    _plain("Choices", "figure_choice"),
    _plain("Left out", "waterfall"),
    _plain("Sources", "source"),
    PARTIES,
    _plain("Chains", "chain"),
    _plain("Hops", "hop"),
    _plain("Breaks", "route_break"),
    _plain("Substitutes", "substitution"),
    _plain("Mirror gaps", "mirror_gap"),
    _plain("Claims", "claim", order='"doc", "char_start", "id"'),
    _plain("Verdicts", "verdict"),
    _plain("Drift", "drift"),
    _plain("Contradictions", "contradiction"),
    _plain("Ledger", "ledger"),
    _plain("Indicators", "indicator"),
)

FIGURES_SQL = (
    'SELECT figure_id, label, "value", unit, low, high, strict, broad, "rows", mark, lever, subject, rank, coverage, definition, method '
    "FROM figure ORDER BY figure_id"
)
FIGURES = (
    Col("figure_id", 10), Col("label", 48), Col("value", 16, "amount"), Col("unit", 10), Col("low", 16, "amount"), Col("high", 16, "amount"),
    Col("strict", 16, "amount"), Col("broad", 16, "amount"), Col("rows", 10, "count"), Col("rows in EVIDENCE", 12, "count"), Col("mark", 10),
    Col("lever: the choice that moves it most", 40), Col("subject", 26), Col("rank", 7), Col("coverage", 60), Col("definition", 60), Col("method", 40),
)  # fmt: skip

# $most rows a figure, the largest first.
EVIDENCE_SQL = """
SELECT e.figure_id, e.shipment_id, s.source, s."row", o.sha256, e.amount, e.item, s.date, s.exporter_name, s.importer_name, s.description,
       s.hs_code, s.quantity, s.unit, s.net_kg, s."value", s.currency, s.value_usd, s.origin_country, s.departure_country, s.destination_country
FROM (
    SELECT figure_id, shipment_id, amount, item,
           row_number() OVER (PARTITION BY figure_id ORDER BY amount DESC NULLS LAST, shipment_id) AS place
    FROM figure_row
) AS e
LEFT JOIN shipment AS s ON s.shipment_id = e.shipment_id
LEFT JOIN source AS o ON o.source = s.source
WHERE e.place <= $most
ORDER BY e.figure_id, e.place
"""
EVIDENCE = (
    Col("figure_id", 10), Col("shipment_id", 20), Col("source", 34), Col("row", 9), Col("sha256 of source", 20), Col("adds", 14, "amount"),
    Col("item", 18), Col("date", 11, "date"), Col("exporter_name", 30), Col("importer_name", 30), Col("description", 46), Col("hs_code", 12),
    Col("quantity", 12, "amount"), Col("unit", 7), Col("net_kg", 12, "amount"), Col("value", 14, "amount"), Col("currency", 9),
    Col("value_usd", 14, "amount"), Col("origin", 8), Col("departure", 10), Col("destination", 11),
)  # fmt: skip
