SELECT source, reason, count(*) AS records
FROM duplicate
GROUP BY source, reason
ORDER BY source, reason
