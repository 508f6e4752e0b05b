-- The party of each side of a shipment; a side without a name has none.
SELECT CAST(s.shipment_id AS VARCHAR) AS shipment_id, CAST('exporter' AS VARCHAR) AS role, CAST(n.party_id AS VARCHAR) AS party_id
FROM shipment_row AS s
JOIN party_name AS n
    ON s.exporter_name = n.name AND COALESCE(s.exporter_country, '') = n.country AND COALESCE(s.exporter_id, '') = n.identifier
UNION ALL
SELECT CAST(s.shipment_id AS VARCHAR) AS shipment_id, CAST('importer' AS VARCHAR) AS role, CAST(n.party_id AS VARCHAR) AS party_id
FROM shipment_row AS s
JOIN party_name AS n
    ON s.importer_name = n.name AND COALESCE(s.importer_country, '') = n.country AND COALESCE(s.importer_id, '') = n.identifier
