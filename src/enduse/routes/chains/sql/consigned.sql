-- One row per consignment, numbered. Sums stay empty where a lot does not state the amount: half a sum is a wrong number.
SELECT
  row_number() OVER (ORDER BY consignment_id) AS id,
  *
FROM (
  SELECT
    s.consignment_id,
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
  JOIN lot AS l ON l.shipment_id = s.shipment_id
  GROUP BY s.consignment_id
) AS summed
