-- Implied understatement of each exporter as declared: rows below their range, what they declare and what their peers would.
SELECT
  CAST(s.exporter_name AS VARCHAR) AS exporter_name,
  CAST(count(CASE WHEN p.understated = 1 THEN 1 END) AS BIGINT) AS rows,
  CAST(count(*) AS BIGINT) AS checked,
  CAST(sum(CASE WHEN p.understated = 1 THEN s.value_usd END) AS DECIMAL(28, 4)) AS declared_usd,
  CAST(sum(CASE WHEN p.understated = 1 THEN p.implied_value END) AS DECIMAL(28, 4)) AS implied_usd,
  CAST(sum(CASE WHEN p.understated = 1 THEN greatest(p.implied_low - s.value_usd, 0) END) AS DECIMAL(28, 4)) AS gap_low,
  CAST(sum(CASE WHEN p.understated = 1 THEN p.implied_high - s.value_usd END) AS DECIMAL(28, 4)) AS gap_high,
  CAST(min(CASE WHEN p.understated = 1 THEN s.date END) AS DATE) AS first_date,
  CAST(max(CASE WHEN p.understated = 1 THEN s.date END) AS DATE) AS last_date
FROM price_check AS p
JOIN shipment_row AS s ON s.shipment_id = p.shipment_id
WHERE s.exporter_name IS NOT NULL AND p.score IS NOT NULL
GROUP BY s.exporter_name
HAVING count(CASE WHEN p.understated = 1 THEN 1 END) > 0
