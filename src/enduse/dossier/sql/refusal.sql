-- Reasons by source, with the first two records of each.
WITH numbered AS (
  SELECT
    source, reason, row, substr(coalesce(excerpt, ''), 1, 400) AS excerpt,
    row_number() OVER (PARTITION BY source, reason ORDER BY row) AS place,
    count(*) OVER (PARTITION BY source, reason) AS records
  FROM rejection
)
SELECT source, reason, records, row, excerpt
FROM numbered
WHERE place <= 2
ORDER BY records DESC, source, reason, row
LIMIT 200
