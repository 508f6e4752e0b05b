-- The series of one lane as its reporter states it; a heading or all goods are the sum of their codes.
SELECT period, CAST(sum(CASE WHEN $kilograms = 1 THEN net_kg WHEN $dollars = 1 THEN value_usd ELSE value END) AS DOUBLE) AS value
FROM statistic
WHERE flow = $flow AND freq = 'month' AND partner_rule <> 'consignment'
    AND ($any_reporter = 1 OR reporter = $reporter) AND ($any_partner = 1 OR partner = $partner)
    AND ($any_partner = 0 OR regexp_matches(partner, '^[A-Z]{2}$')) AND ($any_reporter = 0 OR regexp_matches(reporter, '^[A-Z]{2}$'))
    AND ($any_goods = 1 OR starts_with(hs_code, $goods)) AND ($any_goods = 0 OR hs_code <> 'TOTAL')
GROUP BY period
ORDER BY period
