SELECT party_id, name, country, identifier, method, score, reasons
FROM party_name
WHERE party_id IN ($ids)
ORDER BY party_id, name, country, identifier
