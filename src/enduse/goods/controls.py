"""Control entries that may apply, by goods code, family, date and country of dispatch. Never a verdict.

Sources: the tables control_entries (with the facts each entry turns on), chpl and cn_controls. An entry stands where it
was in force on the date of the record; without a date every entry that was ever in force is possible. The entries of
unmanned aircraft turn on endurance, gusts, tank and range, which no customs row holds: they may apply, `facts` says what
is missing.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from enduse.reference import goods_tables as tables

UNKNOWN = -1  # no date: every period is possible
_CHINESE = ("drone", "drone_part")


@lru_cache(maxsize=1)
def dates() -> tuple[str, ...]:
    """The days on which an entry came into force or went, in order. `period` counts how many a record has passed."""
    days = {r["since"] for r in tables.rows("control_entries")} | {r["since"] for r in tables.rows("chpl")}
    days |= {_next_day(r["until"]) for r in tables.rows("control_entries") if r["until"]}
    return tuple(sorted(d for d in days if d))


def _next_day(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def period_of(day: str) -> int:
    """The period of an ISO date; `UNKNOWN` where it is empty."""
    return bisect_right(dates(), day) if day else UNKNOWN


def _in_force(row: dict[str, str], period: int) -> bool:
    if period == UNKNOWN:
        return True
    since = period_of(row["since"]) if row["since"] else 0
    until = row.get("until", "")
    return since <= period and (not until or period < period_of(_next_day(until)))


@lru_cache(maxsize=1)
def _chinese() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for row in tables.rows("cn_controls"):
        entries = out.setdefault(row["hs6"], [])
        if row["announcement"] not in entries:
            entries.append(row["announcement"])
    return {k: tuple(sorted(v)) for k, v in out.items()}


@lru_cache(maxsize=1)
def _entries() -> dict[tuple[str, str], dict[str, str]]:
    return {(r["list"], r["entry"]): r for r in tables.rows("control_entries")}


def facts() -> dict[str, str]:
    """For each entry as it stands in the column controls (`EU:9A012`): what it covers and the facts it turns on."""
    out = {f"{r['list']}:{r['entry']}": f"{r['what']}; facts needed: {r['facts']}" for r in _entries().values()}
    return out | {f"CHP:{r['tier']}": "goods of the Common High Priority List; facts needed: that the six-digit code is right" for r in tables.rows("chpl")}  # fmt: skip


@lru_cache(maxsize=65536)
def controls(
    family: str, hs6: str, period: int = UNKNOWN, *, from_china: bool | None = None, spray: bool = False
) -> str:
    """Entries as `LIST:entry;LIST:entry`. `from_china` None: unknown; `period` as in `period_of`; `spray`: sprays crops."""
    out = []
    row = tables.tiers().get(hs6)
    if row and _in_force(row, period):
        out.append(f"CHP:{row['tier']}")
    for (name, entry), rule in _entries().items():
        wanted = (rule["goods"] == "chp" and row) or (family == "drone" and (rule["goods"] == "drone" or (rule["goods"] == "spray" and spray)))  # fmt: skip
        if wanted and _in_force(rule, period):
            out.append(f"{name}:{entry}")
    if (family in _CHINESE or hs6.startswith("8806")) and from_china is not False:
        out += [f"CN:{a}" for a in _chinese().get(hs6, ()) if _in_force(_entries()[("CN", a)], period)]
    return ";".join(out)
