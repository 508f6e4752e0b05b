SELECT p.party_id, p.name, p.country, count(*) AS records, CAST(sum(coalesce(c.vague, 0)) AS BIGINT) AS vague
FROM counted_row AS c
JOIN party AS p ON p.party_id = c.exporter_party
GROUP BY p.party_id, p.name, p.country
HAVING sum(coalesce(c.vague, 0)) > 0
ORDER BY vague DESC, records DESC, p.party_id
LIMIT 10
