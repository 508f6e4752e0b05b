"""Time expressions as intervals of days, resolved against the publication date.

`resolve` reads one expression where it stands: "last weekend", "over the last year", "since the invasion", "by April",
"between January and June 2023". A month without a year follows the tense of its sentence. Without a publication date
only what is absolute (a full date, a year, an event) is resolved; the rest keeps its words with no days.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

from enduse.reference import press_tables as tables

from .intervals import (
    PART_MONTH,
    Day,
    Interval,
    Span,
    ago,
    between,
    between_days,
    end_of,
    in_force,
    month_number,
    near_day,
    on_day,
    part_of_year,
    past,
    period,
    plain_month,
    recent,
    season,
    since,
    since_month,
    since_year_began,
    until,
    weekday,
    within,
    year_of,
)

_M = r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"


_W = r"(?P<wd>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"


_NUM = r"(?P<n>\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|couple of|few|several)"


_EFFECT = (
    r"(?:after|once|since|following)\s[^.;]{0,90}?\b(?:(?:came|come|coming|went|going|took|entered|entry|put|enter|entering) (?:into|in) (?:force|effect|law)|took effect|"
    r"(?:was|were) (?:introduced|imposed|tightened|adopted)|(?:introduced|imposed|tightened|adopted))\s(?:(?:on|in|from|since)\s)?(?:the )?"
)


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Day | None, bool], tuple[Span, str, str]]]


@cache
def _rules() -> tuple[Rule, ...]:
    event = "|".join(
        re.escape(w) for w in sorted((w for _, _, names in tables.events() for w in names), key=lambda w: (-len(w), w))
    )
    lead = r"(?:the )?(?:very )?(?:beginning|start|outset|outbreak|launch|onset)(?: of)? (?:the |its |Russia's |Moscow's |Putin's )?"
    unit = r"(?P<unit>days?|weeks?|months?|years?|decades?)"

    def rule(pattern: str, make: Callable[[re.Match[str], Day | None, bool], tuple[Span, str, str]]) -> Rule:
        return re.compile(r"\b(?:" + pattern + r")\b", re.IGNORECASE), make

    y = r"(?:,?\s(?:of )?(?P<y>(?:19|20)\d\d))?"
    return (
        rule(
            rf"since (?:{lead})?(?:the |its |a |Russia's |Moscow's |Putin's |Russian )?(?:beginning of )?(?:the |Russia's |Moscow's |Putin's )?(?:Russian )?(?P<event>{event})",
            since,
        ),
        rule(
            r"(?:after|following) (?:the |Russia's |Moscow's )(?P<event>full-scale invasion of Ukraine|full-scale invasion|invasion of Ukraine|invasion)",
            since,
        ),
        rule(r"after (?P<event>Russia invaded Ukraine|Moscow invaded Ukraine|Putin invaded Ukraine)", since),
        rule(
            rf"(?:between|from) (?:the )?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: {_M.format('m1')})?(?:,? (?P<y1>(?:19|20)\d\d))?(?: and | to | through | until |-|–)(?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? {_M.format('m2')}(?:,? (?P<y2>(?:19|20)\d\d))?",
            between_days,
        ),
        rule(
            rf"(?:between|from) {_M.format('m1')} (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:, (?P<y1>(?:19|20)\d\d))?,?(?: and | to | through | until |-|–){_M.format('m2')} (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:, (?P<y2>(?:19|20)\d\d))?",
            between_days,
        ),
        rule(
            rf"(?:between|from) {_M.format('m1')}(?:,? (?P<y1>(?:19|20)\d\d))?(?: and | to | through | until |-|–){_M.format('m2')}(?:,? (?P<y2>(?:19|20)\d\d))?",
            between,
        ),
        rule(
            r"(?:between|from) (?P<y1>(?:19|20)\d\d) (?:and|to|until|through) (?P<y2>(?:19|20)\d\d)",
            lambda m, _r, _f: (
                (dt.date(int(m.group("y1")), 1, 1), dt.date(int(m.group("y2")), 12, 31)),
                "range",
                "stated",
            ),
        ),
        rule(
            r"since (?:the (?:start|beginning|turn) of )(?:the |this )?(?:year|(?P<y>(?:19|20)\d\d))",
            since_year_began,
        ),
        rule(
            rf"{_EFFECT}(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s)?{_M.format('m')}(?!\s\d{{1,2}}\b(?!\d)){y}",
            in_force,
        ),
        rule(rf"since (?:at least |early |late |mid-|last )?{_M.format('m')}{y}", since_month),
        rule(
            rf"since {_M.format('m')} (?P<last>last year)",
            lambda m, r, _f: (
                ((dt.date(r.year - 1, month_number(m.group("m")), 1), r), "range", "ref_date")
                if r
                else ((None, None), "range", "unresolved")
            ),
        ),
        rule(
            rf"since (?!(?:the )?(?:invasion|war)\b)(?:[\w'-]+ ){{1,8}}?(?:in |last |early in )(?:early |late |mid-)?{_M.format('m')}{y}",
            since_month,
        ),
        rule(rf"{_EFFECT}{_M.format('m')}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){y}", in_force),
        rule(rf"(?:on |since )?{_M.format('m')}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d){y}", _on_day_or_since),
        rule(
            rf"(?:on |since )?(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s{_M.format('m')}{y}", _on_day_or_since
        ),
        rule(
            r"(?:in |during |over )?(?:the )?(?P<o>first|second|third|fourth|last) (?:quarter|(?P<half>half))(?: of)?(?: (?P<y>(?:19|20)\d\d)| (?:the|this|last) year)(?P<q>)?",
            part_of_year,
        ),
        rule(r"(?:in )?Q(?P<q>[1-4])(?: of)?,?(?: (?P<y>(?:19|20)\d\d))?(?P<o>)?", part_of_year),
        rule(
            rf"(?:in |during |over )?(?:the )?(?P<o>first) {_NUM} months(?: of)?(?: (?P<y>(?:19|20)\d\d)| (?:the|this) year)(?P<q>)?",
            part_of_year,
        ),
        rule(
            r"by (?:the )?end of (?P<what>(?:19|20)\d\d|the year|this year|next year|the month|this month|[A-Z][a-z]+)",
            end_of,
        ),
        rule(
            r"(?:by|until|before|around) (?:the middle of |mid-)(?P<y>(?:19|20)\d\d)",
            lambda m, _r, _f: ((dt.date(int(m.group("y")), 6, 30), dt.date(int(m.group("y")), 6, 30)), "day", "stated"),
        ),
        rule(
            rf"(?:over|in|during|for|within|throughout) (?:about |around |roughly |nearly |at least |just )?(?:the |these )?(?:last|past|previous) (?:{_NUM} )?{unit}",
            past,
        ),
        rule(rf"(?:in |over )?(?:recent|the past few|the last few) {unit}(?P<n>)?", recent),
        rule(rf"(?:about |around |roughly |nearly |almost |just )?{_NUM} {unit} (?:ago|earlier)", ago),
        rule(rf"(?:within|in) (?:the next |the coming )?(?:{_NUM} )?{unit}", within),
        rule(rf"(?:on )?(?:last |next |this )?{_W}", weekday),
        rule(
            r"(?:over |during |in |earlier |later |at the |of )?(?:the )?(?P<which>last|this|next|past|previous|coming|current) (?P<unit>weekend|week|month|year|quarter|winter|spring|summer|autumn|fall)",
            period,
        ),
        rule(
            r"(?:over|during|in) (?:the )?(?P<s>winter|spring|summer|autumn|fall)(?: of)?(?: (?P<y>(?:19|20)\d\d))?",
            lambda m, r, _f: (
                season(m.group("s").lower(), year_of(m), r),
                "season",
                "stated" if m.group("y") else "ref_date",
            ),
        ),
        rule(
            r"since (?:at least )?(?P<part>early |late |mid-|the middle of |the summer of |the autumn of |the end of )?(?P<y>(?:19|20)\d\d)",
            lambda m, r, _f: (
                (dt.date(int(m.group("y")), PART_MONTH.get((m.group("part") or "").strip(" -").lower(), 1), 1), r),
                "range",
                "stated",
            ),
        ),
        rule(rf"(?:until|till|up to)(?: at least| the end of)? (?:early |late |mid-)?{_M.format('m')}{y}", until),
        rule(
            rf"(?:in|by|during|from|before|for|as early as|as of|throughout|date of|starting|beginning|of|next|last)(?: in)? (?:early |late |mid-|the month of )?{_M.format('m')}{y}(?! \d)",
            plain_month,
        ),
        rule(rf"{_M.format('m')},? (?:of )?(?P<y>(?:19|20)\d\d)", plain_month),
        rule(
            r"(?:in|during|throughout|for|by|of|to) (?:early |late |mid-|all of )?(?P<y>(?:19|20)\d\d)(?![-,]?\d)",
            lambda m, _r, _f: (
                (dt.date(int(m.group("y")), 1, 1), dt.date(int(m.group("y")), 12, 31)),
                "year",
                "stated",
            ),
        ),
        rule(r"yesterday|today|last night|tomorrow", near_day),
    )


def _on_day_or_since(m: re.Match[str], ref: Day | None, future: bool) -> tuple[Span, str, str]:
    span, granularity, basis = on_day(m, ref, future)
    if m.group(0).lower().startswith("since") and span[0]:
        return (span[0], ref), "range", basis
    return span, granularity, basis


_FUTURE = re.compile(
    r"\b(?:will|would|shall|plans?|planned|expected|set to|due|going to|aims?|intends?|date of|(?:is|are) to|should|to be|scheduled|pledg\w+|promis\w+|could|might|soon|next|ready|wants?|hopes?)\b",
    re.IGNORECASE,
)


def resolve(text: str, start: int, end: int, ref: Day | None, *, future: bool | None = None) -> list[Interval]:
    """Time expressions of `text[start:end]` (plain text), left to right, none overlapping; earlier rules win."""
    ahead = bool(_FUTURE.search(text, start, end)) if future is None else future
    found: list[Interval] = []
    window = text[start:end].replace("\n", " ")
    for pattern, make in _rules():
        for m in pattern.finditer(window):
            at, to = m.start() + start, m.end() + start
            if any(f.at < to and at < f.to for f in found):
                continue
            if m.groupdict().get("m") in ("may", "mar", "march"):  # the verbs, not the months
                continue
            try:
                span, granularity, basis = make(m, ref, ahead)
            except (ValueError, OverflowError):
                span, granularity, basis = (None, None), "unknown", "unresolved"
            found.append(Interval(at, to, text[at:to], *span, granularity, basis))
    return sorted(found, key=lambda f: f.at)
