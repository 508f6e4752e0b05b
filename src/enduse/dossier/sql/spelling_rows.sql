SELECT party_id, name, CAST(sum(rows) AS BIGINT) AS records
FROM party_name
WHERE party_id IN ($ids) AND rows > 0
GROUP BY party_id, name
ORDER BY party_id, name
