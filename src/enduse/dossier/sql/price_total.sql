SELECT
  count(*) AS rows, count(p.score) AS checked, CAST(coalesce(sum(p.understated), 0) AS BIGINT) AS understated,
  CAST(sum(CASE WHEN p.understated = 1 THEN greatest(p.implied_low - s.value_usd, 0) END) AS DECIMAL(28, 4)) AS gap_low,
  CAST(sum(CASE WHEN p.understated = 1 THEN p.implied_high - s.value_usd END) AS DECIMAL(28, 4)) AS gap_high
FROM counted_row AS c
JOIN shipment AS s ON s.shipment_id = c.shipment_id
LEFT JOIN price_check AS p ON p.shipment_id = c.shipment_id
