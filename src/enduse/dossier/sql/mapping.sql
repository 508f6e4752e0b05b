SELECT source, position, "column", role, confidence, reader, reason
FROM mapping
ORDER BY source, position
LIMIT 4000
