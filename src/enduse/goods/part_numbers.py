"""Electronic parts by maker and part number: which heading the maker's numbering points to, or nothing.

Rules, not memory: tables of makers with what they make, and of numbering families (`XC7K` programmable logic, `1N` diodes,
`GRM` ceramic capacitors), both as generally known. A family must fit what its maker makes; a maker without a fitting
family stands for its main goods; an unknown maker needs a family. The answer is a list of candidate codes, best first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from enduse.goods.fold import fold
from enduse.reference import goods_tables as tables

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class PartRule:
    """What a part number is by one rule. `basis`: numbering of the maker, numbering, or maker (what the maker mostly makes)."""

    hs6: tuple[str, ...]
    device: str
    maker: str
    basis: str


@dataclass(frozen=True)
class _Family:
    maker: str
    pattern: re.Pattern[str]
    device: str
    hs6: tuple[str, ...]


class Maker(NamedTuple):
    """A maker by its first name, whether it makes one kind of goods, and the codes of what it makes, first the most."""

    name: str
    one: bool
    hs6: tuple[str, ...]
    words: tuple[str, ...] = ()  # of all its names


def maker_names() -> tuple[str, ...]:
    """Every folded name of every maker."""
    return tuple(_makers())


@lru_cache(maxsize=1)
def _makers() -> dict[str, Maker]:
    """Makers by each of their folded names."""
    out: dict[str, Maker] = {}
    for row in tables.rows("part_makers"):
        names = tables.split(row["maker"])
        words = tuple(dict.fromkeys(w for n in names for w in _WORD.findall(fold(n))))
        maker = Maker(names[0], row["range"] == "one", tuple(row["hs6"].split(";")), words)
        for name in names:
            out.setdefault(" ".join(_WORD.findall(fold(name))), maker)
    return out


@lru_cache(maxsize=1)
def _trades() -> dict[str, tuple[str, ...]]:
    """Words in names of firms that say what they make."""
    return {w: tuple(r["hs6"].split(";")) for r in tables.rows("part_maker_words") for w in tables.split(r["words"])}


@lru_cache(maxsize=1)
def _families() -> tuple[_Family, ...]:
    return tuple(
        _Family(r["maker"], re.compile(r["pattern"]), r["device"], tuple(r["hs6"].split(";")))
        for r in tables.rows("part_numbers")
    )


@lru_cache(maxsize=65536)
def maker_of(text: str) -> Maker | None:
    """The maker a folded text names, the longest name that stands in it as words."""
    words = _WORD.findall(text)
    for size in (4, 3, 2, 1):
        for i in range(len(words) - size + 1):
            found = _makers().get(" ".join(words[i : i + size]))
            if found is not None and (
                size > 1 or len(words[i]) > 2 or len(words) == 1 or any(c.isdigit() for c in words[i])
            ):
                return found
    return None


@lru_cache(maxsize=65536)
def part_rule(part: str, maker: str) -> PartRule | None:
    """Candidate codes of a part number under the name of its maker (folded text, may be empty), best first."""
    number = "".join(part.upper().split())
    known = maker_of(maker) if maker else None
    if known is None:
        return _by_trade(number, maker)
    for family in _families():
        if family.maker == known.name and family.pattern.match(number):
            return PartRule(_ordered(family.hs6, known.hs6), family.device, known.name, "numbering of the maker")
    headings = {c[:4] for c in (known.hs6[:1] if known.one else known.hs6)}
    for family in _families():
        if not family.maker and family.hs6[0][:4] in headings and family.pattern.match(number):
            return PartRule(_ordered(family.hs6, known.hs6), family.device, known.name, "numbering")
    return PartRule(known.hs6, "", known.name, "maker" if known.one else "maker of several goods")


def _by_trade(number: str, maker: str) -> PartRule | None:
    """A part of a maker on no list: its numbering where that is a standard one, else the trade its name speaks of."""
    words = _WORD.findall(maker)
    trade = tuple(dict.fromkeys(c for w in words for c in _trades().get(w, ())))
    headings = {c[:4] for c in trade}
    for family in _families():
        if family.maker or not family.pattern.match(number):
            continue
        if not words or family.hs6[0][:4] in headings:
            return PartRule(_ordered(family.hs6, trade), family.device, "", "numbering")
        break
    return PartRule(trade, "", "", "trade of the maker") if trade else None


def _ordered(first: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *then)))
