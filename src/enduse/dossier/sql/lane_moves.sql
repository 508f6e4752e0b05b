SELECT exporter, importer, goods, date, date_low, date_high, level_ratio, level_low, level_high, p_placebo, reporter, flow, event, measure, note, q_value, stockpiling
FROM route_break
WHERE nomenclature_change = 0
ORDER BY CASE WHEN event = '' THEN 1 ELSE 0 END, CASE WHEN measure = 'kg' THEN 1 ELSE 0 END, CASE WHEN exporter IN ('EU27', 'ALL') THEN 0 ELSE 1 END,
    CASE WHEN goods IN ('TOTAL', 'ALL') THEN 0 ELSE length(goods) END, q_value, p_placebo, exporter, importer, goods, reporter, flow, measure, date
LIMIT 40
