SELECT g.vague_rules, count(*) AS records
FROM reading AS f
JOIN goods AS g ON g.shipment_id = f.shipment_id
WHERE f.central = 1 AND g.vague = 1
GROUP BY g.vague_rules
ORDER BY records DESC, g.vague_rules
LIMIT 400
