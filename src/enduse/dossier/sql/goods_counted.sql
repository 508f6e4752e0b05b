SELECT
  coalesce(s.family, '') AS family, coalesce(s.basis, '') AS basis,
  count(*) AS records, sum(s.value_usd) AS value_usd, count(*) - count(s.value_usd) AS without_value, sum(s.vague) AS vague
FROM counted_row AS s
GROUP BY coalesce(s.family, ''), coalesce(s.basis, '')
ORDER BY records DESC, family, basis
LIMIT 60
