-- Firms that buy and sell one code so often that no single purchase can be told from its rivals: in and out, in all.
SELECT
  CAST(f.party_id AS VARCHAR) AS party_id,
  CAST(t.hs6 AS VARCHAR) AS goods,
  CAST(t.consignments_in AS BIGINT) AS consignments_in,
  CAST(t.consignments_out AS BIGINT) AS consignments_out,
  CAST(t.quantity_in AS DECIMAL(18, 4)) AS quantity_in,
  CAST(t.quantity_out AS DECIMAL(18, 4)) AS quantity_out,
  CAST(t.kg_in AS DECIMAL(18, 4)) AS kg_in,
  CAST(t.kg_out AS DECIMAL(18, 4)) AS kg_out,
  CAST(concat('through a hub, not traceable lot by lot: firms with at least ', CAST($size AS VARCHAR), ' purchases of a code have ', $found, ' of their sales traced with a probability of a half') AS VARCHAR) AS reason
FROM (
  SELECT
    firm, hs6,
    sum(CASE WHEN way = 0 THEN 1 ELSE 0 END) AS consignments_in,
    sum(CASE WHEN way = 1 THEN 1 ELSE 0 END) AS consignments_out,
    sum(CASE WHEN way = 0 THEN pieces END) AS quantity_in,
    sum(CASE WHEN way = 1 THEN pieces END) AS quantity_out,
    sum(CASE WHEN way = 0 THEN kg END) AS kg_in,
    sum(CASE WHEN way = 1 THEN kg END) AS kg_out
  FROM (
    SELECT firm, hs6, 0 AS way, kg, CASE WHEN unit = 'C62' THEN quantity END AS pieces FROM bought WHERE hs6 IS NOT NULL
    UNION ALL
    SELECT firm, hs6, 1 AS way, kg, CASE WHEN unit = 'C62' THEN quantity END AS pieces FROM sold WHERE hs6 IS NOT NULL
  ) AS side
  GROUP BY firm, hs6
) AS t
JOIN chain_firm AS f ON f.firm = t.firm
WHERE t.consignments_in >= $size AND t.consignments_out >= $size
