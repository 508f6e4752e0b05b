-- Of equal records the first is kept: by the order of the sources in the case, then by record number.
-- Under one layout (the same columns, read the same way) the columns without a role must agree too; under another
-- layout only the declared cells can be compared.
WITH opening AS (
  SELECT digest, MIN(place) AS place
  FROM duplicate_group
  GROUP BY digest
  HAVING COUNT(*) > 1
),
first_record AS (
  SELECT g.digest, g.place, g.layout
  FROM duplicate_group AS g
  INNER JOIN opening AS o ON g.digest = o.digest AND g.place = o.place
),
record AS (
  SELECT
    g.shipment_id, g.source, g.row, g.value, g.place, g.digest,
    CASE WHEN g.layout = f.layout THEN 1 ELSE 0 END AS same_layout,
    COALESCE(r.rest, '') AS rest,
    f.place AS first_place
  FROM duplicate_group AS g
  INNER JOIN first_record AS f ON g.digest = f.digest
  LEFT JOIN duplicate_rest AS r ON r.source = g.source AND r.row = g.row
),
kept AS (
  SELECT digest, rest, MIN(place) AS place
  FROM record
  WHERE same_layout = 1
  GROUP BY digest, rest
),
pair AS (
  SELECT r.shipment_id, r.source, r.row, r.value, k.place AS of_place
  FROM record AS r
  INNER JOIN kept AS k ON r.digest = k.digest AND r.rest = k.rest
  WHERE r.same_layout = 1 AND r.place <> k.place
  UNION ALL
  SELECT r.shipment_id, r.source, r.row, r.value, r.first_place AS of_place
  FROM record AS r
  WHERE r.same_layout = 0
)
SELECT
  CAST(p.shipment_id AS VARCHAR) AS shipment_id,
  CAST(p.source AS VARCHAR) AS source,
  CAST(p.row AS BIGINT) AS row,
  CAST(o.shipment_id AS VARCHAR) AS of_shipment_id,
  CAST(CASE WHEN p.source = o.source THEN 'exact' ELSE 'batch' END AS VARCHAR) AS reason,
  CAST(p.value AS DECIMAL(18, 4)) AS value
FROM pair AS p
INNER JOIN duplicate_group AS o ON o.place = p.of_place
