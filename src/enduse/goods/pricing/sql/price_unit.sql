-- Every lot once with what its peers are found by, and the logarithm of its value for a piece and for a kilogram.
SELECT
  s.shipment_id,
  substr(s.hs_code, 1, 4) AS hs4,
  substr(s.hs_code, 1, 6) AS hs6,
  coalesce(nullif(concat(coalesce(g.brand, ''), ' ', coalesce(g.model, ''), ' ', coalesce(g.family, '')), '  '), lower(replace(substr(s.description, 1, 60), 'İ', 'i')), '') AS goods,
  coalesce(nullif(g.model, ''), nullif(g.brand, ''), nullif(g.family, '')) AS named,
  coalesce(g.brand, '') AS brand, coalesce(g.model, '') AS model,
  coalesce(s.destination_country, '') AS destination,
  CASE WHEN s.date IS NULL THEN '' ELSE concat(CAST(year(s.date) AS VARCHAR), CASE WHEN month(s.date) <= 6 THEN ' first half' ELSE ' second half' END) END AS half,
  CASE WHEN s.unit = 'C62' AND s.quantity > 0 THEN CAST(s.quantity AS DOUBLE) END AS pieces,
  CASE WHEN s.net_kg > 0 THEN CAST(s.net_kg AS DOUBLE) END AS kg,
  CAST(s.value_usd AS DOUBLE) AS value,
  CAST(CASE WHEN s.unit = 'C62' AND s.quantity > 0 THEN ln(CAST(s.value_usd AS DOUBLE) / nullif(CAST(s.quantity AS DOUBLE), 0)) END AS DECIMAL(12, 6)) AS log_piece,
  CAST(CASE WHEN s.net_kg > 0 THEN ln(CAST(s.value_usd AS DOUBLE) / nullif(CAST(s.net_kg AS DOUBLE), 0)) END AS DECIMAL(12, 6)) AS log_kg
FROM shipment_row AS s
LEFT JOIN goods AS g ON g.shipment_id = s.shipment_id
LEFT JOIN duplicate_row AS d ON d.shipment_id = s.shipment_id
WHERE s.value_usd > 0 AND d.shipment_id IS NULL AND length(s.hs_code) >= 4
