"""Who is named: states (with capitals, leaders, adjectives), firms by form or by an apposition, and outlets.

A firm named once in full is known by its first words afterwards ("Falcon Meridian FZE", then "Falcon Meridian").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from enduse.reference import press_tables as tables

from .text import Hit, Lexicon, Token

_FORMS = (
    "Technology Technologies Tech Industries Industry Aviation Aerospace Aero Systems Electronics Trading Trade Robotics Dynamics Defence Defense Group Holding Holdings "
    "Corporation Corp Company Co Ltd Limited LLC LLP Inc FZE FZCO DMCC GmbH AG SA SAS SpA BV NV JSC PJSC OJSC OOO TOO Logistics Shipping Infrared Optics Instruments "
    "Semiconductor Semiconductors Machinery Equipment Export Import Motors Engines Power Labs Laboratories Enterprise Enterprises Works Plant Factory International Partners "
    "Solutions Avionics Munitions Armaments Chemical Chemicals Makina AS Oy AB Bhd Pte Pvt Private Detonators Explosives Microelectronics Photonics Airlines Airways Tool Tools Metals Bearings Parts Components Supply Supplies Materials Products Commerce Brokers Forwarding Precision Makine Teknik Elektronik Trans Lines Marine Maritime Resources Mining Steel Optical Aircraft Ventures Traders Distribution Mechanical Hydraulics Turbines Drones Robotika Plastics Textiles Fuels Petroleum Gas Oil Energy Telecom Telecommunications Networks Software Digital Devices Circuits"
)
_FORM = "|".join(sorted(_FORMS.split(), key=lambda w: -len(w)))
_CAP = r"(?:[A-ZÀ-ÖØ-Þ0-9][\w'&-]*|of|and|&)"
_FIRM = re.compile(
    rf"(?<![\w-])(?P<name>[A-ZÀ-ÖØ-Þ][\w'&-]*(?:[ \n]{_CAP}){{0,5}}[ \n](?:{_FORM})\b(?:[,.]?[ \n](?:{_FORM})\b\.?)*)"
)
_LEADING_FORM = re.compile(
    r"(?<!\w)(?:OOO|TOO|JSC|PJSC|AO|ZAO|PAO|LLC|ООО|АО|ЗАО|ТОО|PT)[ \n][\"']?(?P<name>[A-ZА-ЯЁ][\w-]*(?:[ \n-][A-ZА-ЯЁ][\w-]*){0,3})[\"']?"
)
_CALLED = re.compile(
    r"\b(?:company|firm|manufacturer|maker|producer|exporter|importer|trader|supplier|trading house|start-?up|distributor|contractor|conglomerate|shipyard|airline|broker|arm|subsidiary|dealer|shop|fund|middleman|intermediary|reseller)(?:,? (?:called|named|known as))?,? [\"']?(?P<name>[A-ZÀ-Þ][\w&-]*(?:[ -][A-ZÀ-Þ][\w&-]*){0,4})"
)
_CALLED_AT = re.compile(
    r"\b(?:company|firm|manufacturer|maker|producer|exporter|importer|trader|supplier|distributor|broker|dealer|reseller)s? (?:in|from|near|based in|registered in|out of) [A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)?,(?: called| named)? (?P<name>[A-ZÀ-Þ][\w&-]*(?:[ -][A-ZÀ-Þ][\w&-]*){0,4}),"
)
_TWO_MAKERS = re.compile(
    r"\b(?:companies|firms|manufacturers|makers|producers|exporters|importers|traders|suppliers|brands|automakers|truckmakers|chipmakers|drone-makers) (?P<name>[A-ZÀ-Þ][\w&-]*(?: [A-ZÀ-Þ][\w&-]*){0,2})(?:, (?P<third>[A-ZÀ-Þ][\w&-]*(?: [A-ZÀ-Þ][\w&-]*){0,2}))? and (?P<second>[A-ZÀ-Þ][\w&-]*(?: [A-ZÀ-Þ][\w&-]*){0,2})"
)
# "Shacman's sales", "a spokesman for Shacman", "Sitrak, a brand of Sinotruk": who has these is a firm
_TRADES = re.compile(
    r"(?<![\w'.] )(?<![\w'])(?P<name>[A-ZÀ-Þ][\w&-]{2,}(?: [A-ZÀ-Þ][\w&-]+){0,2})'s? (?:\w+ )?(?:sales|exports|shipments|deliveries|turnover|revenue|owner|chief executive|managing director|sales director|website|subsidiary|products|factory|headquarters|spokes(?:man|woman|person))\b"
)
_SPEAKS_FOR = re.compile(
    r"\b[Ss]pokes(?:man|woman|person) (?:for|of) (?P<name>[A-ZÀ-Þ][\w&-]+(?: [A-ZÀ-Þ][\w&-]+){0,2})"
)
_BRAND = re.compile(
    r"(?<![\w'])(?P<name>[A-ZÀ-Þ][\w&'-]*(?: [A-ZÀ-Þ][\w&-]*){0,3}), (?:a|an|the) (?:[\w-]+ ){0,2}(?:brand|unit|arm|subsidiary|division|affiliate|joint venture|shipyard|broker|dealer|reseller|outfit|shop|carmaker|truckmaker|chipmaker|drone-maker|arms-maker|refiner|plant)\b"
)
_ONE_OF = re.compile(
    r"\b(?:[Oo]ne of (?:them|these|those|the (?:firms|companies|exporters|importers|traders|suppliers))|[Tt]he (?:largest|biggest|main|second|other)(?: (?:one|firm|company|exporter|importer|buyer|supplier))?), (?P<name>[A-ZÀ-Þ][\w&-]*(?: [A-ZÀ-Þ][\w&-]*){0,4}),"
)
_APPOSED = re.compile(
    r"(?<![\w'])(?P<name>[A-ZÀ-Þ][\w&'-]*(?: [A-ZÀ-Þ][\w&-]*){0,4}), (?:a|an|the|one of)\b[^,.;]{0,60}?\b(?:company|firm|manufacturer|maker|producer|exporter|importer|trader|supplier|distributor|contractor|start-?up|conglomerate)\b"
)
_PLANT = re.compile(r"(?<![\w'])(?P<name>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)?) (?:plant|factory|shipyard|works)\b")
_NOT_FIRM = re.compile(
    r"\b(?:Ministry|Minister|Department|Secretary|President|Foreign|Committee|Council|Union|Institute|University|Centre|Center|Agency|Service|Army|Force|Forces|Times|Post|Bank|Treasury|Court|Parliament|Congress|Commission|Affairs|Chamber|Statistical|Bureau|Office|Federal|Intelligence|Security|State|Nations|War|Sea|Embassy)\b"
)
_GROUPS = frozenset(
    """exporter exporters company companies firm firms manufacturer manufacturers maker makers trader traders supplier suppliers dealer dealers
    government military army navy forces troops leadership authorities regime officials official leader president minister ministry arms-makers producers producer
    sellers seller vendors vendor mills mill buyers buyer customers customer importers importer businesses business entities entity middlemen intermediaries distributor distributors factory factories
    side state soldiers fighters contractors contractor brands brand start-up startup group groups conglomerate authorities air navy intelligence services service
    shippers shipper retailer retailers shop shops refinery refineries industry plant plants drone-maker territory""".split()
)
_SINGLE_FIRM = frozenset(
    "company firm manufacturer maker exporter supplier producer importer trader distributor contractor conglomerate start-up startup".split()
)


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor at [start, end), tokens [first, last). `name` is how claims call it, `country` the state it belongs to."""

    start: int
    end: int
    first: int
    last: int
    name: str
    kind: str  # country, company, adjective, outlet, group
    country: str | None
    owner: bool = False
    single: bool = False
    definite: bool = False


@dataclass
class Firms:
    """Firms known in one article: any of their spellings to the full name, and their country where it is said."""

    names: dict[str, str] = field(default_factory=dict)
    country: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    _lexicon: Lexicon | None = None

    def add(self, name: str, country: str | None = None) -> None:
        if name in _COMMON or name in place_names() or name.lower() in _GROUPS:
            return  # "Exporter denies": a common noun at the head of a headline is no firm
        full = self.names.get(name, name)
        if full not in self.order:
            self.order.append(full)
        self.names.setdefault(name, full)
        if country:
            self.country.setdefault(full, country)
        words = name.split()
        for n in range(len(words) - 1, 0, -1):
            short = " ".join(words[:n])
            if n == 1 and (len(short) < 4 or short in _COMMON or short in place_names()):
                break
            if short.split()[-1] in ("of", "and", "&"):
                continue
            self.names.setdefault(short, full)

    def lexicon(self) -> Lexicon:
        if self._lexicon is None:
            self._lexicon = Lexicon(((k, v) for k, v in self.names.items()), cased=True)
        return self._lexicon


_COMMON = frozenset(
    "The A An In On It Its States Kingdom Arab Emirates Nations Chinese Russian American National Global General United First New Royal Ideal Smart Guide Power Advanced International".split()
)


@cache
def place_names() -> frozenset[str]:
    """Every single word that stands for a state, so that no firm is known by it alone."""
    return frozenset(
        n for c in tables.countries() for n in (*c.names, *c.adjectives, *c.seats, *c.leaders) if " " not in n
    )


@cache
def _adjectives() -> frozenset[str]:
    """Words before a firm's name that are no part of it ("Chinese"); a city is one ("Shenzhen Example Technology")."""
    return frozenset(n for c in tables.countries() for n in c.adjectives)


@cache
def _countries() -> Lexicon:
    entries: list[tuple[str, object]] = []
    for c in tables.countries():
        entries += [(n, (c.name, "name")) for n in c.names]
        entries += [(n, (c.name, "adjective")) for n in c.adjectives if n not in c.names]
        entries += [(n, (c.name, "name")) for n in (*c.seats, *c.leaders)]
        entries += [(n.upper(), (c.name, "name")) for n in c.names if len(n) > 4]
        # tabloids set the first word of a story in capitals: "NORTH Korea"
        entries += [(f"{a.upper()} {b}", (c.name, "name")) for n in c.names for a, _, b in [n.partition(" ")] if b]
    return Lexicon(entries, cased=True)


@cache
def _outlets() -> Lexicon:
    return Lexicon(((n, o) for o in tables.outlets() for n in (o.name, *o.aliases) if n not in _AMBIGUOUS), cased=True)


# names of papers that are everyday words at the head of a sentence
_AMBIGUOUS = frozenset(
    {
        "Time",
        "Fox",
        "Sky",
        "Standard",
        "Insider",
        "Spiegel Online",
        "The National",
        "Independent",
        "Vlast",
        "Schemes",
        "Lighthouse",
        "Sabah",
        "NV",
        "Standaard",
        "Guardian",
        "Telegraph",
        "Intercept",
        "The Reporter",
        "RT",
        "Bell",
        "AP",
    }
) - {"AP"}


@cache
def _makers() -> Lexicon:
    return Lexicon(((n, name) for name, (aliases, _) in tables.makers().items() for n in (name, *aliases)), cased=True)


_FORM_END = re.compile(rf"(?:\A| )(?:{_FORM})\b")


def has_form(name: str) -> bool:
    """True where a word of the name says that it is a firm ("Trading", "GmbH")."""
    return bool(_FORM_END.search(name))


def people_of(word: str) -> str | None:
    """The state whose people "Koreans" or "Iranians" are."""
    return next((c.name for c in tables.countries() if word.endswith("s") and word[:-1] in c.adjectives), None)


def could_be_firm(name: str) -> bool:
    """True for a name in capitals that no table knows as a place, an adjective or an office."""
    return not (_NOT_FIRM.search(name) or name in place_names() or name in _COMMON or name.lower() in _GROUPS)


def outlets(text: str, words: list[Token]) -> list[Hit]:
    """Outlets named; values are `press_tables.Outlet`."""
    return _outlets().find(text, words)


def country_in(text: str, words: list[Token]) -> str | None:
    """The first state that `words` name or hint at by an adjective."""
    hits = _countries().find(text, words)
    if not hits:
        return None
    value = hits[0].value
    return str(value[0]) if isinstance(value, tuple) else None


def states(text: str, words: list[Token]) -> list[Hit]:
    """Every mention of a state, its capital, leader or adjective; values are (name, role)."""
    return _countries().find(text, words)


def learn(text: str, start: int, end: int, firms: Firms, words: list[Token]) -> None:
    """Add the firms that `text[start:end]` names by legal form, trade word or apposition."""
    for pattern, m, said in _namings(text, start, end):
        name = said.replace("\n", " ").strip(" .,\"'")
        name = re.sub(r"'s\Z", "", _strip_place(name))
        parts = name.split()
        if (
            not parts
            or _NOT_FIRM.search(name)
            or name in place_names()
            or len(name) < 3
            or (parts[0] in _COMMON and len(parts) == 1)
        ):
            continue
        if pattern is _FIRM and len(parts) < 2:
            continue
        if any(h.end - h.start >= len(name) - 4 for h in _outlets().find(name, _words(name))) or (
            _countries().find(name, _words(name)) and len(parts) == 1
        ):
            continue
        firms.add(name, _home(text, m.start(), m.end(), words))


# what may stand between a firm's name and the state it belongs to, before the name and after it
_HOME_BEFORE = re.compile(
    r"(?:-based|-registered|-owned|-made|'s)?(?:\s(?!to\b|from\b|by\b|for\b|with\b|in\b|of\b|and\b|has\b|had\b|sold\b|via\b)[a-z][\w-]*){0,4},?\s?(?:called |named |known as )?[\"']?"
)
_HOME_AFTER = re.compile(
    r"(?:, (?:an? |the |one of )?(?:[\w-]+ ){0,5}?| )(?:(?:based|registered|headquartered|located|incorporated) )?(?:in|of|near|outside) (?:(?:the )?[A-Z]\w+, )?|,? (?:an?|the|one of) (?:[a-z][\w-]* ){0,4}| \("
)


def _home(text: str, start: int, end: int, words: list[Token]) -> str | None:
    """The state a firm named at [start, end) is said to belong to: "a Turkish trader, X", "X of Xiamen", "X, a Bergen company"."""
    near = [t for t in words if start - 60 <= t.start < end + 60]
    best: tuple[int, str] | None = None
    for h in _countries().find(text, near):
        if not isinstance(h.value, tuple):
            continue
        if start <= h.start < end:
            distance = 0
        elif h.end <= start and _HOME_BEFORE.fullmatch(text[h.end : start]):
            distance = start - h.end
        elif h.start >= end and _HOME_AFTER.fullmatch(text[end : h.start]):
            distance = h.start - end
        else:
            continue
        if best is None or distance < best[0]:
            best = (distance, str(h.value[0]))
    return best[1] if best else None


_NAMINGS = (
    _FIRM,
    _LEADING_FORM,
    _CALLED,
    _CALLED_AT,
    _ONE_OF,
    _TWO_MAKERS,
    _APPOSED,
    _BRAND,
    _PLANT,
    _TRADES,
    _SPEAKS_FOR,
)


def _namings(text: str, start: int, end: int) -> Iterable[tuple[re.Pattern[str], re.Match[str], str]]:
    """Each place where a pattern names a firm, with the name."""
    for pattern in _NAMINGS:
        for m in pattern.finditer(text, start, end):
            yield pattern, m, m.group(0) if pattern is _LEADING_FORM else m.group("name")
            for more in ("second", "third"):
                if m.groupdict().get(more):
                    yield pattern, m, m.group(more)


def _words(text: str) -> list[Token]:
    from .text import tokens

    return tokens(text)


def _strip_place(name: str) -> str:
    words = name.split()
    while words and (
        words[0] in ("The", "A", "An", "In", "On", "And", "But", "While", "of", "and")
        or (
            (words[0] in _adjectives() or (words[0].endswith("'s") and words[0][:-2] in place_names()))
            and (len(words) > 2 or words[0].endswith("'s"))
        )
    ):
        words = words[1:]
    rest = " ".join(words)
    hits = _countries().find(rest, _words(rest))
    if hits and hits[0].start == 0 and "'s " in rest[: hits[0].end + 1]:
        rest = rest[hits[0].end :].strip()
    return re.sub(r"\A[\w-]+-(?:based|made|backed|owned|led)\s+", "", rest)


def find(text: str, words: list[Token], firms: Firms) -> list[Actor]:
    """Actors of a sentence in order: firms before makers before states, none overlapping; outlets are left out."""
    taken: list[tuple[int, int]] = [(h.start, h.end) for h in outlets(text, words)]
    found: list[Actor] = []

    def free(h: Hit) -> bool:
        return not any(a < h.end and h.start < b for a, b in taken)

    for h in _hits(text, words, firms):
        if free(h):
            name = str(h.value)
            full = firms.names.get(name, name)
            country = firms.country.get(full) or tables.makers().get(full, ((), ""))[1] or None
            # "Rotax engines" names a maker, not a seller
            found.append(Actor(h.start, h.end, h.first, h.last, full, "company", country, words[h.last - 1].owner))
            taken.append((h.start, h.end))
    for h in _countries().find(text, words):
        if not free(h) or not isinstance(h.value, tuple):
            continue
        country, role = h.value
        if role == "adjective" and _PART_OF_THE_WORLD.search(text[max(0, h.start - 8) : h.start]):
            continue  # "the South American country" is not the United States
        if role == "name" and re.match(r"-(?:based|made|built|backed|led)\b", text[h.end : h.end + 8]):
            role = "adjective"
        if role == "adjective" or words[h.last - 1].owner or country == "United States":
            group = _group(text, words, h.last)
            if group:
                found.append(
                    Actor(
                        h.start,
                        words[group - 1].end,
                        h.first,
                        group,
                        country,
                        "group",
                        country,
                        words[group - 1].owner,
                        words[group - 1].text.lower() in _SINGLE_FIRM,
                        bool(h.first) and words[h.first - 1].low in ("the", "this", "that"),
                    )
                )
                taken.append((h.start, words[group - 1].end))
                continue
        if text[h.start : h.end] == "US" and role == "name":
            nxt = words[h.last].text if h.last < len(words) else ""
            role = "adjective" if nxt[:1].islower() and nxt not in _FOLLOWS_NAME else "name"
        # "China-made", "Russia-Ukraine war": part of a compound, no actor of its own
        if role == "name" and re.match(r"-(?:made|built|based|backed|led|[A-Z])", text[h.end : h.end + 8]):
            role = "adjective"
        found.append(
            Actor(
                h.start,
                h.end,
                h.first,
                h.last,
                country,
                "country" if role == "name" else "adjective",
                country,
                words[h.last - 1].owner,
            )
        )
        taken.append((h.start, h.end))
    found.sort(key=lambda a: a.start)
    # "French firm Nexter" is one actor: the firm
    firms_at = {a.start for a in found if a.kind == "company"}
    return [a for a in found if not (a.kind == "group" and text[a.end : a.end + 1] == " " and a.end + 1 in firms_at)]


_PART_OF_THE_WORLD = re.compile(r"\b(?:South|Latin|Central|North|Pan)[ -]\Z")
_FOLLOWS_NAME = frozenset(
    "has had is was will would and to in on from for could may might said says also sent sold supplied did does".split()
)


def _hits(text: str, words: list[Token], firms: Firms) -> Iterable[Hit]:
    yield from firms.lexicon().find(text, words)
    yield from _makers().find(text, words)


def _group(text: str, words: list[Token], at: int) -> int:
    """One past the noun of "Chinese drone makers" (position), or 0 when no word for an actor follows within four."""
    for k in range(at, min(at + 4, len(words))):
        if text[words[k - 1].end : words[k].start].strip(" -\n\"'"):
            return 0
        if words[k].low == "fighters" and _COUNT.search(text[max(0, words[at - 1].start - 24) : words[at - 1].start]):
            return 0  # "100 Turkish fighters": aircraft
        if words[k].low == "start" and k + 1 < len(words) and words[k + 1].low in ("up", "ups"):
            return k + 2
        if words[k].text.lower() in _GROUPS:
            after = words[k + 1].text.lower() if k + 1 < len(words) else ""
            if after in _GROUPS and not text[words[k].end : words[k + 1].start].strip():
                continue
            return k + 1
        if words[k].text.lower() in _BREAKS:
            return 0
    return 0


_COUNT = re.compile(r"(?i)(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|dozens of))\s\Z")
_BREAKS = frozenset(
    "to from of in on for with has have had is was were are and or that which by at as drones missiles weapons shells".split()
)
