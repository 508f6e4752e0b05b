-- What a reporter states for no country, by code and period: part of any lane may hide there.
SELECT reporter, flow, code, period, freq, CAST(sum(usd) AS DECIMAL(28, 4)) AS usd
FROM stat_cell
WHERE reconciled = 0 AND flow IN ('export', 'import') AND usd > 0 AND NOT regexp_matches(partner, '^[A-Z]{2}$') AND partner <> 'W'
    AND regexp_matches(partner, '^(not specified|bunkers|free zones|special categories|high seas|rest of the world)$')
GROUP BY reporter, flow, code, period, freq
