"""First in, first out, as a witness: which purchase a firm's books would give to which sale if it sold its oldest stock first.

Running sums turn this into two numbers a lot (where its kilograms begin and end on the line of all kilograms of the
firm), so that the overlap of a purchase and a sale is arithmetic on a pair and needs no simulation. Sales beyond the
stock known so far come from purchases nobody declared; they take nothing from later ones (the running minimum).
"""

from __future__ import annotations


def queue(ins: str, outs: str, keys: tuple[str, ...], back: int = 0, when: str = "date") -> str:
    """SQL for (id, way, begins, ends) over purchases `ins` and sales `outs` by `keys`; `back` 1 reads time backwards; `when` as in `neighbours`."""
    names = ", ".join(keys)
    full = " AND ".join(f"{k} IS NOT NULL" for k in keys)
    order = f"PARTITION BY {names} ORDER BY date{' DESC' if back else ''}, way, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
    return f"""
SELECT id, way,
  CAST(CASE WHEN way = 0 THEN bought - amount ELSE sold - amount + short END AS BIGINT) AS begins,
  CAST(CASE WHEN way = 0 THEN bought ELSE sold + short END AS BIGINT) AS ends
FROM (
  SELECT id, way, amount, bought, sold,
    min(CASE WHEN bought < sold THEN bought - sold ELSE 0 END) OVER ({order}) AS short
  FROM (
    SELECT {names}, id, way, date, amount,
      sum(CASE WHEN way = 0 THEN amount ELSE 0 END) OVER ({order}) AS bought,
      sum(CASE WHEN way = 1 THEN amount ELSE 0 END) OVER ({order}) AS sold
    FROM (
      SELECT {names}, id, 0 AS way, {when} AS date, grams AS amount FROM {ins} WHERE {full}
      UNION ALL SELECT {names}, id, 1 AS way, date, grams AS amount FROM {outs} WHERE {full}
    ) AS event
  ) AS summed
) AS queued"""
