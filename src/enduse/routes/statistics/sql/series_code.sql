-- Lanes as each reporter sees them. An import stated by origin and by consignment is one series, by origin.
SELECT
    CASE WHEN flow = 'import' THEN partner ELSE reporter END AS exporter,
    CASE WHEN flow = 'import' THEN reporter ELSE partner END AS importer,
    reporter,
    flow,
    code AS goods,
    period,
    freq,
    currency,
    value,
    usd,
    kg
FROM (
    SELECT
        c.*,
        row_number() OVER (
            PARTITION BY reporter, partner, flow, code, period, freq ORDER BY CASE WHEN partner_rule = 'consignment' THEN 2 ELSE 1 END
        ) AS place
    FROM stat_cell AS c
    WHERE flow IN ('export', 'import')
) AS ranked
WHERE place = 1
