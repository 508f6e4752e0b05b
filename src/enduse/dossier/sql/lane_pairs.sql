SELECT origin, hub, destination, goods, event_date, lost, gained, ratio, ratio_low, ratio_high, lag_months, q_value, verdict, measure, reason
FROM substitution
WHERE hub <> '' OR verdict <> 'not_enough_data'
ORDER BY CASE WHEN hub = '' THEN 1 ELSE 0 END, CASE WHEN measure = 'kg' THEN 1 ELSE 0 END, coalesce(gained, 0) DESC, coalesce(lost, 0) DESC, origin, hub, destination, goods, event_date, measure
LIMIT 60
