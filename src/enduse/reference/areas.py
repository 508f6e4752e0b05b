"""Areas of trade statistics: a country, the world, a group of countries, or no place at all.

Three systems of numbers are in use: ISO 3166 (842 is nobody), UN Comtrade and BACI (842 is the United States) and
Eurostat's GEONOM (400 is). The first two never contradict each other; the third gives nearly every number another meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from enduse.reference import countries
from enduse.reference.route_tables import rows

System = Literal["un", "geonom"]
_SYSTEMS: tuple[System, ...] = ("un", "geonom")
Kind = Literal["country", "world", "group", "unspecified", "former"]

# Words of groups: a name with one of them is no country, whatever else it holds.
_GROUP = re.compile(
    r"^(?:extra|intra|non|outside|вне|страны|країни|countries|pays|asia|азия|europe|европа|africa|африка|америка|america|americas|oceania|"
    r"австралия и океания|снг|cis|еаэс|eaeu|ес|opec|oecd|asean|nafta|mercosur|g7|brics)\b|"
    r"\b(?:countries|union|commonwealth of independent|regions?|страны|страны снг|союз|continent)\b"
)
_NOWHERE = re.compile(r"\bnes\b|not specified|not elsewhere|unspecified|unknown|bunker|stores and provisions|avitaillement|"
    r"high seas|haute mer|free zones?|special categor|confidential|secret|не указан|неизвестн|прочие|остальные|rest of|non determines|non precises")  # fmt: skip
# These heads of "Head, rest" belong to two countries: the rest decides.
_TWO = frozenset({"korea", "korea republic", "coree", "корея", "congo", "конго", "virgin islands", "виргинские острова", "china", "китай"})  # fmt: skip
_ISDS = re.compile(r"\bIsds\b\.?")  # as UN Comtrade writes them
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")


@dataclass(frozen=True)
class Area:
    """`code`: alpha-2, W, a group's short or full name."""

    code: str
    kind: Kind


@cache
def _known() -> dict[tuple[str, str], Area]:
    found: dict[tuple[str, str], Area] = {}
    for row in rows("areas"):
        kind = cast("Kind", row["kind"])
        text = row["text"]
        key = text.lstrip("0") or "0" if text.isdigit() else countries.key(text) or text.casefold()
        found[row["system"], key] = Area(row["code"], kind)
    return found


def _number(digits: str, system: System) -> Area | None:
    plain = digits.lstrip("0") or "0"
    if system == "geonom":
        return _known().get(("geonom", plain))
    found = _known().get(("comtrade", plain))
    if found is not None:
        return found
    code = countries.code(plain.zfill(3))
    return Area(code, "country") if code else None


def _name(text: str) -> Area | None:
    key = countries.key(text) or text.casefold()
    for system in ("name", "comtrade", "eurostat"):
        found = _known().get((system, key))
        if found is not None:
            return found
    code = countries.code(text)
    if code:
        return Area(code, "country")
    if _NOWHERE.search(key):
        return Area("not specified", "unspecified")
    return Area(" ".join(text.split()), "group") if _GROUP.search(key) else None


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """The name before brackets, however nested, and what stands in the innermost ones."""
    inner: list[str] = []
    while True:
        inner += _BRACKET.findall(text)
        bare = _BRACKET.sub("", text).strip()
        if bare == text:
            return bare, inner
        text = bare


@lru_cache(maxsize=65_536)
def area(text: str, system: System = "un") -> Area | None:
    """What a cell of a reporter or partner column stands for; None where nobody knows it."""
    plain = _ISDS.sub("Islands", " ".join(text.split()).strip(" *"))
    if not plain:
        return None
    if plain.isdigit():
        return _number(plain, system)
    found = _name(plain)
    if found is not None:
        return found
    bare, inner = _without_brackets(plain)
    for part in (bare, *inner):
        found = _name(part) if part and part != plain else None
        if found is not None:
            return found
    head = plain.split(",")[0].strip()
    if head != plain and countries.key(head) not in _TWO:
        found = _name(head)
    return found


def system_of(codes: Iterable[str]) -> System:
    """Which system the numbers of a column are of: the one that knows more of them; numbers only one uses weigh double."""
    plain = {c.lstrip("0") or "0" for c in codes if c.isdigit()}
    telling = {
        "geonom": {"400", "720", "732", "728", "404", "664", "647", "736", "1010", "1011"},
        "un": {"842", "840", "156", "276", "643", "826", "251", "250", "699", "757", "756", "392", "410"},
    }
    scores = {
        name: sum(1 for c in plain if _number(c, name) is not None) + 2 * len(plain & telling[name])
        for name in _SYSTEMS
    }
    return "geonom" if scores["geonom"] > scores["un"] else "un"
