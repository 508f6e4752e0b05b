"""Does any single column give a planted scheme away? Area under the ROC curve of each, against all lots and against lots sent on.

.5 means that the column tells nothing. Numbers are asked as they are and as distance from their middle; kinds of things
(country, code, office) by the share of schemes among the other half of the lots, so that nothing is learned by heart.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .chance import Flags, Floats, share
from .score_tables import Answers, area

_LOTS = """WITH seen AS (SELECT firm, min(day) AS first, count(*) AS lots FROM (SELECT seller AS firm, day FROM t_lot WHERE records > 0 UNION ALL SELECT buyer, day FROM t_lot WHERE records > 0) AS s GROUP BY firm),
place AS (SELECT r.lot, min(r.row * 1.0 / n.rows) AS position, min(length(r.seller_name)) AS seller_length, min(length(r.buyer_name)) AS buyer_length, min(r.source) AS source, min(CASE r.tells WHEN 'nothing' THEN 0 WHEN 'kind' THEN 1 ELSE 2 END) AS tells
  FROM t_record AS r JOIN (SELECT source, max(row) AS rows FROM t_record GROUP BY source) AS n ON n.source = r.source WHERE r.kind = 'lot' GROUP BY r.lot)
SELECT l.lot, coalesce(l.scheme, -1) AS scheme, l.scheme IS NOT NULL AS planted, l.kind IN ('onward', 'forwarded') AS onward, CAST(epoch(l.day) AS DOUBLE) AS day, CAST(l.arrival - l.day AS DOUBLE) AS under_way, ln(l.quantity) AS quantity, ln(l.net_kg) AS weight,
  ln(l.declared_usd) AS value, ln(l.declared_usd / l.quantity) AS unit_price, ln(l.declared_usd / l.net_kg) AS price_per_kg, CAST(l.quantity % 10 = 0 AS DOUBLE) AS round_quantity, CAST(l.day - s.born AS DOUBLE) AS seller_age, CAST(l.day - b.born AS DOUBLE) AS buyer_age,
  CAST(l.day - fs.first AS DOUBLE) AS seller_seen_for, CAST(l.day - fb.first AS DOUBLE) AS buyer_seen_for, ln(fs.lots) AS seller_lots, ln(fb.lots) AS buyer_lots, CAST(l.records AS DOUBLE) AS records, p.position, CAST(p.seller_length AS DOUBLE) AS seller_name_length, CAST(p.buyer_length AS DOUBLE) AS buyer_name_length,
  CAST(l.understated AS DOUBLE) AS understated, CAST(l.outlier AS DOUBLE) AS outlier, CAST(p.tells AS DOUBLE) AS tells, coalesce(CAST(w.lag AS DOUBLE), -1) AS lag, l.from_country, l.to_country, l.origin, l.declared_hs6 AS code, l.family, p.source, CAST(dayofweek(l.day) AS VARCHAR) AS weekday, CAST(month(l.day) AS VARCHAR) AS month
FROM t_lot AS l JOIN place AS p ON p.lot = l.lot JOIN t_firm AS s ON s.firm = l.seller JOIN t_firm AS b ON b.firm = l.buyer JOIN seen AS fs ON fs.firm = l.seller JOIN seen AS fb ON fb.firm = l.buyer
LEFT JOIN (SELECT d.outbound, min(o.day - i.arrival) AS lag FROM t_draw AS d JOIN t_lot AS i ON i.lot = d.inbound JOIN t_lot AS o ON o.lot = d.outbound GROUP BY d.outbound) AS w ON w.outbound = l.lot
WHERE l.records > 0 ORDER BY l.lot"""


def _by_kind(values: np.ndarray, planted: Flags, half: Flags) -> Floats:
    """For each lot the share of schemes among lots of its kind in the other half, drawn towards the share of all."""
    _, at = np.unique(values.astype(str), return_inverse=True)
    result = np.zeros(len(values))
    for part in (half, ~half):
        total = np.bincount(at[part], minlength=at.max() + 1)
        bad = np.bincount(at[part], weights=planted[part], minlength=at.max() + 1)
        result[~part] = ((bad + 50 * planted.mean()) / (total + 50))[at[~part]]
    return result


def probe(folder: Path) -> dict[str, dict[str, float]]:
    """Per column the area `all` (against every lot on record) and `onward` (hops 2 and later against lawful onward lots), each at least .5."""
    table = Answers(folder).columns(_LOTS)
    planted = table["planted"].astype(bool)
    # Lots of one scheme stand in one half, or its own traits would be learned by heart.
    half = share(0, np.where(planted, -1 - table["scheme"], table["lot"]), 111) < 0.5
    found: dict[str, dict[str, float]] = {}
    for among in ("all", "onward"):
        rows = np.ones(len(planted), bool) if among == "all" else table["onward"].astype(bool)
        for name, values in table.items():
            if name in ("lot", "scheme", "planted", "onward") or (among == "all" and name == "lag"):
                continue
            if values.dtype.kind in "fiu":
                x = values[rows].astype(float)
                one = area(x, planted[rows])
                best = max(one, 1 - one, area(np.abs(x - np.median(x)), planted[rows]))
            else:
                best = area(_by_kind(values[rows], planted[rows], half[rows]), planted[rows])
            found.setdefault(name, {})[among] = round(best, 3)
    return found
