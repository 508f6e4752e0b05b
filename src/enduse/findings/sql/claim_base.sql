-- Every lot once, of watched goods, wherever it went: what a press claim can be set against, inside the question or not.
SELECT
  s.shipment_id, s.value_usd, s.direction, s.date, s.date_precision,
  CASE WHEN s.date_precision = 'day' THEN s.date END AS day,
  CASE WHEN s.unit = 'C62' THEN s.quantity END AS pieces,
  s.net_kg, s.exporter_party, s.importer_party,
  g.family, nullif(g.brand, '') AS brand, nullif(g.model, '') AS model,
  s.origin_country, s.departure_country, s.destination_country, s.exporter_country, s.importer_country,
  CASE WHEN coalesce(g.confidence, 0) >= $strict THEN 2 WHEN coalesce(g.confidence, 0) >= $central THEN 1 ELSE 0 END AS certainty
FROM stepped AS t
JOIN shipment AS s ON s.shipment_id = t.shipment_id
JOIN goods AS g ON g.shipment_id = t.shipment_id
WHERE t.step <> 'duplicate' AND t.step <> 'not_watched'
