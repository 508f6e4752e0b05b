"""Figures in running text: amount, currency, scale, modifier, range, rate and the noun they count.

A number inside a designation (ZT-180, Shahed 136), a date, a clock time or an ordinal is no figure. "Dozens" and
"hundreds" are lower bounds (12, 100), as ACLED counts vague reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from enduse.reference import press_tables as tables

TIME_UNITS = "second minute hour day night week weekend month year decade century quarter".split()
_RATE = r"day|week|month|year|quarter|hour|annum|minute|square foot|barrel|share|gallon|gram|kilometre|kilometer|litre|liter|piece|unit|ton|tonne"
_MODIFIERS: tuple[tuple[str, str], ...] = (
    (">=", r"at least|no fewer than|no less than|not less than|a minimum of|minimum of|starting at|upward of"),
    (
        "<~",
        r"nearly|almost|close to|just under|just short of|just below|approaching|a little under|slightly less than|not quite",
    ),
    (
        ">",
        r"more than|well over|just over|over|above|exceeding|exceeds|exceeded|upwards of|in excess of|north of|greater than|larger than|surpassing|better than",
    ),
    (
        "<=",
        r"up to|as many as|as much as|at most|no more than|not more than|a maximum of|maximum of|to a maximum of",
    ),
    ("<", r"less than|fewer than|under|below|lower than|sub-|sub"),
    (
        "~",
        r"about|around|roughly|approximately|approx\.?|some|circa|ca\.|an estimated|estimated|estimated at|more or less|in the region of|in the order of|~|≈",
    ),
)
_MODIFIER = re.compile(
    r"(?<![\w])(?:" + "|".join(f"(?P<m{i}>{p})" for i, (_, p) in enumerate(_MODIFIERS)) + r")[\s(]*(?:a |an |the )?\Z",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_DIGITS = r"(?:\d{1,3}(?:[,\u0020'](?=\d{3}(?!\d))\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
_AFTER = re.compile(r"\s*(?:,?\s*or (?P<more>more|above)\b|(?P<less>or (?:less|fewer)\b)|(?P<plus>\+|-plus\b| plus\b))")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `unit` is a currency code for money, `%`, a measure (kg), else None; `noun` what is counted."""

    start: int
    end: int
    raw: str
    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    modifier: str = "="
    currency: str | None = None
    unit: str | None = None
    per: str | None = None
    noun: str | None = None
    noun_start: int = 0
    noun_end: int = 0
    bare_start: int = 0

    @property
    def money(self) -> bool:
        return self.currency is not None

    @property
    def duration(self) -> bool:
        return self.noun is not None and self.noun.lower().removesuffix("s").removesuffix("-old") in TIME_UNITS


@dataclass(frozen=True)
class _Patterns:
    number: re.Pattern[str]
    currency_after: re.Pattern[str]
    signs: dict[str, str]
    names: dict[str, str]


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _patterns() -> _Patterns:
    signs, names = tables.currencies()
    n = tables.numbers()
    scale = _either([*n["scale"], *(s + "s" for s in n["scale"] if s != "lakh")])
    small = _either([*n["number"], *n["unit"]])
    suffix = _either([*n["suffix"], "M", "B", "K"])
    words = rf"(?:{small}|{_either([*n['scale']])})(?:(?:[\s-]|\sand\s)(?:{small}|{scale})\b)*"
    vague = rf"(?:(?:tens|hundreds|thousands|dozens) of )?(?:{_either([*n['vague']])})(?= |\b)"
    currency = _either(
        [*signs, "USD", "EUR", "GBP", "RMB", "CNY", "RUB", "AED", "KRW", "JPY", "INR", "TRY", "Y=", "US $", "HK $"]
    )
    number = (
        rf"(?P<sign>(?<!\w)(?:{currency})\s?)?"
        rf"(?:(?P<digits>(?<![\w.,:/]){_DIGITS}|(?<=minus-){_DIGITS}|(?<=sub-){_DIGITS}|(?<=[$€£¥₽₩₺₹₴]){_DIGITS}|(?<=[$€£¥₽₩₺₹₴]\s){_DIGITS}|(?<=(?<![A-Za-z])[A-Z]{{3}}){_DIGITS}|(?<=[=]){_DIGITS}|(?<=\bRM){_DIGITS})"
        rf"|(?P<words>(?<![\w-])(?i:a dozen|half a dozen|several dozen|a few dozen|several hundred|a few hundred|several thousand|a few thousand|a couple of hundred|{vague}|(?:a |an )?(?:{words}))(?!\w)))"
        rf"(?:[\s-]?(?P<scale>(?i:{scale})|(?:{suffix}))(?![\w']))?"
        rf"(?P<of>(?i:\s+of\s+(?:thousands|millions|billions))\b)?"
    )
    after = rf"\s?(?P<name>(?i:{_either([*names])})|{_either([*signs])})(?![\w])"
    return _Patterns(re.compile(number), re.compile(after), signs, {k.lower(): v for k, v in names.items()})


_RANGE = re.compile(r"\s?(?:%|per\s?cent|percent)?\s?(?:-|–|to|and|or)[\s-]{0,2}\Z", re.IGNORECASE)
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percent\b|pc\b|percentage points?\b)", re.IGNORECASE)
_MEASURE = re.compile(
    r"[\s-]?(?P<unit>kg|kilograms?|kilogrammes?|tonnes?|tons?|metric tons?|grams?|km/h|km|kilometres?|kilometers?|miles|mm|cm|metres?|meters?|kW|kWh|MW|mAh|W|GHz|MHz|Hz|litres?|liters?|barrels|sq m|GB|MB|TB|mph|hp|bhp)\b(?:[\s-](?=[a-z]))?"
)
_PER = re.compile(rf"\s*(?:a|an|per|each|every|/)\s*(?P<per>{_RATE})\b", re.IGNORECASE)
_ADVERB_RATE = re.compile(r"\b(?P<per>monthly|annually|yearly|daily|weekly)\b", re.IGNORECASE)
_ADVERB = {"monthly": "month", "annually": "year", "yearly": "year", "daily": "day", "weekly": "week"}
_NOT_BEFORE = re.compile(
    rf"(?:\b(?:{_MONTH})\.?\s|\b(?:No|Nos|Article|Section|Row|Page|Chapter|Channel|Resolution|Rule|Part|Annex|Category|Code|Room|Apartment|Flight|Route|Highway|Block|Phase|Type|Class|Tier|Group|Grade|Version|Level|Unit|Number|Season|Week|Day|Game|Stage|Lot|Announcement|HS|under code)\.?\s|#|[A-Za-z]-?)\Z",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    rf"(?:st|nd|rd|th)\b|:\d\d|\s?[ap]\.?m\b|(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b|/\d|[-–]\d{{1,2}}[-–]\d|\.\d+\.\d|\s(?:ET|GMT|PDT|PT|EDT|UTC)\b|s\b(?!\s?[$])|'s\b"
)
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d\Z")
_STOP = re.compile(
    r"\b(?:to|from|in|on|at|by|for|with|since|that|which|who|were|was|are|is|have|has|had|will|would|could|can|may|and|or|but|as|than|over|through|via|during|per|between|until|after|before|into|their|its|his|her|not|worth|last|this|next|earlier|a|an|said|according)\b|[.,;:!?()\"–$€£%]",
)
_NOUN_WORD = re.compile(r"[^\W\d_][\w'-]*")


def parse(text: str, start: int = 0, end: int | None = None, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Figures of `text[start:end]` (plain text), offsets in `text`; spans in `taken` (designations, dates) hold none."""
    stop = len(text) if end is None else end
    p = _patterns()
    found: list[Figure] = []
    for m in p.number.finditer(text, start, stop):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        figure = _one(text, m, start, stop, p)
        if figure is not None:
            found.append(figure)
    merged = _ranges(text, found)
    return [_finish(text, f, start, stop, p) for f in merged]


def _one(text: str, m: re.Match[str], start: int, stop: int, p: _Patterns) -> Figure | None:
    sign = (m.group("sign") or "").strip()
    begin, last = m.start(), m.end()
    value: Decimal
    vague = False
    if m.group("digits"):
        digits = m.group("digits")
        value = Decimal(re.sub(r"[,\s']", "", digits))
        if not sign and _no_figure(text, m, start, stop):
            return None
    else:
        words = m.group("words").lower()
        got = _word_value(words)
        if got is None or (words in ("one", "second") and _pronoun(text, m)):
            return None
        value, vague = got
        if re.match(r"(?i)(?:hundred|thousand|million|billion)\b", words) and not vague and start < begin:
            return None
    scale = (m.group("scale") or "").lower()
    if scale in ("m", "b") and not sign and m.group("scale").islower():
        scale, last = "", m.end("digits") if m.group("digits") else last  # metres, not millions
    if scale:
        n = tables.numbers()
        value *= Decimal(str(int(n["scale"].get(scale.removesuffix("s"), 0) or n["suffix"].get(scale, 1))))
    if m.group("of"):
        value *= Decimal(str(int(tables.numbers()["vague"][m.group("of").split()[-1].lower()])))
    currency = p.signs.get(sign) or p.names.get(sign.lower()) or ("JPY" if sign == "Y=" else None) if sign else None
    return Figure(
        begin,
        last,
        text[begin:last],
        _plain(value),
        modifier="vague" if vague else "=",
        currency=currency,
        bare_start=begin,
    )


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _no_figure(text: str, m: re.Match[str], start: int, stop: int) -> bool:
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
    if _NOT_BEFORE.search(before) and not (m.group("scale") or _PERCENT.match(after)):
        return not re.search(r"(?i)\bmay\s\Z", before) or before.rstrip().endswith("May")
    if _YEAR.fullmatch(digits) and not m.group("scale"):
        counted = re.match(r"\s(?:[a-z]+\s)?[a-z]{3,}s\b", after)
        year_word = re.search(
            r"(?i)\b(?:in|since|of|by|until|from|to|and|between|during|late|early|mid|before|after|for|through|back to|summer|winter|spring|autumn|fall|year|the|,)[\s-]*\Z",
            before,
        )
        return bool(year_word) or not counted
    return False


def _pronoun(text: str, m: re.Match[str]) -> bool:
    """True where "one" is a pronoun: no lower-case noun follows."""
    after = text[m.end() : m.end() + 14]
    before = text[max(0, m.start() - 8) : m.start()].lower()
    return not re.match(r"[\s-][a-z]{3,}", after) or bool(
        re.search(r"(?:\bno|any|every|this|that|the|only|some)[\s-]\Z", before) or re.match(r"-", after)
    )


def _word_value(words: str) -> tuple[Decimal, bool] | None:
    n = tables.numbers()
    words = words.strip()
    for lead in ("several ", "a few ", "a couple of "):
        if words.startswith(lead):
            unit = words.removeprefix(lead)
            return Decimal(str(int(n["scale"].get(unit, 0) or n["unit"].get(unit, 0)))) * 2, True
    if words.startswith("half a dozen"):
        return Decimal(6), False
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


def _ranges(text: str, found: list[Figure]) -> list[Figure]:
    """Join "35-50", "between 10 and 20", "$200,000 to $414 million" into one figure with low and high."""
    out: list[Figure] = []
    for f in found:
        if out and out[-1].low is None and out[-1].value is not None and f.value is not None:
            prev = out[-1]
            gap = text[prev.end : f.start]
            low = prev.value
            link = _RANGE.fullmatch(gap)
            between = re.search(r"(?i)\b(?:between|from|ranging from)\s*\Z", text[max(0, prev.start - 16) : prev.start])
            dash = gap.strip() in ("-", "–")
            word = re.sub(r"(?i)%|per\s?cent", "", gap).strip(" -").lower()
            if link and (
                dash
                or (
                    word == "to"
                    and not re.search(
                        r"(?i)\b(?:rose|fell|grew|increased|up|down|dropped)\b[^.]{0,24}\Z",
                        text[max(0, prev.start - 40) : prev.start],
                    )
                )
                or (between and word == "and")
            ):
                high = f.value
                assert low is not None  # noqa: S101 - both are numbers here
                if low < high and high / max(low, 1e-9) > 0 and _scaled(f) and not _scaled(prev) and low < 1000:
                    factor = 10 ** (len(str(int(high))) - len(str(int(high)).rstrip("0")))
                    factor = next((s for s in (10**12, 10**9, 10**6, 10**3) if high >= s), 1)
                    low = _plain(Decimal(str(low)) * factor)
                if low < high:
                    out[-1] = replace(
                        f,
                        start=prev.start,
                        raw=text[prev.start : f.end],
                        value=None,
                        low=low,
                        high=high,
                        modifier="range",
                        currency=f.currency or prev.currency,
                        bare_start=prev.bare_start,
                    )
                    continue
        out.append(f)
    return out


def _scaled(f: Figure) -> bool:
    return bool(re.search(r"[A-Za-z]\Z", f.raw))


def _finish(text: str, f: Figure, start: int, stop: int, p: _Patterns) -> Figure:
    end, currency, unit, modifier = f.end, f.currency, f.unit, f.modifier
    if currency is None and (m := p.currency_after.match(text, end, stop)):
        name = m.group("name")
        currency = p.names.get(name.lower()) or p.signs.get(name)
        end = m.end()
    elif currency is not None and (m := re.compile(r"\s?(?:US|USD)\b").match(text, end, stop)):
        end = m.end()
    if currency is None and (m := _PERCENT.match(text, end, stop)):
        unit, end = "%", m.end()
    elif currency is None and (m := _MEASURE.match(text, end, stop)):
        unit = m.group("unit")
        end = m.end("unit")
    begin = f.start
    m = _MODIFIER.search(text, max(start, begin - 28), begin)
    if m and not re.match(r"(?i)(?:under|over|above|below)\s(?:an?|the)\s", m.group()):
        sign = next(_MODIFIERS[i][0] for i in range(len(_MODIFIERS)) if m.group(f"m{i}"))
        modifier, begin = (sign if modifier != "range" else "range"), m.start()
    if m := _AFTER.match(text, end, min(stop, end + 14)):
        modifier = ">=" if m.group("more") else "<=" if m.group("less") else ">"
        end = m.end()
    noun, a, b = (None, 0, 0) if currency else _noun(text, end, stop)
    after = max(end, b)
    per = None
    if m := _PER.match(text, after, stop) or _PER.match(text, end, stop):
        per = m.group("per").lower()
    elif m := _ADVERB_RATE.search(text, after, min(stop, after + 24)):
        per = _ADVERB[m.group("per").lower()]
    return replace(
        f,
        start=begin,
        end=end,
        raw=text[begin:end],
        currency=currency,
        unit=unit,
        modifier=modifier,
        noun=noun,
        noun_start=a,
        noun_end=b,
        per=per,
    )


def _noun(text: str, at: int, stop: int) -> tuple[str | None, int, int]:
    """The head noun counted: the last word before a preposition, verb or mark, over "of (the)" once."""
    m = re.compile(r"[\s-]*(?:of\s+(?:the\s+|its\s+|their\s+|these\s+|those\s+)?)?").match(text, at, stop)
    begin = m.end() if m else at
    limit = _STOP.search(text, begin, stop)
    edge = min(limit.start() if limit else stop, begin + 70)
    words = list(_NOUN_WORD.finditer(text, begin, edge))[:6]
    if not words:
        return None, 0, 0
    # stop before a finite verb: the first plural noun ends the phrase unless more nouns follow it directly
    last = words[-1]
    for i, w in enumerate(words):
        word = w.group()
        if word.endswith("s") and not word.endswith(("ss", "'s", "ous")) and word.islower():
            following = words[i + 1].group() if i + 1 < len(words) else ""
            last = w
            if not following or not following.endswith("s"):
                break
    of = re.compile(r"\s+of\s+").match(text, last.end(), stop)
    if of and last.group().lower() in {"types", "kinds", "batches", "shipments", "pieces", "units", "rounds", "models"}:
        return last.group(), begin, last.end()
    return text[last.start() : last.end()], begin, last.end()
