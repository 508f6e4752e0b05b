SELECT source, measure, item, rows, of_rows
FROM coverage
ORDER BY source, measure, item
