SELECT
  CAST(c.consignment_id AS VARCHAR) AS consignment_id,
  CAST(a.party_id AS VARCHAR) AS seller,
  CAST(b.party_id AS VARCHAR) AS buyer,
  CAST(coalesce(c.model, c.hs6, 'not stated') AS VARCHAR) AS goods,
  CAST(c.hs6 AS VARCHAR) AS hs6,
  CAST(c.first_date AS DATE) AS first_date,
  CAST(c.last_date AS DATE) AS last_date,
  CAST(CASE WHEN c.unit = 'C62' THEN c.quantity END AS DECIMAL(18, 4)) AS quantity,
  CAST(c.kg AS DECIMAL(18, 4)) AS net_kg,
  CAST(c.value_usd AS DECIMAL(18, 4)) AS value_usd,
  CAST(c.from_country AS VARCHAR) AS from_country,
  CAST(c.to_country AS VARCHAR) AS to_country,
  CAST(c.lots AS BIGINT) AS rows
FROM consigned AS c
JOIN chain_firm AS a ON a.firm = c.seller
JOIN chain_firm AS b ON b.firm = c.buyer
