SELECT
  count(*) AS claims, count(DISTINCT doc) AS docs, count(DISTINCT cluster) AS clusters,
  sum(CASE WHEN kind = 'denial' OR polarity = 'denied' OR stance = 'denied' THEN 1 ELSE 0 END) AS denials
FROM claim
