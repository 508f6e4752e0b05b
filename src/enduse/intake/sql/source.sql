-- The account of every file: what was read stands in one of three places. Sums are of decimals, so they are exact.
WITH lot AS (
  SELECT
    s.source,
    COUNT(*) AS rows,
    COUNT(d.shipment_id) AS duplicates,
    SUM(COALESCE(CAST(s.value AS DECIMAL(28, 4)), 0)) AS value,
    SUM(CASE WHEN d.shipment_id IS NULL THEN 0 ELSE COALESCE(CAST(s.value AS DECIMAL(28, 4)), 0) END) AS value_duplicates,
    MIN(CASE WHEN d.shipment_id IS NULL THEN s.date END) AS first_date,
    MAX(CASE WHEN d.shipment_id IS NULL THEN s.date END) AS last_date,
    SUM(CASE WHEN CONCAT(';', COALESCE(s.unread, ''), ';') LIKE '%;value;%' THEN 1 ELSE 0 END) AS value_unreadable
  FROM shipment_row AS s
  LEFT JOIN duplicate_row AS d ON d.shipment_id = s.shipment_id
  GROUP BY s.source
),
refused AS (
  SELECT source, COUNT(*) AS rows, SUM(COALESCE(CAST(value AS DECIMAL(28, 4)), 0)) AS value
  FROM rejection
  GROUP BY source
)
SELECT
  f.source,
  f.sha256,
  f.kind,
  f.records AS records_read,
  CASE WHEN f.kind IN ('customs', 'order') THEN COALESCE(l.rows, 0) - COALESCE(l.duplicates, 0) ELSE f.loaded END AS loaded,
  COALESCE(r.rows, 0) AS rejected,
  COALESCE(l.duplicates, 0) AS duplicates,
  CAST(COALESCE(l.value, 0) + COALESCE(r.value, 0) AS DECIMAL(28, 4)) AS value_read,
  CAST(COALESCE(l.value, 0) - COALESCE(l.value_duplicates, 0) AS DECIMAL(28, 4)) AS value_loaded,
  CAST(COALESCE(r.value, 0) AS DECIMAL(28, 4)) AS value_rejected,
  CAST(COALESCE(l.value_duplicates, 0) AS DECIMAL(28, 4)) AS value_duplicates,
  COALESCE(l.value_unreadable, 0) AS value_unreadable,
  f.format,
  CAST(l.first_date AS VARCHAR) AS first_date,
  CAST(l.last_date AS VARCHAR) AS last_date,
  f.as_of
FROM intake_file AS f
LEFT JOIN lot AS l ON l.source = f.source
LEFT JOIN refused AS r ON r.source = f.source
ORDER BY f.position
