-- Records of an exporter under a heading under which it ever declared watched goods: what its wording is compared over.
WITH declared AS (
    SELECT
        lower(replace(trim(s.exporter_name), 'İ', 'i')) AS exporter_key, trim(s.exporter_name) AS exporter, substr(coalesce(s.hs_code, ''), 1, 4) AS hs4,
        s.date, g.family, g.vague, CASE WHEN g.brand IS NULL AND g.model IS NULL THEN 0 ELSE 1 END AS named
    FROM shipment_row AS s
    JOIN goods AS g ON g.shipment_id = s.shipment_id
    WHERE s.date IS NOT NULL AND trim(s.exporter_name) <> ''
),
watched AS (
    SELECT DISTINCT exporter_key, hs4
    FROM declared
    WHERE family IS NOT NULL
)
SELECT d.exporter_key, d.exporter, d.date, d.vague, d.named
FROM declared AS d
JOIN watched AS w ON w.exporter_key = d.exporter_key AND w.hs4 = d.hs4
