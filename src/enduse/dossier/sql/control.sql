SELECT g.controls, count(*) AS records
FROM reading AS f
JOIN goods AS g ON g.shipment_id = f.shipment_id
WHERE f.central = 1 AND coalesce(g.controls, '') <> ''
GROUP BY g.controls
ORDER BY records DESC, g.controls
LIMIT 400
