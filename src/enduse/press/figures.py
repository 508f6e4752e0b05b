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

from .figure_nouns import counted_noun
from .number_words import PERCENT, no_figure, pronoun, word_value

TIME_UNITS = "second minute hour day night week weekend month year decade century quarter".split()


_RATE = r"day|week|month|year|quarter|hour|annum|minute|square foot|barrel|share|gallon|gram|kilometre|kilometer|litre|liter|piece|unit|ton|tonne"


_MODIFIERS: tuple[tuple[str, str], ...] = (
    (
        ">=",
        r"at least|no fewer than|no less than|not less than|a minimum of|minimum of|starting at|upward of|as little as|as few as",
    ),
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


_DIGITS = r"(?:\d{1,3}(?:[,\u0020'](?=\d{3}(?!\d))\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"


_AFTER = re.compile(
    r"\s*(?:,?\s*(?:or (?P<more>more|above)|(?P<least>at (?:the )?(?:very )?least))\b|(?P<less>or (?:less|fewer)\b|,?\s*at (?:the )?(?:very )?most\b)|(?P<plus>\+|-plus\b| plus\b))"
)


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
        [
            *signs,
            *dict.fromkeys(c for c in (*signs.values(), *names.values()) if c.isupper()),
            "RMB",
            "Y=",
            "US $",
            "HK $",
        ]
    )
    number = (
        rf"(?P<sign>(?<!\w)(?:{currency})\s?)?"
        rf"(?:(?P<digits>(?<![\w.,:/]){_DIGITS}|(?<=minus-){_DIGITS}|(?<=sub-){_DIGITS}|(?<=[$€£¥₽₩₺₹₴]){_DIGITS}|(?<=[$€£¥₽₩₺₹₴]\s){_DIGITS}|(?<=(?<![A-Za-z])[A-Z]{{3}}){_DIGITS}|(?<=[=]){_DIGITS}|(?<=\bRM){_DIGITS})"
        rf"|(?P<words>(?<![\w-])(?i:a dozen|half a dozen|(?:half|a quarter of|three[- ]quarters of) an? (?:thousand|million|billion)|several dozen|a few dozen|several hundred|a few hundred|several thousand|a few thousand|a couple of hundred|{vague}|(?:a |an )?(?:{words}))(?!\w)))"
        rf"(?:[\s-]?(?P<scale>(?i:{scale})|(?:{suffix}))(?![\w']))?"
        rf"(?P<of>(?i:\s+of\s+(?:thousands|millions|billions))\b)?"
    )
    after = rf"\s?(?P<name>(?i:{_either([*names])})|{_either([*signs])})(?![\w])"
    return _Patterns(re.compile(number), re.compile(after), signs, {k.lower(): v for k, v in names.items()})


_RANGE = re.compile(r"\s?(?:%|per\s?cent|percent)?\s?(?:-|–|to|and|or)[\s-]{0,2}\Z", re.IGNORECASE)


_SMALL = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|eighteen)"


_TWO_NUMBERS = re.compile(
    rf"(?P<first>{_SMALL})\s{_SMALL}\Z"
)  # "six five-axis lathes": the second belongs to the goods


_MADE_OF = re.compile(
    r"-(?:axis|door|wheel|wheeled|engine|engined|seat|seater|stage|barrel|way|party|star|year|month|week|day|hour|storey|member|part|fold|speed|tube|inch|point|pronged|tier|person|man)\b"
)


# "three out of four", "one in ten": a share of something, no count of anything
_RATIO = re.compile(
    r"(?i)\s(?:out of (?:every )?|in (?:every )?)(?=(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)\b(?!\s?[%$€£¥-]))"
)


_RATIO_END = re.compile(
    r"(?i)\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s(?:out of|in)\s(?:every\s)?\Z"
)


_MEASURE = re.compile(
    r"[\s-]?(?P<unit>kg|kilograms?|kilogrammes?|tonnes?|tons?|metric tons?|grams?|km/h|km|kilometres?|kilometers?|miles|mm|cm|metres?|meters?|kW|kWh|MW|mAh|W|GHz|MHz|Hz|litres?|liters?|barrels|sq m|GB|MB|TB|mph|hp|bhp)\b(?:[\s-](?=[a-z]))?"
)


_PER = re.compile(rf"\s*(?:a|an|per|each|every|/)\s*(?P<per>{_RATE})\b", re.IGNORECASE)


_ADVERB_RATE = re.compile(r"\b(?P<per>monthly|annually|yearly|daily|weekly)\b", re.IGNORECASE)


_ADVERB = {"monthly": "month", "annually": "year", "yearly": "year", "daily": "day", "weekly": "week"}


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
    if not sign and (
        (_RATIO.match(text, last, min(stop, last + 40)) and not m.group("scale"))
        or _RATIO_END.search(text[max(start, begin - 24) : begin])
    ):
        return None
    value: Decimal
    vague = False
    if m.group("digits"):
        digits = m.group("digits")
        value = Decimal(re.sub(r"[,\s']", "", digits))
        if not sign and no_figure(text, m, start, stop):
            return None
    else:
        words = m.group("words").lower()
        if (two := _TWO_NUMBERS.match(words)) and not m.group("scale"):
            words = two.group("first")
            last = begin + len(words)
        elif (
            re.match(r"-(?!(?:strong|odd|plus|something)\b)[a-z]", text[last : last + 2])
            and not m.group("scale")
            and _MADE_OF.match(text, last)
        ):
            return None
        got = word_value(words)
        if got is None or (words in ("one", "second") and pronoun(text, m)):
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
    if currency is None and (m := PERCENT.match(text, end, stop)):
        unit, end = "%", m.end()
    elif currency is None and (m := _MEASURE.match(text, end, stop)):
        unit = m.group("unit")
        end = m.end("unit")
    begin = f.start
    m = _MODIFIER.search(text, max(start, begin - 28), begin)
    if m and not re.match(r"(?i)(?:under|over|above|below)\s(?:an?|the)\s", m.group()):
        sign = next(_MODIFIERS[i][0] for i in range(len(_MODIFIERS)) if m.group(f"m{i}"))
        modifier, begin = (sign if modifier != "range" else "range"), m.start()
    if m := _AFTER.match(text, end, min(stop, end + 22)):
        modifier = ">=" if m.group("more") or m.group("least") else "<=" if m.group("less") else ">"
        end = m.end()
    noun, a, b = (None, 0, 0) if currency else counted_noun(text, end, stop)
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
