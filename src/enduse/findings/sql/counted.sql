-- What each row of some reading can add to a figure.
SELECT
  r.shipment_id, r.strict, r.central, r.broad, r.certainty, r.part, r.unstated_place, r.unstated_date,
  s.value_usd,
  s.net_kg,
  CASE WHEN s.unit = 'C62' THEN s.quantity END AS pieces,
  CASE WHEN s.value_usd IS NULL THEN s.value END AS value_other,
  CASE WHEN s.value_usd IS NULL AND s.value IS NOT NULL THEN coalesce(s.currency, concat('unnamed currency of ', s.source)) END AS currency,
  s.direction,
  -- The firm in the strict reading, in which fewer names are merged, and in the broad one, in which more are.
  coalesce(e.strict_party, s.exporter_party) AS exporter_apart,
  coalesce(i.strict_party, s.importer_party) AS importer_apart,
  coalesce(eb.broad_party, s.exporter_party) AS exporter_together,
  coalesce(ib.broad_party, s.importer_party) AS importer_together,
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
LEFT JOIN party AS eb ON eb.party_id = s.exporter_party
LEFT JOIN party AS ib ON ib.party_id = s.importer_party
