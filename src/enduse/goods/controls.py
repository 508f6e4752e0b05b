"""Control entries that may apply, by goods code, family, date and country of dispatch. Never a verdict.

Sources: the tables chpl and cn_controls. EU and US entries on unmanned aircraft (9A012, 9A112) turn on endurance, gusts
and range, which no customs row holds; they are therefore not listed from a code alone.
"""

from __future__ import annotations

from functools import lru_cache

from enduse.reference import goods_tables as tables

# Periods of the Chinese announcements: 27 and 28 of 2023 from 2023-09-01, 31 of 2024 from 2024-09-01 (28 ended then).
PERIODS = ("2023-09-01", "2024-09-01")
_IN_FORCE = {"2023-27": (1,), "2023-28": (1,), "2024-31": (2,)}
UNKNOWN = -1  # no date: every period is possible
_CHINESE = ("drone", "drone_part")


@lru_cache(maxsize=1)
def _chinese() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for row in tables.rows("cn_controls"):
        entries = out.setdefault(row["hs6"], [])
        if row["announcement"] not in entries:
            entries.append(row["announcement"])
    return {k: tuple(sorted(v)) for k, v in out.items()}


@lru_cache(maxsize=65536)
def controls(family: str, hs6: str, period: int = UNKNOWN, *, from_china: bool | None = None) -> str:
    """Entries as `LIST:entry;LIST:entry`. `from_china` None: unknown; `period` counts the dates in `PERIODS` passed."""
    out = []
    row = tables.tiers().get(hs6)
    if row:
        out += [f"CHP:{row['tier']}", "EU:833/2014 Annex XL"]
    if (family in _CHINESE or hs6.startswith("8806")) and from_china is not False:
        out += [f"CN:{a}" for a in _chinese().get(hs6, ()) if period == UNKNOWN or period in _IN_FORCE[a]]
    return ";".join(out)
