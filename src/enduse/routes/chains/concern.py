"""Why a chain may interest a reader: reasons, each counted by how rare it is, apart from how probable the chain is.

Each reason is an indicator, never a finding; all of them have lawful explanations. A reason that half of all chains of
the case meet says little, one that a chain in a thousand meets says much: it counts with the negative logarithm of its
frequency (its surprise, in nats) times a factor below one where it often goes with another reason. HALF nats make a
concern of one half.
"""

from __future__ import annotations

import numpy as np

from enduse.contracts.case_file import CaseFile

from .evidence import Floats, Ints

HALF = 9.5  # about one chain in thirteen thousand, were the reasons independent; set on simulated worlds (docs/explanation/chains.md)
MOST = 5.0  # no single reason makes an alert
# Factor of each reason, the least surprise it counts with, and its words.
REASONS: dict[str, tuple[float, float, str]] = {
    "goods": (1.0, 1.5, "watched goods"),
    "place": (1.0, 1.5, "ends where the question asks"),
    "listed": (1.0, 4.0, "a firm matches a list"),
    "review": (0.4, 0.5, "a firm's name is near a listed one"),
    "event": (1.0, 0.0, "a middleman first seen after a dated rule"),
    "turned": (1.2, 0.0, "a middleman that began to trade in these goods after a dated rule"),
    "lane": (1.0, 0.0, "goods on a way that tripled after a dated rule"),
    "fresh": (0.25, 0.0, "a middleman new to the files"),
    "foreign": (0.7, 0.0, "goods foreign to a middleman's other trade"),
    "narrow": (0.3, 0.0, "a middleman with hardly any other trade"),
    "code": (0.7, 0.0, "another commodity code from one leg to the next"),
    "price": (0.6, 0.0, "the price a kilogram changes by more than half between legs"),
    "owner": (1.0, 2.0, "two firms of the chain share an owner"),
    "address": (0.7, 1.0, "two firms of the chain share an address, a person or a contact"),
    "long": (1.0, 1.0, "four firms or more"),
}


LENGTH = (
    2.0  # how much the order of the table makes of a chain's length; of 1, 2 and 3 on a simulated world (decision 0006)
)
IN_FULL = (
    "fresh",
    "narrow",
)  # what planted schemes have three to four times as often as other chains, and lawful new firms have too
# Reasons that only a chain touched by a dated rule can meet: how rare they are is asked among those.
RULED = ("event", "turned", "lane")
OTHERS = 1.0 / 3.0  # part of the surprise at a second and third reason of this kind (decision 0006)


def concern(met: dict[str, np.ndarray], size: int, ruled: int | None = None) -> Floats:
    """Concern of each of `size` chains; `met` gives, by reason, the numbers of the chains that meet it. `ruled` is how many a dated rule touches."""
    return np.round(1.0 - np.exp2(-_surprise(met, size, ruled) / HALF), 6)


def interest(met: dict[str, np.ndarray], hops: Ints, ruled: int | None = None) -> Floats:
    """What lifts a chain in the order of the table: its concern, but counting every further firm and new or narrow middlemen in full.

    Lawful trade has such chains too, so they make no alert; a reader who looks at the first thousands should meet them first.
    """
    size = len(hops)
    at_least = np.cumsum(np.bincount(hops)[::-1])[::-1] / max(size, 1)
    surprise = _surprise({k: v for k, v in met.items() if k != "long"}, size, ruled) - LENGTH * np.log(at_least[hops])
    for name in IN_FULL:
        chains = met.get(name, np.empty(0, dtype=np.int64))
        rest = 1.0 - REASONS[name][0]
        surprise[chains] += rest * min(-float(np.log((len(chains) + 1.0) / (size + 2.0))), MOST)
    return np.asarray(np.round(1.0 - np.exp2(-surprise / HALF), 6))


def _surprise(met: dict[str, np.ndarray], size: int, ruled: int | None) -> Floats:
    """Nats of surprise at the reasons of each chain. Those of a dated rule have one cause, trade that moved after it: the greatest counts, and a part of the others."""
    surprise, most = np.zeros(size), np.zeros(size)
    for name, (factor, least, _) in REASONS.items():
        chains = met.get(name, np.empty(0, dtype=np.int64))
        among = size if ruled is None or name not in RULED else ruled
        rare = -np.log((len(chains) + 1.0) / (among + 2.0))
        nats = factor * min(max(float(rare), least), MOST)
        if name not in RULED:
            surprise[chains] += nats
            continue
        surprise[chains] += OTHERS * nats
        most[chains] = np.maximum(most[chains], nats)
    return surprise + (1.0 - OTHERS) * most


_FOREIGN_SIDES = 8  # consignments a firm needs before goods can be foreign to it
_BEFORE = 60  # days the files must tell of before a rule
_GROWN = 3  # consignments after a rule that make a way worth a word
_NARROW_SIDES = 8  # a firm with no more consignments than this has hardly any other trade


def params(case: CaseFile) -> dict[str, object]:
    """What the SQL below asks of the case."""
    return {"destination": list(case.scope.destination), "new_days": case.settings.chains.new_days}


def flags_sql() -> str:
    """(chain, one 0/1 column a reason), from `chain_step_row` (chain, position, hops, id) and the tables of the stage."""
    change = "h.price * 20 < h.price_before * 11 OR h.price_before * 20 < h.price * 11"
    return f"""
WITH hop AS (
  SELECT
    r.chain, r.position, r.hops, c.seller, c.buyer, c.hs6, c.family, coalesce(c.from_country, c.origin) AS from_country, c.to_country, c.first_date, c.kg, d.day,
    CASE WHEN c.kg > 0 THEN c.value_usd / nullif(c.kg, 0) END AS price,
    lag(CASE WHEN c.kg > 0 THEN c.value_usd / nullif(c.kg, 0) END) OVER (PARTITION BY r.chain ORDER BY r.position) AS price_before,
    lag(c.hs6) OVER (PARTITION BY r.chain ORDER BY r.position) AS hs6_before
  FROM chain_step_row AS r
  JOIN consigned AS c ON c.id = r.id
  LEFT JOIN chain_day AS d ON d.chain = r.chain
),
began AS (SELECT min(first_date) AS day, max(first_date) AS last FROM consigned),
-- Where the files begin too late nobody can say what was there before a rule.
ruled AS (
  SELECT h.chain, h.position, h.seller, coalesce(h.family, substr(h.hs6, 1, 4)) AS heading, h.from_country, h.to_country, h.day
  FROM hop AS h
  CROSS JOIN began AS b
  WHERE h.day IS NOT NULL AND h.first_date >= h.day AND date_diff('day', b.day, h.day) >= {_BEFORE}
),
heading AS (
  SELECT t.firm, t.heading, min(t.date) AS since
  FROM (
    SELECT seller AS firm, coalesce(family, substr(hs6, 1, 4)) AS heading, first_date AS date FROM consigned WHERE seller IN (SELECT seller FROM ruled WHERE position > 1)
    UNION ALL
    SELECT buyer AS firm, coalesce(family, substr(hs6, 1, 4)) AS heading, first_date AS date FROM consigned WHERE buyer IN (SELECT seller FROM ruled WHERE position > 1)
  ) AS t
  GROUP BY t.firm, t.heading
),
way AS (
  SELECT
    w.heading, w.from_country, w.to_country, w.day,
    sum(CASE WHEN c.first_date < w.day THEN 1 ELSE 0 END) AS earlier, sum(CASE WHEN c.first_date >= w.day THEN 1 ELSE 0 END) AS later
  FROM (SELECT DISTINCT heading, from_country, to_country, day FROM ruled) AS w
  JOIN consigned AS c ON coalesce(c.family, substr(c.hs6, 1, 4)) = w.heading AND coalesce(c.from_country, c.origin) = w.from_country AND c.to_country = w.to_country
  GROUP BY w.heading, w.from_country, w.to_country, w.day
),
of_rule AS (
  SELECT
    r.chain,
    max(CASE WHEN r.position > 1 AND s.first_seen >= r.day THEN 1 ELSE 0 END) AS event,
    max(CASE WHEN r.position > 1 AND s.first_seen < r.day AND k.since >= r.day THEN 1 ELSE 0 END) AS turned,
    max(CASE WHEN w.later >= {_GROWN} AND w.later * date_diff('day', b.day, r.day) >= 3 * w.earlier * date_diff('day', r.day, b.last) THEN 1 ELSE 0 END) AS lane
  FROM ruled AS r
  CROSS JOIN began AS b
  JOIN firm_seen AS s ON s.firm = r.seller
  LEFT JOIN heading AS k ON k.firm = r.seller AND k.heading = r.heading
  LEFT JOIN way AS w ON w.heading = r.heading AND w.from_country = r.from_country AND w.to_country = r.to_country AND w.day = r.day
  GROUP BY r.chain
),
middle AS (
  -- The seller of every hop but the first is a middleman.
  SELECT
    h.chain,
    CASE WHEN s.first_seen >= b.day + INTERVAL 120 DAY AND date_diff('day', s.first_seen, h.first_date) <= $new_days THEN 1 ELSE 0 END AS fresh,
    CASE WHEN s.sides >= {_FOREIGN_SIDES} AND k.sides * 5 <= s.sides THEN 1 ELSE 0 END AS alien,
    CASE WHEN s.sides <= {_NARROW_SIDES} THEN 1 ELSE 0 END AS narrow
  FROM hop AS h
  CROSS JOIN began AS b
  JOIN firm_seen AS s ON s.firm = h.seller
  LEFT JOIN firm_chapter AS k ON k.firm = h.seller AND k.chapter = substr(h.hs6, 1, 2)
  WHERE h.position > 1
),
of_middle AS (
  SELECT chain, max(fresh) AS fresh, max(alien) AS alien, max(narrow) AS narrow FROM middle GROUP BY chain
),
of_hop AS (
  SELECT
    h.chain,
    max(CASE WHEN h.family IS NOT NULL THEN 1 ELSE 0 END) AS goods,
    max(CASE WHEN h.position = h.hops AND h.to_country IN ($destination) THEN 1 ELSE 0 END) AS place,
    max(CASE WHEN h.hs6 <> h.hs6_before THEN 1 ELSE 0 END) AS code,
    max(CASE WHEN {change} THEN 1 ELSE 0 END) AS price,
    max(CASE WHEN h.hops >= 3 THEN 1 ELSE 0 END) AS long
  FROM hop AS h
  GROUP BY h.chain
),
firms AS (
  SELECT DISTINCT f.chain, n.party_id
  FROM (SELECT chain, seller AS firm FROM hop UNION ALL SELECT chain, buyer AS firm FROM hop) AS f
  JOIN chain_firm AS n ON n.firm = f.firm
),
screened AS (
  SELECT f.chain, max(CASE WHEN s.decision = 'match' THEN 1 ELSE 0 END) AS listed, max(CASE WHEN s.decision = 'review' THEN 1 ELSE 0 END) AS review
  FROM firms AS f
  JOIN screening AS s ON s.party_id = f.party_id
  WHERE s.decision IN ('match', 'review')
  GROUP BY f.chain
),
handed AS (
  -- What joins the two firms of a hand-over is why the chain is one at all; it is no reason to look twice.
  SELECT DISTINCT r.chain, least(m.party_id, n.party_id) AS one, greatest(m.party_id, n.party_id) AS two
  FROM chain_step_row AS r
  JOIN (SELECT DISTINCT via, pair FROM hand_over) AS h ON h.via = r.id
  JOIN affiliate AS p ON p.pair = h.pair
  JOIN chain_firm AS m ON m.firm = p.buyer
  JOIN chain_firm AS n ON n.firm = p.seller
),
tied AS (
  SELECT
    a.chain,
    max(CASE WHEN l.kind IN ('owns', 'same_owner') THEN 1 ELSE 0 END) AS owner,
    max(CASE WHEN l.kind IN ('same_address', 'same_person', 'same_contact') THEN 1 ELSE 0 END) AS address
  FROM firms AS a
  JOIN party_link AS l ON l.left_party = a.party_id
  JOIN firms AS b ON b.chain = a.chain AND b.party_id = l.right_party
  LEFT JOIN handed AS x ON x.chain = a.chain AND x.one = l.left_party AND x.two = l.right_party
  WHERE x.chain IS NULL
  GROUP BY a.chain
)
SELECT
  h.chain, h.goods, h.place, h.code, h.price, h.long, m.fresh, CASE WHEN e.chain IS NULL THEN 0 ELSE 1 END AS ruled, coalesce(e.event, 0) AS event, coalesce(e.turned, 0) AS turned, coalesce(e.lane, 0) AS lane, m.alien AS "foreign", m.narrow,
  coalesce(s.listed, 0) AS listed, coalesce(s.review, 0) AS review, coalesce(t.owner, 0) AS owner, coalesce(t.address, 0) AS address
FROM of_hop AS h
JOIN of_middle AS m ON m.chain = h.chain
LEFT JOIN of_rule AS e ON e.chain = h.chain
LEFT JOIN screened AS s ON s.chain = h.chain
LEFT JOIN tied AS t ON t.chain = h.chain"""
