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
goods_met AS (
  SELECT i.subject, i.subject_kind, i.rule_id, i.source, i.strength, i.evidence
  FROM goods_indicator AS i
  JOIN counted AS c ON c.shipment_id = i.subject
  WHERE c.central = 1
),
prices AS (
  SELECT
    c.shipment_id AS subject, 'shipment' AS subject_kind, 'unit_value_below_peers' AS rule_id,
    'unit value against peers: a robust rule of this program, see the documentation' AS source,
    'weak' AS strength, c.shipment_id AS evidence
  FROM counted AS c
  JOIN price_check AS p ON p.shipment_id = c.shipment_id
  WHERE c.central = 1 AND p.understated = 1
),
wording AS (
  SELECT
    subject, 'party' AS subject_kind, 'wording_vaguer' AS rule_id, source, 'weak' AS strength,
    string_agg(shipment_id, ';' ORDER BY shipment_id) AS evidence
  FROM (
    SELECT DISTINCT s.exporter_party AS subject, concat('wording of the exporter before and after ', w.rule) AS source, s.shipment_id
    FROM wording_change AS w
    JOIN shipment AS s ON lower(replace(trim(s.exporter_name), 'İ', 'i')) = w.exporter_key
    JOIN counted AS c ON c.shipment_id = s.shipment_id
    WHERE w.verdict = 'vaguer' AND c.central = 1 AND s.exporter_party IS NOT NULL
  ) AS worded
  GROUP BY subject, source
),
owned AS (
  SELECT
    l.party_id AS subject, 'party' AS subject_kind, 'owned_by_listed' AS rule_id,
    concat(l.rule, ': ', l.list) AS source, 'medium' AS strength, min(c.shipment_id) AS evidence
  FROM listed_link AS l
  JOIN (
    SELECT exporter_party AS party_id, shipment_id FROM counted WHERE central = 1
    UNION ALL
    SELECT importer_party AS party_id, shipment_id FROM counted WHERE central = 1
  ) AS c ON c.party_id = l.party_id
  GROUP BY l.party_id, l.rule, l.list
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
  UNION ALL SELECT * FROM goods_met
  UNION ALL SELECT * FROM prices
  UNION ALL SELECT * FROM wording
  UNION ALL SELECT * FROM owned
) AS met
