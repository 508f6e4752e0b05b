"""Whose ministry speaks: the state of "the ministry", and of a statement that carries no masthead."""

from __future__ import annotations

import re
from dataclasses import replace

from . import actors
from .memory import Memory
from .speech import Said
from .text import tokens

_OFFICE = re.compile(r"(?i)\bministr(?:y|ies)\b")
_OWN_STATEMENT = re.compile(
    r"(?i)\A\W*(?:(?:joint |press |official )?statement\b|press release\b|communiqu[eé]\b|comments? (?:of|by|from) the\b|commentary (?:of|by)\b|information note\b|media advisory\b|briefing by\b|answers? to\b|reply to\b|(?:the )?ministry (?:answers|replies|responds|comments|informs)\b|questions and answers\b)"
)
# "Bern, 01.06.2023 - The Federal Council today decided ...": no agency, and a body of state begins
_DATED_BODY = re.compile(
    r"(?m)^(?P<place>[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?), (?:\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})\s*[-–:]+\s*The (?:Federal |State |National )?(?:Council|Government|Ministry|Department|Cabinet|Office|President|Chancellery|Agency|Prime Minister|Secretary)\b"
)
# "The Ministry of Economy of Bulgaria announces the following"
_ANNOUNCES = re.compile(
    r"\b[Tt]he (?P<body>(?:(?:[A-Z][\w-]+|of|and|the|for) ){0,7}?(?:Ministry|Government|Department|Cabinet|Office|Agency|Council|Service)(?: (?:[A-Z][\w-]+|of|and|the|for)){0,8}) "
    r"(?:announces|states|informs|communicates|clarifies|declares|notes|wishes to (?:state|inform|clarify)|considers it necessary to (?:state|inform|clarify))\s(?:the following|the public|that\b|:)"
)
_OPENING = 600  # characters: where a statement says whose it is
_NEAR = 40


def ministry_state(shadow: str, start: int, end: int, place: str | None = None) -> str | None:
    """The one state whose ministry the text names ("the Danish Ministry of Defence"), of none that of the dateline's `place`."""
    states: set[str] = set()
    for m in _OFFICE.finditer(shadow, start, end):
        before = re.split(r"[.,;:\n]", shadow[max(start, m.start() - _NEAR) : m.start()])[-1]
        after = re.split(
            r"[.,;:\n]|\b(?:said|says|has|have|had|will|denied|rejected|told)\b",
            shadow[m.end() : min(end, m.end() + _NEAR)],
        )[0]
        for part in (" ".join(before.split()[-2:]), after if re.match(r"\s(?:of|in)\b", after) else ""):
            if country := actors.country_in(part, tokens(part)):
                states.add(country)
    if not states and place:
        return actors.country_in(place, tokens(place))
    return states.pop() if len(states) == 1 else None


def own_state(shadow: str, start: int, end: int) -> str | None:
    """The state that speaks in a statement without masthead: of its ministry, or else of its dateline."""
    if m := _DATED_BODY.search(shadow, start, end):
        return actors.country_in(m.group("place"), tokens(m.group("place")))
    if (m := _ANNOUNCES.search(shadow, start, min(end, start + _OPENING))) and (
        home := actors.country_in(m.group("body"), tokens(m.group("body"))) or ministry_state(shadow, start, end)
    ):
        return home
    if not _OWN_STATEMENT.match(shadow[start:end]):
        return None
    if known := ministry_state(shadow, start, end):
        return known
    for line in shadow[start:end].split("\n")[1:6]:
        if re.search(r"\b\d{4}\s*\Z", line) and (place := actors.country_in(line, tokens(line))):
            return place
    return None


def with_state(said: Said, state: Memory) -> Said:
    """`said` with the state of a ministry that is named without one."""
    if state.ministry is None:
        return said
    chain = tuple(
        replace(x, country=state.ministry)
        if x.country is None and x.type in ("government", "official") and _OFFICE.search(x.name)
        else x
        for x in said.chain
    )
    return replace(said, chain=chain)
