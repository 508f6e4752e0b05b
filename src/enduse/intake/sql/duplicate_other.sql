-- A lot that two files of different columns hold, without a number both of them name: the same day, code and firm, and two
-- amounts that agree; what both state besides must agree too (weights that one of them rounded to kilograms, names without
-- their signs and case). Equal lots of a day are paired one by one, so a lot that
-- stands there more often in the later file is counted as often. The two sides of a border are never paired here.
WITH layouts AS (
  SELECT COUNT(DISTINCT layout) AS n FROM intake_file WHERE layout IS NOT NULL
),
lot AS (
  SELECT
    s.shipment_id, s.source, s.row, s.value AS value_declared, f.layout, f.position,
    COALESCE(s.direction, '') AS direction,
    s.date,
    SUBSTR(s.hs_code, 1, 6) AS hs6,
    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LOWER(COALESCE(s.importer_name, '')), '«', ''), '»', ''), '"', ''), '.', ''), ',', ''), ' ', ''), '-', '') AS importer,
    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LOWER(COALESCE(s.exporter_name, '')), '«', ''), '»', ''), '"', ''), '.', ''), ',', ''), ' ', ''), '-', '') AS exporter,
    COALESCE(s.declaration_id, '') AS paper,
    CAST(ROUND(s.quantity, 2) AS DECIMAL(18, 2)) AS quantity,
    s.net_kg, CAST(ROUND(s.net_kg, 0) AS DECIMAL(18, 0)) AS kg,
    CAST(ROUND(s.value_usd, 0) AS DECIMAL(18, 0)) AS usd
  FROM shipment_row AS s
  INNER JOIN intake_file AS f ON f.source = s.source
  INNER JOIN layouts AS l ON l.n > 1
  LEFT JOIN duplicate_same AS d ON d.shipment_id = s.shipment_id
  LEFT JOIN duplicate_version AS v ON v.shipment_id = s.shipment_id
  WHERE d.shipment_id IS NULL AND v.shipment_id IS NULL AND s.date_precision = 'day' AND s.hs_code IS NOT NULL
),
sign AS (
  SELECT shipment_id, CONCAT_WS('|', 'qn', direction, CAST(date AS VARCHAR), hs6, CAST(quantity AS VARCHAR), CAST(kg AS VARCHAR)) AS sign FROM lot WHERE quantity IS NOT NULL AND net_kg IS NOT NULL
  UNION ALL
  SELECT shipment_id, CONCAT_WS('|', 'qv', direction, CAST(date AS VARCHAR), hs6, CAST(quantity AS VARCHAR), CAST(usd AS VARCHAR)) AS sign FROM lot WHERE quantity IS NOT NULL AND usd IS NOT NULL
  UNION ALL
  SELECT shipment_id, CONCAT_WS('|', 'nv', direction, CAST(date AS VARCHAR), hs6, CAST(kg AS VARCHAR), CAST(usd AS VARCHAR)) AS sign FROM lot WHERE net_kg IS NOT NULL AND usd IS NOT NULL
),
shared AS (
  SELECT s.sign
  FROM sign AS s
  INNER JOIN lot AS l ON l.shipment_id = s.shipment_id
  GROUP BY s.sign
  HAVING MIN(l.layout) <> MAX(l.layout)
),
ranked AS (
  SELECT s.sign, l.*, ROW_NUMBER() OVER (PARTITION BY s.sign, l.source, l.importer, l.exporter ORDER BY l.row) AS nth
  FROM shared AS x
  INNER JOIN sign AS s ON s.sign = x.sign
  INNER JOIN lot AS l ON l.shipment_id = s.shipment_id
),
pair AS (
  SELECT
    b.shipment_id, b.source, b.row, b.value_declared, a.shipment_id AS of_shipment_id,
    ROW_NUMBER() OVER (PARTITION BY b.shipment_id ORDER BY a.position, a.row, a.shipment_id) AS choice
  FROM ranked AS a
  INNER JOIN ranked AS b ON b.sign = a.sign AND b.nth = a.nth
  WHERE a.position < b.position
    AND a.layout <> b.layout
    AND (a.importer = b.importer OR a.importer = '' OR b.importer = '')
    AND (a.exporter = b.exporter OR a.exporter = '' OR b.exporter = '')
    AND ((a.importer = b.importer AND a.importer <> '') OR (a.exporter = b.exporter AND a.exporter <> ''))
    AND (a.paper = b.paper OR a.paper = '' OR b.paper = '')
    AND COALESCE(a.quantity, b.quantity, 0) = COALESCE(b.quantity, a.quantity, 0)
    AND (COALESCE(a.net_kg, b.net_kg, 0) = COALESCE(b.net_kg, a.net_kg, 0) OR a.kg = b.net_kg OR a.net_kg = b.kg)
    AND ABS(COALESCE(a.usd, b.usd, 0) - COALESCE(b.usd, a.usd, 0)) <= 1
)
SELECT
  CAST(shipment_id AS VARCHAR) AS shipment_id,
  CAST(source AS VARCHAR) AS source,
  CAST(row AS BIGINT) AS row,
  CAST(of_shipment_id AS VARCHAR) AS of_shipment_id,
  CAST('batch' AS VARCHAR) AS reason,
  CAST(value_declared AS DECIMAL(18, 4)) AS value
FROM pair
WHERE choice = 1
