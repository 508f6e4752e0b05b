SELECT exporter_name, rows, checked, declared_usd, implied_usd, gap_low, gap_high, first_date, last_date
FROM understated_exporter
ORDER BY gap_low DESC, exporter_name
LIMIT 10
