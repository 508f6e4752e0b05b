-- Every lot once: the better documented of two declarations, with what only the other one says; sent and arrived where both sides are held.
SELECT
  t.id,
  t.shipment_id,
  t.seller,
  t.buyer,
  coalesce(t.hs6, o.hs6) AS hs6,
  coalesce(t.model, o.model) AS model,
  coalesce(t.mark, o.mark) AS mark,
  coalesce(t.container, o.container) AS container,
  coalesce(t.maker, o.maker) AS maker,
  coalesce(t.family, o.family) AS family,
  t.unit,
  coalesce(t.quantity, CASE WHEN o.unit = t.unit THEN o.quantity END) AS quantity,
  coalesce(t.kg, o.kg) AS kg,
  coalesce(t.value_usd, o.value_usd) AS value_usd,
  coalesce(t.origin, o.origin) AS origin,
  coalesce(t.from_country, o.from_country) AS from_country,
  coalesce(t.to_country, o.to_country) AS to_country,
  t.date,
  CASE WHEN t.side = 'import' THEN o.date ELSE t.date END AS sent,
  CASE WHEN t.side = 'import' THEN t.date ELSE o.date END AS arrived
FROM trade AS t
LEFT JOIN mirror_kept AS twin ON twin.gone = t.id
LEFT JOIN mirror_kept AS kept ON kept.kept = t.id
LEFT JOIN trade AS o ON o.id = kept.gone
WHERE twin.gone IS NULL
