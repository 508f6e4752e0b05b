"""The body of state a speaker stands for: "a spokesman for Kyiv's military intelligence" and "HUR" are one mouth."""

from __future__ import annotations

import re

from . import actors
from .attribution import slug
from .speakers import Source
from .text import tokens

Body = tuple[str | None, str]  # state and function; no state where the words do not tell it, "" for the state itself

# what a body does, the narrower word first ("Ministry of Foreign Trade" is one of trade)
_FUNCTIONS = (
    ("intelligence", r"intelligence|spy|spies|spooks?|snoops|spymasters?|secret service|security service|espionage"),
    ("customs", r"customs|revenue service|border (?:guard|service)"),
    ("trade", r"trade|econom\w+|commerce|industr\w+"),
    ("finance", r"treasury|finance|central bank"),
    ("foreign", r"foreign|external affairs|state department|state secretary|diplomacy|europe"),
    ("defence", r"defen[cs]e|pentagon|armed forces|army|military|navy|air force|war"),
    ("interior", r"interior|home office|police"),
    ("justice", r"prosecut\w+|justice|attorney"),
    ("presidency", r"kremlin|white house|president'?s? (?:office|administration)|presidency|chancellery|elysee|élysée|national security council"),
)  # fmt: skip
_FUNCTION = tuple((name, re.compile(rf"(?i)\b(?:{words})\b")) for name, words in _FUNCTIONS)
_OFFICE = re.compile(
    r"(?i)\b(?:ministry|ministries|department|office|agency|service|intelligence|kremlin|white house|pentagon|treasury|"
    r"customs|army|military|navy|air force|forces|police|bureau|directorate|council|presidency|chancellery|prosecut\w+|spies|spooks?|snoops|spy)\b"
)
_HEADS = {"kremlin": "Russia", "white house": "United States", "pentagon": "United States"}
_SPIES = re.compile(
    r"(?i)\b(?:spy (?:chiefs?|agency|agencies|bosses)|spies|spooks|snoops|spymasters)\b"
)  # the service, in the language of tabloids
# who speaks for a body and not for himself
_MOUTH = re.compile(
    r"(?i)\b(?:spokes(?:man|woman|person|people)|representative|advis[eo]r|press (?:service|secretary|office|officer)|spox)\b"
)
_MINISTER = re.compile(r"(?i)\bminister\b|\bsecretary of (?:state|defen[cs]e)\b")


def body_of(x: Source) -> Body | None:
    """State and function of the body a source is or speaks for; None for a person who speaks for himself, or for no body.

    The state is None where the words do not tell it. A state or its capital ("Tehran") has the function "".
    """
    if x.type.split("+")[0] not in ("official", "government") or x.type.endswith("anonymous"):
        return None
    name = x.name.split(", who")[0]
    low = name.lower()
    home = x.country or next((c for h, c in _HEADS.items() if h in low), None)
    if _MINISTER.search(name) and not re.search(r"(?i)\bministr(?:y|ies)\b", name):
        return None
    if x.type == "official" and not x.unnamed and not (_MOUTH.search(name) and _OFFICE.search(name)):
        return None  # a person by name
    if x.type == "official" and x.unnamed and not (_SPIES.search(name) or _MOUTH.search(name)):
        return None  # "intelligence officials": people of a service, nobody knows who
    if not _OFFICE.search(name) and not _MOUTH.search(name):
        return (home, "") if home and _is_state(name) else None
    function = next((f for f, words in _FUNCTION if words.search(name)), None)
    if function is None:
        return (home, "") if home and _MOUTH.search(name) else None
    return home, function


def _is_state(name: str) -> bool:
    """True for "Tehran" and "the Turkish government": a state or its capital, and no body of its own."""
    words = tokens(name)
    rest = name
    for h in reversed(actors.states(name, words)):
        rest = rest[: h.start] + rest[h.end :]
    return not re.sub(r"(?i)\b(?:the|government|authorities|leadership|regime|has|have)\b|\W", "", rest)


def office_of(name: str, country: str | None) -> Body | None:
    """The body an own statement is issued by, from the name of its issuer."""
    return body_of(Source(name, "government", None, country=country))


def body_key(body: Body) -> str:
    """Key of a root that is a body of state."""
    return f"government:{slug(body[0] or '')}" + (f":{body[1]}" if body[1] else "")


def is_minister(x: Source) -> bool:
    """True for a (deputy) minister: in a statement of his own ministry he is its voice."""
    return bool(_MINISTER.search(x.name)) and not re.search(r"(?i)\bprime\b", x.name)
