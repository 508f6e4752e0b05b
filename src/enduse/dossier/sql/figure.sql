SELECT figure_id, label, definition, value, low, high, unit, rows, coverage, method, mark, measure, subject, subject_id, rank, strict, broad, lever
FROM figure
ORDER BY figure_id
