-- The lane whose reports lie furthest apart in sum, beyond what the corrections leave open.
SELECT g.exporter, g.importer, g.hs6, CAST(sum(abs(g.gap)) AS DOUBLE) AS apart, count(*) AS periods
FROM mirror_gap AS g
WHERE g.rule = 'both_report' AND length(g.period) = 7
GROUP BY g.exporter, g.importer, g.hs6
HAVING count(*) >= 12
ORDER BY apart DESC, g.exporter, g.importer, g.hs6
LIMIT 3
