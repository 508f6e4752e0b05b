SELECT
  coalesce(g.family, '') AS family, coalesce(g.basis, '') AS basis,
  count(*) AS records, sum(s.value_usd) AS value_usd, count(*) - count(s.value_usd) AS without_value, sum(g.vague) AS vague
FROM reading AS f
JOIN goods AS g ON g.shipment_id = f.shipment_id
JOIN shipment AS s ON s.shipment_id = f.shipment_id
WHERE f.central = 1
GROUP BY coalesce(g.family, ''), coalesce(g.basis, '')
ORDER BY records DESC, family, basis
LIMIT 60
