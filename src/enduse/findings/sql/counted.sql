-- What each row of some reading can add to a figure.
SELECT
  r.shipment_id, r.strict, r.central, r.broad, r.certainty, r.part, r.unstated_place, r.unstated_date,
  s.value_usd,
  s.net_kg,
  CASE WHEN s.unit = 'C62' THEN s.quantity END AS pieces,
  CASE WHEN s.value_usd IS NULL THEN s.value END AS value_other,
  CASE WHEN s.value_usd IS NULL AND s.value IS NOT NULL THEN coalesce(s.currency, concat('unnamed currency of ', s.source)) END AS currency,
  s.direction,
  -- A firm whose name was merged with less than the strict probability stands apart here.
  CASE WHEN e.score >= $merged THEN s.exporter_party ELSE concat(s.exporter_party, ' ', s.exporter_name) END AS exporter_apart,
  CASE WHEN i.score >= $merged THEN s.importer_party ELSE concat(s.importer_party, ' ', s.importer_name) END AS importer_apart,
  s.exporter_party, s.importer_party, s.exporter_name, s.importer_name,
  g.basis,
  nullif(g.brand, '') AS brand,
  nullif(g.model, '') AS model,
  s.origin_country, s.departure_country, s.destination_country,
  s.date,
  CASE WHEN s.date_precision = 'day' THEN s.date END AS day,
  CASE WHEN s.date IS NOT NULL AND s.date_precision <> 'year' THEN strftime(s.date, '%Y-%m') END AS month
FROM reading AS r
JOIN shipment AS s ON s.shipment_id = r.shipment_id
JOIN goods AS g ON g.shipment_id = r.shipment_id
LEFT JOIN party_name AS e
  ON e.name = s.exporter_name AND e.country = coalesce(s.exporter_country, '') AND e.identifier = coalesce(s.exporter_id, '')
LEFT JOIN party_name AS i
  ON i.name = s.importer_name AND i.country = coalesce(s.importer_country, '') AND i.identifier = coalesce(s.importer_id, '')
