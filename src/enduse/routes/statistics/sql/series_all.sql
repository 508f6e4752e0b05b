-- Codes, headings of several codes, the sum of all codes where no total is published, and all reporters together.
WITH heads AS (
    SELECT
        s.exporter, s.importer, s.reporter, s.flow, h.head AS goods, s.period, s.freq, min(s.currency) AS currency,
        CAST(sum(s.value) AS DECIMAL(28, 4)) AS value,
        CAST(sum(s.usd) AS DECIMAL(28, 4)) AS usd,
        CASE WHEN count(s.kg) = count(*) THEN CAST(sum(s.kg) AS DECIMAL(28, 4)) END AS kg
    FROM series_code AS s
    INNER JOIN series_heads AS h ON h.reporter = s.reporter AND h.flow = s.flow AND h.head = substr(s.goods, 1, 4)
    WHERE regexp_matches(s.goods, '^[0-9]{4,6}$')
    GROUP BY s.exporter, s.importer, s.reporter, s.flow, h.head, s.period, s.freq
),
every AS (
    SELECT
        s.exporter, s.importer, s.reporter, s.flow, 'ALL' AS goods, s.period, s.freq, min(s.currency) AS currency,
        CAST(sum(s.value) AS DECIMAL(28, 4)) AS value,
        CAST(sum(s.usd) AS DECIMAL(28, 4)) AS usd,
        CASE WHEN count(s.kg) = count(*) THEN CAST(sum(s.kg) AS DECIMAL(28, 4)) END AS kg
    FROM series_code AS s
    INNER JOIN (
        SELECT reporter, flow FROM series_code WHERE regexp_matches(goods, '^[0-9]{2,6}$') GROUP BY reporter, flow HAVING count(DISTINCT substr(goods, 1, 4)) > 1
    ) AS many ON many.reporter = s.reporter AND many.flow = s.flow
    WHERE regexp_matches(s.goods, '^[0-9]{2,6}$')
    GROUP BY s.exporter, s.importer, s.reporter, s.flow, s.period, s.freq
),
lanes AS (
    SELECT exporter, importer, reporter, flow, goods, period, freq, currency, value, usd, kg FROM series_code
    WHERE NOT EXISTS (SELECT 1 FROM series_heads AS h WHERE h.reporter = series_code.reporter AND h.flow = series_code.flow AND h.head = series_code.goods)
    UNION ALL
    SELECT exporter, importer, reporter, flow, goods, period, freq, currency, value, usd, kg FROM heads
    UNION ALL
    SELECT exporter, importer, reporter, flow, goods, period, freq, currency, value, usd, kg FROM every
)
SELECT exporter, importer, reporter, flow, goods, period, freq, currency, value, usd, kg FROM lanes
UNION ALL
SELECT
    $together AS exporter, importer, $together AS reporter, flow, goods, period, freq, min(currency) AS currency,
    CAST(sum(value) AS DECIMAL(28, 4)) AS value,
    CAST(sum(usd) AS DECIMAL(28, 4)) AS usd,
    CASE WHEN count(kg) = count(*) THEN CAST(sum(kg) AS DECIMAL(28, 4)) END AS kg
FROM lanes
WHERE flow = 'export' AND regexp_matches(reporter, '^[A-Z]{2}$') AND $together <> ''
GROUP BY importer, flow, goods, period, freq
UNION ALL
SELECT
    'ALL' AS exporter, importer, reporter, flow, goods, period, freq, min(currency) AS currency,
    CAST(sum(value) AS DECIMAL(28, 4)) AS value,
    CAST(sum(usd) AS DECIMAL(28, 4)) AS usd,
    CASE WHEN count(kg) = count(*) THEN CAST(sum(kg) AS DECIMAL(28, 4)) END AS kg
FROM lanes
WHERE flow = 'import' AND regexp_matches(exporter, '^[A-Z]{2}$')
GROUP BY importer, reporter, flow, goods, period, freq
