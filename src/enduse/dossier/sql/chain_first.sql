-- The first chains by rank, the longest, and the first of those with least concern as a counter-example.
SELECT chain_id, rank, continuity, concern, goods, quantity, net_kg, reasons, weakest_link, rivals, alternative, counter, longest
FROM (
  SELECT
    chain_id, rank, continuity, concern, goods, quantity, net_kg, reasons, weakest_link, rivals, alternative,
    CASE WHEN rank > 5 AND row_number() OVER (PARTITION BY CASE WHEN rank > 5 THEN 1 ELSE 0 END ORDER BY concern, rank) = 1 THEN 1 ELSE 0 END AS counter,
    CASE WHEN hops >= 3 AND row_number() OVER (ORDER BY CASE WHEN concern > 0 THEN 0 ELSE 1 END, hops DESC, rank) = 1 THEN 1 ELSE 0 END AS longest
  FROM chain
) AS chosen
WHERE rank <= 5 OR counter = 1 OR longest = 1
ORDER BY rank, chain_id
