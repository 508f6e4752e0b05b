"""Tables for reading press texts: states, outlets, makers, goods, cue words, events, numbers, currencies.

Each table is a CSV beside this module (`press/`), with its source in `press/README.md`. Loaded once, on first use.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "press"


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split("|") if item.strip())


@dataclass(frozen=True)
class Country:
    """A state: `names` stand for it in any position, `adjectives` before a noun, `seats` and `leaders` as actors."""

    code: str
    name: str
    adjectives: tuple[str, ...]
    names: tuple[str, ...]
    seats: tuple[str, ...]
    leaders: tuple[str, ...]


@dataclass(frozen=True)
class Outlet:
    """A newspaper, broadcaster (`type` outlet) or news agency (`type` agency)."""

    name: str
    aliases: tuple[str, ...]
    type: str


@dataclass(frozen=True)
class Goods:
    """A kind of goods: its plain name, the nouns that mean it, and a class that says which may be one another."""

    name: str
    words: tuple[str, ...]
    group: str


@cache
def countries() -> tuple[Country, ...]:
    return tuple(
        Country(
            r["code"], r["name"], _items(r["adjectives"]), _items(r["names"]), _items(r["seats"]), _items(r["leaders"])
        )
        for r in _rows("countries")
    )


@cache
def country_codes() -> dict[str, str]:
    """Name as used in claims to ISO 3166 alpha-2."""
    return {c.name: c.code for c in countries()}


@cache
def outlets() -> tuple[Outlet, ...]:
    return tuple(Outlet(r["name"], _items(r["aliases"]), r["type"]) for r in _rows("outlets"))


@cache
def makers() -> dict[str, tuple[tuple[str, ...], str]]:
    """Maker's name to its other names and the name of its country."""
    name_of = {c.code: c.name for c in countries()}
    return {r["name"]: (_items(r["aliases"]), name_of.get(r["country"], "")) for r in _rows("makers")}


@cache
def fitted(name: str) -> dict[str, Any]:
    """The table of a fitted model (`press/NAME.json`), made by `enduse.press.build`."""
    table: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return table


@cache
def goods() -> tuple[Goods, ...]:
    return tuple(Goods(r["goods"], _items(r["words"]), r["class"]) for r in _rows("goods"))


@cache
def cues() -> dict[str, dict[str, str]]:
    """Role (give, get, stage, hedge ...) to its words in lower case with their label."""
    out: dict[str, dict[str, str]] = {}
    for r in _rows("cues"):
        for word in _items(r["words"]):
            out.setdefault(r["role"], {}).setdefault(word.lower(), r["label"])
    return out


@cache
def events() -> tuple[tuple[str, dt.date, tuple[str, ...]], ...]:
    return tuple((r["event"], dt.date.fromisoformat(r["date"]), _items(r["words"])) for r in _rows("events"))


@cache
def numbers() -> dict[str, dict[str, float]]:
    """Role (number, unit, scale, suffix, vague, fraction) to words with their value."""
    out: dict[str, dict[str, float]] = {}
    for r in _rows("numbers"):
        out.setdefault(r["role"], {})[r["word"]] = float(r["value"])
    return out


@cache
def currencies() -> tuple[dict[str, str], dict[str, str]]:
    """Signs to code, and names (lower case) to code."""
    signs: dict[str, str] = {}
    names: dict[str, str] = {}
    for r in _rows("currencies"):
        signs.update(dict.fromkeys(_items(r["signs"]), r["code"]))
        names.update({n.lower(): r["code"] for n in _items(r["names"])})
    return signs, names


@cache
def furniture() -> dict[str, tuple[str, ...]]:
    """`stop`: lines after which nothing of the article follows or a teaser stands; `line`: words of furniture lines."""
    return {r["role"]: tuple(w.lower() for w in _items(r["words"])) for r in _rows("furniture")}


@cache
def languages() -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
    """Language (ru, uk, de, it) to role to (word, label); a word that ends in `*` stands for all its endings."""
    out: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for r in _rows("languages"):
        roles = out.setdefault(r["language"], {})
        roles.setdefault(r["role"], []).extend((w, r["label"]) for w in _items(r["words"]))
    return {lang: {role: tuple(words) for role, words in roles.items()} for lang, roles in out.items()}
