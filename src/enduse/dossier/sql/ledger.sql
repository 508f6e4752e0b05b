SELECT l.supplier, l.recipient, l.goods, l.kind, l.quantity_low, l.quantity_high, l.per, l."start" AS first_day, l."end" AS last_day, l.certainty, l.claim_id, l.root, l.note
FROM ledger AS l
ORDER BY CASE WHEN l.quantity_low IS NULL THEN 1 ELSE 0 END, l.kind, l."start", l.supplier, l.recipient, l.claim_id
LIMIT 400
