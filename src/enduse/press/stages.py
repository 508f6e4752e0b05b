"""How far a deal is (stage), how it is held (stance), and the plain status made from both."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from enduse.reference import press_tables as tables

from .text import Hit, Lexicon, Token

Claim = dict[str, Any]

# the further a deal is, the higher; a headline is never raised above its body
LADDER = (
    "unspecified",
    "under_consideration",
    "requested",
    "in_talks",
    "agreed",
    "planned",
    "ordered",
    "in_progress",
    "purchased",
    "delivered",
    "used",
)
_PRIORITY = ("ceased", "under_consideration", "in_talks", "agreed", "requested", "planned", "ordered", "in_progress")
_BASE = {
    "give": "delivered",
    "get": "purchased",
    "order": "ordered",
    "request": "requested",
    "use": "used",
    "produce": "unspecified",
    "stock": "unspecified",
    "capability": "n/a",
    "restrict": "n/a",
    "origin": "n/a",
    "route": "unspecified",
    "noun_give": "delivered",
    "noun_get": "purchased",
    "noun_order": "ordered",
    "noun_produce": "unspecified",
    "move": "delivered",
    "include": "unspecified",
    "deny": "n/a",
}
_RECEIVED = frozenset(
    "receive receives received receiving import imports imported importing obtain obtained acquired got take takes took taken brought".split()
)
_FIXED = frozenset({"capability", "restrict", "origin", "deny"})
_WOULD = re.compile(
    r"\b(?:would|will|could|may|might|shall|to)\b(?:\s\w+ly)?(?:\s(?:also|soon|then|now|not))?\s*\Z", re.IGNORECASE
)


_NOT_BEGUN = re.compile(
    r"(?i)\b(?:(?:not|yet to|due to|set to|will|expected to|scheduled to|to)\s(?:yet\s)?(?:be(?:en)?\s)?(?:begun|begin|started?|commence|take place|made)|(?:begins?|starts?) (?:in|on|next)|due (?:in|by|next))\b"
)


_OPENING_PHRASE = re.compile(
    r"(?i)\W*(?:under|after|following|despite|since|according to|in line with|as part of)\s[^,]*\Z"
)


@cache
def _lexicon(role: str) -> Lexicon:
    return Lexicon(tables.cues()[role].items(), cased=False)


def find(role: str, text: str, words: list[Token]) -> list[Hit]:
    """Cue words of a role; values are their labels."""
    found = _lexicon(role).find(text, words)
    if role == "hedge":
        found = [
            h for h in found if not _MONTH.match(text, h.start) or not text[: h.start].rstrip(" \"'")[-1:].isalnum()
        ]
    return found


_MONTH = re.compile(r"May\b")  # within a sentence: the month, no "may"


def stage(role: str, verb: str, text: str, lead: int, at: int, cues: list[Hit], *, noun: bool) -> tuple[str, list[str]]:
    """Stage of the deal opened by the trigger at `at`, from the stage cues between `lead` and the trigger."""
    if role in _FIXED:
        return _BASE[role], []
    found = {str(h.value): text[h.start : h.end] for h in cues if lead <= h.start and h.end <= at + (0 if noun else 1)}
    if len(found) > 1:
        opening = {
            str(h.value)
            for h in cues
            if lead <= h.start
            and h.end <= at
            and _OPENING_PHRASE.match(text[lead : h.start])
            and "," in text[h.end : at]
        }
        found = {k: v for k, v in found.items() if k not in opening} or found
    if noun:
        found |= {str(h.value): text[h.start : h.end] for h in cues if at <= h.start <= at + 40 and h.value == "ceased"}
    if noun and role == "noun_give" and re.search(r"\bwould\b", text[at : at + 60]) and not found:
        return "under_consideration", ["would"]
    if noun and (m := _NOT_BEGUN.search(text, at, at + 60)):
        return "planned", [m.group()]
    for label in _PRIORITY:
        if label == "ordered" and role not in ("order", "noun_order"):
            continue
        if label == "agreed" and "agreed" in found and role == "request":
            continue
        if label == "in_progress" and role == "produce" and re.search(r"\b(?:can|could|able to)\b", text[lead:at]):
            continue  # "can still produce 40 a month" is capacity
        if label == "in_progress" and label in found:
            # "has been sold" is past; "has been selling" and "continues to sell" go on
            if found[label] in ("has been", "have been", "been") and not verb.endswith("ing"):
                continue
            return label, [found[label]]
        if label in found:
            return label, [found[label]]
    before = text[max(lead, at - 30) : at]
    compelled = re.search(r"(?i)\b(?:had|have|has|forced|managed|able|continu\w+|used)\s[\"']?to\s*\Z", before)
    if not noun and not compelled and _WOULD.search(before) and not verb.endswith(("ed", "ing")):
        m = _WOULD.search(before)
        return "planned" if role != "produce" or "can" not in before else "unspecified", [
            m.group(0).strip()
        ] if m else []
    if (
        verb.endswith("ing")
        and not noun
        and role in ("give", "get", "produce")
        and not re.search(
            r"(?i)\b(?:after|admit\w*|acknowledg\w*|confess\w* to|accus\w* [^.]{0,40}of|denied|den(?:y|ies)|despite|including|by|for|about)\s*\Z",
            text[max(0, at - 40) : at],
        )
    ):
        if re.search(
            r"(?i)\b(?:news|reports?|talk|possibility|possibilities|prospect|idea|question|rumou?rs)\s(?:of|for|about)\b",
            text[max(lead - 60, 0) : at],
        ):
            return "unspecified", [verb]
        return "in_progress", [verb]
    if (
        noun
        and role == "noun_give"
        and (
            m := re.search(
                r"(?i)\b(?:slow\w*|continu\w+|persist\w*)\b|\b(?:is|are)\s(?:\w+ly\s)?(?:booming|growing|rising|surging|soaring|increasing|falling|under ?way|ongoing|flowing)\b",
                text[at : at + 60],
            )
        )
    ):
        return "in_progress", [m.group()]
    if role == "order" and verb.startswith(("signed", "contracted")):
        return "agreed", [verb]
    if role == "give" and verb.startswith("offer"):
        return "under_consideration", [verb]
    if role == "give" and verb.startswith(("pledg", "promis", "earmark")):
        return "agreed", [verb]
    base = _BASE[role]
    if role == "noun_get" and verb.startswith("import"):
        base = "delivered"
    if role == "get" and verb.split(maxsplit=1)[0] in _RECEIVED:
        base = "delivered"
    if role == "get" and verb.startswith("turn"):
        base = "unspecified"
    return base, [verb]


def status(stage_: str, stance: str) -> str:
    """The product's six words: denied, confirmed, alleged, in_talks, planned, delivered."""
    if stance == "denied":
        return "denied"
    if stance == "party_confirmed":
        return "confirmed"
    if stage_ in ("under_consideration", "requested", "in_talks"):
        return "in_talks"
    if stage_ in ("agreed", "ordered", "planned"):
        return "planned"
    if stance in ("alleged", "hedged"):
        return "alleged"
    return "delivered" if stage_ in ("delivered", "purchased", "used", "in_progress", "ceased") else "alleged"


def compatible(named_with: Callable[[Claim], set[str | None]], b: Claim, c: Claim) -> bool:
    """True where a claim of the body may tell of the deal of a headline: it shares a party and names no other in its slots."""
    shared = False
    for slot in ("supplier", "recipient"):
        if c[slot] and b[slot]:
            if c[slot] not in named_with(b) and not set(re.split(r", | and ", c[slot])) & set(
                re.split(r", | and ", b[slot])
            ):
                return False
            shared = True
    return shared


def capped(stage_: str, body: list[str]) -> str:
    """A headline's stage, no higher than the highest stage its body supports for the same parties."""
    if stage_ not in LADDER:
        return stage_
    known = [s for s in body if s in LADDER]
    if not known:
        return "unspecified" if not body else body[0]
    top = max(known, key=LADDER.index)
    return stage_ if LADDER.index(stage_) <= LADDER.index(top) else top
