-- The records of each consignment; the other declaration of a lot stands with the one that is counted.
SELECT CAST(r.shipment_id AS VARCHAR) AS shipment_id, CAST(r.consignment_id AS VARCHAR) AS consignment_id, CAST(r.counted AS INTEGER) AS counted
FROM (
  SELECT l.shipment_id, c.shipment_id AS consignment_id, 1 AS counted
  FROM lot_session AS s
  JOIN lot AS l ON l.id = s.id
  JOIN lot AS c ON c.id = s.consignment
  UNION ALL
  SELECT g.shipment_id, c.shipment_id AS consignment_id, 0 AS counted
  FROM mirror_kept AS m
  JOIN trade AS g ON g.id = m.gone
  JOIN lot_session AS s ON s.id = m.kept
  JOIN lot AS c ON c.id = s.consignment
) AS r
