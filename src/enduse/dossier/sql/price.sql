SELECT
  p.shipment_id, p.score, p.unit_value, p.expected_low, p.expected_high, p.per, p.peers, p.peer_group, p.implied_value, p.reasons,
  s.source, s.row, s.date, s.exporter_name, substr(s.description, 1, 160) AS description, s.value_usd
FROM price_check AS p
JOIN counted_row AS c ON c.shipment_id = p.shipment_id
JOIN shipment AS s ON s.shipment_id = p.shipment_id
WHERE p.understated = 1
ORDER BY p.score DESC, p.shipment_id
LIMIT 12
