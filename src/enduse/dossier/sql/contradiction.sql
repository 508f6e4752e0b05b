SELECT id, type, "left", "right", why
FROM contradiction
ORDER BY id
LIMIT 3000
