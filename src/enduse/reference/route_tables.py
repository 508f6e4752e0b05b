"""The facts about trade statistics: areas, dated rules, nomenclature amendments, distances, yearly euro rates.

`routes/README.md` says how far each table was checked.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "routes"

EU27 = tuple("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
AMENDED = {"H2": 2002, "H3": 2007, "H4": 2012, "H5": 2017, "H6": 2022}
EARTH_KM = 6371.0
INLAND_KM = 150.0  # between two places whose rounded points fall together


@lru_cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """All rows of `routes/<name>.csv`, in file order."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@dataclass(frozen=True)
class Rule:
    """A dated rule of `events.csv`. Empty scopes mean any; `goods` are prefixes of commodity codes."""

    name: str
    date: dt.date
    announced: dt.date | None
    exporter: tuple[str, ...]
    importer: tuple[str, ...]
    goods: tuple[str, ...]
    kind: str
    start: bool
    source: str


@cache
def rules() -> tuple[Rule, ...]:
    """Every dated rule, the denied one and the nomenclature too: `kind` tells them apart."""
    return tuple(
        Rule(
            r["event"],
            dt.date.fromisoformat(r["date"]),
            dt.date.fromisoformat(r["announced"]) if r["announced"] else None,
            tuple(r["exporter"].split()),
            tuple(r["importer"].split()),
            tuple(r["goods"].split()),
            r["kind"],
            r["start"] == "1",
            f"{r['instrument']}; {r['evidence']}; {r['source']}",
        )
        for r in rows("events")
    )


def members(code: str) -> tuple[str, ...]:
    """A country itself, or the members of the group it names (EU)."""
    return (*EU27, "EU27") if code in ("EU", "EU27") else (code,)


@cache
def amended() -> dict[str, tuple[tuple[int, str], ...]]:
    """HS6 to (year, change) of each amendment that touched it; change is new, gone or changed."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows("nomenclature"):
        for code in row["hs6"].split():
            found.setdefault(code, []).append((AMENDED[row["revision"]], row["change"]))
    return {code: tuple(sorted(changes)) for code, changes in found.items()}


@cache
def euro_rates() -> dict[int, str]:
    """Year to dollars for a euro, as text with four places."""
    return {int(r["year"]): r["usd_per_eur"] for r in rows("eur_usd")}


@cache
def _lands() -> dict[str, tuple[float, float, frozenset[str]]]:
    return {r["alpha2"]: (float(r["lon"]), float(r["lat"]), frozenset(r["neighbours"].split())) for r in rows("lands")}


@lru_cache(maxsize=100_000)
def distance_km(a: str, b: str) -> float | None:
    """Great-circle kilometres between the inner points of two countries; None where one is not known."""
    lands = _lands()
    if a not in lands or b not in lands:
        return None
    (lon_a, lat_a, _), (lon_b, lat_b, _) = lands[a], lands[b]
    x1, y1, x2, y2 = map(math.radians, (lon_a, lat_a, lon_b, lat_b))
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return max(INLAND_KM, EARTH_KM * 2 * math.asin(math.sqrt(min(1.0, h))))


def contiguous(a: str, b: str) -> bool:
    """Whether two countries share a land border."""
    return a in _lands() and b in _lands()[a][2]
