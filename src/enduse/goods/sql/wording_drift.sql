-- The wording of each exporter month by month.
SELECT
    CAST(exporter_key AS VARCHAR) AS exporter_key, CAST(substr(CAST(date AS VARCHAR), 1, 7) AS VARCHAR) AS month,
    CAST(min(exporter) AS VARCHAR) AS exporter, CAST(count(*) AS BIGINT) AS records, CAST(sum(vague) AS BIGINT) AS vague,
    CAST(sum(named) AS BIGINT) AS named
FROM wording_row
GROUP BY exporter_key, substr(CAST(date AS VARCHAR), 1, 7)
