SELECT claim_id, figure_id, verdict, reason, scope, would_refute, claimed_low, claimed_high, recorded_low, recorded_high, unit
FROM verdict
WHERE claim_id IN ($ids)
ORDER BY claim_id, scope, figure_id
