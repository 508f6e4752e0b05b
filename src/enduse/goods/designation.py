"""Designations that are on no list: a variant of a known model, a number behind a line, a code behind a brand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from enduse.goods.fold import fold
from enduse.goods.lexicon import Mention, Sense, Span
from enduse.reference.goods_tables import grammar

if TYPE_CHECKING:
    from enduse.goods.lexicon import Lexicon

Found = tuple[Mention, Sense]
_UNIT = re.compile(r"\d+(?:[.,]\d+)?(?:k|kg|g|gr|mm|cm|m|mah|wh|w|v|mp|hz|ghz|mhz|gb|tb|pcs|pc|pz|st|x|шт|кг|г|мм|см|м|мач|вт|в|л|l|h|ч|min|мин|inch|in|p|fps|s)")
_CODE = re.compile(r"[ ]?((?:[a-z]{1,6}[ ]?)?\d{1,4}[a-z]{0,4}(?:[ -]?[a-z]{1,2}\d{0,3}\b)?)(?![\w.,]*\d)(?!\w)")


@dataclass(frozen=True)
class Named:
    """The model as it goes into the table: a reference name, or what the text calls it (`candidate`)."""

    model: str = ""
    notes: tuple[str, ...] = ()
    span: Span | None = None
    candidate: bool = False


@lru_cache(maxsize=1)
def _variants() -> re.Pattern[str]:
    words = sorted((re.escape(fold(v)) for v in grammar()["variants"]), key=len, reverse=True)
    return re.compile(r"(?:[ ]?\+|[ ]?(?:" + "|".join(words) + r")(?![^\W_]))")


def _shown(raw: str) -> str:
    names = {fold(k): v for k, v in grammar()["variant_names"].items()}
    words = [names.get(w, w) for w in raw.split()]
    return " ".join(w.upper() if any(c.isdigit() for c in w) or len(w) <= 2 or w == "rtk" else w[:1].upper() + w[1:] for w in words)


def _tail(text: str, end: int) -> int:
    """Where the variant words behind a designation end."""
    pattern = _variants()
    while match := pattern.match(text, end):
        end = match.end()
    return end


def designation(text: str, brand: Found | None, model: Found | None, line: Found | None, lines: list[Found]) -> Named:
    """What the goods are called. An unlisted designation is given as written, with a note that says so."""
    if model:
        mention, sense = model
        end = _tail(text, mention.end)
        if end == mention.end:
            return Named(sense.name, span=(mention.start, mention.end))
        name = f"{sense.name} {_shown(text[mention.end : end].replace('+', ' +'))}".replace(" +", "+")
        return Named(name, (f"candidate designation {name}",), (mention.start, end), candidate=True)
    if line:
        mention, sense = line
        end, code = mention.end, ""
        match = _CODE.match(text, mention.end)
        if match and not _UNIT.fullmatch(match.group(1).replace(" ", "")):
            end, code = match.end(1), match.group(1)
        stop = _tail(text, end)
        if stop == mention.end:
            return Named(sense.name, (f"candidate designation {sense.name}",), (mention.start, mention.end))
        name = " ".join(x for x in (sense.name, _shown(code), _shown(text[end:stop].replace("+", " +"))) if x).replace(" +", "+")
        return Named(name, (f"candidate designation {name}",), (mention.start, stop), candidate=True)
    if brand:
        mention, _ = brand
        match = _CODE.match(text, mention.end)
        if match and re.search("[a-z]", match.group(1)) and not _UNIT.fullmatch(match.group(1).replace(" ", "")):
            stop = _tail(text, match.end(1))
            name = " ".join(_shown(w) for w in (match.group(1), text[match.end(1) : stop].replace("+", " +")) if w.strip()).replace(" +", "+")
            return Named(name, (f"candidate designation {name}",), (match.start(1), stop), candidate=True)
    return Named()


def misspelt(lexicon: Lexicon, text: str, brands: list[Sense], *, context: bool) -> Found | None:
    """A line of a known brand with one letter wrong (Matrise, Phamtom), where brand, product word or code stands by."""
    from rapidfuzz.distance import OSA

    if not (context or brands):
        return None
    owners = {b.brand for b in brands}
    names = {name: s for (brand, name), s in lexicon.line_names.items() if len(name) >= 5 and (brand in owners or (s.alone and context))}
    if not names:
        return None
    for match in re.finditer(r"[^\W\d_]{5,14}", text[:400]):
        for name, sense in names.items():
            if match.group()[0] == name[0] and match.group() != name and OSA.distance(match.group(), name, score_cutoff=1) <= 1:
                return Mention(match.start(), match.end(), (sense,)), sense
    return None
