SELECT x.rule, count(*) AS rows, min(x.shipment_id) AS first
FROM correction AS x
JOIN counted_row AS c ON c.shipment_id = x.shipment_id
GROUP BY x.rule
ORDER BY rows DESC, x.rule
