"""The aggregates of the graph: parties, trade between two of them, links that are no trade."""

from __future__ import annotations

# Attributes with the kind of their values, in the order both formats write them.
NODES: tuple[tuple[str, str], ...] = (
    ("name", "string"), ("country", "string"), ("kind", "string"), ("role", "string"), ("identifiers", "string"),
    ("list_decision", "string"), ("listed_as", "string"), ("rows_out", "int"), ("rows_in", "int"),
)  # fmt: skip
EDGES: tuple[tuple[str, str], ...] = (
    ("kind", "string"), ("rows", "int"), ("value_usd", "number"), ("net_kg", "number"), ("first", "date"), ("last", "date"),
    ("watched_rows", "int"), ("watched_value_usd", "number"), ("chains", "int"), ("best_chain", "string"), ("best_continuity", "number"),
    ("basis", "string"), ("score", "number"), ("evidence", "string"),
)  # fmt: skip

_TRADE = """
SELECT coalesce(t.source, c.source) AS source, coalesce(t.target, c.target) AS target, 'trade' AS kind,
       coalesce(t."rows", 0) AS "rows", t.value_usd, t.net_kg, t.first, t.last,
       coalesce(t.watched_rows, 0) AS watched_rows, t.watched_value_usd, coalesce(c.chains, 0) AS chains, c.best_chain, c.best_continuity,
       CASE WHEN t.source IS NULL THEN 'inferred' ELSE 'declared' END AS basis, CAST(NULL AS DOUBLE) AS score, CAST(NULL AS VARCHAR) AS evidence
FROM (
    SELECT s.exporter_party AS source, s.importer_party AS target, count(*) AS "rows", sum(s.value_usd) AS value_usd, sum(s.net_kg) AS net_kg,
           min(s.date) AS first, max(s.date) AS last, count(CASE WHEN g.family <> '' THEN 1 END) AS watched_rows,
           sum(CASE WHEN g.family <> '' THEN s.value_usd END) AS watched_value_usd
    FROM shipment AS s
    LEFT JOIN goods AS g ON g.shipment_id = s.shipment_id
    LEFT JOIN duplicate AS d ON d.shipment_id = s.shipment_id
    WHERE d.shipment_id IS NULL AND s.exporter_party IS NOT NULL AND s.importer_party IS NOT NULL
    GROUP BY s.exporter_party, s.importer_party
) AS t
FULL JOIN (
    SELECT source, target, count(*) AS chains, max(CASE WHEN place = 1 THEN chain_id END) AS best_chain,
           max(CASE WHEN place = 1 THEN continuity END) AS best_continuity
    FROM (
        SELECT p.source, p.target, p.chain_id, c.continuity,
               row_number() OVER (PARTITION BY p.source, p.target ORDER BY c.continuity DESC, p.chain_id) AS place
        FROM (SELECT DISTINCT from_party AS source, to_party AS target, chain_id FROM hop) AS p
        JOIN chain AS c ON c.chain_id = p.chain_id
    ) AS ranked
    GROUP BY source, target
) AS c ON c.source = t.source AND c.target = t.target
"""
_LINK = """
SELECT left_party AS source, right_party AS target, kind, CAST(NULL AS BIGINT) AS "rows", CAST(NULL AS DOUBLE) AS value_usd,
       CAST(NULL AS DOUBLE) AS net_kg, CAST(NULL AS DATE) AS first, CAST(NULL AS DATE) AS last, CAST(NULL AS BIGINT) AS watched_rows,
       CAST(NULL AS DOUBLE) AS watched_value_usd, CAST(NULL AS BIGINT) AS chains, CAST(NULL AS VARCHAR) AS best_chain,
       CAST(NULL AS DOUBLE) AS best_continuity, basis, score, evidence
FROM party_link
"""
_NODE = """
SELECT p.party_id, p.name, p.country, p.kind, p.role, p.identifiers, s.decision AS list_decision, s.entry_name AS listed_as,
       coalesce(o."rows", 0) AS rows_out, coalesce(i."rows", 0) AS rows_in
FROM party AS p
LEFT JOIN (
    SELECT party_id, decision, entry_name,
           row_number() OVER (PARTITION BY party_id ORDER BY score DESC NULLS LAST, list, entry_id) AS place
    FROM screening WHERE decision <> 'no_match'
) AS s ON s.party_id = p.party_id AND s.place = 1
LEFT JOIN (SELECT source, CAST(sum("rows") AS BIGINT) AS "rows" FROM graph_trade GROUP BY source) AS o ON o.source = p.party_id
LEFT JOIN (SELECT target, CAST(sum("rows") AS BIGINT) AS "rows" FROM graph_trade GROUP BY target) AS i ON i.target = p.party_id
"""
SQL: dict[str, str] = {"graph_trade": _TRADE, "graph_link": _LINK, "graph_node": _NODE}
UNPLACED = """
SELECT count(*) AS n FROM shipment AS s LEFT JOIN duplicate AS d ON d.shipment_id = s.shipment_id
WHERE d.shipment_id IS NULL AND (s.exporter_party IS NULL OR s.importer_party IS NULL)
"""
