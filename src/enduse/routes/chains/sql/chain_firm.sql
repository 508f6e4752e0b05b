-- Firms as numbers. "To order", "unknown" and other names that name nobody connect nothing.
SELECT party_id, row_number() OVER (ORDER BY party_id) AS firm, country
FROM party
WHERE kind IS NULL OR kind <> 'unnamed'
