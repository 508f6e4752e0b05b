-- Every record that can stand in a chain, each lot once as far as its file tells: two firms that differ, and a day.
-- Firms become numbers: forty million comparisons of numbers cost a tenth of as many comparisons of names. The number of a record is its row
-- among the rows of all files before it, so that nothing has to be sorted for it.
WITH file AS (
  SELECT source, sum(most) OVER (ORDER BY source ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - most AS earlier
  FROM (SELECT source, max(row) AS most FROM shipment_row GROUP BY source) AS counted
),
named AS (
  -- What texts, lists of goods and brands say is joined before any record is left out: these are joins of a few words to many records.
  SELECT
    CAST(f.earlier + s.row AS BIGINT) AS id,
    s.shipment_id,
    s.row,
    s.value,
    s.source,
    s.direction AS side,
    CASE WHEN s.date_precision = 'month' THEN CAST(s.date + INTERVAL 14 DAY AS DATE) ELSE s.date END AS date,
    CASE WHEN s.date_precision = 'month' THEN 1 ELSE 0 END AS coarse,
    substr(s.hs_code, 1, 6) AS hs6,
    coalesce(g.model, t.model) AS model,
    t.mark,
    coalesce(w.word, t.maker) AS maker,
    s.unit,
    CASE WHEN s.quantity > 0 AND s.unit <> 'KGM' THEN s.quantity END AS quantity,
    CASE
      WHEN s.net_kg > 0 THEN s.net_kg
      WHEN s.unit = 'KGM' AND s.quantity > 0 THEN s.quantity
      WHEN s.gross_kg > 0 THEN s.gross_kg
    END AS kg,
    CASE WHEN s.value_usd > 0 THEN s.value_usd END AS value_usd,
    s.origin_country AS origin,
    coalesce(s.departure_country, s.exporter_country) AS from_country,
    coalesce(s.destination_country, s.importer_country) AS to_country,
    g.family,
    nullif(s.container, '') AS container,
    -- How much the record says, to choose between two declarations of one lot.
    CASE WHEN s.quantity > 0 THEN 2 ELSE 0 END + CASE WHEN s.net_kg > 0 THEN 2 ELSE 0 END + CASE WHEN s.value_usd > 0 THEN 2 ELSE 0 END
      + CASE WHEN coalesce(g.model, t.model) IS NOT NULL THEN 2 ELSE 0 END + CASE WHEN s.origin_country IS NOT NULL THEN 1 ELSE 0 END
      + CASE WHEN s.date_precision = 'day' THEN 1 ELSE 0 END AS says
  FROM shipment_row AS s
  JOIN file AS f ON f.source = s.source
  LEFT JOIN chain_text AS t ON t.description = s.description
  LEFT JOIN chain_brand AS w ON w.brand = s.brand_declared
  LEFT JOIN (
    SELECT shipment_id, nullif(model, '') AS model, nullif(family, '') AS family FROM goods WHERE model <> '' OR family <> ''
  ) AS g ON g.shipment_id = s.shipment_id
  WHERE s.date IS NOT NULL
)
SELECT
  n.id,
  n.shipment_id,
  n.row,
  n.value,
  n.source,
  n.side,
  n.date,
  n.coarse,
  a.firm AS seller,
  b.firm AS buyer,
  n.hs6,
  n.model,
  n.mark,
  n.maker,
  n.unit,
  n.quantity,
  n.kg,
  n.value_usd,
  n.origin,
  -- A file of exports often leaves its own country out: then the firm's seat says it.
  coalesce(n.from_country, a.country) AS from_country,
  coalesce(n.to_country, b.country) AS to_country,
  n.family,
  n.container,
  n.says
FROM named AS n
JOIN shipment_party AS p ON p.shipment_id = n.shipment_id
JOIN chain_firm AS a ON a.party_id = p.exporter_party
JOIN chain_firm AS b ON b.party_id = p.importer_party
LEFT JOIN duplicate_row AS d ON d.shipment_id = n.shipment_id
WHERE d.shipment_id IS NULL AND p.exporter_party <> p.importer_party
