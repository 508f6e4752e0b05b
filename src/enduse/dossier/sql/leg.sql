-- Counted rows of the central reading by the three countries of a record.
SELECT
  s.origin_country, s.departure_country, s.destination_country,
  count(*) AS records, sum(s.value_usd) AS value_usd, count(*) - count(s.value_usd) AS without_value
FROM counted_row AS s
GROUP BY s.origin_country, s.departure_country, s.destination_country
ORDER BY value_usd DESC NULLS LAST, records DESC, s.origin_country, s.departure_country, s.destination_country
