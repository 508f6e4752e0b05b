"""Goods in a sentence: nouns from the table, designations (ZT-180, Shahed 136, Mavic 3), and where they are said to come from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from enduse.reference import press_tables as tables

from .actors import place_names
from .text import Lexicon, Token

_FAMILIES = (
    "Shahed|Mavic|Mohajer|Bayraktar|Orlan|Lancet|Geran|Gerbera|Phantom|Matrice|Inspire|Evo|EVO|Mugin|Fateh|Fath|Zolfaghar|Iskander|Kinzhal|"
    "Javelin|Abrams|Leopard|Patriot|Wing Loong|Mini|Air|Arash|Ababil|Karrar|Akinci|Anka|Kizilelma|Hermes|Heron|Harop|Switchblade|Puma|ScanEagle|"
    "Eleron|Forpost|Korsar|Supercam|Zala|Garpiya|Hwasong|Pukguksong|Storm Shadow|Taurus|Caesar|Archer|Boeing|Airbus|Sukhoi|Ilyushin|Antonov|Tupolev|Type|Model"
)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|"
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
_CODE = r"[A-Z][A-Za-z]{0,11}[-–]\d{1,4}[A-Za-z]{0,3}(?:-[A-Z0-9]+)?|[A-Z]{1,4}\d{1,4}[A-Z]{0,2}\b|[A-Z]{1,3}[a-z]?-\d{1,3}[A-Za-z]{0,2}"
_DESIGNATION = re.compile(
    rf"(?<![\w$€£-])(?:(?:{_FAMILIES})[ -](?:{_CODE}|[IVX]{{1,4}}\b|\d[A-Z]\d{{1,2}}|\d{{1,4}}[A-Z]{{0,2}}\b)(?:\s(?:Pro|Max|Plus|Mini|Classic|Enterprise|Thermal|Ultra|Dual)\b)*"
    rf"|(?:{_CODE})(?![\w%])|(?:9[A-Z]\d{{2,3}}|\d[A-Z]\d{{1,3}})\b)"
)
_NAMED = re.compile(
    rf"(?<![.!?] )(?<!^)(?<=[\w,'\")&\]] )(?!(?:{_MONTHS}|About|Around|Over|Nearly|Almost|Only|Some|Just|More|Up|USD|EUR|GBP|RMB|CNY|RUB|AED|KRW|JPY|INR|TRY|Rs|RM|US|R)\b)[A-Z][A-Za-z]*[a-zA-Z] \d{{1,4}}(?![\w,.%]*[\d%])(?!\s(?:million|billion|thousand|percent|per cent|[a-z]+s\b))[A-Z]{{0,2}}\b"
)
# "three Ground Master 200 radars": what is counted already has a count, so that the second number belongs to the name
_COUNTED_NAME = re.compile(
    rf"(?:(?<=[\s(])(?:\d[\d,.]*|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Tt]welve|[Dd]ozen|[Ss]everal|[Dd]ozens of|[Hh]undreds of) (?:more |new |used |further )?)(?P<name>(?!(?:{_MONTHS})\b)[A-Z][\w-]+(?: [A-Z][\w-]+)* \d{{1,4}}[A-Z]{{0,2}})(?= [a-z]+s?\b)"
)
_WEIGHTY = frozenset({"G", "Q", "H", "COVID", "MH", "K", "A", "FY"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Goods named at [start, end): `noun` as said, `name` plain, `group` its class; `generic` for "items", "supplies"."""

    start: int
    end: int
    first: int
    noun: str
    name: str
    group: str
    generic: bool


def designations(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of model designations; a number inside one is never a quantity."""
    stop = len(text) if end is None else end
    spans = [m.span() for m in _DESIGNATION.finditer(text, start, stop)]
    spans += [
        m.span("name")
        for m in _COUNTED_NAME.finditer(text, start, stop)
        if not any(a < m.end() and m.start("name") < b for a, b in spans)
    ]
    spans += [
        m.span()
        for m in _NAMED.finditer(text, start, stop)
        if m.group().split()[0] not in place_names() and not any(a < m.end() and m.start() < b for a, b in spans)
    ]
    return sorted(spans)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(((w, g) for g in tables.goods() for w in g.words), cased=False)


_GENERIC = frozenset({"supplies", "dual-use goods", "expertise", "military aid"})
_GENERIC_NOUNS = frozenset(
    {
        *"system systems material materials component components part parts subsystem subsystems equipment hardware gear kit kits materiel".split(),
        *(
            "spare part",
            "spare parts",
            "military equipment",
            "device",
            "devices",
            "apparatus",
            "module",
            "modules",
            "machine",
        ),
    }
)


def things(text: str, words: list[Token]) -> list[Thing]:
    """Goods nouns in the sentence, left to right. A following noun makes the first an adjective: "drone parts" is one."""
    out: list[Thing] = []
    for hit in _lexicon().find(text, words):
        g = hit.value
        assert isinstance(g, tables.Goods)  # noqa: S101 - the lexicon holds nothing else
        out.append(
            Thing(
                hit.start,
                hit.end,
                hit.first,
                text[hit.start : hit.end],
                g.name,
                g.group,
                g.name in _GENERIC or text[hit.start : hit.end].lower() in _GENERIC_NOUNS,
            )
        )
    heads = []
    for i, t in enumerate(out):
        following = out[i + 1] if i + 1 < len(out) else None
        if following and text[t.end : following.start] in (" ", "-"):
            continue
        if re.match(
            r"-(?:controlled|guided|based|powered|related|linked|led|free|style|making|maker|sharing|producing|armed|laden|carrying|for)\b",
            text[t.end : t.end + 12],
        ):
            continue
        if t.noun.lower() == "part" and text[t.end : t.end + 4] == " of ":
            continue
        heads.append(t)
    return heads


_AND = re.compile(
    r"\s+(?:and|&|as well as|or)\s+(?:(?:other|their|its|spare|related|various|associated)\s+)?(?:\w+\s)?\Z",
    re.IGNORECASE,
)


def with_parts(text: str, thing: Thing, things_: list[Thing]) -> str:
    """The goods as said; aircraft and their parts named in one breath are both ("drones and drone parts"): the scope hangs on it."""
    for first, second in ((thing, t) for t in things_ if t.start >= thing.end):
        if first.group == "drone" and second.group == "part" and _AND.match(text[first.end : second.start]):
            return f"{first.noun} and {second.noun}"
    for first in (t for t in things_ if t.end <= thing.start):
        if first.group == "drone" and thing.group == "part" and _AND.match(text[first.end : thing.start]):
            return f"{first.noun} and {thing.noun}"
    return thing.noun
