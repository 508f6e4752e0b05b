"""Reading a text: which watched goods it speaks of, and as what (the thing itself, a part of it, something beside it)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from enduse.goods import confidence as sure
from enduse.goods.designation import LINK, designation, misspelt
from enduse.goods.lexicon import Lexicon, Mention, Sense, Span
from enduse.goods.role import role_of, rules

MOST = 200  # mentions of one text; a longer list repeats itself


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of one family. `score` is the confidence from text alone (0: nothing), `spans` the words seen."""

    family: str
    score: float
    brand: str = ""
    model: str = ""
    spans: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    hs6: str = ""  # candidate code of a component word
    role: str = "main"
    candidate: bool = False  # the model is what the text calls it and stands on no list


@dataclass
class _Seen:
    """Mentions of one family in one text, by kind."""

    words: list[Mention] = field(default_factory=list)
    by_kind: dict[str, list[tuple[Mention, Sense]]] = field(default_factory=dict)

    def of(self, kind: str) -> list[tuple[Mention, Sense]]:
        return self.by_kind.get(kind, [])


def _within(span: Span, others: list[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in others)


def _collect(mentions: list[Mention], family: str) -> _Seen:
    seen = _Seen()
    negatives = [
        (m.start, m.end) for m in mentions for s in m.senses if s.kind in ("negative", "other") and s.family == family
    ]
    for mention in mentions:
        for sense in mention.senses:
            if sense.family == family:
                if sense.kind == "word" and _within((mention.start, mention.end), negatives):
                    continue
                seen.by_kind.setdefault(sense.kind, []).append((mention, sense))
    return seen


def read(
    lexicon: Lexicon, text: str, *, supported: frozenset[str] = frozenset(), owned: frozenset[str] = frozenset()
) -> list[Reading]:
    """Readings of a folded text, one per family at most, best first.

    `supported`: families the declared code speaks for at all; `owned`: those whose own heading it is.
    """
    mentions = lexicon.mentions(text)[:MOST]
    if not mentions:
        return []
    out = []
    for family in lexicon.profile.families:
        if family.part_of:
            continue
        part = next((f.id for f in lexicon.profile.families if f.part_of == family.id), "")
        reading = _read_family(
            lexicon,
            text,
            mentions,
            family.id,
            part,
            family.id in supported or part in supported,
            family.id in owned or part in owned,
        )
        if reading is not None:
            out.append(reading)
    return sorted(out, key=lambda r: -r.score)


def _read_family(
    lexicon: Lexicon, text: str, mentions: list[Mention], family: str, part: str, supported: bool, owned: bool
) -> Reading | None:
    seen = _collect(mentions, family)
    words = [m for m, _ in seen.of("word")]
    words = [m for m in words if not rules()["except"].search(text[max(0, m.start - 20) : m.start])]
    strong = [m for m in mentions for s in m.senses if s.kind == "strong" and s.family in (part, family)]
    component = seen.of("component")
    against = [m for m, _ in seen.of("negative")]
    hints = [m for m, _ in seen.of("hint")]
    brands = _brands(seen)
    model = _model(seen, brands, bool(words) and not against, supported, owned, text)
    line = None if model else _line(lexicon, seen, brands, text, bool(words) or supported)
    brand = _brand(brands, model or line, bool(words) or bool(hints) or supported)
    if component and not (words or model):
        mention, sense = component[0]
        link = rules()["for"].search(text[max(0, mention.start - 45) : mention.start])
        aside = link is not None and not rules()["break"].search(link.group(2)) and re.search(r"[^\W\d_]{3}", text[: max(0, mention.start - 45) + link.start()])  # fmt: skip
        score = sure.COMPONENT_FOR if aside else sure.COMPONENT_WORD
        return Reading(family, score, spans=((mention.start, mention.end),), hs6=sense.name)
    if against:
        words = []
        if not (model or line):
            return None
    named = designation(
        text, brand, model, line, mentions, context=bool(words), known=lexicon.words_of(line[1].brand) if line else None
    )
    others = [(m, s) for m, s in seen.of("other") if (brand and s.brand == brand[1].brand) or s.alone]
    part_lines = [(m, s) for m, s in seen.of("partline") if (brand and s.brand == brand[1].brand) or s.alone]
    if others and not words and not _stronger(model, others):
        return None
    main: list[Mention] = [*words, *(x[0] for x in (model, line, brand) if x)]
    if named.span and (model or line):  # the designation as a whole, with what follows the listed name
        main.append(Mention(named.span[0], named.span[1], ()))
    if not main and not strong and not part_lines:
        return None
    beside = [(m, "part") for m, _ in seen.of("part")] + [(m, "accessory") for m, _ in seen.of("accessory")]
    beside += [(m, "part") for m in strong] + [(m, "part") for m, _ in part_lines]
    only_brand = not (words or model or line)
    role, head = role_of(text, main, beside, words, only_brand=only_brand, part_lines=[m for m, _ in part_lines])
    spans = tuple(dict.fromkeys((m.start, m.end) for m in sorted(main, key=lambda m: m.start)))
    brand_name = (model or line or brand or (None, None))[1]
    label = brand_name.brand if brand_name else ""
    if role == "accessory":
        return None
    if role in ("part", "for"):
        if not part:
            return None
        score = _part_score(role, brand, bool(words), bool(model or line), bool(strong or part_lines), supported, head)
        if head is not None:
            spans = tuple(dict.fromkeys((*spans, (head.start, head.end))))
        return (
            Reading(part, score, label, named.model, spans, named.notes, role=role, candidate=named.candidate)
            if score
            else None
        )
    if only_brand and brand and brand[1].scope == "parts" and part:
        score = sure.MIXED_BRAND_AND_HINT if named.candidate else sure.BRAND
        return (
            Reading(
                part,
                score if brand[1].alone else 0.0,
                label,
                named.model,
                spans,
                named.notes,
                role="part",
                candidate=named.candidate,
            )
            if brand[1].alone
            else None
        )
    score = _main_score(words, model, line, brand, named.candidate, hints, supported)
    notes = named.notes
    if not score:
        return None
    if seen.of("toy") and not owned and (not (model or line) or _is_toymaker(lexicon, family, label)):
        return None  # a toy that is called one: no drone, unless its code or a maker of aircraft speaks against it
    if seen.of("toy"):
        score = min(score, sure.TOY_NAMED if (model or line) else sure.TOY)
        notes = (*notes, "toy")
        spans = (*spans, *((m.start, m.end) for m, _ in seen.of("toy")[:1]))
    if named.span:
        spans = (*(s for s in spans if not (named.span[0] <= s[0] and s[1] <= named.span[1])), named.span)
    return Reading(family, score, label, named.model, tuple(sorted(set(spans))), notes, candidate=named.candidate)


def _is_toymaker(lexicon: Lexicon, family: str, brand: str) -> bool:
    """Whether a brand makes toys and hobby models as well, so that "toy" may be true of it."""
    return any(b.name == brand and b.scope == "hobby" for b in lexicon.profile.family(family).brands)


def _stronger(model: tuple[Mention, Sense] | None, others: list[tuple[Mention, Sense]]) -> bool:
    """Whether a model is more than a piece of the name of another product."""
    return (
        model is not None
        and model[1].alone
        and not _within((model[0].start, model[0].end), [(m.start, m.end) for m, _ in others])
    )


def _brands(seen: _Seen) -> list[tuple[Mention, Sense]]:
    """Brand mentions, the longest at each place."""
    found = seen.of("brand")
    spans = [(m.start, m.end) for m, _ in found]
    return [(m, s) for m, s in found if not _within((m.start, m.end), spans)]


_FIELD = re.compile(r"\s*[;|]\s*(?:model|modelo|модель|型号|type|тип|model no)\s*[:.：]?\s*")


def _near(a: Mention, b: Mention, text: str) -> bool:
    left, right = (a, b) if a.start <= b.start else (b, a)
    gap = text[left.end : right.start]
    return len(gap) <= 3 or (len(gap) <= 40 and (not re.search(r"[;|]", gap) or _FIELD.fullmatch(gap) is not None))


def _model(
    seen: _Seen, brands: list[tuple[Mention, Sense]], word: bool, supported: bool, owned: bool, text: str
) -> tuple[Mention, Sense] | None:
    """The longest model that is allowed to count here."""
    best: tuple[tuple[int, int, int], Mention, Sense] | None = None
    candidates = seen.of("model")
    products = {(m.start, m.end) for m, _ in seen.of("word")}
    owners: dict[int, set[str]] = {}
    for m, s in candidates:
        owners.setdefault(m.start * 100003 + m.end, set()).add(s.brand)
    for mention, sense in candidates:
        joined = text[mention.start : mention.end].replace(" ", "")
        own = [b for b, s in brands if s.brand == sense.brand and (b.start, b.end) != (mention.start, mention.end)]
        beside = any(_near(b, mention, text) for b in own)
        if joined.isdigit() or len(joined) < 2:
            if not any(0 <= mention.start - b.end <= 2 or (b.end < mention.start and (LINK.fullmatch(text[b.end : mention.start]) or (b.end, mention.start) in products)) for b in own):  # fmt: skip
                continue
        elif not beside:
            foreign = any(s.brand != sense.brand and s.alone for _, s in brands)
            unique = len(owners[mention.start * 100003 + mention.end]) == 1
            # M350 may be the article number of anything: a code of many goods is no company for it.
            company = word or (owned if _ARTICLE.fullmatch(joined) else supported)
            context = company and unique and len(joined) >= 3 and not foreign
            if not (sense.alone and not foreign) and not context:
                continue
            if not sense.alone and joined.isalpha() and not _close_word(seen, mention, text):
                continue
        key = (mention.end - mention.start, 1 if beside else 0, -mention.start)
        if best is None or key > best[0]:
            best = (key, mention, sense)
    return (best[1], best[2]) if best else None


_ARTICLE = re.compile(r"(?=.{2,6}$)[a-z]{1,2}[0-9]{1,4}[a-z]{0,2}")


def _close_word(seen: _Seen, mention: Mention, text: str) -> bool:
    """An everyday word is a model name only right beside a product word."""
    for other, _ in seen.of("word"):
        gap = text[other.end : mention.start] if other.end <= mention.start else text[mention.end : other.start]
        if len(gap) <= 2 and not gap.strip(" \"'«»"):
            return True
    return False


def _line(
    lexicon: Lexicon, seen: _Seen, brands: list[tuple[Mention, Sense]], text: str, context: bool
) -> tuple[Mention, Sense] | None:
    """A product line (Mavic, EVO) that tells itself or stands with its brand."""
    for mention, sense in seen.of("line"):
        own = [b for b, s in brands if s.brand == sense.brand]
        if sense.alone or any(_near(b, mention, text) for b in own):
            return mention, sense
    return misspelt(lexicon, text, brands, [m for m, _ in seen.of("word")], context=context)


def _brand(
    brands: list[tuple[Mention, Sense]], named: tuple[Mention, Sense] | None, context: bool
) -> tuple[Mention, Sense] | None:
    if named:
        same = [
            (m, s)
            for m, s in brands
            if s.brand == named[1].brand and (m.start, m.end) != (named[0].start, named[0].end)
        ]
        return same[0] if same else None
    usable = [(m, s) for m, s in brands if s.alone or context]
    return min(usable, key=lambda x: (not x[1].alone, x[0].start)) if usable else None


def _main_score(
    words: list[Mention], model: tuple[Mention, Sense] | None, line: tuple[Mention, Sense] | None, brand: tuple[Mention, Sense] | None,
    candidate: bool, hints: list[Mention], supported: bool,
) -> float:  # fmt: skip
    if words:
        return sure.WORD_AND_NAME if (model or line or brand) else sure.WORD
    if model:
        return sure.BRAND_AND_MODEL if brand else sure.MODEL if model[1].alone else sure.MODEL_IN_CONTEXT
    if line and not (brand or candidate or hints or supported):
        return 0.0
    if line:
        return (sure.BRAND_AND_LINE if brand else sure.LINE_NUMBERED) if candidate or brand else sure.LINE
    if brand and brand[1].scope == "maker" and brand[1].alone:
        return sure.BRAND_AND_DESIGNATION if candidate else sure.BRAND_AND_HINT if hints else sure.BRAND
    if brand and brand[1].alone and brand[1].scope in ("hobby", "slip") and candidate:
        return sure.MIXED_BRAND_AND_HINT
    if brand and (hints or supported) and brand[1].scope not in ("parts", "slip"):
        return sure.MIXED_BRAND_AND_HINT
    return 0.0


def _part_score(
    role: str,
    brand: tuple[Mention, Sense] | None,
    word: bool,
    named: bool,
    strong: bool,
    supported: bool,
    head: Mention | None,
) -> float:
    if role == "for" and head is None:
        return sure.UNKNOWN_FOR
    if word or named or strong:
        return sure.PART
    if brand and brand[1].alone and brand[1].scope != "mixed":
        return sure.PART_OF_BRAND
    return sure.PART_OF_BRAND if brand and supported else 0.0
