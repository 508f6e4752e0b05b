-- The records of each consignment; the other declaration of a lot stands with the one that is counted.
SELECT CAST(shipment_id AS VARCHAR) AS shipment_id, CAST(consignment_id AS VARCHAR) AS consignment_id, CAST(counted AS INTEGER) AS counted
FROM (
  SELECT shipment_id, consignment_id, 1 AS counted FROM lot_session
  UNION ALL
  SELECT m.shipment_id, s.consignment_id, 0 AS counted
  FROM mirror_duplicate AS m
  JOIN lot_session AS s ON s.shipment_id = m.of_shipment_id
) AS member
