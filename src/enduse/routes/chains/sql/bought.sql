-- Consignments received by firms that also send: what may go on.
SELECT
  c.id, c.buyer AS firm, coalesce(c.arrived, c.sent) AS date, CASE WHEN c.arrived IS NULL THEN 0 ELSE 1 END AS sure,
  c.hs6, c.model, c.kind, c.mark, c.container, c.maker, c.unit, c.quantity, c.kg, c.value_usd, c.origin, c.to_country AS country,
  CAST(floor(coalesce(c.kg, 0) * 1000) AS BIGINT) AS grams
FROM consigned AS c
WHERE c.buyer IN (SELECT seller FROM consigned)
