"""The facts about goods: brands, models, product lines, control lists, HS bands, vague words. Each row names its source.

`evidence` in the files says how far a row was checked: `seen` in a public copy, `recalled` from general knowledge and
not re-checked. Tables are read once and are plain tuples of dicts, so they can be searched and printed.
"""

from __future__ import annotations

import csv
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "goods"
WATCH = Path(__file__).parent / "watch"

Row = dict[str, str]


@lru_cache
def rows(name: str) -> tuple[Row, ...]:
    """All rows of `goods/<name>.csv`, in file order; every cell is text, empty where unknown."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def split(cell: str) -> tuple[str, ...]:
    """The items of a cell that holds several, separated by a bar."""
    return tuple(item for item in cell.split("|") if item)


@lru_cache
def tiers() -> dict[str, Row]:
    """The Common High Priority List by HS6."""
    return {row["hs6"]: row for row in rows("chpl")}


@lru_cache
def unmanned_bands() -> dict[str, tuple[float, float | None]]:
    """Take-off mass band of each 8806 subheading in kilograms: over, up to (None where open)."""
    out: dict[str, tuple[float, float | None]] = {}
    for row in rows("hs_unmanned"):
        if row["role"] == "aircraft" and row["over_g"]:
            out[row["hs6"]] = (int(row["over_g"]) / 1000, int(row["up_to_g"]) / 1000 if row["up_to_g"] else None)
    return out


def watch_names() -> tuple[str, ...]:
    """Names of the watch profiles that come with enduse."""
    return tuple(sorted(path.stem for path in WATCH.glob("*.toml")))


def watch_path(name: str) -> Path:
    """The file of a watch profile that comes with enduse."""
    return WATCH / f"{name}.toml"


@lru_cache
def grammar() -> dict[str, Any]:
    """Small words that say how two goods in one line belong together (`grammar.toml`)."""
    return tomllib.loads((FOLDER / "grammar.toml").read_text(encoding="utf-8"))
