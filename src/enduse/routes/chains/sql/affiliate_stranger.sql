-- The decoy: the same buyers beside the sellers of other pairs, the next ones seated in the same country, where nothing links the two.
WITH seller AS (
  SELECT seller, seat, row_number() OVER (PARTITION BY seat ORDER BY seller) - 1 AS place, count(*) OVER (PARTITION BY seat) AS sellers
  FROM (SELECT DISTINCT seller, coalesce(seat, '') AS seat FROM affiliate) AS one
),
turned AS (
  SELECT a.pair, a.buyer, s.seat, (s.place + k.k) % nullif(s.sellers, 0) AS place, k.k, a.bond, a.score
  FROM affiliate AS a
  JOIN seller AS s ON s.seller = a.seller
  JOIN (SELECT v.k FROM (VALUES (1), (2), (3)) AS v(k)) AS k ON k.k < s.sellers
)
SELECT t.pair * 3 + t.k AS pair, t.buyer, o.seller, t.bond, t.score
FROM turned AS t
JOIN seller AS o ON o.seat = t.seat AND o.place = t.place
LEFT JOIN affiliate AS l ON l.buyer = t.buyer AND l.seller = o.seller
WHERE l.pair IS NULL AND o.seller <> t.buyer
