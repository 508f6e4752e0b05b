-- Every distinct combination that can lead to an answer of its own: text, maker, code, revision.
SELECT DISTINCT
    coalesce(description, '') AS description,
    coalesce(nullif(brand_declared, ''), manufacturer, '') AS maker,
    coalesce(substr(hs_code, 1, 8), '') AS hs,
    coalesce(hs_revision, '') AS hs_revision
FROM shipment_row
