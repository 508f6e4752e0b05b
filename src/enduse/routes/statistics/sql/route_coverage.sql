-- Published figures of the lanes and codes the case has rows of, from either end, with what the rows add up to.
WITH published AS (
    SELECT reporter AS exporter, partner AS importer, code AS hs6, freq, period, reporter, flow, usd, kg FROM stat_cell
    WHERE flow = 'export' AND reconciled = 0 AND usd IS NOT NULL
    UNION ALL
    SELECT partner AS exporter, reporter AS importer, code AS hs6, freq, period, reporter, flow, usd, kg FROM (
        SELECT c.*, row_number() OVER (PARTITION BY reporter, partner, code, period, freq ORDER BY partner_rule) AS place
        FROM stat_cell AS c WHERE flow = 'import' AND reconciled = 0 AND usd IS NOT NULL
    ) AS ranked WHERE place = 1
),
wanted AS (SELECT exporter, importer, hs6, freq, min(period) AS first, max(period) AS last FROM declared_lane GROUP BY exporter, importer, hs6, freq),
stated AS (
    SELECT p.exporter, p.importer, p.hs6, p.freq, CASE WHEN p.freq = 'year' THEN substr(CAST(p.period AS VARCHAR), 1, 4) ELSE substr(CAST(p.period AS VARCHAR), 1, 7) END AS period,
        p.reporter, p.flow, p.usd, p.kg
    FROM published AS p
    INNER JOIN wanted AS w ON w.exporter = p.exporter AND w.importer = p.importer AND w.hs6 = p.hs6 AND w.freq = p.freq
),
ends AS (
    SELECT reporter, flow, freq, CASE WHEN freq = 'year' THEN substr(max(item), 1, 4) ELSE substr(max(item), 1, 7) END AS last FROM stat_view WHERE kind = 'period' GROUP BY reporter, flow, freq
)
SELECT
    s.exporter, s.importer, s.hs6, s.period, s.reporter,
    CAST(coalesce(d.usd, 0) AS DECIMAL(28, 4)) AS declared_usd,
    s.usd AS published_usd,
    CAST(d.kg AS DECIMAL(18, 4)) AS declared_kg,
    s.kg AS published_kg,
    CAST(coalesce(d.usd, 0) AS DOUBLE) / nullif(CAST(s.usd AS DOUBLE), 0) AS share,
    nullif(concat_ws('; ',
        CASE WHEN d.exporter IS NULL AND (s.period < w.first OR s.period > w.last) THEN 'outside the months the rows of this lane cover' END,
        CASE WHEN s.flow = 'import' THEN 'importer reports CIF, rows may be FOB' END,
        CASE WHEN coalesce(d.usd, 0) > s.usd * 2 THEN 'rows add up to more than was published: check units and currency' END
    ), '') AS note
FROM stated AS s
INNER JOIN wanted AS w ON w.exporter = s.exporter AND w.importer = s.importer AND w.hs6 = s.hs6 AND w.freq = s.freq
LEFT JOIN declared_lane AS d ON d.exporter = s.exporter AND d.importer = s.importer AND d.hs6 = s.hs6 AND d.freq = s.freq AND d.period = s.period
UNION ALL
SELECT
    d.exporter, d.importer, d.hs6, d.period, e.reporter, d.usd AS declared_usd, NULL AS published_usd, CAST(d.kg AS DECIMAL(18, 4)) AS declared_kg, NULL AS published_kg,
    NULL AS share, concat(e.reporter, ' publishes nothing after ', e.last, ': the rows, and the report of the other end where it stands here, are the bounds') AS note
FROM declared_lane AS d
INNER JOIN ends AS e ON e.reporter = d.importer AND e.flow = 'import' AND e.freq = d.freq
WHERE d.period > e.last AND d.hs6 = 'TOTAL'
