"""Candidate pairs without a range join: to every later event the few nearest earlier ones of the same key, and the reverse.

Where a key has no more earlier events than are wanted, all of them are candidates, and an equal join is all it takes.
Elsewhere the events of a key stand in order of time with a running count of the earlier way. The nearest K are then those
with the K next numbers, which is a join on equal keys too: it hashes, it streams, it distributes, and its size is K times
the events however large a firm is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEPS_TABLE = "chain_step"
FARTHEST = 32  # no channel may reach further
BEFORE, AFTER, AROUND = (
    0,
    1,
    2,
)  # which events of `ins` are near one of `outs`: those up to its day, those after it, both


@dataclass(frozen=True)
class Channel:
    """Pairs that agree on `keys` (columns of both tables); `reach` nearest are taken."""

    keys: tuple[str, ...]
    reach: int


def steps_sql() -> str:
    """One row a step, 0 to FARTHEST - 1."""
    rows = ", ".join(f"({k})" for k in range(FARTHEST))
    return f"SELECT CAST(k AS BIGINT) AS k FROM (VALUES {rows}) AS v(k)"


def _few(ins: str, outs: str, channel: Channel, side: int, when: str) -> str:
    """Keys with no more purchases than the reach: every pair in the order asked for."""
    keys = ", ".join(channel.keys)
    full = " AND ".join(f"{k} IS NOT NULL" for k in channel.keys)
    same = {a: " AND ".join(f"i.{k} = {a}.{k}" for k in channel.keys) for a in ("o", "f")}
    order = {BEFORE: f"WHERE i.{when} <= o.date", AFTER: f"WHERE i.{when} > o.date", AROUND: ""}[side]
    return f"""
SELECT i.id AS inb, o.id AS outb
FROM {ins} AS i
JOIN (SELECT {keys} FROM {ins} WHERE {full} GROUP BY {keys} HAVING count(*) <= {channel.reach}) AS f ON {same["f"]}
JOIN {outs} AS o ON {same["o"]}
{order}"""


def _many(ins: str, outs: str, channel: Channel, side: int, when: str) -> str:
    """Keys with more: the nearest by running count."""
    keys = ", ".join(channel.keys)
    full = " AND ".join(f"{k} IS NOT NULL" for k in channel.keys)
    equal = " AND ".join(f"i.{k} = o.{k}" for k in channel.keys)
    here = " AND ".join(f"e.{k} = m.{k}" for k in channel.keys)
    spelt = ", ".join(f"e.{k}" for k in channel.keys)
    many = (
        f"JOIN (SELECT {keys} FROM {ins} WHERE {full} GROUP BY {keys} HAVING count(*) > {channel.reach}) AS m ON {here}"
    )
    place, steps = {
        BEFORE: ("o.n - s.k", channel.reach),
        AFTER: ("o.n + s.k + 1", channel.reach),
        AROUND: (f"o.n + {channel.reach} - s.k", 2 * channel.reach),
    }[side]
    return f"""
SELECT i.id AS inb, o.id AS outb
FROM (
  SELECT {keys}, id, n FROM (
    SELECT {keys}, id, way,
      count(CASE WHEN way = 0 THEN 1 END) OVER (PARTITION BY {keys} ORDER BY date, way, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n
    FROM (
      SELECT {spelt}, e.id, 0 AS way, e.{when} AS date FROM {ins} AS e {many}
      UNION ALL SELECT {spelt}, e.id, 1 AS way, e.date FROM {outs} AS e {many}
    ) AS event
  ) AS counted
  WHERE way = 1
) AS o
JOIN {STEPS_TABLE} AS s ON s.k < {steps}
JOIN (
  SELECT {spelt}, e.id, row_number() OVER (PARTITION BY {spelt} ORDER BY e.{when}, e.id) AS n FROM {ins} AS e {many}
) AS i ON {equal} AND i.n = {place}"""


def neighbours(ins: str, outs: str, channels: Sequence[Channel], side: int = BEFORE, when: str = "date") -> str:
    """SQL for pairs (inb, outb) of the tables `ins` and `outs`, each with `id`, `date` and the keys of every channel.

    `when` is the column of `ins` that says from which day on an event may come before one of `outs`.
    """
    return "\nUNION\n".join(f"{few(ins, outs, c, side, when)}" for c in channels for few in (_few, _many))
