"""Figures and times in Russian, Ukrainian, German and Italian: `1.200.000`, `2,9 млн долларов`, `seit Februar 2022`."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from enduse.reference import press_tables as tables

from .figures import Figure
from .intervals import Interval, month, near_month
from .languages import before, find

_NUMBER = re.compile(r"(?<![\w.,-])(?:\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?![\w])")
_RANGE = re.compile(r"\s?(?:-|–|до|bis|a|e|und|та|і|и)\s?\Z")
_PERCENT = re.compile(r"\s?(?:%|процент|відсот|prozent|per cento|percento)", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?:\.|-?го|-?е|º)?\s+\Z")
_YEAR = re.compile(r"\s?(?:del\s|dell'anno\s)?(?P<y>(?:19|20)\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)(?!\d)")
_BARE_YEAR = re.compile(r"(?<![\d.,])(?P<y>20[0-3]\d)(?![\d.,]\d)")
_TO = re.compile(r"\s(?:по|до|bis|und|e|a|al|та|і|и|ad)\s\Z")
INVASION = dt.date(2022, 2, 24)


def times(language: str, text: str, start: int, end: int, ref: dt.date | None) -> list[Interval]:
    """Days, months, years and "since" of a sentence as intervals; a month without a year is the last one before `ref`."""
    out: list[Interval] = []
    for m in _NUMERIC.finditer(text, start, end):
        out += _made(m.start(), m.end(), text, _day(int(m["y"]), int(m["m"]), int(m["d"])), "day")
    for w in find(language, "month", text, start, end):
        at, to, number = w.start, w.end, int(w.label)
        year = _YEAR.match(text, w.end, end)
        day = _DAY.search(text[max(start, w.start - 8) : w.start])
        to = year.end() if year else to
        if (
            (
                not year
                and not day
                and not before(language, "to", text, start, at)
                and not before(language, "since", text, start, at)
            )
            and not before(language, "from", text, start, at)
            and not re.search(r"(?i)\b(?:im|bis|del|entro|anfang|ende)\s\Z", text[start:at])
        ):
            continue
        if not year and ref is None:
            continue
        y = int(year["y"]) if year else near_month(number, ref or INVASION, future=False)[0].year
        if day:
            at -= len(day.group())
            out += _made(at, to, text, _day(y, number, int(day["d"])), "day")
        else:
            out += _made(at, to, text, month(y, number), "month")
    for m in _BARE_YEAR.finditer(text, start, end):
        y = int(m["y"])
        if not any(o.at <= m.start() < o.to for o in out):
            out += _made(m.start(), m.end(), text, (dt.date(y, 1, 1), dt.date(y, 12, 31)), "year")
    out.sort(key=lambda o: o.at)
    merged: list[Interval] = []
    for o in out:
        last = merged[-1] if merged else None
        if (
            last
            and last.end
            and o.start
            and _TO.fullmatch(text[last.to : o.at])
            and last.start
            and last.start <= o.start
        ):
            begin = last.start
            merged[-1] = Interval(last.at, o.to, text[last.at : o.to], begin, o.end, "range", "stated")
        else:
            merged.append(o)
    # "since", with the rule or the war it counts from
    final = [
        Interval(o.at, o.to, o.raw, o.start, ref, "range", "stated")
        if o.start and before(language, "since", text, start, o.at) and o.granularity != "range"
        else o
        for o in merged
    ]
    for w in find(language, "invasion", text, start, end):
        final.append(Interval(w.start, w.end, text[w.start : w.end], INVASION, ref, "range", "event"))
    return final


def _day(year: int, number: int, day: int) -> tuple[dt.date, dt.date] | None:
    try:
        found = dt.date(year, number, day)
    except ValueError:
        return None
    return found, found


def _made(at: int, to: int, text: str, span: tuple[dt.date, dt.date] | None, fine: str) -> list[Interval]:
    return [Interval(at, to, text[at:to], span[0], span[1], fine, "stated")] if span else []


def stated_date(language: str, line: str) -> dt.date | None:
    """The day a short line gives and hardly anything else."""
    found = [o for o in times(language, line, 0, len(line), None) if o.granularity == "day"]
    return found[0].start if found and len(line.strip()) - len(found[0].raw) <= 28 else None


def figures(language: str, text: str, start: int, end: int, taken: list[tuple[int, int]]) -> list[Figure]:
    """Figures of a sentence; spans in `taken` (dates, designations) hold none."""
    signs, _ = tables.currencies()
    out: list[Figure] = []
    for m in _NUMBER.finditer(text, start, end):
        if any(a < m.end() and m.start() < b for a, b in taken) or _PERCENT.match(text, m.end()):
            continue
        out.append(_figure(language, text, start, end, m.start(), m.end(), _value(m.group()), "=", signs))
    for w in find(language, "vague", text, start, end):
        out.append(_figure(language, text, start, end, w.start, w.end, Decimal(w.label), "vague", signs))
    return _ranges(text, sorted(out, key=lambda f: f.bare_start))


def _value(digits: str) -> Decimal:
    whole, _, rest = digits.partition(",")
    if re.fullmatch(r"\d+\.\d{1,2}", whole) and not rest:
        return Decimal(whole)
    return Decimal(re.sub(r"[ .]", "", whole) + ("." + rest if rest else ""))


def _figure(
    language: str,
    text: str,
    start: int,
    end: int,
    at: int,
    to: int,
    value: Decimal,
    modifier: str,
    signs: dict[str, str],
) -> Figure:
    bare, unit = at, None
    if (m := re.search(r"([$€£¥₽₴])\s?\Z", text[max(start, at - 2) : at])) is not None:
        unit, at = signs.get(m.group(1)), at - len(m.group())
    scale = next(
        iter(w for w in find(language, "scale", text, to, min(end, to + 14)) if not text[to : w.start].strip()), None
    )
    if scale:
        value, to = value * int(scale.label), scale.end + (text[scale.end : scale.end + 1] == ".")
    gap = re.compile(r"\s?(?:di\s|d')?").match(text, to, end)
    after = gap.end() if gap else to
    money = next((w for w in find(language, "currency", text, after, min(end, after + 14)) if w.start == after), None)
    if money:
        unit, to = money.label, money.end
    elif m := re.compile(r"\s?([$€£¥₽₴])").match(text, to, end):
        unit, to = signs.get(m.group(1)), m.end()
    sign = before(language, "modifier", text, max(start, at - 28), at)
    noun = (
        re.compile(r"\s(?:(?:der|die|das|di|delle|dei|degli)\s)?(?P<n>[^\W\d_][\w-]+)").match(text, to, end)
        if not unit
        else None
    )
    per = next((w.label for w in find(language, "rate", text, to, min(end, to + 40))), None)
    number: int | float = int(value) if value == value.to_integral_value() else float(value)
    return Figure(
        at, to, text[at:to], number, modifier=sign or modifier, currency=unit, per=per, noun=noun["n"] if noun else None,
        noun_start=noun.start("n") if noun else 0, noun_end=noun.end("n") if noun else 0, bare_start=bare,
    )  # fmt: skip


def _ranges(text: str, found: list[Figure]) -> list[Figure]:
    from dataclasses import replace

    out: list[Figure] = []
    for f in found:
        last = out[-1] if out else None
        if (
            last and last.value is not None and f.value is not None and last.noun is None and last.value < f.value
            and _RANGE.fullmatch(text[last.end : f.bare_start])
        ):  # fmt: skip
            low = (
                last.value * ((f.value // 10**6 and 10**6) or 1)
                if last.value < 1000 <= f.value and f.currency
                else last.value
            )
            out[-1] = replace(
                f, start=last.start, raw=text[last.start : f.end], value=None, low=low, high=f.value, modifier="range"
            )
        else:
            out.append(f)
    return out
