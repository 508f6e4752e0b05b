SELECT
  id, doc, ref_date, section, sentence, char_start, char_end, kind, supplier, recipient, via, goods, model, quantity, value, counts, time,
  status, stage, stance, polarity, root, independent_root_key, cluster
FROM claim
WHERE cluster IN ($clusters) OR kind = 'denial' OR polarity = 'denied' OR stance = 'denied'
ORDER BY doc, char_start, id
LIMIT 3000
