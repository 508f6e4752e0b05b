-- Grams a piece of every model in the hands of every firm, from its lots that name the model.
SELECT firm, hs6, model, CAST(floor(sum(kg) * 1000000 / nullif(sum(quantity), 0)) AS BIGINT) AS piece
FROM (
  SELECT seller AS firm, hs6, model, kg, quantity FROM lot_told WHERE model IS NOT NULL AND kg > 0 AND quantity > 0
  UNION ALL
  SELECT buyer AS firm, hs6, model, kg, quantity FROM lot_told WHERE model IS NOT NULL AND kg > 0 AND quantity > 0
) AS told
GROUP BY firm, hs6, model
