-- Both witnesses of a row, value for a piece and for a kilogram, side by side; understated only where none that it has disagrees.
WITH witness AS (
  SELECT
    shipment_id,
    max(CASE WHEN per = 'piece' THEN z END) AS z_piece,
    max(CASE WHEN per = 'kg' THEN z END) AS z_kg,
    max(CASE WHEN per = 'piece' THEN 1 ELSE 0 END) AS has_piece
  FROM price_peer
  GROUP BY shipment_id
),
weighed AS (
  SELECT
    w.shipment_id, w.z_piece, w.z_kg,
    -- Goods alike in heading differ less by the piece where they are named, by the kilogram where they are not: the row keeps to pieces where it states them.
    CASE WHEN w.has_piece = 1 THEN 'piece' ELSE 'kg' END AS per,
    CASE
      WHEN w.z_piece IS NULL THEN CAST(w.z_kg AS DOUBLE)
      WHEN w.z_kg IS NULL THEN CAST(w.z_piece AS DOUBLE)
      ELSE (CAST(w.z_piece AS DOUBLE) + CAST(w.z_kg AS DOUBLE) + 2 * greatest(CAST(w.z_piece AS DOUBLE), CAST(w.z_kg AS DOUBLE))) / 4
    END AS z
  FROM witness AS w
),
told AS (
  SELECT
    w.shipment_id, w.per, w.z, w.z_piece, w.z_kg, p.x, p.m, p.s, p.n, p.heading_n, p.near_n,
    u.goods, u.named, u.hs6, u.destination, u.half, u.value,
    CASE WHEN w.per = 'piece' THEN u.pieces ELSE u.kg END AS units,
    c.price AS catalog, c.note
  FROM weighed AS w
  JOIN price_peer AS p ON p.shipment_id = w.shipment_id AND p.per = w.per
  JOIN price_unit AS u ON u.shipment_id = w.shipment_id
  LEFT JOIN price_catalog AS c ON c.brand = u.brand AND c.model = u.model
)
SELECT
  CAST(shipment_id AS VARCHAR) AS shipment_id,
  CAST(CASE WHEN heading_n > $least AND z <= -$far AND coalesce(z_piece, -9) <= -1.5 AND coalesce(z_kg, -9) <= -1.5 THEN 1 ELSE 0 END AS INTEGER) AS understated,
  CAST(CASE WHEN heading_n > $least THEN round(1 / nullif(1 + power(2.718281828, least(greatest(1.5 * (z + $far), -50), 50)), 0), 6) END AS DOUBLE) AS score,
  CAST(CASE WHEN x < 30 THEN power(2.718281828, x) END AS DECIMAL(18, 4)) AS unit_value,
  CAST(CASE WHEN m < 25 AND heading_n > $least THEN power(2.718281828, m - $width * s) END AS DECIMAL(18, 4)) AS expected_low,
  CAST(CASE WHEN m < 25 AND heading_n > $least THEN power(2.718281828, m + $width * s) END AS DECIMAL(18, 4)) AS expected_high,
  CAST(CASE WHEN m > -20 AND m < 25 AND heading_n > $least AND value < 1000000000 THEN least(value / nullif(power(2.718281828, m), 0), 10000000000) END AS DECIMAL(18, 4)) AS implied_quantity,
  CAST(concat(coalesce(named, goods), ', HS ', hs6, CASE WHEN destination = '' THEN '' ELSE concat(', to ', destination) END, CASE WHEN half = '' THEN '' ELSE concat(', ', half) END) AS VARCHAR) AS peer_group,
  CAST(per AS VARCHAR) AS per,
  CAST(n - 1 AS BIGINT) AS peers,
  CAST(CASE WHEN m < 25 AND heading_n > $least AND units < 1000000 THEN least(units * power(2.718281828, m), 10000000000) END AS DECIMAL(18, 4)) AS implied_value,
  CAST(CASE WHEN m < 25 AND heading_n > $least AND units < 1000000 THEN least(units * power(2.718281828, m - $width * s), 10000000000) END AS DECIMAL(18, 4)) AS implied_low,
  CAST(CASE WHEN m < 25 AND heading_n > $least AND units < 1000000 THEN least(units * power(2.718281828, m + $width * s), 10000000000) END AS DECIMAL(18, 4)) AS implied_high,
  CAST(catalog AS DECIMAL(18, 4)) AS catalog_usd,
  CAST(concat_ws(
    ';',
    CASE WHEN heading_n <= $least THEN concat('group too small: ', CAST(heading_n - 1 AS VARCHAR), ' other records under the heading') END,
    CASE WHEN n <= 3 AND heading_n > $least THEN 'few of the same goods: the wider group decides' END,
    CASE WHEN z_piece <= -2 AND z_kg > -1 THEN 'low by the piece, ordinary by the kilogram: the number of pieces may be of another unit' END,
    CASE WHEN z_kg <= -2 AND z_piece > -1 THEN 'low by the kilogram, ordinary by the piece: the weight may be gross or of another unit' END,
    CASE WHEN z_piece <= -2 AND z_kg <= -2 THEN 'low by the piece and by the kilogram' END,
    CASE WHEN catalog > 0 AND per = 'piece' AND x < 30 THEN concat('a piece at ', CAST(CAST(100 * power(2.718281828, x) / nullif(catalog, 0) AS DECIMAL(18, 0)) AS VARCHAR), ' % of ', note) END
  ) AS VARCHAR) AS reasons
FROM told
