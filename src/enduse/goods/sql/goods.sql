-- Back to records: the answer of each record's combination, with the weight for a piece checked against the subheading.
WITH keyed AS (
    SELECT
        shipment_id,
        coalesce(description, '') AS description,
        coalesce(nullif(brand_declared, ''), manufacturer, '') AS maker,
        coalesce(substr(hs_code, 1, 8), '') AS hs,
        coalesce(hs_revision, '') AS hs_revision,
        -- How many of the days of controls.dates() the record has passed; -1 where it has no date.
        CASE
            WHEN date IS NULL THEN -1
            WHEN date < CAST('2023-05-19' AS DATE) THEN 0
            WHEN date < CAST('2023-09-01' AS DATE) THEN 1
            WHEN date < CAST('2023-09-26' AS DATE) THEN 2
            WHEN date < CAST('2023-12-19' AS DATE) THEN 3
            WHEN date < CAST('2024-02-23' AS DATE) THEN 4
            WHEN date < CAST('2024-09-01' AS DATE) THEN 5
            ELSE 6
        END AS period,
        CASE
            WHEN origin_country = 'CN' THEN 1
            WHEN departure_country = 'CN' THEN 1
            WHEN exporter_country = 'CN' THEN 1
            WHEN origin_country IS NULL AND departure_country IS NULL AND exporter_country IS NULL THEN -1
            ELSE 0
        END AS from_china,
        CASE WHEN unit IN ('C62', 'H87', 'SET', 'EA', 'PCE') OR unit IS NULL THEN CAST(net_kg AS DOUBLE) / nullif(CAST(quantity AS DOUBLE), 0) END AS unit_kg
    FROM shipment_row
),
answered AS (
    SELECT
        k.shipment_id, nullif(r.family, '') AS family, nullif(r.brand, '') AS brand, nullif(r.model, '') AS model,
        c.controls, CASE WHEN r.vague_rules = '' THEN 0 ELSE 1 END AS vague, nullif(r.vague_rules, '') AS vague_rules, r.confidence,
        CASE
            WHEN r.family = 'drone' AND k.unit_kg > 0 AND (k.unit_kg < b.low OR k.unit_kg > b.high)
                THEN concat(r.evidence, ';unit_kg=', CAST(CAST(k.unit_kg AS DECIMAL(18, 3)) AS VARCHAR), ' outside ', b.hs6)
            ELSE nullif(r.evidence, '')
        END AS evidence,
        nullif(r.basis, '') AS basis
    FROM keyed AS k
    JOIN goods_read AS r
        ON k.description = r.description AND k.maker = r.maker AND k.hs = r.hs AND k.hs_revision = r.hs_revision
    LEFT JOIN goods_control AS c
        ON c.family = coalesce(r.family, '') AND c.listed = r.listed AND c.period = k.period AND c.from_china = k.from_china AND c.spray = r.spray
    LEFT JOIN goods_band AS b ON substr(k.hs, 1, 6) = b.hs6
)
SELECT
    CAST(shipment_id AS VARCHAR) AS shipment_id, CAST(family AS VARCHAR) AS family, CAST(brand AS VARCHAR) AS brand,
    CAST(model AS VARCHAR) AS model, CAST(controls AS VARCHAR) AS controls, CAST(vague AS INTEGER) AS vague,
    CAST(vague_rules AS VARCHAR) AS vague_rules, CAST(confidence AS DOUBLE) AS confidence,
    CAST(evidence AS VARCHAR) AS evidence, CAST(basis AS VARCHAR) AS basis
FROM answered
