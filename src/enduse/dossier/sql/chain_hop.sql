SELECT
  h.chain_id, h.position, h.shipment_id, h.from_party, h.to_party, h.strength, h.date, h.from_country, h.to_country, h.goods, h.quantity,
  h.net_kg, h.value_usd, h.basis, a.name AS from_name, b.name AS to_name,
  CASE WHEN h.basis = 'inferred' THEN coalesce(t.tie, 'perhaps one firm under two names, inferred') END AS tie
FROM hop AS h
LEFT JOIN party AS a ON a.party_id = h.from_party
LEFT JOIN party AS b ON b.party_id = h.to_party
LEFT JOIN (
  SELECT left_party, right_party, min(concat(replace(kind, '_', ' '), ', ', basis, ': ', coalesce(evidence, 'no more is stated'))) AS tie
  FROM party_link
  GROUP BY left_party, right_party
) AS t ON t.left_party = least(h.from_party, h.to_party) AND t.right_party = greatest(h.from_party, h.to_party)
WHERE h.chain_id IN ($ids)
ORDER BY h.chain_id, h.position
