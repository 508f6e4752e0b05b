-- Parties with a hit: those that a counted row names first, then the best; `hits` is how many of their sort there are in all.
WITH named AS (
  SELECT s.exporter_party AS party_id
  FROM counted_row AS s
  UNION ALL
  SELECT s.importer_party AS party_id
  FROM counted_row AS s
),
counted AS (
  SELECT DISTINCT party_id
  FROM named
  WHERE party_id IS NOT NULL
),
hit AS (
  SELECT party_id, max(score) AS score, max(CASE WHEN decision = 'match' THEN 1 ELSE 0 END) AS matched
  FROM screening
  WHERE decision IN ('match', 'review')
  GROUP BY party_id
),
placed AS (
  SELECT h.party_id, h.score, h.matched, CASE WHEN c.party_id IS NULL THEN 0 ELSE 1 END AS on_rows
  FROM hit AS h
  LEFT JOIN counted AS c ON c.party_id = h.party_id
),
ranked AS (
  SELECT
    party_id, score, matched, on_rows,
    count(*) OVER (PARTITION BY on_rows) AS hits,
    row_number() OVER (PARTITION BY on_rows ORDER BY matched DESC, score DESC, party_id) AS place
  FROM placed
)
SELECT party_id, score, matched, on_rows, hits
FROM ranked
WHERE place <= $few
ORDER BY on_rows DESC, place
