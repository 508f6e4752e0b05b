-- Address cells of every party, with the number of rows that carry each.
SELECT party_id, address, CAST(COUNT(*) AS BIGINT) AS row_count
FROM (
    SELECT p.exporter_party AS party_id, s.exporter_address AS address
    FROM shipment_row AS s
    JOIN shipment_party AS p ON p.shipment_id = s.shipment_id
    WHERE s.exporter_address IS NOT NULL AND p.exporter_party IS NOT NULL
    UNION ALL
    SELECT p.importer_party AS party_id, s.importer_address AS address
    FROM shipment_row AS s
    JOIN shipment_party AS p ON p.shipment_id = s.shipment_id
    WHERE s.importer_address IS NOT NULL AND p.importer_party IS NOT NULL
) AS side
WHERE TRIM(address) <> ''
GROUP BY party_id, address
