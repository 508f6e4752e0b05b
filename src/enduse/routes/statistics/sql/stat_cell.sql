-- Two files that hold the same lane, code and period would count it twice: the first by name stands.
SELECT source, reporter, partner, flow, partner_rule, code, period, freq, currency, value, usd, kg, revision, value_basis, reconciled, cells
FROM (
    SELECT
        r.*,
        row_number() OVER (
            PARTITION BY reporter, partner, flow, partner_rule, code, period, freq ORDER BY reconciled, source
        ) AS place
    FROM stat_rolled AS r
) AS ranked
WHERE place = 1
