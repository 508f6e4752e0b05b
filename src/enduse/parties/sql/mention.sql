-- Every distinct (name, country, identifier) of either side: rows, value, and the place of the first file that carries it.
SELECT
    name, country, identifier,
    CAST(COUNT(*) AS BIGINT) AS row_count,
    CAST(SUM(value_usd) AS DECIMAL(28, 4)) AS value_usd,
    CAST(MIN(place) AS BIGINT) AS first_place
FROM (
    SELECT
        s.exporter_name AS name, COALESCE(s.exporter_country, '') AS country, COALESCE(s.exporter_id, '') AS identifier,
        s.value_usd, p.place
    FROM shipment_row AS s
    LEFT JOIN source_place AS p ON p.source = s.source
    UNION ALL
    SELECT
        s.importer_name AS name, COALESCE(s.importer_country, '') AS country, COALESCE(s.importer_id, '') AS identifier,
        s.value_usd, p.place
    FROM shipment_row AS s
    LEFT JOIN source_place AS p ON p.source = s.source
) AS side
WHERE TRIM(name) <> ''
GROUP BY name, country, identifier
