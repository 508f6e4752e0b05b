-- Where each unit value stands among its peers: the middle and spread of heading, code, goods, and goods with destination and
-- half-year, each shrunk to the one around it in proportion to its size (empirical Bayes with a fixed prior weight).
WITH long AS (
  SELECT shipment_id, 'piece' AS per, hs4, hs6, goods, destination, half, log_piece AS x FROM price_unit WHERE log_piece IS NOT NULL
  UNION ALL
  SELECT shipment_id, 'kg' AS per, hs4, hs6, goods, destination, half, log_kg AS x FROM price_unit WHERE log_kg IS NOT NULL
),
heading AS (
  SELECT per, hs4, count(*) AS n, CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY x) AS DOUBLE) AS m, CAST(percentile_disc(0.75) WITHIN GROUP (ORDER BY x) AS DOUBLE) - CAST(percentile_disc(0.25) WITHIN GROUP (ORDER BY x) AS DOUBLE) AS w
  FROM long GROUP BY per, hs4
),
code AS (
  SELECT per, hs6, count(*) AS n, CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY x) AS DOUBLE) AS m, CAST(percentile_disc(0.75) WITHIN GROUP (ORDER BY x) AS DOUBLE) - CAST(percentile_disc(0.25) WITHIN GROUP (ORDER BY x) AS DOUBLE) AS w
  FROM long GROUP BY per, hs6
),
same AS (
  SELECT per, hs6, goods, count(*) AS n, CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY x) AS DOUBLE) AS m, CAST(percentile_disc(0.75) WITHIN GROUP (ORDER BY x) AS DOUBLE) - CAST(percentile_disc(0.25) WITHIN GROUP (ORDER BY x) AS DOUBLE) AS w
  FROM long GROUP BY per, hs6, goods
),
near AS (
  SELECT per, hs6, goods, destination, half, count(*) AS n, CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY x) AS DOUBLE) AS m
  FROM long GROUP BY per, hs6, goods, destination, half
),
coded AS (
  SELECT
    c.per, c.hs6, c.n,
    (c.n * c.m + $shrink * h.m) / nullif(c.n + $shrink, 0) AS m,
    (c.n * c.w + $shrink * h.w) / nullif(c.n + $shrink, 0) AS w,
    h.n AS heading_n
  FROM code AS c JOIN heading AS h ON h.per = c.per AND h.hs4 = substr(c.hs6, 1, 4)
),
grouped AS (
  SELECT
    s.per, s.hs6, s.goods, s.n, c.n AS code_n, c.heading_n,
    (s.n * s.m + $shrink * c.m) / nullif(s.n + $shrink, 0) AS m,
    (s.n * s.w + $shrink * c.w) / nullif(s.n + $shrink, 0) AS w
  FROM same AS s JOIN coded AS c ON c.per = s.per AND c.hs6 = s.hs6
),
placed AS (
  SELECT
    l.shipment_id, l.per, CAST(l.x AS DOUBLE) AS x, g.n, g.code_n, g.heading_n, k.n AS near_n,
    (k.n * k.m + $shrink * g.m) / nullif(k.n + $shrink, 0) AS m,
    greatest(g.w / 1.349, $narrow) AS s
  FROM long AS l
  JOIN grouped AS g ON g.per = l.per AND g.hs6 = l.hs6 AND g.goods = l.goods
  JOIN near AS k ON k.per = l.per AND k.hs6 = l.hs6 AND k.goods = l.goods AND k.destination = l.destination AND k.half = l.half
)
SELECT
  shipment_id, per, x, m, s, n, code_n, heading_n, near_n,
  CASE WHEN heading_n > $least THEN CAST((x - m) / nullif(s, 0) AS DECIMAL(12, 4)) END AS z
FROM placed
