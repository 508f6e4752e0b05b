-- Records whose text, code, weight and date do not go together, one line for each rule of the table goods_rules they meet.
WITH both_sides AS (
    SELECT
        s.shipment_id, g.family, g.brand, g.model, g.basis, g.confidence, coalesce(g.evidence, '') AS evidence,
        coalesce(s.hs_code, '') AS hs, substr(coalesce(s.hs_code, ''), 1, 6) AS hs6, substr(coalesce(s.hs_code, ''), 1, 4) AS hs4, s.date,
        -- Text or model says so, not the code alone.
        CASE WHEN g.basis IN ('text', 'code+text') AND g.confidence >= $sure THEN 1 ELSE 0 END AS said,
        CASE WHEN s.date IS NULL OR s.date >= CAST('2022-01-01' AS DATE) THEN 1 ELSE 0 END AS hs2022,
        CASE WHEN s.unit IN ('C62', 'H87', 'SET', 'EA', 'PCE') OR s.unit IS NULL THEN CAST(s.net_kg AS DOUBLE) / nullif(CAST(s.quantity AS DOUBLE), 0) END AS unit_kg
    FROM shipment_row AS s
    JOIN goods AS g ON g.shipment_id = s.shipment_id
    WHERE g.family IS NOT NULL
),
met AS (
    SELECT shipment_id, 'text_drone_code_camera' AS rule_id FROM both_sides
    WHERE family = 'drone' AND said = 1 AND hs4 = '8525' AND hs2022 = 1
    UNION ALL
    SELECT shipment_id, 'text_drone_code_toy' AS rule_id FROM both_sides
    WHERE family = 'drone' AND said = 1 AND hs4 = '9503'
    UNION ALL
    SELECT shipment_id, 'text_drone_code_manned' AS rule_id FROM both_sides
    WHERE family = 'drone' AND said = 1 AND hs4 = '8802' AND hs2022 = 1
    UNION ALL
    SELECT shipment_id, 'text_drone_code_parts' AS rule_id FROM both_sides
    WHERE family = 'drone' AND said = 1 AND hs4 IN ('8803', '8807')
    UNION ALL
    SELECT shipment_id, 'text_drone_code_machine_part' AS rule_id FROM both_sides
    WHERE family = 'drone' AND said = 1 AND hs4 IN ('8479', '8485', '8487', '8543', '8548')
    UNION ALL
    SELECT shipment_id, 'text_watched_code_other' AS rule_id FROM both_sides
    WHERE family <> 'chp' AND said = 1 AND basis = 'text' AND length(hs) >= 4 AND str_position(evidence, 'note=the code is of other goods') > 0
        AND hs4 NOT IN ('8479', '8485', '8487', '8525', '8543', '8548', '8802', '8803', '8807', '9503')
    UNION ALL
    SELECT shipment_id, 'text_part_code_drone' AS rule_id FROM both_sides
    WHERE family = 'drone_part' AND hs4 = '8806' AND basis = 'code+text'
    UNION ALL
    SELECT shipment_id, 'text_other_code_drone' AS rule_id FROM both_sides
    WHERE family = 'drone' AND hs4 = '8806' AND basis = 'code' AND str_position(evidence, 'note=the text names other goods') > 0
    UNION ALL
    SELECT shipment_id, 'weight_outside_subheading' AS rule_id FROM both_sides
    WHERE family = 'drone' AND str_position(evidence, 'unit_kg=') > 0
    UNION ALL
    SELECT b.shipment_id, 'model_outside_subheading' AS rule_id
    FROM both_sides AS b
    JOIN goods_model AS m ON m.brand = b.brand AND m.model = b.model
    WHERE b.family = 'drone' AND b.said = 1 AND m.codes <> '' AND length(b.hs6) = 6 AND b.hs4 = '8806' AND b.hs6 <> '880610'
        AND str_position(m.codes, b.hs6) = 0
    UNION ALL
    SELECT b.shipment_id, 'weight_against_model' AS rule_id
    FROM both_sides AS b
    JOIN goods_model AS m ON m.brand = b.brand AND m.model = b.model
    WHERE b.family = 'drone' AND b.said = 1 AND b.unit_kg > 0 AND (b.unit_kg < m.low OR b.unit_kg > m.high)
    UNION ALL
    SELECT shipment_id, 'code_before_its_revision' AS rule_id FROM both_sides
    WHERE hs4 IN ('8806', '8807') AND date < CAST('2022-01-01' AS DATE)
    UNION ALL
    SELECT shipment_id, 'code_after_its_revision' AS rule_id FROM both_sides
    WHERE (hs4 = '8803' OR hs6 = '852580') AND date >= CAST('2023-01-01' AS DATE)
    UNION ALL
    SELECT shipment_id, 'text_priority_code_other' AS rule_id FROM both_sides
    WHERE family = 'chp' AND basis = 'text' AND length(hs) >= 6
)
SELECT
    CAST(m.shipment_id AS VARCHAR) AS subject, CAST('shipment' AS VARCHAR) AS subject_kind, CAST(m.rule_id AS VARCHAR) AS rule_id,
    CAST(r.source AS VARCHAR) AS source, CAST(r.strength AS VARCHAR) AS strength, CAST(m.shipment_id AS VARCHAR) AS evidence
FROM met AS m
JOIN goods_rule AS r ON r.rule_id = m.rule_id
