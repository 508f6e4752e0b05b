-- Shares in the 365 days before and from each rule date, with the interval of Agresti and Caffo (2000): one success and
-- one failure added on each side. The verdict asks for 99.9 %, for every exporter is asked about every date.
WITH counted AS (
    SELECT
        w.exporter_key, d.day, d.rule, d.source, min(w.exporter) AS exporter,
        count_if(w.date < d.day) AS before_records, count_if(w.date < d.day AND w.vague = 1) AS before_vague,
        count_if(w.date < d.day AND w.named = 0) AS before_unnamed,
        count_if(w.date >= d.day) AS after_records, count_if(w.date >= d.day AND w.vague = 1) AS after_vague,
        count_if(w.date >= d.day AND w.named = 0) AS after_unnamed
    FROM wording_row AS w
    CROSS JOIN goods_rule_date AS d
    WHERE w.date >= d.first_day AND w.date <= d.last_day
    GROUP BY w.exporter_key, d.day, d.rule, d.source
),
measured AS (
    SELECT exporter_key, day, rule, source, exporter, 'vague' AS measure, before_records, before_vague AS before_met, after_records, after_vague AS after_met
    FROM counted
    UNION ALL
    SELECT exporter_key, day, rule, source, exporter, 'unnamed' AS measure, before_records, before_unnamed AS before_met, after_records, after_unnamed AS after_met
    FROM counted
),
shared AS (
    SELECT
        *,
        CAST(after_met AS DOUBLE) / nullif(CAST(after_records AS DOUBLE), 0) - CAST(before_met AS DOUBLE) / nullif(CAST(before_records AS DOUBLE), 0) AS change,
        (CAST(after_met AS DOUBLE) + 1) / nullif(CAST(after_records AS DOUBLE) + 2, 0) AS after_share,
        (CAST(before_met AS DOUBLE) + 1) / nullif(CAST(before_records AS DOUBLE) + 2, 0) AS before_share
    FROM measured
),
spread AS (
    SELECT
        *,
        after_share - before_share AS middle,
        sqrt(
            after_share * (1 - after_share) / nullif(CAST(after_records AS DOUBLE) + 2, 0)
            + before_share * (1 - before_share) / nullif(CAST(before_records AS DOUBLE) + 2, 0)
        ) AS error
    FROM shared
)
SELECT
    CAST(exporter_key AS VARCHAR) AS exporter_key, CAST(day AS DATE) AS rule_date, CAST(rule AS VARCHAR) AS rule, CAST(source AS VARCHAR) AS source,
    CAST(measure AS VARCHAR) AS measure, CAST(exporter AS VARCHAR) AS exporter, CAST(before_records AS BIGINT) AS before_records,
    CAST(before_met AS BIGINT) AS before_met, CAST(after_records AS BIGINT) AS after_records, CAST(after_met AS BIGINT) AS after_met,
    CAST(round(change, 6) AS DOUBLE) AS change,
    CAST(CASE WHEN before_records > 0 AND after_records > 0 THEN round(greatest(middle - 1.959964 * error, -1), 6) END AS DOUBLE) AS low,
    CAST(CASE WHEN before_records > 0 AND after_records > 0 THEN round(least(middle + 1.959964 * error, 1), 6) END AS DOUBLE) AS high,
    CAST(CASE
        WHEN before_records < 10 OR after_records < 10 THEN 'too_few'
        WHEN middle - 3.290527 * error > 0 THEN 'vaguer'
        WHEN middle + 3.290527 * error < 0 THEN 'plainer'
        ELSE 'no_change'
    END AS VARCHAR) AS verdict
FROM spread
