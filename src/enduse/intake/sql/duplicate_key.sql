-- Every record whose repeat cannot be chance, with a short digest of a few cells: enough to leave out the records that
-- stand alone, and small enough to group millions.
-- A record tells of one lot where it names a paper (declaration, bill, container) and something else, or a day, a firm
-- and an amount.
SELECT
  s.shipment_id,
  SUBSTR(MD5(CONCAT_WS('|',
    COALESCE(s.declaration_id, ''), COALESCE(s.line_no, ''), COALESCE(s.bill_of_lading, ''), COALESCE(s.container, ''),
    COALESCE(CAST(s.date AS VARCHAR), ''), COALESCE(s.hs_code, ''),
    COALESCE(CAST(s.value AS VARCHAR), s.value_text, ''), COALESCE(CAST(s.quantity AS VARCHAR), s.quantity_text, ''),
    COALESCE(CAST(s.net_kg AS VARCHAR), s.net_kg_text, ''), COALESCE(CAST(s.gross_kg AS VARCHAR), '')
  )), 1, 12) AS prefix
FROM shipment_row AS s
WHERE (
    COALESCE(s.declaration_id, s.bill_of_lading, s.container) IS NOT NULL
    AND COALESCE(s.description, s.hs_code, CAST(s.date AS VARCHAR), CAST(s.value AS VARCHAR), CAST(s.quantity AS VARCHAR), CAST(s.net_kg AS VARCHAR), CAST(s.gross_kg AS VARCHAR)) IS NOT NULL
  )
  OR (
    s.date_precision = 'day'
    AND COALESCE(s.exporter_name, s.importer_name, s.exporter_id, s.importer_id) IS NOT NULL
    AND COALESCE(s.value, s.quantity) IS NOT NULL
  )
