-- Every distinct combination that can lead to an answer of its own: text, maker, code, revision, control period, origin.
-- The periods are those of controls.PERIODS; -1 where the record has no date.
SELECT DISTINCT
    coalesce(description, '') AS description,
    coalesce(nullif(brand_declared, ''), manufacturer, '') AS maker,
    coalesce(substr(hs_code, 1, 8), '') AS hs,
    coalesce(hs_revision, '') AS hs_revision,
    CASE
        WHEN date IS NULL THEN -1
        WHEN date < CAST('2023-09-01' AS DATE) THEN 0
        WHEN date < CAST('2024-09-01' AS DATE) THEN 1
        ELSE 2
    END AS period,
    CASE
        WHEN origin_country = 'CN' THEN 1
        WHEN departure_country = 'CN' THEN 1
        WHEN exporter_country = 'CN' THEN 1
        WHEN origin_country IS NULL AND departure_country IS NULL AND exporter_country IS NULL THEN -1
        ELSE 0
    END AS from_china
FROM shipment_row
