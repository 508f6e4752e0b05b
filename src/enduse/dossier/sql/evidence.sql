-- The rows that add most to each figure (to a count of rows: the first ones), at most $few of each.
-- A full sort of every figure would be the slowest query of the page. The largest of each of a hundred buckets gives a
-- floor that the $few largest rows of the figure are never below, and only rows from the floor up are sorted. A figure
-- with rows in fewer than $few buckets has no floor and is sorted whole. Of a first or last date the rows of that date come first.
WITH added AS (
  SELECT
    r.figure_id, r.shipment_id, r.item,
    CASE WHEN f.rule IN ('first', 'last') AND r.item = f.value THEN CAST(1 AS DECIMAL(18, 4)) ELSE r.amount END AS amount
  FROM figure_row AS r
  LEFT JOIN figure AS f ON f.figure_id = r.figure_id
),
bucket AS (
  SELECT figure_id, right(shipment_id, 2) AS bucket, max(amount) AS most, min(shipment_id) AS earliest
  FROM added
  GROUP BY figure_id, right(shipment_id, 2)
),
most AS (
  SELECT figure_id, most, row_number() OVER (PARTITION BY figure_id ORDER BY most DESC, bucket) AS place
  FROM bucket
  WHERE most IS NOT NULL
),
earliest AS (
  SELECT figure_id, earliest, row_number() OVER (PARTITION BY figure_id ORDER BY earliest) AS place
  FROM bucket
),
near AS (
  SELECT r.figure_id, r.shipment_id, r.amount, r.item
  FROM added AS r
  LEFT JOIN most AS m ON m.figure_id = r.figure_id AND m.place = $few
  LEFT JOIN earliest AS e ON e.figure_id = r.figure_id AND e.place = $few
  WHERE CASE
    WHEN m.most IS NOT NULL THEN r.amount >= m.most
    WHEN e.earliest IS NOT NULL AND r.amount IS NULL THEN r.shipment_id <= e.earliest
    ELSE 1 = 1
  END
),
ranked AS (
  SELECT figure_id, shipment_id, item, row_number() OVER (PARTITION BY figure_id ORDER BY amount DESC NULLS LAST, shipment_id) AS place
  FROM near
)
SELECT
  t.figure_id, t.place, coalesce(k.strict, 0) AS in_strict, t.item,
  s.shipment_id, s.source, s.row, s.date, s.date_precision,
  substr(s.exporter_name, 1, 200) AS exporter_name, s.exporter_country, s.exporter_party,
  substr(s.importer_name, 1, 200) AS importer_name, s.importer_country, s.importer_party,
  substr(s.description, 1, 400) AS description, length(s.description) AS description_length,
  s.hs_code, s.quantity, s.unit, s.net_kg, s.value, s.currency, s.value_usd, s.usd_basis, s.unread,
  substr(s.quantity_text, 1, 60) AS quantity_text, substr(s.net_kg_text, 1, 60) AS net_kg_text, substr(s.value_text, 1, 60) AS value_text,
  g.family, g.brand, g.model, g.confidence, g.basis, g.evidence
FROM ranked AS t
JOIN shipment AS s ON s.shipment_id = t.shipment_id
LEFT JOIN goods AS g ON g.shipment_id = t.shipment_id
LEFT JOIN reading AS k ON k.shipment_id = t.shipment_id
WHERE t.place <= $few
ORDER BY t.figure_id, t.place
