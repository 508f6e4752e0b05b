-- One row per consignment, numbered by its first lot. Most are one lot and stand as they are: nothing is added up for them.
-- Sums stay empty where a lot does not state the amount: half a sum is a wrong number.
SELECT
  l.id, l.shipment_id AS consignment_id, l.seller, l.buyer, l.hs6, l.model, l.kind, l.mark, l.container, l.maker, l.family, l.unit,
  CAST(l.quantity AS DECIMAL(18, 4)) AS quantity, CAST(l.kg AS DECIMAL(18, 4)) AS kg, CAST(l.value_usd AS DECIMAL(18, 4)) AS value_usd,
  l.origin, l.from_country, l.to_country, l.date AS first_date, l.date AS last_date, l.sent, l.arrived, s.lots
FROM lot_session AS s
JOIN lot AS l ON l.id = s.id
WHERE s.lots = 1
UNION ALL
SELECT
  s.consignment AS id,
  min(CASE WHEN l.id = s.consignment THEN l.shipment_id END) AS consignment_id,
  min(l.seller) AS seller,
  min(l.buyer) AS buyer,
  min(l.hs6) AS hs6,
  min(l.model) AS model,
  min(l.kind) AS kind,
  CASE WHEN min(l.mark) = max(l.mark) THEN min(l.mark) END AS mark,
  CASE WHEN min(l.container) = max(l.container) THEN min(l.container) END AS container,
  min(l.maker) AS maker,
  min(l.family) AS family,
  min(l.unit) AS unit,
  CASE WHEN count(l.quantity) = count(*) THEN CAST(sum(l.quantity) AS DECIMAL(18, 4)) END AS quantity,
  CASE WHEN count(l.kg) = count(*) THEN CAST(sum(l.kg) AS DECIMAL(18, 4)) END AS kg,
  CASE WHEN count(l.value_usd) = count(*) THEN CAST(sum(l.value_usd) AS DECIMAL(18, 4)) END AS value_usd,
  min(l.origin) AS origin,
  min(l.from_country) AS from_country,
  min(l.to_country) AS to_country,
  min(l.date) AS first_date,
  max(l.date) AS last_date,
  min(l.sent) AS sent,
  min(l.arrived) AS arrived,
  count(*) AS lots
FROM lot_session AS s
JOIN lot AS l ON l.id = s.id
WHERE s.lots > 1
GROUP BY s.consignment
