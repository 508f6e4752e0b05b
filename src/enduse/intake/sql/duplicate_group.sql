-- The candidates with the digest of all their declared cells, each in its place, and their place in the case. Numbers
-- count as read, an unread cell as it stands. The direction is not among them: most files do not declare it, and it is
-- then read from the name of the file.
SELECT
  s.shipment_id,
  s.source,
  s.row,
  s.value,
  f.position * 1000000000000 + s.row AS place,
  f.layout,
  MD5(CONCAT_WS('|',
    COALESCE(CAST(s.date AS VARCHAR), ''), COALESCE(s.date_precision, ''),
    COALESCE(s.declaration_id, ''), COALESCE(s.line_no, ''),
    COALESCE(s.exporter_name, ''), COALESCE(s.exporter_id, ''), COALESCE(s.exporter_address, ''), COALESCE(s.exporter_country, ''),
    COALESCE(s.importer_name, ''), COALESCE(s.importer_id, ''), COALESCE(s.importer_address, ''), COALESCE(s.importer_country, ''),
    COALESCE(s.manufacturer, ''), COALESCE(s.brand_declared, ''), COALESCE(s.description, ''), COALESCE(s.hs_code, ''),
    COALESCE(CAST(s.quantity AS VARCHAR), s.quantity_text, ''), COALESCE(s.unit, ''),
    COALESCE(CAST(s.net_kg AS VARCHAR), s.net_kg_text, ''), COALESCE(CAST(s.gross_kg AS VARCHAR), ''),
    COALESCE(CAST(s.value AS VARCHAR), s.value_text, ''), COALESCE(s.currency, ''), COALESCE(s.value_basis, ''),
    COALESCE(CASE WHEN s.usd_basis = 'declared' THEN CAST(s.value_usd AS VARCHAR) END, ''),
    COALESCE(s.origin_country, ''), COALESCE(s.departure_country, ''), COALESCE(s.trading_country, ''), COALESCE(s.destination_country, ''),
    COALESCE(s.transport_mode, ''), COALESCE(s.customs_office, ''), COALESCE(s.container, ''), COALESCE(s.bill_of_lading, '')
  )) AS digest
FROM shipment_row AS s
INNER JOIN duplicate_candidate AS c ON c.shipment_id = s.shipment_id
INNER JOIN intake_file AS f ON f.source = s.source
