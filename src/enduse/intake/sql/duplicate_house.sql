-- A master bill beside the house bills under it: one container (or set of them) on one day, a bill whose gross weight is
-- the sum of the others' and whose pieces are too, where both are stated. With one house bill only, the weights are equal,
-- and exactly one of the two names a forwarder. The master is the repeat: the house bills name the firms and the goods.
WITH bill AS (
  SELECT
    s.shipment_id, s.source, s.row, s.value AS value_declared,
    f.position * 1000000000000 + s.row AS place,
    CONCAT_WS('|', s.container, CAST(s.date AS VARCHAR), COALESCE(s.direction, '')) AS load,
    s.bill_of_lading, s.gross_kg, s.quantity,
    LOWER(COALESCE(s.importer_name, '')) AS importer, LOWER(COALESCE(s.exporter_name, '')) AS exporter,
    CASE WHEN REGEXP_MATCHES(LOWER(CONCAT_WS(' ', s.importer_name, s.exporter_name)), '(logisti|forward|freight|cargo|consolidat|shipping|express|nvocc|transport|экспедитор|логисти|货运|物流|lojistik|nakliy)') THEN 1 ELSE 0 END AS forwarder
  FROM shipment_row AS s
  INNER JOIN intake_file AS f ON f.source = s.source
  LEFT JOIN duplicate_same AS d ON d.shipment_id = s.shipment_id
  LEFT JOIN duplicate_version AS v ON v.shipment_id = s.shipment_id
  LEFT JOIN duplicate_other AS o ON o.shipment_id = s.shipment_id
  WHERE s.container IS NOT NULL AND s.bill_of_lading IS NOT NULL AND s.gross_kg > 0 AND s.date IS NOT NULL
    AND d.shipment_id IS NULL AND v.shipment_id IS NULL AND o.shipment_id IS NULL
),
laden AS (
  SELECT
    b.*,
    COUNT(*) OVER (PARTITION BY b.load) AS n,
    SUM(b.gross_kg) OVER (PARTITION BY b.load) AS kg,
    SUM(b.quantity) OVER (PARTITION BY b.load) AS pieces,
    COUNT(b.quantity) OVER (PARTITION BY b.load) AS counted,
    SUM(b.forwarder) OVER (PARTITION BY b.load) AS forwarders,
    ROW_NUMBER() OVER (PARTITION BY b.load ORDER BY b.gross_kg DESC, b.forwarder DESC, b.place) AS weight_place
  FROM bill AS b
),
master AS (
  SELECT l.*
  FROM laden AS l
  WHERE l.weight_place = 1 AND l.n BETWEEN 2 AND 200
    AND ABS(2 * l.gross_kg - l.kg) <= l.gross_kg * 0.001
    AND (l.counted < l.n OR 2 * l.quantity = l.pieces)
    AND ((l.n = 2 AND l.forwarder = 1 AND l.forwarders = 1) OR (l.n > 2 AND (l.forwarder = 1 OR l.counted = l.n)))
),
house AS (
  SELECT m.shipment_id, MIN(h.place) AS place, MAX(CASE WHEN h.bill_of_lading = m.bill_of_lading THEN 1 ELSE 0 END) AS one_bill
  FROM master AS m
  INNER JOIN laden AS h ON h.load = m.load
  WHERE h.shipment_id <> m.shipment_id
  GROUP BY m.shipment_id
)
SELECT
  CAST(m.shipment_id AS VARCHAR) AS shipment_id,
  CAST(m.source AS VARCHAR) AS source,
  CAST(m.row AS BIGINT) AS row,
  CAST(h.shipment_id AS VARCHAR) AS of_shipment_id,
  CAST('house_master' AS VARCHAR) AS reason,
  CAST(m.value_declared AS DECIMAL(18, 4)) AS value
FROM master AS m
INNER JOIN house AS o ON o.shipment_id = m.shipment_id
INNER JOIN laden AS h ON h.place = o.place
WHERE o.one_bill = 0
