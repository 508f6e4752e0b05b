-- One row a report: exports as the exporter states them, imports as the importer does, by consignment where it states both.
SELECT 'x' AS side, reporter AS exporter, partner AS importer, code, period, freq, usd, kg, revision, value_basis, partner_rule
FROM stat_cell
WHERE flow = 'export' AND reconciled = 0 AND usd IS NOT NULL
    AND regexp_matches(reporter, '^[A-Z]{2}$') AND regexp_matches(partner, '^[A-Z]{2}$')
    AND regexp_matches(code, '^[0-9]{6}$|^TOTAL$')
UNION ALL
SELECT 'm' AS side, exporter, importer, code, period, freq, usd, kg, revision, value_basis, partner_rule
FROM (
    SELECT
        partner AS exporter, reporter AS importer, code, period, freq, usd, kg, revision, value_basis, partner_rule,
        row_number() OVER (PARTITION BY reporter, partner, code, period, freq ORDER BY partner_rule) AS place
    FROM stat_cell
    WHERE flow = 'import' AND reconciled = 0 AND usd IS NOT NULL
        AND regexp_matches(reporter, '^[A-Z]{2}$') AND regexp_matches(partner, '^[A-Z]{2}$')
        AND regexp_matches(code, '^[0-9]{6}$|^TOTAL$')
) AS ranked
WHERE place = 1
