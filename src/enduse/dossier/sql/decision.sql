SELECT decision, count(*) AS answers, count(DISTINCT party_id) AS parties
FROM screening
GROUP BY decision
ORDER BY decision
