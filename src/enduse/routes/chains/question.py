"""Questions to the chains of a case: from where, to where, through whom, how long; and where one consignment went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enduse.engine.base import Engine

_WHERE = """
SELECT c.* FROM chain AS c
WHERE ($any_chain = 1 OR c.chain_id = $chain) AND ($any_from = 1 OR c.from_country = $start) AND ($any_to = 1 OR c.to_country = $finish) AND c.hops <= $hops
  AND ($any_party = 1 OR c.chain_id IN (SELECT h.chain_id FROM hop AS h WHERE h.from_party IN ($party) UNION SELECT h.chain_id FROM hop AS h WHERE h.to_party IN ($party)))
  AND ($any_record = 1 OR c.chain_id IN (SELECT h.chain_id FROM hop AS h JOIN consignment_row AS r ON r.consignment_id = h.shipment_id WHERE r.shipment_id = $record))
ORDER BY c.rank, c.chain_id"""


# Why two firms of an inferred hop may pass goods on: linked parties, names that may be one firm, lots that two files declare under both names.
_LINKED = """
SELECT t.from_party, t.to_party, l.kind, l.basis, coalesce(l.evidence, '') AS evidence
FROM asked_tie AS t
JOIN party_link AS l ON l.left_party = t.one AND l.right_party = t.two
ORDER BY from_party, to_party, kind"""
_ALIKE = """
SELECT t.from_party, t.to_party, 'perhaps one firm' AS kind, 'inferred' AS basis, max(p.score) AS score, min(concat(p.left_name, ' / ', p.right_name)) AS evidence
FROM asked_tie AS t
JOIN party_pair AS p ON least(p.left_party, p.right_party) = t.one AND greatest(p.left_party, p.right_party) = t.two
GROUP BY t.from_party, t.to_party
ORDER BY from_party, to_party"""
_TWICE = """
SELECT t.from_party, t.to_party, 'perhaps one firm' AS kind, 'inferred' AS basis, count(*) AS lots
FROM asked_tie AS t
JOIN (
  SELECT a.exporter_party AS a, b.exporter_party AS b
  FROM mirror_duplicate AS m
  JOIN shipment_party AS a ON a.shipment_id = m.shipment_id
  JOIN shipment_party AS b ON b.shipment_id = m.of_shipment_id
  UNION ALL
  SELECT a.importer_party AS a, b.importer_party AS b
  FROM mirror_duplicate AS m
  JOIN shipment_party AS a ON a.shipment_id = m.shipment_id
  JOIN shipment_party AS b ON b.shipment_id = m.of_shipment_id
) AS d ON least(d.a, d.b) = t.one AND greatest(d.a, d.b) = t.two
WHERE d.a <> d.b
GROUP BY t.from_party, t.to_party
ORDER BY from_party, to_party"""
_TIES = (
    (_LINKED, "{evidence}"),
    (_ALIKE, "names alike with {score:.2f}: {evidence}"),
    (_TWICE, "{lots} lots declared by two files, under one name each"),
)


def chains_where(
    engine: Engine,
    *,
    start: str = "",
    finish: str = "",
    parties: tuple[str, ...] = (),
    record: str = "",
    most_hops: int | None = None,
    chain: str = "",
) -> list[dict[str, Any]]:
    """Rows of CHAIN that meet all that is asked, each with `steps`: its hops in order, with the names of the firms and,
    for an inferred hop, the link between the two that it rests on: `tie` (kinds and basis) and `evidence` (who stated it and where).

    `start` and `finish` are alpha-2 codes; `parties` ids of which one must stand in the chain; `record` a shipment id
    that must be part of a hop (either side's declaration of it), `chain` the id of the only one asked for.
    """
    asked = {
        "any_chain": int(not chain), "chain": chain, "any_from": int(not start), "start": start, "any_to": int(not finish), "finish": finish, "any_party": int(not parties), "party": list(parties),
        "any_record": int(not record), "record": record, "hops": most_hops if most_hops is not None else 1_000_000,
    }  # fmt: skip
    found = engine.fetch(_WHERE, asked).to_pylist()
    if not found:
        return []
    engine.make("asked_chain", f"SELECT chain_id FROM ({_WHERE.rpartition('ORDER BY')[0]}) AS asked", asked)
    hops = engine.fetch(
        "SELECT h.*, a.name AS from_name, b.name AS to_name FROM hop AS h JOIN asked_chain AS q ON q.chain_id = h.chain_id "
        "LEFT JOIN party AS a ON a.party_id = h.from_party LEFT JOIN party AS b ON b.party_id = h.to_party ORDER BY h.chain_id, h.position"
    ).to_pylist()
    ties = _ties(engine) if any(h["basis"] == "inferred" for h in hops) else {}
    engine.drop("asked_chain")
    steps: dict[str, list[dict[str, Any]]] = {}
    for hop in hops:
        tie, evidence = ties.get((hop["from_party"], hop["to_party"]), (None, None))
        steps.setdefault(hop["chain_id"], []).append(hop | {"tie": tie, "evidence": evidence})
    return [chain | {"steps": steps.get(chain["chain_id"], [])} for chain in found]


def records_of(engine: Engine, chain: str) -> list[dict[str, Any]]:
    """The records every declared hop of one chain rests on, in order of hop, file and row: both declarations of a crossing, `counted` 0 for the one that is not."""
    found: list[dict[str, Any]] = engine.fetch(_RECORDS, {"chain": chain}).to_pylist()
    return found


_RECORDS = """
SELECT h.position, s.source, s.row, s.shipment_id, r.counted, s.date, s.direction, s.exporter_name, s.importer_name, s.description, s.quantity, s.unit, s.net_kg, s.value, s.currency
FROM hop AS h
JOIN consignment_row AS r ON r.consignment_id = h.shipment_id
JOIN shipment_row AS s ON s.shipment_id = r.shipment_id
WHERE h.chain_id = $chain AND h.basis = 'declared'
ORDER BY h.position, s.source, s.row"""


def _ties(engine: Engine) -> dict[tuple[str, str], tuple[str, str]]:
    """What links the two firms of each inferred hop of the chains asked for: what they share and on what basis; the evidence."""
    engine.make(
        "asked_tie",
        "SELECT DISTINCT h.from_party, h.to_party, least(h.from_party, h.to_party) AS one, greatest(h.from_party, h.to_party) AS two "
        "FROM hop AS h JOIN asked_chain AS q ON q.chain_id = h.chain_id WHERE h.basis = 'inferred'",
    )
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for sql, evidence in _TIES:
        for r in engine.fetch(sql).to_pylist():
            told = f"{r['kind'].replace('_', ' ')}, {r['basis']}", evidence.format(**r)
            found.setdefault((r["from_party"], r["to_party"]), []).append(told)
    engine.drop("asked_tie")
    return {
        pair: ("; ".join(dict.fromkeys(t for t, _ in rows)), "; ".join(e for _, e in rows if e))
        for pair, rows in found.items()
    }


def parties_named(engine: Engine, text: str) -> list[str]:
    """Ids of the parties a text means: an id, or a name as declared or resolved, without regard to case."""
    found = engine.fetch(
        "SELECT party_id FROM party WHERE party_id = $text OR lower(name) = lower($text) "
        "UNION SELECT party_id FROM party_name WHERE lower(name) = lower($text) ORDER BY party_id",
        {"text": text},
    )
    if not found.num_rows:
        found = engine.fetch(
            "SELECT party_id FROM party WHERE str_position(lower(name), lower($text)) > 0 ORDER BY party_id LIMIT 50".replace(
                "str_position", "strpos"
            ),
            {"text": text},
        )
    ids: list[str] = found["party_id"].to_pylist()
    return ids


def onward(engine: Engine, record: str, least: float = 0.05) -> list[dict[str, Any]]:
    """Where did this consignment go: its links to later ones, most probable first, with what is left unexplained."""
    found: list[dict[str, Any]] = engine.fetch(
        "SELECT l.inbound, l.outbound, l.firm, p.name AS firm_name, l.lag_days, l.continuity, l.reasons, c.to_country, c.buyer, b.name AS buyer_name, c.first_date, "
        "c.quantity, c.net_kg, c.goods FROM link AS l JOIN consignment_row AS r ON r.consignment_id = l.inbound JOIN consignment AS c ON c.consignment_id = l.outbound "
        "LEFT JOIN party AS p ON p.party_id = l.firm LEFT JOIN party AS b ON b.party_id = c.buyer "
        "WHERE r.shipment_id = $record AND l.continuity >= $least ORDER BY l.continuity DESC, l.outbound",
        {"record": record, "least": least},
    ).to_pylist()
    return found


def balance(engine: Engine, parties: tuple[str, ...]) -> list[dict[str, Any]]:
    """Everything through a firm: in and out by goods, and how much of what it sent can be traced to what it received.

    `bound_pieces` and `bound_kg` are the most that can have passed: the lesser of in and out.
    """
    found: list[dict[str, Any]] = engine.fetch(
        "SELECT goods, sum(inn) AS consignments_in, sum(outt) AS consignments_out, sum(q_in) AS quantity_in, sum(q_out) AS quantity_out, sum(k_in) AS kg_in, sum(k_out) AS kg_out, "
        "least(sum(q_in), sum(q_out)) AS bound_pieces, least(sum(k_in), sum(k_out)) AS bound_kg FROM ("
        "SELECT coalesce(hs6, goods) AS goods, 1 AS inn, 0 AS outt, quantity AS q_in, NULL AS q_out, net_kg AS k_in, NULL AS k_out FROM consignment WHERE buyer IN ($party) "
        "UNION ALL SELECT coalesce(hs6, goods) AS goods, 0 AS inn, 1 AS outt, NULL AS q_in, quantity AS q_out, NULL AS k_in, net_kg AS k_out FROM consignment WHERE seller IN ($party)"
        ") AS side GROUP BY goods ORDER BY goods",
        {"party": list(parties)},
    ).to_pylist()
    return found
