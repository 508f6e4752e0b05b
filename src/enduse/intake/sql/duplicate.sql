-- All repeats, each record once, and each pointing at the record that is counted in the end: a repeat of a record that was
-- itself amended points at the amendment.
WITH found AS (
  SELECT shipment_id, source, row, of_shipment_id, reason, value FROM duplicate_same
  UNION ALL
  SELECT shipment_id, source, row, of_shipment_id, reason, value FROM duplicate_version
  UNION ALL
  SELECT shipment_id, source, row, of_shipment_id, reason, value FROM duplicate_other
  UNION ALL
  SELECT shipment_id, source, row, of_shipment_id, reason, value FROM duplicate_house
)
SELECT
  CAST(a.shipment_id AS VARCHAR) AS shipment_id,
  CAST(a.source AS VARCHAR) AS source,
  CAST(a.row AS BIGINT) AS row,
  CAST(COALESCE(d.of_shipment_id, c.of_shipment_id, b.of_shipment_id, a.of_shipment_id) AS VARCHAR) AS of_shipment_id,
  CAST(a.reason AS VARCHAR) AS reason,
  CAST(a.value AS DECIMAL(18, 4)) AS value
FROM found AS a
LEFT JOIN found AS b ON b.shipment_id = a.of_shipment_id
LEFT JOIN found AS c ON c.shipment_id = b.of_shipment_id
LEFT JOIN found AS d ON d.shipment_id = c.of_shipment_id
