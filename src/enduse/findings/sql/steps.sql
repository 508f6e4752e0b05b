-- Rows and value of each step of the waterfall.
SELECT step, count(*) AS records, sum(value_usd) AS value_usd, count(*) - count(value_usd) AS without_value
FROM stepped
GROUP BY step
