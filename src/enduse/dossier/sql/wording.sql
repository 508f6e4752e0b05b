SELECT exporter, rule, rule_date, measure, before_records, before_met, after_records, after_met, change, low, high, verdict
FROM wording_change
WHERE verdict IN ('vaguer', 'plainer')
ORDER BY CASE WHEN verdict = 'vaguer' THEN 0 ELSE 1 END, low DESC, exporter, rule_date, measure
LIMIT 12
