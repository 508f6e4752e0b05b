-- The records that share their short digest with another one: few, unless a file is in the case twice.
SELECT k.shipment_id
FROM duplicate_key AS k
INNER JOIN (
  SELECT prefix
  FROM duplicate_key
  GROUP BY prefix
  HAVING COUNT(*) > 1
) AS shared ON k.prefix = shared.prefix
