"""Numbers in words and digits that are no figures: spelled-out amounts, fractions of a scale, dates, clock times."""

from __future__ import annotations

import re
from decimal import Decimal

from enduse.reference import press_tables as tables

_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"


_SHARE_OF_SCALE = re.compile(
    r"(?P<share>half|a quarter of|three[- ]quarters of) an? (?P<scale>thousand|million|billion)", re.IGNORECASE
)


PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percent\b|pc\b|percentage points?\b)", re.IGNORECASE)


_NOT_BEFORE = re.compile(
    rf"(?:\b(?:{_MONTH})\.?\s|\b(?:No|Nos|Article|Section|Row|Page|Chapter|Channel|Resolution|Rule|Part|Annex|Category|Code|Room|Apartment|Flight|Route|Highway|Block|Phase|Type|Class|Tier|Group|Grade|Version|Level|Unit|Number|Season|Week|Day|Game|Stage|Lot|Announcement|HS|under code)\.?\s|#|[A-Za-z]-?)\Z",
    re.IGNORECASE,
)


_NOT_AFTER = re.compile(
    rf"(?:st|nd|rd|th)\b|:\d\d|\s?[ap]\.?m\b|(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b|/\d|[-–]\d{{1,2}}[-–]\d|\.\d+\.\d|\s(?:ET|GMT|PDT|PT|EDT|UTC)\b|s\b(?!\s?[$])|'s\b"
)


_YEAR = re.compile(r"(?:1[89]|20|21)\d\d\Z")


def no_figure(text: str, m: re.Match[str], start: int, stop: int) -> bool:
    digits = m.group("digits")
    before = text[max(start, m.start() - 24) : m.start()]
    after = text[m.end("digits") : min(stop, m.end("digits") + 16)]
    if not m.group("scale") and _NOT_AFTER.match(after):
        return True
    if re.search(r"\bS&?P\s\Z|[A-Z][a-z]+[ -]\Z(?<!About )", before) and re.match(
        r"\s(?:e-minis|index|futures)\b", after
    ):
        return True
    if re.search(r"\bS\s?&?\s?P\s\Z|(?i:\biPhone|\bsp|\bCOVID -)\s?\Z", before):
        return True
    if re.match(r"\)", after) and before.endswith("("):
        return True
    if re.search(r"[A-Z][a-z]+, \Z", before) and re.match(r",\s", after) and len(digits) == 2:
        return True  # an age after a name
    if _NOT_BEFORE.search(before) and not (m.group("scale") or PERCENT.match(after)):
        return not re.search(r"(?i)\bmay\s\Z", before) or before.rstrip().endswith("May")
    if _YEAR.fullmatch(digits) and not m.group("scale"):
        counted = re.match(r"\s(?:[a-z]+\s)?[a-z]{3,}s\b", after)
        year_word = re.search(
            r"(?i)\b(?:in|since|of|by|until|from|to|and|between|during|late|early|mid|before|after|for|through|back to|summer|winter|spring|autumn|fall|year|the|,)[\s-]*\Z",
            before,
        )
        return bool(year_word) or not counted
    return False


def pronoun(text: str, m: re.Match[str]) -> bool:
    """True where "one" is a pronoun: no lower-case noun follows."""
    after = text[m.end() : m.end() + 14]
    before = text[max(0, m.start() - 8) : m.start()].lower()
    return not re.match(r"[\s-][a-z]{3,}", after) or bool(
        re.search(r"(?:\bno|any|every|this|that|the|only|some)[\s-]\Z", before) or re.match(r"-", after)
    )


def word_value(words: str) -> tuple[Decimal, bool] | None:
    n = tables.numbers()
    words = words.strip()
    for lead in ("several ", "a few ", "a couple of "):
        if words.startswith(lead):
            unit = words.removeprefix(lead)
            return Decimal(str(int(n["scale"].get(unit, 0) or n["unit"].get(unit, 0)))) * 2, True
    if words.startswith("half a dozen"):
        return Decimal(6), False
    if m := _SHARE_OF_SCALE.fullmatch(words):
        share = {"half": "0.5", "a quarter of": "0.25"}.get(m.group("share"), "0.75")
        return Decimal(share) * int(n["scale"][m.group("scale")]), False
    parts = words.split(" of ")
    if all(p in n["vague"] or p == "tens" for p in parts):
        value = Decimal(1)
        for part in parts:
            value *= Decimal(10) if part == "tens" else Decimal(str(int(n["vague"][part])))
        return value, True
    total, current, seen = Decimal(0), Decimal(0), False
    for word in re.split(r"[\s-]+", words):
        bare = word.removesuffix("s") if word not in n["number"] else word
        if word in ("and", "a", "an"):
            continue
        if word in n["number"]:
            current, seen = current + Decimal(str(int(n["number"][word]))), True
        elif bare in n["unit"] or bare in n["scale"]:
            factor = Decimal(str(int(n["unit"].get(bare, 0) or n["scale"][bare])))
            current, seen = (current or Decimal(1)) * factor, True
            if factor >= 1000:
                total, current = total + current, Decimal(0)
        else:
            return None
    return (total + current, False) if seen else None
