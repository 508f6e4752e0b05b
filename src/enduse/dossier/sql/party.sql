SELECT party_id, name, country, kind, identifiers
FROM party
WHERE party_id IN ($ids)
ORDER BY party_id
