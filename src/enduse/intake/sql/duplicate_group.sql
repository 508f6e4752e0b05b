-- The records that share their prefix with another one: few, unless a file is in the case twice.
SELECT k.shipment_id, k.source, k.row, k.value, k.place, k.layout, k.digest
FROM duplicate_key AS k
INNER JOIN duplicate_short AS p ON SUBSTR(k.digest, 1, 12) = p.prefix
