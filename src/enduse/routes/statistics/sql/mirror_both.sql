SELECT
    exporter,
    importer,
    code,
    period,
    freq,
    CAST(sum(CASE WHEN side = 'x' THEN usd END) AS DECIMAL(28, 4)) AS x,
    CAST(sum(CASE WHEN side = 'm' THEN usd END) AS DECIMAL(28, 4)) AS m,
    CAST(sum(CASE WHEN side = 'x' THEN kg END) AS DECIMAL(28, 4)) AS x_kg,
    CAST(sum(CASE WHEN side = 'm' THEN kg END) AS DECIMAL(28, 4)) AS m_kg,
    max(CASE WHEN side = 'x' THEN revision END) AS x_revision,
    max(CASE WHEN side = 'm' THEN revision END) AS m_revision,
    max(CASE WHEN side = 'm' THEN value_basis END) AS m_basis,
    max(CASE WHEN side = 'm' THEN partner_rule END) AS m_rule
FROM mirror_side
GROUP BY exporter, importer, code, period, freq
