"""Links, chains and planted schemes of a run against the genealogy of lots."""

from __future__ import annotations

from typing import Any

import numpy as np

from .chance import Flags, Floats
from .score_tables import Answers, Given, average_precision

LEAST = 0.1  # a link is true where at least this share of one of its sides came from the other
BINS = 10

_RECORDS = "SELECT s.shipment_id, r.lot FROM g_shipment AS s JOIN t_record AS r ON r.source = s.source AND r.row = s.row WHERE r.kind <> 'damaged'"
_MEMBERS = """SELECT DISTINCT c.consignment_id AS id, k.lot, l.quantity, l.scheme, l.hop, l.kind
FROM known AS k JOIN g_consignment_row AS c ON c.shipment_id = k.shipment_id JOIN t_lot AS l ON l.lot = k.lot"""
# Goods that went on through a crossing inside an owner group, or under one roof, that no office wrote down: true for who joins its two ends.
_DRAWN = """SELECT outbound, inbound, quantity FROM t_draw
UNION ALL SELECT d.outbound, e.inbound, least(d.quantity, e.quantity) FROM t_draw AS d JOIN t_lot AS h ON h.lot = d.inbound AND h.records = 0
JOIN t_draw AS e ON e.outbound = h.lot JOIN t_firm AS a ON a.firm = h.seller JOIN t_firm AS b ON b.firm = h.buyer WHERE a."group" = b."group" OR a.address = b.address"""
# Goods that only go back to where they came from are no link onward; they count neither way.
_PAIRS = """WITH size AS (SELECT id, sum(quantity) AS quantity FROM member GROUP BY id),
drawn AS (SELECT i.id AS inbound, o.id AS outbound, sum(d.quantity) AS quantity, bool_and(o.kind = 'return') AS back
  FROM true_draw AS d JOIN member AS i ON i.lot = d.inbound JOIN member AS o ON o.lot = d.outbound WHERE i.id <> o.id GROUP BY 1, 2)
SELECT d.inbound, d.outbound, d.back, d.quantity >= {least} * a.quantity OR d.quantity >= {least} * b.quantity AS enough
FROM drawn AS d JOIN size AS a ON a.id = d.inbound JOIN size AS b ON b.id = d.outbound"""


def _prepare(answers: Answers, shipment: Given, consignment_row: Given, least: float) -> None:
    answers.given("shipment", shipment)
    answers.given("consignment_row", consignment_row)
    answers.make("known", _RECORDS)
    answers.make("member", _MEMBERS)
    answers.make("true_draw", _DRAWN)
    answers.make("pair", _PAIRS.format(least=least))


def _judged(answers: Answers, link: Given, by: str) -> tuple[Floats, Flags, int]:
    """Score and truth of each link, and how many true pairs there are."""
    answers.given("link", link)
    got = answers.columns(
        f"SELECT CAST(g.{by} AS DOUBLE) AS score, coalesce(p.enough, false) AS true FROM g_link AS g LEFT JOIN pair AS p ON p.inbound = g.inbound AND p.outbound = g.outbound "
        "WHERE NOT coalesce(p.back, false) AND (p.enough IS NULL OR p.enough) ORDER BY score DESC, g.inbound, g.outbound"
    )
    total = answers.rows("SELECT count(*) FROM pair WHERE enough AND NOT back")[0][0]
    return got["score"].astype(float), got["true"].astype(bool), int(total)


def link_average_precision(answers: Answers, shipment: Given, consignment_row: Given, link: Given, *, by: str = "continuity", least: float = LEAST) -> dict[str, Any]:  # fmt: skip
    """Average precision of the links ranked by column `by`, against every true pair of consignments that is on record.

    A pair is true where draws between its lots hold at least `least` of the goods of either side; pairs with less, and
    returns to the seller, are left out of the count on both sides.
    """
    _prepare(answers, shipment, consignment_row, least)
    score, true, total = _judged(answers, link, by)
    return {
        "average_precision": average_precision(score, true, total),
        "links": len(score),
        "true_pairs": total,
        "found": int(true.sum()),
    }


def calibration(
    answers: Answers, shipment: Given, consignment_row: Given, link: Given, *, least: float = LEAST
) -> dict[str, Any]:
    """Expected calibration error of continuity over ten bins of width .1 (Naeini et al. 2015), and the true false share above thresholds."""
    _prepare(answers, shipment, consignment_row, least)
    score, true, _ = _judged(answers, link, "continuity")
    at = np.minimum((score * BINS).astype(int), BINS - 1)
    bins = [
        (int((at == b).sum()), float(score[at == b].mean()), float(true[at == b].mean()))
        for b in range(BINS)
        if (at == b).any()
    ]
    error = sum(n * abs(s - t) for n, s, t in bins) / max(1, len(score))
    return {
        "expected_error": error,
        "bins": bins,
        "false_share_above": {t / 10: _false(score, true, t / 10) for t in range(1, 10)},
    }


def _false(score: Floats, true: Flags, threshold: float) -> float:
    chosen = score >= threshold
    return float(1 - true[chosen].mean()) if chosen.any() else 0.0


def stated_false_share(answers: Answers, shipment: Given, consignment_row: Given, link: Given, levels: tuple[float, ...] = (0.1, 0.3, 0.5), *, least: float = LEAST) -> dict[float, dict[str, float]]:  # fmt: skip
    """For each level: take links from the top while continuity states a false share up to the level; what share of them is false."""
    _prepare(answers, shipment, consignment_row, least)
    score, true, _ = _judged(answers, link, "continuity")
    stated = np.cumsum(1 - score) / np.arange(1, len(score) + 1) if len(score) else np.empty(0)
    result = {}
    for level in levels:
        taken = int(np.searchsorted(stated, level, "right"))  # continuity falls, so the stated share only rises
        result[level] = {
            "links": taken,
            "stated": float(stated[taken - 1]) if taken else 0.0,
            "true": float(1 - true[:taken].mean()) if taken else 0.0,
        }
    return result


def _hops(
    answers: Answers, shipment: Given, consignment_row: Given, chain: Given, hop: Given, least: float, top: int
) -> None:
    _prepare(answers, shipment, consignment_row, least)
    answers.given("chain", chain)
    answers.given("hop", hop)
    # An inferred hop bears the name of the consignment before it, which has a hop of its own.
    told = "AND h.basis = 'declared'" if "basis" in {r[0] for r in answers.rows("DESCRIBE g_hop")} else ""
    answers.make("step", f"""SELECT h.chain_id, c.rank, h.position, r.consignment_id AS id FROM g_hop AS h JOIN g_chain AS c ON c.chain_id = h.chain_id
        JOIN g_consignment_row AS r ON r.shipment_id = h.shipment_id WHERE c.rank <= {int(top)} {told}""")  # fmt: skip
    # Hops on record follow each other where the inferred ones between them are left out.
    answers.make(
        "bond",
        "SELECT * FROM (SELECT chain_id, rank, position, id, lag(id) OVER (PARTITION BY chain_id ORDER BY position) AS before FROM step) AS s WHERE before IS NOT NULL",
    )


def chain_precision(answers: Answers, shipment: Given, consignment_row: Given, chain: Given, hop: Given, *, top: int = 1000, least: float = LEAST) -> dict[str, Any]:  # fmt: skip
    """Share of the `top` chains (by rank, two hops and more) in which every link is true."""
    _hops(answers, shipment, consignment_row, chain, hop, least, top)
    judged = answers.rows(
        "SELECT b.chain_id, bool_and(coalesce(p.enough, false)) AS good, count(*) + 1 AS hops FROM bond AS b LEFT JOIN pair AS p ON p.inbound = b.before AND p.outbound = b.id GROUP BY b.chain_id"
    )
    good = [g for _, g, _ in judged]
    by_hops: dict[int, list[bool]] = {}
    for _, g, hops in judged:
        by_hops.setdefault(hops, []).append(g)
    return {
        "precision": sum(good) / len(good) if good else 0.0,
        "chains": len(good),
        "by_hops": {h: (len(g), round(sum(g) / len(g), 4)) for h, g in sorted(by_hops.items())},
    }


def schemes_found(
    answers: Answers, shipment: Given, consignment_row: Given, chain: Given, hop: Given, *, top: int = 20_000
) -> dict[str, Any]:
    """Planted schemes found among the `top` chains.

    A scheme is found if one chain holds, one after the other, consignments with lots of all its middle hops in one of its
    waves: hops 2 to n-1 of n, or both hops of a scheme of two, as far as they are on record. Schemes of which fewer than
    two hops are on record cannot be found by anyone: they stand in `planted` and not in `findable`.
    """
    if not answers.has("scheme"):
        return {"planted": 0, "findable": 0, "found": 0, "share": None, "by_kind": {}}
    _hops(answers, shipment, consignment_row, chain, hop, LEAST, top)
    answers.make(
        "run",
        """SELECT l.scheme, l.wave, l.hop FROM t_lot AS l WHERE l.scheme IS NOT NULL AND l.records > 0 GROUP BY ALL""",
    )
    answers.make("wanted", """SELECT r.scheme, r.wave, r.hop FROM run AS r JOIN t_scheme AS s ON s.scheme = r.scheme
        WHERE (s.hops = 2 OR r.hop BETWEEN 2 AND s.hops - 1) QUALIFY count(*) OVER (PARTITION BY r.scheme, r.wave) >= 1""")  # fmt: skip
    # Of a scheme of two hops both are needed; of longer ones at least two hops must be on record in the wave.
    answers.make("need", """SELECT w.scheme, w.wave, count(*) AS hops FROM wanted AS w JOIN t_scheme AS s ON s.scheme = w.scheme
        JOIN (SELECT scheme, wave, count(*) AS seen FROM run GROUP BY ALL) AS a ON a.scheme = w.scheme AND a.wave = w.wave
        WHERE a.seen >= 2 GROUP BY w.scheme, w.wave""")  # fmt: skip
    answers.make("cover", """SELECT b.chain_id, w.scheme, w.wave, count(DISTINCT w.hop) AS hops, max(b.position) - min(b.position) + 1 AS stretch
        FROM step AS b JOIN member AS m ON m.id = b.id JOIN t_lot AS l ON l.lot = m.lot
        JOIN wanted AS w ON w.scheme = l.scheme AND w.wave = l.wave AND w.hop = l.hop GROUP BY ALL""")  # fmt: skip
    answers.make("hit", """SELECT DISTINCT n.scheme FROM need AS n JOIN cover AS c ON c.scheme = n.scheme AND c.wave = n.wave
        JOIN (SELECT chain_id, count(*) AS size FROM step GROUP BY chain_id) AS z ON z.chain_id = c.chain_id
        WHERE c.hops >= n.hops AND z.size >= 2""")  # fmt: skip
    rows = answers.rows("""SELECT s.kind, count(*) AS planted, count(n.scheme) AS findable, count(h.scheme) AS found FROM t_scheme AS s
        LEFT JOIN (SELECT DISTINCT scheme FROM need) AS n ON n.scheme = s.scheme LEFT JOIN hit AS h ON h.scheme = s.scheme GROUP BY s.kind ORDER BY s.kind""")
    planted, findable, found = (sum(r[i] for r in rows) for i in (1, 2, 3))
    return {
        "planted": planted,
        "findable": findable,
        "found": found,
        "share": found / findable if findable else None,
        "by_kind": {r[0]: r[1:] for r in rows},
    }


def alerts(chain: Given, shipment: Given, *, least: float = 0.5) -> dict[str, float]:
    """Chains with continuity and concern both at least `least`, and how many that is for a million rows."""
    import duckdb

    from .score_tables import _place

    with duckdb.connect() as db:
        for name, table in (("chain", chain), ("shipment", shipment)):
            if hasattr(table, "schema"):
                db.register(name, table)
            else:
                db.execute(f"CREATE VIEW {name} AS SELECT * FROM {_place(str(table))}")
        count = db.execute(f"SELECT count(*) FROM chain WHERE continuity >= {least} AND concern >= {least}").fetchall()[
            0
        ][0]
        rows = db.execute("SELECT count(*) FROM shipment").fetchall()[0][0]
    return {"alerts": count, "per_million_rows": count / max(rows, 1) * 1_000_000}
