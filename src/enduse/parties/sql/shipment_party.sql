-- The parties of each shipment, one row each; a side without a name has none.
SELECT
    CAST(s.shipment_id AS VARCHAR) AS shipment_id,
    CAST(e.party_id AS VARCHAR) AS exporter_party,
    CAST(i.party_id AS VARCHAR) AS importer_party
FROM shipment_row AS s
LEFT JOIN party_name AS e
    ON e.name = s.exporter_name AND e.country = COALESCE(s.exporter_country, '') AND e.identifier = COALESCE(s.exporter_id, '')
LEFT JOIN party_name AS i
    ON i.name = s.importer_name AND i.country = COALESCE(s.importer_country, '') AND i.identifier = COALESCE(s.importer_id, '')
