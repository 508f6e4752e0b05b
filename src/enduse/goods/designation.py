"""Designations that are on no list: a variant of a known model, a number behind a line, a code behind a brand."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from enduse.goods.fold import fold
from enduse.goods.lexicon import Mention, Sense, Span
from enduse.goods.vague import roles
from enduse.reference.goods_tables import grammar

if TYPE_CHECKING:
    from enduse.goods.lexicon import Lexicon

Found = tuple[Mention, Sense]
_UNIT = re.compile(
    r"\d+(?:[.,]\d+)?(?:k|kg|g|gr|mm|cm|m|mah|wh|w|v|mp|hz|ghz|mhz|gb|tb|pcs|pc|pz|st|x|шт|кг|г|мм|см|м|мач|вт|в|л|l|h|ч|min|мин|inch|in|p|fps|s)"
)
_CODE = re.compile(
    r"[ ]?((?:[a-z]{1,6}[ ]?)?\d{1,4}[a-z]{0,4}(?:[ -]?(?!by|of|de|da|do|el|en|la|to|on|in|is|as|at|me|ve|va|co|se)[a-z]{1,2}\d{0,3}(?![a-z0-9/]))?)(?![a-z0-9.,Ѐ-ԯ]*\d)(?![a-z0-9Ѐ-ԯ])"
)


# Mavic3Classic: a number with a variant grown on; Typhoon H, Aero M: one letter that is no small word of a language.
_GLUED = re.compile(
    r"[ ]?(\d{1,2})(?=(?:pro|classic|cine|thermal|advanced|enterprise|se|mini|lite|plus|max|rtk)(?![a-z0-9]))"
)
_LETTER = re.compile(r"[ ]([bfghjkmnpqrstvx]|tac|ai|usa|ag|sq)(?![^\W_])(?![/.])")

# What may stand between a brand and a designation, and words that are part of one (Rekon 7, Sector D5).
LINK = re.compile(
    r"[ ,.\"'(/|]{0,2}(?:(?:牌|品牌|型号|型|model|modell|modele|modelo|модель|модели|мод|type|тип)(?![^\W\d_])|牌|型号)?[ :.\"'(/|]{0,3}"
)
_WORDS = re.compile(r"(?:[^\W\d_]{3,14} ){1,2}(?=[a-z]{0,3}\d)")
_NAME = re.compile(
    r"(?:model|modell|modele|modelo|модель|модели|型号|type|тип)[ :.\"'(]{0,3}([a-z][a-z]{2,13}(?: [a-z]{3,13})?)(?![^\W_])"
)
_WORDS_ON = re.compile(r"[ ]?([^\W\d_]{1,16})(?![^\W_])(?![/.])")
_BUSY = frozenset(("word", "part", "accessory", "hint", "negative", "toy", "strong", "other", "partline"))


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
    return " ".join(
        w.upper() if any(c.isdigit() for c in w) or len(w) <= 2 or w == "rtk" else w[:1].upper() + w[1:] for w in words
    )


def _tail(text: str, end: int) -> int:
    """Where the variant words behind a designation end."""
    pattern = _variants()
    while match := pattern.match(text, end):
        end = match.end()
    return end


def _plain_name(text: str, start: int, taken: list[Span]) -> Span | None:
    """One or two words right behind a brand that are no words of trade, with a short code behind them: Sirius Pro, Gimball."""
    stop = start
    for match in itertools.islice(_WORDS_ON.finditer(text, start), 2):
        word = match.group(1)
        if match.start() != stop or roles(word) or word in no_names() or any(a < match.end(1) and match.start(1) < b for a, b in taken):  # fmt: skip
            break
        if stop == start and len(word) < 3:
            break
        stop = match.end(1)
    if stop == start:
        return None
    if (code := _CODE.match(text, stop)) and not _UNIT.fullmatch(code.group(1).replace(" ", "")):
        stop = code.end(1)
    return start, stop


@lru_cache(maxsize=1)
def no_names() -> frozenset[str]:
    """Words that follow a brand and are no name of a model."""
    words = grammar()
    return frozenset(fold(w) for key in ("not_names", "for_before", "for_after", "with", "without", "except", "variants") for w in words[key])  # fmt: skip


def _after_brand(text: str, end: int, taken: list[Span], *, context: bool = False) -> tuple[int, int] | None:
    """The span of a designation behind a brand: a code, with up to two words before it, or a name after `model`."""
    start = end
    if link := LINK.match(text, end):
        start = link.end()
    while (word := _WORDS_ON.match(text, start)) and word.group(1) in no_names():
        start = word.end(1)
        if link := LINK.match(text, start):
            start = link.end()
    lead = _WORDS.match(text, start)
    for begin in (lead.end() if lead else start, start):
        match = _CODE.match(text, begin)
        if match is None:
            continue
        code = match.group(1)
        first = start if lead else match.start(1)
        plain = code.replace(" ", "")
        if _UNIT.fullmatch(plain) or not (lead or re.search("[a-z]", plain) or (len(plain) <= 3 and begin - end <= 1)):
            continue
        words = text[first : match.start(1)].split()
        if any(roles(w) for w in words) or any(a < match.end(1) and first < b for a, b in taken):
            continue
        return first, match.end(1)
    if context and (plain := _plain_name(text, start, taken)) is not None:
        return plain
    named = _NAME.match(text, end + len(text[end:]) - len(text[end:].lstrip(" ,.\"'(")))
    if named and not any(a < named.end(1) and named.start(1) < b for a, b in taken):
        words = [w for w in named.group(1).split() if not roles(w)]
        if words and named.group(1).startswith(words[0]):
            return named.start(1), named.start(1) + len(words[0])
    return None


def designation(
    text: str,
    brand: Found | None,
    model: Found | None,
    line: Found | None,
    mentions: list[Mention],
    *,
    context: bool = False,
    known: dict[str, str] | None = None,
) -> Named:
    """What the goods are called. An unlisted designation is given as written, with a note that says so."""
    if model:
        mention, sense = model
        end = _tail(text, mention.end)
        if end == mention.end:
            return Named(sense.name, span=(mention.start, mention.end))
        tail = _shown(text[mention.end : end].replace("+", " +"))
        if sense.name.casefold().split()[-len(tail.split()) :] == tail.casefold().split():
            # A short alias (Матрис 300) before words the listed name has at its end: nothing new is said.
            return Named(sense.name, span=(mention.start, end))
        name = f"{sense.name} {tail}".replace(" +", "+")
        return Named(name, (f"candidate designation {name}",), (mention.start, end), candidate=True)
    if line:
        mention, sense = line
        end, code = mention.end, ""
        match = _GLUED.match(text, mention.end) or _CODE.match(text, mention.end) or _LETTER.match(text, mention.end)
        if match and not _UNIT.fullmatch(match.group(1).replace(" ", "")):
            end, code = match.end(1), match.group(1)
        stop = _tail(text, end)
        while (more := _WORDS_ON.match(text, stop)) and more.group(1) in (known or ()):  # Mavic Air, Phantom 2 Vision
            stop = _tail(text, more.end(1))
        if stop == mention.end:
            return Named(sense.name, (f"candidate designation {sense.name}",), (mention.start, mention.end))
        name = " ".join(x for x in (sense.name, _shown(code), _shown(text[end:stop].replace("+", " +"))) if x).replace(
            " +", "+"
        )
        return Named(name, (f"candidate designation {name}",), (mention.start, stop), candidate=True)
    if brand:
        taken = [(m.start, m.end) for m in mentions if any(s.kind in _BUSY for s in m.senses)]
        span = _after_brand(text, brand[0].end, taken, context=context)
        if span is not None:
            stop = _tail(text, span[1])
            name = _shown(text[span[0] : stop].replace("+", " +")).replace(" +", "+")
            return Named(name, (f"candidate designation {name}",), (span[0], stop), candidate=True)
    return Named()


def misspelt(lexicon: Lexicon, text: str, brands: list[Found], words: list[Mention], *, context: bool) -> Found | None:
    """A line of a known brand with one letter wrong (Matrise, Phamtom), right behind its brand or a product word.

    Optimal string alignment distance of 1 (rapidfuzz); the first letter must be right.
    """
    from rapidfuzz.distance import OSA

    if not (context or brands):
        return None
    ends = [*(m.end for m, _ in brands), *(m.end for m in words), -1 if context else -99]
    owners = {s.brand for _, s in brands}
    names = {
        name: s
        for (brand, name), s in lexicon.line_names.items()
        if (s.alone or len(name) >= 6) and (brand in owners or (s.alone and context))
    }
    if not names:
        return None
    for match in re.finditer(r"[^\W\d_]{5,14}", text[:400]):
        if not any(0 <= match.start() - end <= 12 for end in ends):
            continue
        for name, sense in names.items():
            if (
                match.group()[0] == name[0]
                and match.group() != name
                and OSA.distance(match.group(), name, score_cutoff=1) <= 1
            ):
                return Mention(match.start(), match.end(), (sense,)), sense
    return None
