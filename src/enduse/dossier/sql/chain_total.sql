-- How many chains, how many of them alerts, how many links.
SELECT
  count(*) AS chains,
  sum(CASE WHEN continuity >= 0.5 AND concern >= 0.5 THEN 1 ELSE 0 END) AS alerts,
  (SELECT count(*) FROM link) AS links
FROM chain
