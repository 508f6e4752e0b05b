-- Both reports, the corrections that are known, and what is left, with the range the corrections leave open.
WITH seen AS (
    SELECT
        b.*,
        lag(x) OVER lane AS x_before,
        lag(period) OVER lane AS period_before
    FROM mirror_both AS b
    WINDOW lane AS (PARTITION BY exporter, importer, code, freq ORDER BY period)
),
placed AS (
    SELECT
        s.exporter, s.importer, s.code, s.period, s.freq, s.x, s.m, s.x_kg, s.m_kg, s.m_basis, s.m_rule,
        CASE WHEN s.x_revision <> s.m_revision THEN 1 ELSE 0 END AS revisions,
        coalesce(p.margin, CAST($margin AS DECIMAL(10, 6))) AS margin,
        coalesce(p.margin_low, CAST($margin_low AS DECIMAL(10, 6))) AS margin_low,
        coalesce(p.margin_high, CAST($margin_high AS DECIMAL(10, 6))) AS margin_high,
        CASE WHEN s.freq = 'month' THEN coalesce(p.lag_share, CAST($lag_share AS DECIMAL(10, 6))) ELSE 0 END AS lag_share,
        coalesce(p.systems, 0) AS systems,
        CASE WHEN s.freq = 'month' AND s.period_before IS NOT NULL AND (extract(year FROM s.period) * 12 + extract(month FROM s.period)) - (extract(year FROM s.period_before) * 12 + extract(month FROM s.period_before)) = 1 THEN s.x_before END AS x_before,
        ux.usd AS x_nowhere,
        um.usd AS m_nowhere,
        CASE WHEN xp.item IS NOT NULL AND xc.item IS NOT NULL AND xl.item IS NOT NULL THEN 1 ELSE 0 END AS x_reports,
        CASE WHEN mp.item IS NOT NULL AND mc.item IS NOT NULL AND ml.item IS NOT NULL THEN 1 ELSE 0 END AS m_reports,
        CASE WHEN re.reporter IS NOT NULL THEN 1 ELSE 0 END AS reexports
    FROM seen AS s
    LEFT JOIN mirror_margin AS p ON p.exporter = s.exporter AND p.importer = s.importer
    LEFT JOIN mirror_nowhere AS ux ON ux.reporter = s.exporter AND ux.flow = 'export' AND ux.code = s.code AND ux.period = s.period AND ux.freq = s.freq
    LEFT JOIN mirror_nowhere AS um ON um.reporter = s.importer AND um.flow = 'import' AND um.code = s.code AND um.period = s.period AND um.freq = s.freq
    LEFT JOIN stat_view AS xp ON xp.reporter = s.exporter AND xp.flow = 'export' AND xp.freq = s.freq AND xp.kind = 'period' AND xp.item = CAST(s.period AS VARCHAR)
    LEFT JOIN stat_view AS xc ON xc.reporter = s.exporter AND xc.flow = 'export' AND xc.freq = s.freq AND xc.kind = 'code' AND xc.item = s.code
    LEFT JOIN stat_view AS xl ON xl.reporter = s.exporter AND xl.flow = 'export' AND xl.freq = s.freq AND xl.kind = 'partner' AND xl.item = s.importer
    LEFT JOIN stat_view AS mp ON mp.reporter = s.importer AND mp.flow = 'import' AND mp.freq = s.freq AND mp.kind = 'period' AND mp.item = CAST(s.period AS VARCHAR)
    LEFT JOIN stat_view AS mc ON mc.reporter = s.importer AND mc.flow = 'import' AND mc.freq = s.freq AND mc.kind = 'code' AND mc.item = s.code
    LEFT JOIN stat_view AS ml ON ml.reporter = s.importer AND ml.flow = 'import' AND ml.freq = s.freq AND ml.kind = 'partner' AND ml.item = s.exporter
    LEFT JOIN (SELECT DISTINCT reporter, code, freq FROM stat_cell WHERE flow = 're-export') AS re ON re.reporter = s.exporter AND re.code = s.code AND re.freq = s.freq
),
filled AS (
    SELECT
        placed.*,
        coalesce(x, CASE WHEN x_reports = 1 THEN CAST(0 AS DECIMAL(28, 4)) END) AS exports,
        coalesce(m, CASE WHEN m_reports = 1 THEN CAST(0 AS DECIMAL(28, 4)) END) AS imports,
        CASE WHEN m_basis = 'FOB' THEN CAST(0 AS DECIMAL(10, 6)) ELSE margin END AS used,
        CASE WHEN m_basis = 'FOB' THEN CAST(0 AS DECIMAL(10, 6)) ELSE margin_low END AS least,
        CASE WHEN m_basis = 'FOB' THEN CAST(0 AS DECIMAL(10, 6)) ELSE margin_high END AS most
    FROM placed
),
counted AS (
    SELECT
        filled.*,
        CAST(imports / nullif(1 + used, 0) AS DECIMAL(28, 4)) AS imports_fob,
        CAST(imports / nullif(1 + most, 0) AS DECIMAL(28, 4)) AS fob_low,
        CAST(imports / nullif(1 + least, 0) AS DECIMAL(28, 4)) AS fob_high,
        CAST(exports * (1 - lag_share) + coalesce(x_before, exports) * lag_share AS DECIMAL(28, 4)) AS sent,
        CASE WHEN lag_share > 0 THEN greatest(exports, coalesce(x_before, exports)) ELSE exports END AS sent_high,
        CASE WHEN lag_share > 0 THEN least(exports, coalesce(x_before, exports)) ELSE exports END AS sent_low
    FROM filled
),
gaps AS (
    SELECT
        counted.*,
        CAST(imports_fob - sent AS DECIMAL(28, 4)) AS gap,
        CAST(fob_low - sent_high - coalesce(x_nowhere, 0) AS DECIMAL(28, 4)) AS gap_low,
        CAST(fob_high + coalesce(m_nowhere, 0) - sent_low AS DECIMAL(28, 4)) AS gap_high
    FROM counted
)
SELECT
    exporter,
    importer,
    code AS hs6,
    CASE WHEN freq = 'year' THEN substr(CAST(period AS VARCHAR), 1, 4) ELSE substr(CAST(period AS VARCHAR), 1, 7) END AS period,
    exports,
    imports_fob,
    gap,
    gap_low,
    gap_high,
    nullif(concat_ws(';',
        CASE WHEN imports > 0 AND used > 0 THEN 'cif_to_fob' END,
        CASE WHEN lag_share > 0 AND x_before IS NOT NULL THEN 'shipping_lag' END,
        CASE WHEN x_nowhere > 0 OR m_nowhere > 0 THEN 'not_specified' END,
        CASE WHEN m > 0 AND m_rule = 'origin' THEN 'origin_or_consignment' END,
        CASE WHEN reexports = 1 THEN 're_exports' END,
        CASE WHEN systems = 1 AND m IS NOT NULL AND x IS NOT NULL THEN 'trade_system' END,
        CASE WHEN revisions = 1 THEN 'nomenclature' END,
        CASE WHEN x_kg > 0 AND m_kg > 0 AND abs(x_kg - m_kg) * 10 <= greatest(x_kg, m_kg) AND abs(gap) * 5 > greatest(sent, imports_fob) THEN 'kilograms_agree' END,
        CASE WHEN greatest(coalesce(exports, 0), coalesce(imports, 0)) < 1000 THEN 'below_threshold' END,
        CASE WHEN gap_low <= 0 AND gap_high >= 0 THEN 'within_range' END
    ), '') AS explained_by,
    CASE
        WHEN x IS NOT NULL AND m IS NOT NULL THEN 'both_report'
        WHEN x IS NOT NULL AND m_reports = 1 THEN 'importer_reports_none'
        WHEN x IS NOT NULL THEN 'importer_not_in_view'
        WHEN x_reports = 1 THEN 'exporter_reports_none'
        ELSE 'exporter_not_in_view'
    END AS rule,
    CAST(imports AS DECIMAL(28, 4)) AS imports_cif,
    CASE WHEN imports IS NOT NULL THEN CAST(used AS DOUBLE) END AS margin,
    x_kg AS exports_kg,
    m_kg AS imports_kg,
    CAST(abs(gap) AS DOUBLE) / nullif(CAST(sent + imports_fob AS DOUBLE), 0) AS discrepancy,
    xr.reliability AS exporter_reliability,
    mr.reliability AS importer_reliability
FROM gaps AS g
LEFT JOIN reporter_reliability AS xr ON xr.reporter = g.exporter AND xr.role = 'exporter'
LEFT JOIN reporter_reliability AS mr ON mr.reporter = g.importer AND mr.role = 'importer'
WHERE greatest(coalesce(exports, 0), coalesce(imports, 0)) > $smallest
