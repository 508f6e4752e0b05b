"""A file as articles: paragraphs, headlines, furniture, captions, related teasers, dates and outlets stated in the text.

One file may hold several articles (a page of teasers). Each gets its own date and outlet where it states them; furniture
(adverts, cookie notes, calls to subscribe) yields no sentence at all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from enduse.reference import press_tables as tables

from . import sentences, times
from .text import Lexicon, tokens

_TERMINAL = re.compile(r"[.!?…:;,][\"')\]]*\Z")
_PUBLISHED = re.compile(
    r"(?i)\A(?:published|updated|posted|date|last updated|first published)\b[:\s]*(?:on )?(?P<rest>.{4,40})\Z"
)
_DATE = r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?"
_DATELINE = re.compile(
    rf"\A(?P<place>[A-Z][A-Z .,'/-]{{2,40}}?|[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?(?=(?:, [^()]{{4,16}})?\s\([A-Z]))(?:[,.]\s*(?P<date>{_DATE}))?"
    r"\s*(?:\((?P<agency>[^)]{2,40})\))?\s*[-–]+\s+"
)
# "MOSCOW, October 9. /TASS/." and "NEW DELHI:"
_SLASHED = re.compile(
    rf"\A(?P<place>[A-Z][A-Z .,'-]{{2,40}}?)(?:[,.]\s*(?P<date>{_DATE}))?(?:\.?\s*/(?P<agency>[^/]{{2,30}})/\.?|:)\s+(?=[A-Z\"])"
)
_BYLINE = re.compile(r"\A(?:By|Text|Story|Written by|From)\s+[A-Z][\w.'-]+(?:\s+[A-Z][\w.'-]+){0,3}(?:,.*)?\Z")
_RELATED = re.compile(
    r"(?i)\A(?:related|read also|also read|read more|see also|more on this|further reading|don't miss|just in)\s*:?\s*"
)
_CAPTION = re.compile(
    r"(?i)\b(?:sources?|credit)\b(?!\s(?:said|says|say|told|added|claimed|noted|close|familiar|in|at|with|confirmed|explained))[^.]{0,30}\.?\Z|\b(?:photo|image|picture|screenshot|getty|illustration)\b[^.]{0,30}\.?\Z|\((?:photo|image|file)\b|\A(?:photo|image|caption|pictured)\b"
)
_SUFFIX = re.compile(r"\s[–|-]\s(?P<tail>[^–|]{2,40})\Z")
_PAPER_LINE = re.compile(
    r"(?:The )?(?:[A-Z][\w'.-]+ ){1,3}(?:Gazette|Times|Post|News|Herald|Tribune|Journal|Daily|Chronicle|Ledger|Observer|Star|Mail|Telegraph|Press|Monitor|Review|Weekly|Courier|Standard|Mirror|Wire|Dispatch|Examiner|Inquirer|Bulletin|Echo|Globe)"
)
_STATE_BODY = re.compile(
    r"(?:The )?(?:(?:Federal |State )?Ministry of|Ministry for|(?:Federal )?Department of|(?:Federal )?Office (?:of|for)|Government of|Embassy of|[A-Z][a-z]+ Ministry of)\s[A-Z]"
)
_SEPARATOR = re.compile(r"\A\s*(?:[=*_#~-]{3,}|article \d+|\* \* \*)\s*\Z", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]")
_ABOUT_US = re.compile(
    r"(?i)\bwe (?:are|do not|use|kindly|keep|rely)\b.{0,60}\b(?:media|outlet|advertis|cookies|readers|endorse|independent)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at [start, end) of the file, in `section` headline, body or related_link; `paragraph` counts from 0."""

    start: int
    end: int
    section: str
    paragraph: int
    subhead: bool = False


@dataclass
class Article:
    """One article of a file, with the date and outlet it states (None where it states none)."""

    start: int
    end: int = 0
    date: dt.date | None = None
    outlet: str | None = None
    agency: str | None = None
    place: str | None = None
    sentences: list[Sentence] = field(default_factory=list)


@cache
def _outlets() -> Lexicon:
    return Lexicon(((n, o) for o in tables.outlets() for n in (o.name, *o.aliases)), cased=True)


def outlet_in(text: str) -> tables.Outlet | None:
    """The one outlet that `text` names when it names nothing much besides."""
    words = tokens(text)
    hits = _outlets().find(text, words)
    if len(hits) > 1 and len(words) - sum(h.last - h.first for h in hits) <= len(hits) - 1:
        value = hits[0].value  # "Le Monde with AFP"
        return value if isinstance(value, tables.Outlet) else None
    if len(hits) == 1 and len(words) - (hits[0].last - hits[0].first) <= 1:
        value = hits[0].value
        return value if isinstance(value, tables.Outlet) else None
    return None


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Paragraph spans: lines, where a hard-wrapped line continues in the next one."""
    begin = at = 0
    open_ = False
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        body = line.strip()
        if not body:
            if open_:
                yield begin, at
            open_ = False
        else:
            if open_ and not _continues(text[begin:at], body):
                yield begin, at
                open_ = False
            if not open_:
                begin, open_ = at, True
        at = end
    if open_:
        yield begin, at


def _continues(before: str, body: str) -> bool:
    last = before.rstrip().rsplit("\n", 1)[-1]
    return (
        55 <= len(last) <= 120
        and not _TERMINAL.search(last)
        and (body[0].islower() or len(before.strip()) > len(last) + 1)
    )


def stated_date(text: str) -> dt.date | None:
    """A full date, where `text` is hardly more than that."""
    found = times.resolve(text, 0, len(text), None, future=False)
    for f in found:
        if f.granularity == "day" and f.start and len(text.strip()) - (f.to - f.at) <= 24:
            return f.start
    m = re.match(r"\s*((?:19|20)\d\d-\d\d-\d\d)\b", text)
    if m:
        try:
            return dt.date.fromisoformat(m.group(1))
        except ValueError:
            return None
    return None


def _furniture(line: str, *, latin: bool = True) -> bool:
    low = line.lower()
    words = tables.furniture()
    told = [w for w in words["line"] if w in low]
    if (told and (len(line) < 140 or len(told) > 1 or any(" " in w for w in told))) or _ABOUT_US.search(line):
        return True
    if not latin:
        return False
    letters = [c for c in line if c.isalpha()]
    return bool(letters) and len(_LATIN.findall(line)) < len(letters) / 2


def _stop(line: str) -> bool:
    return line.lower().strip(" :.-–!") in tables.furniture()["stop"]


def split(text: str, *, latin: bool = True) -> list[Article]:
    """The articles of a plain text, in order, with their sentences; never fails, an empty text has none.

    `latin`: lines in other scripts are leftovers of another language and yield nothing.
    """
    found = [(a, b, text[a:b].strip()) for a, b in paragraphs(text)]
    articles: list[Article] = []
    current: Article | None = None
    body = 0
    skip_teasers = False
    last_body_paragraph: list[int] = []
    for i, (a, b, line) in enumerate(found):
        if _SEPARATOR.match(line):
            current, body = None, 0
            continue
        head = _headline(line)
        starts = current is None or (body > 0 and _begins(found, i, line))
        if starts:
            if current is not None:
                current.end = a
            current = Article(a)
            articles.append(current)
            body, skip_teasers = 0, False
        assert current is not None  # noqa: S101 - set above
        current.end = b
        if (published := _published(line)) is not None:
            current.date = current.date or published
            continue
        if _stop(line):
            skip_teasers = True
            continue
        if _BYLINE.match(line):
            continue
        if outlet := outlet_in(line):
            current.outlet = current.outlet or outlet.name
            continue
        if body == 0 and len(line) <= 60 and _PAPER_LINE.fullmatch(line):
            current.outlet = current.outlet or line.removeprefix("The ")
            continue
        if (
            body == 0
            and len(line) <= 80
            and _STATE_BODY.match(line)
            and not re.search(r"\b(?:says|said|denies|will|to)\b", line)
        ):
            current.outlet = current.outlet or line
            continue
        if _furniture(line, latin=latin):
            _masthead(current, line)
            continue
        if not head:
            skip_teasers = False
        related = _RELATED.match(line) if not starts else None
        if (
            skip_teasers
            or (body and head and not _TERMINAL.search(line) and _SUFFIX.search(line))
            or (related and related.end() < len(line))
        ):
            _add(current, text, a + (text[a:b].find(line)) + (related.end() if related else 0), b, "related_link", i)
            continue
        if head:
            # before the body every unended line is headline or deck; later ones are headings inside the text
            offset = _RELATED.match(line)
            _add(
                current,
                text,
                a + text[a:b].find(line) + (offset.end() if offset else 0),
                b,
                "headline",
                i,
                subhead=body > 0,
            )
            continue
        begin = a + text[a:b].find(line)
        if m := _DATELINE.match(line) or _SLASHED.match(line):
            begin += m.end()
            _dateline(current, m)
        if _CAPTION.search(line) and len(line) < 260:
            continue
        _add(current, text, begin, b, "body", i)
        body += 1
        last_body_paragraph.append(i)
    return [x for x in articles if x.sentences]


def _masthead(article: Article, line: str) -> None:
    if "editor in chief" in line.lower():
        return
    m = re.match(r"(?:©|Copyright)\s*(?:\d{4}\s*)?(?P<name>.{3,40}?)(?:\.|,|\Z)", line)
    if m and (outlet := outlet_in(m.group("name"))):
        article.outlet = article.outlet or outlet.name


def _headline(line: str) -> bool:
    return (
        len(line) <= 180
        and not (_TERMINAL.search(line) and not line.endswith(("?", "!", ":")))
        and "\n" not in line.strip()
    )


def _published(line: str) -> dt.date | None:
    if m := _PUBLISHED.match(line):
        return stated_date(m.group("rest"))
    if "|" in line and len(line) <= 120:
        return next((day for part in line.split("|") if (day := _published(part.strip()))), None)
    return stated_date(line) if len(line) <= 30 else None


def _dateline(article: Article, m: re.Match[str]) -> None:
    article.place = article.place or m.group("place").title()
    if m.group("agency") and (outlet := outlet_in(m.group("agency"))):
        article.agency = outlet.name
        article.outlet = article.outlet or outlet.name
    if m.group("date") and re.search(r"\d{4}", m.group("date")):
        article.date = article.date or stated_date(m.group("date"))


def _begins(found: list[tuple[int, int, str]], i: int, line: str) -> bool:
    """A new article: "RELATED:" or a headline, with a date of its own a few lines further on and a body after that."""
    if not _headline(line) or _stop(line) or _published(line) is not None:
        return False
    for _, _, later in found[i + 1 : i + 5]:
        if _published(later) is not None:
            return True
        if _RELATED.match(later):
            return False
        if m := _DATELINE.match(later) or _SLASHED.match(later):
            return bool(m.group("agency") or m.group("date"))
        if len(later) > 260:
            return False
    return False


def _add(
    article: Article, text: str, start: int, end: int, section: str, paragraph: int, *, subhead: bool = False
) -> None:
    spans = sentences.split(text, start, end) if section == "body" else [(start, end)]
    for first, last in spans:
        piece = text[first:last]
        a, b = first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip())
        if b - a > 1:
            article.sentences.append(Sentence(a, b, section, paragraph, subhead))
