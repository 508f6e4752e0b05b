-- Records under the number of a declaration, with that number apart from a mark of its version: `.../5016594/01` (the
-- EAEU's correction of a declaration), `A-77 v2`, `A-77/AMD1`. Only numbers that stand under more than one record of the
-- same item: the item is the line, else the code with the text. Records that repeat another cell for cell are left out.
WITH written AS (
  SELECT
    s.shipment_id,
    UPPER(TRIM(s.declaration_id)) AS number,
    CASE
      WHEN REGEXP_MATCHES(UPPER(TRIM(s.declaration_id)), '^[0-9]{5,8}/[0-9]{6}/[0-9A-ZА-Я]{5,8}/[0-9]{2}$')
        THEN SUBSTR(UPPER(TRIM(s.declaration_id)), 1, LENGTH(TRIM(s.declaration_id)) - 3)
      ELSE REGEXP_REPLACE(UPPER(TRIM(s.declaration_id)), '[-/_ .(]+(VERSION|VER|V|AMENDMENT|AMEND|AMD|A|REV|R|CORR|КДТ|ИЗМ)[.]?[-/_ ]?[0-9]{1,2}[)]?$', '')
    END AS paper
  FROM shipment_row AS s
  WHERE s.declaration_id IS NOT NULL
),
item AS (
  SELECT
    s.shipment_id,
    CAST(w.paper AS VARCHAR) AS paper,
    COALESCE(TRY_CAST(REGEXP_REPLACE(REGEXP_REPLACE(SUBSTR(w.number, LENGTH(w.paper) + 1), '^[^0-9]*', ''), '[^0-9]*$', '') AS BIGINT), 0) AS version,
    COALESCE(s.line_no, CONCAT('=', COALESCE(SUBSTR(s.hs_code, 1, 6), ''), ' ', COALESCE(LOWER(s.description), ''))) AS item,
    CASE WHEN s.line_no IS NULL THEN 0 ELSE 1 END AS lined
  FROM shipment_row AS s
  INNER JOIN written AS w ON w.shipment_id = s.shipment_id
  LEFT JOIN duplicate_same AS d ON d.shipment_id = s.shipment_id
  WHERE d.shipment_id IS NULL
),
counted AS (
  SELECT shipment_id, paper, version, item, lined, COUNT(*) OVER (PARTITION BY paper, item) AS n
  FROM item
)
SELECT
  c.shipment_id, c.paper, c.version, c.item, c.lined,
  s.source, s.row, s.value AS value_declared,
  f.position * 1000000000000 + s.row AS place,
  f.layout,
  s.direction,
  s.date,
  SUBSTR(s.hs_code, 1, 6) AS hs6,
  LOWER(s.description) AS goods,
  LOWER(COALESCE(s.importer_id, s.importer_name)) AS buyer,
  LOWER(COALESCE(s.exporter_id, s.exporter_name)) AS seller,
  s.container, s.bill_of_lading, s.brand_declared, s.manufacturer, s.origin_country,
  s.quantity, s.net_kg, s.value, s.currency
FROM counted AS c
INNER JOIN shipment_row AS s ON s.shipment_id = c.shipment_id
INNER JOIN intake_file AS f ON f.source = s.source
WHERE c.n > 1
