SELECT period, CAST(exports AS DOUBLE) AS exports, CAST(imports_cif AS DOUBLE) AS imports, CAST(gap AS DOUBLE) AS gap, CAST(gap_low AS DOUBLE) AS gap_low,
    CAST(gap_high AS DOUBLE) AS gap_high, explained_by
FROM mirror_gap
WHERE exporter = $exporter AND importer = $importer AND hs6 = $goods AND length(period) = 7
ORDER BY period
