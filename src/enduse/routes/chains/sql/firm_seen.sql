-- When each firm was first seen, in how much trade, and how much of it in each chapter of the nomenclature.
SELECT firm, min(date) AS first_seen, count(*) AS sides
FROM (SELECT seller AS firm, first_date AS date FROM consigned UNION ALL SELECT buyer AS firm, first_date AS date FROM consigned) AS side
GROUP BY firm
