-- The rows that some reading counts. Broad leaves out only what the record itself puts outside the question.
SELECT
  CAST(shipment_id AS VARCHAR) AS shipment_id,
  CAST(CASE WHEN certainty = 2 AND unstated_place = 0 AND unstated_date = 0 AND (part = 0 OR $only_parts = 1) THEN 1 ELSE 0 END AS INTEGER) AS strict,
  CAST(CASE WHEN step = 'kept' THEN 1 ELSE 0 END AS INTEGER) AS central,
  CAST(1 AS INTEGER) AS broad,
  CAST(certainty AS BIGINT) AS certainty,
  CAST(part AS INTEGER) AS part,
  CAST(unstated_place AS INTEGER) AS unstated_place,
  CAST(unstated_date AS INTEGER) AS unstated_date
FROM stepped
WHERE step IN ('kept', 'parts', 'unsure_goods', 'place_not_stated', 'date_not_stated')
