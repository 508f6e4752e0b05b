-- The rows of the central reading with what several chapters ask of them, joined once.
SELECT
  s.shipment_id, s.exporter_party, s.importer_party, s.value_usd, s.origin_country, s.departure_country, s.destination_country,
  g.family, g.basis, g.vague
FROM reading AS f
JOIN shipment AS s ON s.shipment_id = f.shipment_id
LEFT JOIN goods AS g ON g.shipment_id = f.shipment_id
WHERE f.central = 1
