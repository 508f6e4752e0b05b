-- Partners of one exporter or importer before and after a date, the same number of months a year apart.
SELECT
    CASE WHEN $flow = 'export' THEN partner ELSE partner END AS partner,
    CAST(sum(CASE WHEN period < $start THEN value_usd ELSE 0 END) AS DOUBLE) AS before,
    CAST(sum(CASE WHEN period >= $start THEN value_usd ELSE 0 END) AS DOUBLE) AS after
FROM statistic
WHERE flow = $flow AND reporter = $reporter AND freq = 'month' AND partner_rule <> 'consignment' AND regexp_matches(partner, '^[A-Z]{2}$')
    AND ($any_goods = 1 OR starts_with(hs_code, $goods)) AND ($any_goods = 0 OR hs_code <> 'TOTAL')
    AND period >= $first AND period < $stop
GROUP BY partner
ORDER BY greatest(sum(CASE WHEN period < $start THEN value_usd ELSE 0 END), sum(CASE WHEN period >= $start THEN value_usd ELSE 0 END)) DESC, partner
LIMIT 12
