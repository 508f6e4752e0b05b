-- The ten largest hubs.
SELECT h.party_id, p.name, p.country, h.goods, h.consignments_in, h.consignments_out, h.kg_in, h.kg_out, h.reason
FROM hub AS h
LEFT JOIN party AS p ON p.party_id = h.party_id
ORDER BY h.consignments_in DESC, h.party_id, h.goods
LIMIT 10
