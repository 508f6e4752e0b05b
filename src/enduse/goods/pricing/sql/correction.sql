-- Slips a row's two witnesses point to: one far off, the other ordinary, and a usual slip that would bring both home.
WITH both_sides AS (
  SELECT
    u.shipment_id, u.pieces, u.kg, u.value,
    p.x AS piece_x, p.m AS piece_m, p.s AS piece_s, k.x AS kg_x, k.m AS kg_m, k.s AS kg_s,
    CAST(p.z AS DOUBLE) AS z_piece, CAST(k.z AS DOUBLE) AS z_kg
  FROM price_unit AS u
  JOIN price_peer AS p ON p.shipment_id = u.shipment_id AND p.per = 'piece'
  JOIN price_peer AS k ON k.shipment_id = u.shipment_id AND k.per = 'kg'
  WHERE p.z IS NOT NULL AND k.z IS NOT NULL AND p.n >= 6 AND k.n >= 6
),
tried AS (
  -- ln 1000 = 6.907755
  SELECT
    shipment_id, 'quantity' AS field, pieces AS stated, pieces / 1000 AS proposed, 'quantity_in_thousandths' AS rule_id,
    z_piece AS before, (piece_x + 6.907755 - piece_m) / nullif(piece_s, 0) AS after
  FROM both_sides WHERE abs(z_kg) <= $width
  UNION ALL
  SELECT shipment_id, 'quantity', pieces, pieces * 1000, 'quantity_in_thousands', z_piece, (piece_x - 6.907755 - piece_m) / nullif(piece_s, 0)
  FROM both_sides WHERE abs(z_kg) <= $width
  UNION ALL
  SELECT shipment_id, 'net_kg', kg, kg / 1000, 'weight_in_grams', z_kg, (kg_x + 6.907755 - kg_m) / nullif(kg_s, 0)
  FROM both_sides WHERE abs(z_piece) <= $width
  UNION ALL
  SELECT shipment_id, 'net_kg', kg, kg * 1000, 'weight_in_tonnes', z_kg, (kg_x - 6.907755 - kg_m) / nullif(kg_s, 0)
  FROM both_sides WHERE abs(z_piece) <= $width
  UNION ALL
  -- As many pieces as kilograms, and the pieces far off: the weight was written into the quantity.
  SELECT shipment_id, 'quantity', pieces, value / nullif(power(2.718281828, piece_m), 0), 'pieces_are_kilograms', z_piece, 0.0
  FROM both_sides WHERE abs(z_kg) <= $width AND abs(pieces - kg) <= 0.005 * kg AND piece_m < 25 AND piece_m > -20
  UNION ALL
  -- Value thousand times too large or small, or of roubles, yuan, hryvnias, tenge or liras read as dollars: both witnesses are off by the same step.
  SELECT
    b.shipment_id, 'value', b.value, b.value / nullif(f.step, 0), f.rule_id,
    CASE WHEN abs(b.z_piece) < abs(b.z_kg) THEN b.z_piece ELSE b.z_kg END,
    greatest(abs((b.piece_x - f.log_step - b.piece_m) / nullif(b.piece_s, 0)), abs((b.kg_x - f.log_step - b.kg_m) / nullif(b.kg_s, 0)))
  FROM both_sides AS b
  CROSS JOIN (
    SELECT 1000.0 AS step, 6.907755 AS log_step, 'value_in_thousandths' AS rule_id
    UNION ALL SELECT 0.001, -6.907755, 'value_in_thousands'
    UNION ALL SELECT 80.0, 4.382027, 'value_in_roubles'
    UNION ALL SELECT 460.0, 6.131226, 'value_in_tenge'
  ) AS f
  WHERE b.z_piece * b.z_kg > 0
),
best AS (
  SELECT
    shipment_id, field, stated, proposed, rule_id, before, after,
    row_number() OVER (PARTITION BY shipment_id ORDER BY abs(after), rule_id) AS place
  FROM tried
  WHERE abs(before) >= 6 AND abs(after) <= $width AND stated < 100000000000 AND proposed < 100000000000
)
SELECT
  CAST(shipment_id AS VARCHAR) AS shipment_id,
  CAST(field AS VARCHAR) AS field,
  CAST(CAST(stated AS DECIMAL(18, 4)) AS VARCHAR) AS stated,
  CAST(CAST(proposed AS DECIMAL(18, 4)) AS VARCHAR) AS proposed,
  CAST(rule_id AS VARCHAR) AS rule,
  CAST(round(1 - abs(after) / nullif(abs(before), 0), 4) AS DOUBLE) AS score
FROM best
WHERE place = 1
