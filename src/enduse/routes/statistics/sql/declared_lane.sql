-- Rows of the case by lane, code and period, each lot once. Transit enters no country's trade statistics; a row dated by
-- its year alone belongs to no month.
SELECT exporter, importer, hs6, period, freq, CAST(sum(value_usd) AS DECIMAL(28, 4)) AS usd, CAST(sum(net_kg) AS DECIMAL(28, 4)) AS kg,
    count(*) AS lots, count(value_usd) AS valued, count(net_kg) AS weighed
FROM (
    SELECT
        coalesce(s.departure_country, s.origin_country) AS exporter, s.destination_country AS importer,
        CASE WHEN level = 'code' THEN substr(s.hs_code, 1, 6) ELSE 'TOTAL' END AS hs6,
        CASE WHEN freq = 'month' THEN substr(CAST(s.date AS VARCHAR), 1, 7) ELSE substr(CAST(s.date AS VARCHAR), 1, 4) END AS period,
        freq, s.value_usd AS value_usd, s.net_kg AS net_kg
    FROM shipment AS s
    LEFT JOIN (SELECT shipment_id FROM duplicate_row UNION SELECT shipment_id FROM mirror_duplicate) AS d ON d.shipment_id = s.shipment_id
    CROSS JOIN (SELECT 'code' AS level UNION ALL SELECT 'total' AS level) AS levels
    CROSS JOIN (SELECT 'month' AS freq UNION ALL SELECT 'year' AS freq) AS freqs
    WHERE d.shipment_id IS NULL AND s.date IS NOT NULL AND s.destination_country IS NOT NULL AND coalesce(s.departure_country, s.origin_country) IS NOT NULL
        AND coalesce(s.direction, '') <> 'transit' AND (freq = 'year' OR coalesce(s.date_precision, '') <> 'year')
) AS rows_
WHERE (hs6 = 'TOTAL' OR length(hs6) = 6) AND exporter <> importer
GROUP BY exporter, importer, hs6, period, freq
