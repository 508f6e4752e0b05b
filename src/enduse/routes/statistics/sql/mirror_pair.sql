-- What the fit of transport margins and reliability needs: one row a pair of countries, logs as decimals so that sums are exact.
SELECT
    exporter,
    importer,
    count(*) AS cells,
    CAST(sum(CAST(ln(CAST(m AS DOUBLE) / nullif(CAST(x AS DOUBLE), 0)) AS DECIMAL(12, 6))) AS DECIMAL(28, 6)) AS log_sum,
    CAST(sum(CASE WHEN m_basis = 'CIF' AND abs(ln(CAST(m AS DOUBLE) / nullif(CAST(x AS DOUBLE), 0))) < 0.7 THEN CAST(ln(CAST(m AS DOUBLE) / nullif(CAST(x AS DOUBLE), 0)) AS DECIMAL(12, 6)) ELSE 0 END) AS DECIMAL(28, 6)) AS near_sum,
    CAST(sum(CASE WHEN m_basis = 'CIF' AND abs(ln(CAST(m AS DOUBLE) / nullif(CAST(x AS DOUBLE), 0))) < 0.7 THEN 1 ELSE 0 END) AS BIGINT) AS near_cells,
    CAST(sum(CAST(abs(CAST(x AS DOUBLE) - CAST(m AS DOUBLE)) / nullif(CAST(x AS DOUBLE) + CAST(m AS DOUBLE), 0) AS DECIMAL(12, 6))) AS DECIMAL(28, 6)) AS apart_sum
FROM mirror_both
WHERE x >= 1000 AND m >= 1000
GROUP BY exporter, importer
ORDER BY exporter, importer
