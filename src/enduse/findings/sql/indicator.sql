-- Published rules that counted rows meet. Each line is an indicator with its rule, never a verdict.
WITH hits AS (
  SELECT DISTINCT c.subject, c.list, c.decision, c.shipment_id
  FROM (
    SELECT p.party_id AS subject, p.list, p.decision, s.shipment_id
    FROM screening AS p
    JOIN counted AS s ON s.exporter_party = p.party_id
    WHERE s.central = 1 AND p.decision IN ('match', 'review')
    UNION ALL
    SELECT p.party_id AS subject, p.list, p.decision, s.shipment_id
    FROM screening AS p
    JOIN counted AS s ON s.importer_party = p.party_id
    WHERE s.central = 1 AND p.decision IN ('match', 'review')
  ) AS c
),
listed AS (
  SELECT
    subject,
    'party' AS subject_kind,
    CASE WHEN decision = 'match' THEN 'listed_name' ELSE 'listed_name_review' END AS rule_id,
    list AS source,
    CASE WHEN decision = 'match' THEN 'strong' ELSE 'weak' END AS strength,
    string_agg(shipment_id, ';' ORDER BY shipment_id) AS evidence
  FROM hits
  GROUP BY subject, decision, list
),
vague AS (
  SELECT
    c.shipment_id AS subject, 'shipment' AS subject_kind, 'vague_text' AS rule_id,
    'published lists of descriptions that are not acceptable: EU ICS2, Canada, US CBP' AS source,
    'weak' AS strength, c.shipment_id AS evidence
  FROM counted AS c
  JOIN goods AS g ON g.shipment_id = c.shipment_id
  WHERE c.central = 1 AND g.vague = 1
),
codes AS (
  SELECT
    c.shipment_id AS subject, 'shipment' AS subject_kind, 'text_against_code' AS rule_id,
    'HS nomenclature: the goods text names watched goods, the declared code is another' AS source,
    'medium' AS strength, c.shipment_id AS evidence
  FROM counted AS c
  JOIN shipment AS s ON s.shipment_id = c.shipment_id
  WHERE c.central = 1 AND c.basis = 'text' AND s.hs_code IS NOT NULL
)
SELECT
  CAST(subject AS VARCHAR) AS subject,
  CAST(subject_kind AS VARCHAR) AS subject_kind,
  CAST(rule_id AS VARCHAR) AS rule_id,
  CAST(source AS VARCHAR) AS source,
  CAST(strength AS VARCHAR) AS strength,
  CAST(evidence AS VARCHAR) AS evidence
FROM (
  SELECT * FROM listed
  UNION ALL SELECT * FROM vague
  UNION ALL SELECT * FROM codes
) AS met
