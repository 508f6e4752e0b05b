-- Headings worth a series of their own: those under which a reporter gives more than one code.
SELECT reporter, flow, substr(code, 1, 4) AS head
FROM stat_cell
WHERE regexp_matches(code, '^[0-9]{4,6}$')
GROUP BY reporter, flow, substr(code, 1, 4)
HAVING count(DISTINCT code) > 1
