SELECT party_id, query, "list", entry_id, entry_name, score, decision, reasons
FROM screening
WHERE party_id IN ($ids)
ORDER BY party_id, score DESC NULLS LAST, "list", entry_id
