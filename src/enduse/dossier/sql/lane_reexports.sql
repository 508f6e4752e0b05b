-- What a country itself calls re-exports, beside what it exports: to be read as a lower bound at best.
SELECT reporter, extract(year FROM period) AS year,
    CAST(sum(CASE WHEN flow = 're-export' AND estimated = 0 THEN value_usd ELSE 0 END) AS DOUBLE) AS official,
    CAST(sum(CASE WHEN flow = 'export' THEN value_usd ELSE 0 END) AS DOUBLE) AS exports
FROM statistic
WHERE hs_code = 'TOTAL' AND partner = 'W' AND freq = 'year' AND flow IN ('re-export', 'export')
GROUP BY reporter, extract(year FROM period)
HAVING sum(CASE WHEN flow = 're-export' AND estimated = 0 THEN value_usd ELSE 0 END) > 0
ORDER BY reporter, year
