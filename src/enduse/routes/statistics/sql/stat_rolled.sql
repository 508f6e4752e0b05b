-- Codes of more than six digits are added up to six: only these are the same in every country.
SELECT
    source,
    reporter,
    partner,
    flow,
    partner_rule,
    CASE WHEN regexp_matches(hs_code, '^[0-9]{7,}$') THEN substr(hs_code, 1, 6) ELSE hs_code END AS code,
    period,
    freq,
    CASE WHEN min(currency) = max(currency) THEN max(currency) END AS currency,
    CASE WHEN min(currency) = max(currency) THEN CAST(sum(value) AS DECIMAL(28, 4)) END AS value,
    CAST(sum(value_usd) AS DECIMAL(28, 4)) AS usd,
    -- A sum over rows of which some have no weight would be too low: it is left out.
    CASE WHEN count(net_kg) = count(*) THEN CAST(sum(net_kg) AS DECIMAL(28, 4)) END AS kg,
    max(CASE WHEN hs_revision <> 'CN' THEN hs_revision END) AS revision,
    max(value_basis) AS value_basis,
    max(reconciled) AS reconciled,
    count(*) AS cells
FROM statistic
GROUP BY
    source, reporter, partner, flow, partner_rule,
    CASE WHEN regexp_matches(hs_code, '^[0-9]{7,}$') THEN substr(hs_code, 1, 6) ELSE hs_code END,
    period, freq
