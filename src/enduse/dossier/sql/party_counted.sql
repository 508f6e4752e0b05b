-- Firms on the counted rows of the central reading.
WITH named AS (
  SELECT s.exporter_party AS party_id, 'exporter' AS role, s.value_usd
  FROM counted_row AS s
  WHERE s.exporter_party IS NOT NULL
  UNION ALL
  SELECT s.importer_party AS party_id, 'importer' AS role, s.value_usd
  FROM counted_row AS s
  WHERE s.importer_party IS NOT NULL
)
SELECT party_id, role, count(*) AS records, sum(value_usd) AS value_usd
FROM named
GROUP BY party_id, role
ORDER BY value_usd DESC NULLS LAST, records DESC, party_id, role
