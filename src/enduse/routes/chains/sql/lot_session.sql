-- Lots of one seller to one buyer in the same goods, at most $gap days from the one before, are one consignment, named by its first record.
SELECT
  shipment_id,
  min(shipment_id) OVER (PARTITION BY seller, buyer, hs6, kind, unit, run) AS consignment_id
FROM (
  SELECT
    *,
    sum(begins) OVER (
      PARTITION BY seller, buyer, hs6, kind, unit ORDER BY date, shipment_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS run
  FROM (
    SELECT
      shipment_id, seller, buyer, hs6, kind, unit, date,
      CASE
        WHEN date_diff(
          'day', lag(date) OVER (PARTITION BY seller, buyer, hs6, kind, unit ORDER BY date, shipment_id), date
        ) <= $gap THEN 0
        ELSE 1
      END AS begins
    FROM lot
  ) AS marked
) AS numbered
