-- Every distinct (name, country, identifier) of either side, with the number of rows that carry it.
SELECT name, country, identifier, CAST(COUNT(*) AS BIGINT) AS row_count
FROM (
    SELECT exporter_name AS name, COALESCE(exporter_country, '') AS country, COALESCE(exporter_id, '') AS identifier
    FROM shipment_row
    UNION ALL
    SELECT importer_name AS name, COALESCE(importer_country, '') AS country, COALESCE(importer_id, '') AS identifier
    FROM shipment_row
) AS side
WHERE TRIM(name) <> ''
GROUP BY name, country, identifier
