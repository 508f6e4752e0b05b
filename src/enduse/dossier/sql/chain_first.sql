-- The first chains by rank, and the first of those with least concern as a counter-example.
SELECT chain_id, rank, continuity, concern, goods, quantity, net_kg, reasons, weakest_link, rivals, alternative, counter
FROM (
  SELECT
    chain_id, rank, continuity, concern, goods, quantity, net_kg, reasons, weakest_link, rivals, alternative,
    CASE WHEN rank > 6 AND row_number() OVER (PARTITION BY CASE WHEN rank > 6 THEN 1 ELSE 0 END ORDER BY concern, rank) = 1 THEN 1 ELSE 0 END AS counter
  FROM chain
) AS chosen
WHERE rank <= 6 OR counter = 1
ORDER BY rank, chain_id
