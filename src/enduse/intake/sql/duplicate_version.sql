-- One item of one declaration that stands there again: in a later version, on a later day, in a later delivery. The last
-- is kept, by version, day and order of the case. It must be the same goods between the same firms, with one thing of it
-- unchanged (text, quantity, weight or value). Inside one file, one version and one day, two records of an item may be
-- parts of it (a line split over containers, bills, brands, makers): they are one only if it has a line number and they
-- agree in all of these and in their text.
WITH version AS (
  SELECT
    p.*,
    COUNT(*) OVER (PARTITION BY p.paper, p.item, p.source, p.version, p.date) AS at_once,
    ROW_NUMBER() OVER (PARTITION BY p.paper, p.item ORDER BY p.version DESC, p.date DESC NULLS LAST, p.place DESC) AS age
  FROM duplicate_paper AS p
),
pair AS (
  SELECT
    a.shipment_id, a.source, a.row, a.value_declared, b.shipment_id AS of_shipment_id,
    CASE WHEN a.layout <> b.layout AND a.version = b.version AND COALESCE(a.date, b.date) = COALESCE(b.date, a.date) THEN 'batch' ELSE 'amended' END AS reason,
    CASE WHEN a.source = b.source AND a.version = b.version AND COALESCE(CAST(a.date AS VARCHAR), '') = COALESCE(CAST(b.date AS VARCHAR), '') THEN 1 ELSE 0 END AS together,
    CASE WHEN a.goods = b.goods THEN 1 ELSE 0 END AS same_goods,
    CASE WHEN COALESCE(a.brand_declared, '') = COALESCE(b.brand_declared, '') AND COALESCE(a.manufacturer, '') = COALESCE(b.manufacturer, '') AND COALESCE(a.origin_country, '') = COALESCE(b.origin_country, '') THEN 1 ELSE 0 END AS same_make,
    CASE WHEN a.quantity = b.quantity THEN 1 ELSE 0 END + CASE WHEN a.net_kg = b.net_kg THEN 1 ELSE 0 END + CASE WHEN a.value = b.value AND COALESCE(a.currency, '') = COALESCE(b.currency, '') THEN 1 ELSE 0 END AS same_amounts,
    a.at_once, a.lined, b.at_once AS at_once_last
  FROM version AS a
  INNER JOIN version AS b ON b.paper = a.paper AND b.item = a.item AND b.age = 1
  WHERE a.age > 1
    AND COALESCE(a.direction, b.direction, '') = COALESCE(b.direction, a.direction, '')
    AND COALESCE(a.hs6, b.hs6, '') = COALESCE(b.hs6, a.hs6, '')
    AND COALESCE(a.buyer, b.buyer, '') = COALESCE(b.buyer, a.buyer, '')
    AND COALESCE(a.seller, b.seller, '') = COALESCE(b.seller, a.seller, '')
    AND COALESCE(a.container, b.container, '') = COALESCE(b.container, a.container, '')
    AND COALESCE(a.bill_of_lading, b.bill_of_lading, '') = COALESCE(b.bill_of_lading, a.bill_of_lading, '')
)
SELECT
  CAST(shipment_id AS VARCHAR) AS shipment_id,
  CAST(source AS VARCHAR) AS source,
  CAST(row AS BIGINT) AS row,
  CAST(of_shipment_id AS VARCHAR) AS of_shipment_id,
  CAST(reason AS VARCHAR) AS reason,
  CAST(value_declared AS DECIMAL(18, 4)) AS value
FROM pair
WHERE (together = 0 AND at_once = 1 AND at_once_last = 1 AND same_goods + same_amounts > 0)
  OR (together = 1 AND at_once = 2 AND lined = 1 AND same_goods = 1 AND same_make = 1)
