SELECT claim_id, position, name, type, cue, explicit
FROM attribution
WHERE claim_id IN ($ids)
ORDER BY claim_id, position
