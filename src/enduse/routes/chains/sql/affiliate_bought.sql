-- What firms with affiliates bought, in the columns of `bought`.
SELECT
  c.id, c.buyer AS firm, coalesce(c.arrived, c.sent) AS date, CAST(coalesce(c.arrived, c.sent) - INTERVAL 10 DAY AS DATE) AS ready, CASE WHEN c.arrived IS NULL THEN 0 ELSE 1 END AS sure,
  c.hs6, c.model, c.kind, c.mark, c.container, c.maker, c.unit, c.quantity, c.kg, c.value_usd, c.origin, c.to_country AS country,
  CAST(floor(least(coalesce(c.kg, 0), 1000000000) * 1000) AS BIGINT) AS grams
FROM consigned AS c
WHERE c.buyer IN (SELECT buyer FROM affiliate)
