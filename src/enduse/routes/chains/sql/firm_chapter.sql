-- Consignments of each firm in each chapter of the nomenclature, on either side.
SELECT firm, chapter, count(*) AS sides
FROM (
  SELECT seller AS firm, substr(hs6, 1, 2) AS chapter FROM consigned WHERE hs6 IS NOT NULL
  UNION ALL
  SELECT buyer AS firm, substr(hs6, 1, 2) AS chapter FROM consigned WHERE hs6 IS NOT NULL
) AS side
GROUP BY firm, chapter
