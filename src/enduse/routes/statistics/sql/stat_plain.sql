-- Where no code has more than six digits there is nothing to add up.
SELECT
    source, reporter, partner, flow, partner_rule, hs_code AS code, period, freq, currency, value, value_usd AS usd, net_kg AS kg,
    CASE WHEN hs_revision <> 'CN' THEN hs_revision END AS revision, value_basis, reconciled, CAST(1 AS BIGINT) AS cells
FROM statistic
