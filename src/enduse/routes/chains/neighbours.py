"""Candidate pairs without a range join: to every later event the few nearest earlier ones of the same key, and the reverse.

Events of one key stand in order of time with a running count of the earlier way. The nearest K are then those with
the K next numbers, which is a join on equal keys: it hashes, it streams, it distributes, and its size is K times the
events however large a firm is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEPS_TABLE = "chain_step"
FARTHEST = 32  # no channel may reach further


@dataclass(frozen=True)
class Channel:
    """Pairs that agree on `keys` (columns of both tables); `reach` nearest are taken."""

    keys: tuple[str, ...]
    reach: int


def steps_sql() -> str:
    """One row a step, 0 to FARTHEST - 1."""
    rows = ", ".join(f"({k})" for k in range(FARTHEST))
    return f"SELECT CAST(k AS BIGINT) AS k FROM (VALUES {rows}) AS v(k)"


def _one(ins: str, outs: str, channel: Channel, back: int, when: str) -> str:
    keys = ", ".join(channel.keys)
    full = " AND ".join(f"{k} IS NOT NULL" for k in channel.keys)
    equal = " AND ".join(f"i.{k} = o.{k}" for k in channel.keys)
    # `back` 0: events up to and with the day of the later one; 1: the next ones after it.
    place = "o.n - s.k" if not back else "o.n + s.k + 1"
    return f"""
SELECT i.id AS inb, o.id AS outb
FROM (
  SELECT {keys}, id, way, n FROM (
    SELECT {keys}, id, way,
      sum(1 - way) OVER (PARTITION BY {keys} ORDER BY date, way, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n,
      sum(1 - way) OVER (PARTITION BY {keys}) AS all_in
    FROM (
      SELECT {keys}, id, 0 AS way, {when} AS date FROM {ins} WHERE {full}
      UNION ALL SELECT {keys}, id, 1 AS way, date FROM {outs} WHERE {full}
    ) AS event
  ) AS counted
  WHERE way = 1 AND all_in > 0
) AS o
JOIN {STEPS_TABLE} AS s ON s.k < {channel.reach}
JOIN (
  SELECT {keys}, id, row_number() OVER (PARTITION BY {keys} ORDER BY {when}, id) AS n FROM {ins} WHERE {full}
) AS i ON {equal} AND i.n = {place}"""


def neighbours(ins: str, outs: str, channels: Sequence[Channel], back: int = 0, when: str = "date") -> str:
    """SQL for pairs (inb, outb) of the tables `ins` and `outs`, each with `id`, `date` and the keys of every channel.

    `when` is the column of `ins` that says from which day on an event may come before one of `outs`.
    """
    return "\nUNION\n".join(_one(ins, outs, c, back, when) for c in channels)
