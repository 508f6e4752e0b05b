-- What is declared with the names in question (table uncertain_name): addresses, partners, goods, with rows, and how many names share each.
WITH side AS (
    SELECT exporter_name AS name, COALESCE(exporter_country, '') AS country, COALESCE(exporter_id, '') AS identifier,
        COALESCE(exporter_address, '') AS address, COALESCE(importer_name, '') AS partner, COALESCE(substr(hs_code, 1, 4), '') AS goods
    FROM shipment_row
    WHERE exporter_name IS NOT NULL
    UNION ALL
    SELECT importer_name AS name, COALESCE(importer_country, '') AS country, COALESCE(importer_id, '') AS identifier,
        COALESCE(importer_address, '') AS address, COALESCE(exporter_name, '') AS partner, COALESCE(substr(hs_code, 1, 4), '') AS goods
    FROM shipment_row
    WHERE importer_name IS NOT NULL
),
known AS (
    SELECT u.grp, s.address, s.partner, s.goods, COUNT(*) AS row_count
    FROM side AS s
    JOIN uncertain_name AS u ON u.name = s.name AND u.country = s.country AND u.identifier = s.identifier
    GROUP BY u.grp, s.address, s.partner, s.goods
),
trait AS (
    SELECT grp, 'address' AS kind, address AS value, SUM(row_count) AS row_count FROM known WHERE address <> '' GROUP BY grp, address
    UNION ALL
    SELECT grp, 'partner' AS kind, partner AS value, SUM(row_count) AS row_count FROM known WHERE TRIM(partner) <> '' GROUP BY grp, partner
    UNION ALL
    SELECT grp, 'goods' AS kind, goods AS value, SUM(row_count) AS row_count FROM known WHERE goods <> '' GROUP BY grp, goods
),
crowd AS (
    SELECT 'address' AS kind, address AS value, COUNT(DISTINCT name) AS many FROM side WHERE address IN (SELECT value FROM trait WHERE kind = 'address') GROUP BY address
    UNION ALL
    SELECT 'partner' AS kind, partner AS value, COUNT(DISTINCT name) AS many FROM side WHERE partner IN (SELECT value FROM trait WHERE kind = 'partner') GROUP BY partner
)
SELECT
    CAST(t.grp AS BIGINT) AS grp,
    t.kind,
    t.value,
    CAST(t.row_count AS BIGINT) AS row_count,
    CAST(COALESCE(c.many, 0) AS BIGINT) AS crowd
FROM trait AS t
LEFT JOIN crowd AS c ON c.kind = t.kind AND c.value = t.value
ORDER BY t.grp, t.kind, t.value
