SELECT id, type, "left", "right", why
FROM drift
ORDER BY id
LIMIT 3000
