-- Ordered pairs of firms that belong together: the first bought goods, the second sold goods. Every link of parties counts both ways; of several
-- between two firms the surest is named. `bond` says what they share: 0 an owner, 1 an address, 2 both, 3 perhaps everything: two names that the
-- resolver left apart and that may be one firm, or under which two files declare the same lots.
WITH tied AS (
  SELECT left_party AS one, right_party AS other, kind, basis, CAST(coalesce(score, 1.0) AS DOUBLE) AS score FROM party_link
  UNION ALL
  SELECT right_party AS one, left_party AS other, kind, basis, CAST(coalesce(score, 1.0) AS DOUBLE) AS score FROM party_link
  UNION ALL
  SELECT left_party AS one, right_party AS other, 'same_firm' AS kind, 'inferred' AS basis, CAST(score AS DOUBLE) AS score FROM party_pair WHERE left_party <> right_party
  UNION ALL
  SELECT right_party AS one, left_party AS other, 'same_firm' AS kind, 'inferred' AS basis, CAST(score AS DOUBLE) AS score FROM party_pair WHERE left_party <> right_party
  UNION ALL
  SELECT a.party_id AS one, b.party_id AS other, 'same_firm' AS kind, 'inferred' AS basis, CAST(h.p AS DOUBLE) AS score
  FROM half_name AS h
  JOIN chain_firm AS a ON a.firm = h.one
  JOIN chain_firm AS b ON b.firm = h.two
),
ranked AS (
  SELECT
    one, other, kind, basis, score,
    CASE WHEN kind IN ('owns', 'same_owner', 'same_person') THEN 1 ELSE 0 END AS owned,
    row_number() OVER (PARTITION BY one, other ORDER BY score DESC, kind) AS place
  FROM tied
  WHERE score > 0
),
pair AS (
  SELECT
    one, other, max(CASE WHEN place = 1 THEN kind END) AS kind, max(CASE WHEN place = 1 THEN basis END) AS basis, max(score) AS score,
    CASE WHEN max(CASE WHEN kind = 'same_firm' THEN 1 ELSE 0 END) = 1 THEN 3 WHEN min(owned) < max(owned) THEN 2 WHEN max(owned) = 1 THEN 0 ELSE 1 END AS bond
  FROM ranked
  GROUP BY one, other
)
SELECT row_number() OVER (ORDER BY a.firm, b.firm) AS pair, a.firm AS buyer, b.firm AS seller, b.country AS seat, p.kind, p.basis, p.score, p.bond
FROM pair AS p
JOIN chain_firm AS a ON a.party_id = p.one
JOIN chain_firm AS b ON b.party_id = p.other
WHERE a.firm <> b.firm AND a.firm IN (SELECT buyer FROM consigned) AND b.firm IN (SELECT seller FROM consigned)
