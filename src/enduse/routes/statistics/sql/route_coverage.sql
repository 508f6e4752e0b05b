-- Published figures of the lanes and codes the case has rows of, from either end, with what the rows add up to; and the
-- cells of rows for which a country that publishes the code otherwise has no figure, with the bounds that are left.
WITH published AS (
    SELECT reporter AS exporter, partner AS importer, code AS hs6, freq, period, reporter, flow, partner_rule, usd, kg FROM stat_cell
    WHERE flow = 'export' AND reconciled = 0 AND usd IS NOT NULL
    UNION ALL
    SELECT partner AS exporter, reporter AS importer, code AS hs6, freq, period, reporter, flow, partner_rule, usd, kg FROM (
        SELECT c.*, row_number() OVER (PARTITION BY reporter, partner, code, period, freq ORDER BY partner_rule) AS place
        FROM stat_cell AS c WHERE flow = 'import' AND reconciled = 0 AND usd IS NOT NULL
    ) AS ranked WHERE place = 1
),
wanted AS (SELECT exporter, importer, hs6, freq, min(period) AS first, max(period) AS last FROM declared_lane GROUP BY exporter, importer, hs6, freq),
stated AS (
    SELECT p.exporter, p.importer, p.hs6, p.freq, CASE WHEN p.freq = 'year' THEN substr(CAST(p.period AS VARCHAR), 1, 4) ELSE substr(CAST(p.period AS VARCHAR), 1, 7) END AS period,
        p.reporter, p.flow, p.partner_rule, p.usd, p.kg
    FROM published AS p
    INNER JOIN wanted AS w ON w.exporter = p.exporter AND w.importer = p.importer AND w.hs6 = p.hs6 AND w.freq = p.freq
),
-- The periods each report covers at all, cut as the periods of the rows are.
said AS (
    SELECT reporter, flow, freq, CASE WHEN freq = 'year' THEN substr(item, 1, 4) ELSE substr(item, 1, 7) END AS period FROM stat_view WHERE kind = 'period'
),
ends AS (SELECT reporter, flow, freq, min(period) AS first, max(period) AS last FROM said GROUP BY reporter, flow, freq),
-- Each cell of rows from its two ends.
sides AS (
    SELECT d.*, d.exporter AS reporter, 'export' AS flow, d.importer AS other FROM declared_lane AS d
    UNION ALL
    SELECT d.*, d.importer AS reporter, 'import' AS flow, d.exporter AS other FROM declared_lane AS d
),
unpublished AS (
    SELECT s.*, e.first, e.last, m.period AS said, o.usd AS other_usd
    FROM sides AS s
    INNER JOIN ends AS e ON e.reporter = s.reporter AND e.flow = s.flow AND e.freq = s.freq
    INNER JOIN stat_view AS c ON c.reporter = s.reporter AND c.flow = s.flow AND c.freq = s.freq AND c.kind = 'code' AND c.item = s.hs6
    LEFT JOIN said AS m ON m.reporter = s.reporter AND m.flow = s.flow AND m.freq = s.freq AND m.period = s.period
    LEFT JOIN stated AS t ON t.exporter = s.exporter AND t.importer = s.importer AND t.hs6 = s.hs6 AND t.freq = s.freq AND t.period = s.period AND t.reporter = s.reporter
    LEFT JOIN stated AS o ON o.exporter = s.exporter AND o.importer = s.importer AND o.hs6 = s.hs6 AND o.freq = s.freq AND o.period = s.period AND o.reporter = s.other
    WHERE t.reporter IS NULL
)
SELECT
    s.exporter, s.importer, s.hs6, s.period, s.reporter,
    CAST(coalesce(d.usd, 0) AS DECIMAL(28, 4)) AS declared_usd,
    s.usd AS published_usd,
    -- A sum over rows of which some have no weight would be too low: it is left out.
    CASE WHEN d.weighed = d.lots THEN CAST(d.kg AS DECIMAL(18, 4)) END AS declared_kg,
    s.kg AS published_kg,
    CAST(coalesce(d.usd, 0) AS DOUBLE) / nullif(CAST(s.usd AS DOUBLE), 0) AS share,
    nullif(concat_ws('; ',
        CASE WHEN d.exporter IS NULL AND (s.period < w.first OR s.period > w.last) THEN 'outside the months the rows of this lane cover' END,
        CASE WHEN d.valued < d.lots THEN concat(CAST(d.lots - d.valued AS VARCHAR), ' of ', CAST(d.lots AS VARCHAR), ' rows state no value in USD: the share is a lower bound') END,
        CASE WHEN s.flow = 'import' THEN 'importer reports CIF, rows may be FOB' END,
        CASE WHEN s.flow = 'import' AND s.partner_rule = 'origin' THEN 'published by country of origin, rows by departure' END,
        CASE WHEN coalesce(d.usd, 0) > s.usd * 2 THEN 'rows add up to more than was published: check units and currency' END
    ), '') AS note
FROM stated AS s
INNER JOIN wanted AS w ON w.exporter = s.exporter AND w.importer = s.importer AND w.hs6 = s.hs6 AND w.freq = s.freq
LEFT JOIN declared_lane AS d ON d.exporter = s.exporter AND d.importer = s.importer AND d.hs6 = s.hs6 AND d.freq = s.freq AND d.period = s.period
UNION ALL
SELECT
    u.exporter, u.importer, u.hs6, u.period, u.reporter, CAST(coalesce(u.usd, 0) AS DECIMAL(28, 4)) AS declared_usd, NULL AS published_usd,
    CASE WHEN u.weighed = u.lots THEN CAST(u.kg AS DECIMAL(18, 4)) END AS declared_kg, NULL AS published_kg, NULL AS share,
    concat(
        CASE
            WHEN u.said IS NOT NULL THEN concat(u.reporter, ' publishes this period, but no figure of this lane and code')
            WHEN u.period > u.last THEN concat(u.reporter, ' publishes nothing after ', u.last)
            WHEN u.period < u.first THEN concat(u.reporter, ' publishes nothing before ', u.first)
            ELSE concat(u.reporter, ' publishes nothing for this period')
        END,
        ': at least what the rows add up to',
        CASE
            WHEN u.other_usd IS NULL THEN ', no upper bound: the other end has no figure either'
            ELSE concat(', about the ', CAST(CAST(floor(u.other_usd) AS BIGINT) AS VARCHAR), ' USD that ', u.other, ' publishes')
        END
    ) AS note
FROM unpublished AS u
