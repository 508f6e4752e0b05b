-- What each reporter publishes at all: without it a missing row cannot be told from no trade.
SELECT DISTINCT reporter, flow, freq, 'period' AS kind, CAST(period AS VARCHAR) AS item
FROM stat_cell WHERE reconciled = 0
UNION ALL
SELECT DISTINCT reporter, flow, freq, 'code' AS kind, code AS item FROM stat_cell WHERE reconciled = 0
UNION ALL
SELECT DISTINCT reporter, flow, freq, 'partner' AS kind, partner AS item FROM stat_cell WHERE reconciled = 0
