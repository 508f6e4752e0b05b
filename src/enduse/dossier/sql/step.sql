SELECT position, step, label, kind, rows, value_usd, without_value
FROM waterfall
ORDER BY position
