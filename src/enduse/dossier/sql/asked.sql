SELECT "list", count(*) AS answers
FROM screening
GROUP BY "list"
ORDER BY answers DESC, "list"
LIMIT 40
