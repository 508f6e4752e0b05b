-- What affiliates sold, in the columns of `sold`.
SELECT
  c.id, c.seller AS firm, coalesce(c.sent, c.arrived) AS date, CASE WHEN c.sent IS NULL THEN 0 ELSE 1 END AS sure,
  c.hs6, c.model, c.kind, c.mark, c.container, c.maker, c.unit, c.quantity, c.kg, c.value_usd, c.origin, c.from_country AS country,
  CAST(floor(least(coalesce(c.kg, 0), 1000000000) * 1000) AS BIGINT) AS grams
FROM consigned AS c
WHERE c.seller IN (SELECT seller FROM affiliate)
