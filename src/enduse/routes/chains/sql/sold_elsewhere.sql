-- The second decoy: every firm's sales of a commodity are given to the next firm that buys the same commodity.
WITH buyers AS (
  SELECT hs6, firm, lead(firm) OVER (PARTITION BY hs6 ORDER BY firm) AS other, min(firm) OVER (PARTITION BY hs6) AS least
  FROM (SELECT DISTINCT hs6, firm FROM bought WHERE hs6 IS NOT NULL) AS firms
)
SELECT
  s.id, coalesce(b.other, b.least) AS firm, s.date, s.sure, s.hs6, s.model, s.kind, s.mark, s.container, s.maker, s.unit, s.quantity, s.kg, s.value_usd,
  s.origin, s.country, s.grams
FROM sold AS s
JOIN buyers AS b ON b.hs6 = s.hs6 AND b.firm = s.firm
WHERE coalesce(b.other, b.least) <> s.firm
