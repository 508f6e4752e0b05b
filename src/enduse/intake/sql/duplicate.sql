-- Of equal records the first is kept: by the order of the sources in the case, then by record number.
WITH kept AS (
  SELECT digest, MIN(place) AS place
  FROM duplicate_group
  GROUP BY digest
  HAVING COUNT(*) > 1
),
original AS (
  SELECT g.digest, g.place, g.shipment_id, g.source
  FROM duplicate_group AS g
  INNER JOIN kept AS k ON g.digest = k.digest AND g.place = k.place
)
SELECT
  CAST(g.shipment_id AS VARCHAR) AS shipment_id,
  CAST(g.source AS VARCHAR) AS source,
  CAST(g.row AS BIGINT) AS row,
  CAST(o.shipment_id AS VARCHAR) AS of_shipment_id,
  CAST(CASE WHEN g.source = o.source THEN 'exact' ELSE 'batch' END AS VARCHAR) AS reason,
  CAST(g.value AS DECIMAL(18, 4)) AS value
FROM duplicate_group AS g
INNER JOIN original AS o ON g.digest = o.digest
WHERE g.place <> o.place
