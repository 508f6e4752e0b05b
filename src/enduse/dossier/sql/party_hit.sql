-- Parties with a hit, best first, and how many counted rows name them.
SELECT party_id, max(score) AS score, max(CASE WHEN decision = 'match' THEN 1 ELSE 0 END) AS matched
FROM screening
WHERE decision IN ('match', 'review')
GROUP BY party_id
ORDER BY matched DESC, score DESC, party_id
LIMIT $few
