-- Exports and imports of lanes whose two ends are both in view, by chapter, heading and all goods.
SELECT exporter, importer, goods, period, CAST(sum(exports) AS DECIMAL(28, 4)) AS x, CAST(sum(imports_fob) AS DECIMAL(28, 4)) AS m, count(*) AS cells
FROM (
    SELECT exporter, importer, substr(hs6, 1, 2) AS goods, period, exports, imports_fob FROM mirror_gap
    WHERE hs6 <> 'TOTAL' AND exports IS NOT NULL AND imports_fob IS NOT NULL
    UNION ALL
    SELECT exporter, importer, substr(hs6, 1, 4) AS goods, period, exports, imports_fob FROM mirror_gap
    WHERE hs6 <> 'TOTAL' AND exports IS NOT NULL AND imports_fob IS NOT NULL
    UNION ALL
    SELECT exporter, importer, hs6 AS goods, period, exports, imports_fob FROM mirror_gap
    WHERE hs6 = 'TOTAL' AND exports IS NOT NULL AND imports_fob IS NOT NULL
) AS levels
GROUP BY exporter, importer, goods, period
