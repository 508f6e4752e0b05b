-- A lot that names no model is taken for the model of its seller or buyer whose pieces weigh the same within 4 %, where there is one.
SELECT id, model
FROM (
  SELECT
    id, model,
    row_number() OVER (PARTITION BY id ORDER BY abs(piece - known), model) AS place
  FROM (
    SELECT l.id, k.model, CAST(floor(l.kg * 1000000 / nullif(l.quantity, 0)) AS BIGINT) AS piece, k.piece AS known
    FROM lot_told AS l
    JOIN known_goods AS k ON k.firm = l.seller AND k.hs6 = l.hs6
    WHERE l.model IS NULL AND l.kg > 0 AND l.quantity > 0
    UNION ALL
    SELECT l.id, k.model, CAST(floor(l.kg * 1000000 / nullif(l.quantity, 0)) AS BIGINT) AS piece, k.piece AS known
    FROM lot_told AS l
    JOIN known_goods AS k ON k.firm = l.buyer AND k.hs6 = l.hs6
    WHERE l.model IS NULL AND l.kg > 0 AND l.quantity > 0
  ) AS beside
  WHERE abs(piece - known) * 25 <= known
) AS ranked
WHERE place = 1
