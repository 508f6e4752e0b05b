-- Every record of the customs tables with the first step that leaves it out, or 'kept'. One row, one step: the sum closes.
WITH dated AS (
  -- A month or a year that lies only partly in the window is neither in nor out of it.
  SELECT
    shipment_id, value_usd, direction, destination_country, origin_country, departure_country, date,
    CAST(
      CASE
        WHEN date_precision = 'year' THEN date + INTERVAL 1 YEAR
        WHEN date_precision = 'month' THEN date + INTERVAL 1 MONTH
        ELSE date + INTERVAL 1 DAY
      END AS DATE
    ) AS date_end
  FROM shipment_row
),
judged AS (
  SELECT
    s.shipment_id,
    s.value_usd,
    CASE WHEN d.shipment_id IS NULL THEN 0 ELSE 1 END AS twin,
    CASE WHEN coalesce(g.family, '') = '' OR coalesce(g.confidence, 0) < $broad THEN 0 ELSE 1 END AS watched,
    CASE WHEN coalesce(g.confidence, 0) >= $strict THEN 2 WHEN coalesce(g.confidence, 0) >= $central THEN 1 ELSE 0 END AS certainty,
    CASE WHEN coalesce(g.family, '') LIKE '%_part' THEN 1 ELSE 0 END AS part,
    CASE WHEN $any_direction = 1 OR s.direction = $direction THEN 1 WHEN s.direction IS NULL THEN 2 ELSE 0 END AS side,
    CASE WHEN $any_destination = 1 OR s.destination_country IN ($destination) THEN 1 WHEN s.destination_country IS NULL THEN 2 ELSE 0 END AS destination,
    CASE WHEN $any_origin = 1 OR s.origin_country IN ($origin) THEN 1 WHEN s.origin_country IS NULL THEN 2 ELSE 0 END AS origin,
    CASE WHEN $any_departure = 1 OR s.departure_country IN ($departure) THEN 1 WHEN s.departure_country IS NULL THEN 2 ELSE 0 END AS departure,
    CASE
      WHEN $any_time = 1 THEN 1
      WHEN s.date IS NULL THEN 2
      WHEN s.date >= $since AND s.date_end <= $until_excluded THEN 1
      WHEN s.date_end <= $since OR s.date >= $until_excluded THEN 0
      ELSE 2
    END AS time
  FROM dated AS s
  LEFT JOIN duplicate AS d ON d.shipment_id = s.shipment_id
  LEFT JOIN goods AS g ON g.shipment_id = s.shipment_id
)
SELECT
  shipment_id,
  value_usd,
  certainty,
  part,
  CASE WHEN side = 2 OR destination = 2 OR origin = 2 OR departure = 2 THEN 1 ELSE 0 END AS unstated_place,
  CASE WHEN time = 2 THEN 1 ELSE 0 END AS unstated_date,
  CASE
    WHEN twin = 1 THEN 'duplicate'
    WHEN watched = 0 THEN 'not_watched'
    WHEN side = 0 THEN 'other_direction'
    WHEN destination = 0 THEN 'other_destination'
    WHEN origin = 0 THEN 'other_origin'
    WHEN departure = 0 THEN 'other_departure'
    WHEN time = 0 THEN 'outside_window'
    WHEN side = 2 OR destination = 2 OR origin = 2 OR departure = 2 THEN 'place_not_stated'
    WHEN time = 2 THEN 'date_not_stated'
    WHEN certainty = 0 THEN 'unsure_goods'
    WHEN part = 1 AND $parts = 0 THEN 'parts'
    ELSE 'kept'
  END AS step
FROM judged
