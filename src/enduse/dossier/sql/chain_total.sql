-- How many chains, how many of them alerts, how many links.
SELECT
  count(*) AS chains,
  sum(CASE WHEN continuity >= $alert AND concern >= $alert THEN 1 ELSE 0 END) AS alerts,
  (SELECT count(*) FROM link) AS links
FROM chain
